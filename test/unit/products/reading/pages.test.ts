import { expect, test } from 'vitest';
import { envelope as envelopeOfReplication } from '../../../../src/products/backup-replication/wire';
import { newElements, type Paging, pagesOf } from '../../../../src/products/reading/pages';
import { envelope } from '../../../../src/products/service-provider-console/lists';

/** How a list goes on behind a page, for a limit of 10. */
const products = {
  'backup-replication': (offset: number, length: number, total?: unknown) =>
    envelopeOfReplication(
      'host',
      'a list',
      { data: Array(length).fill({}), pagination: { total } },
      { offset, limit: 10 },
    ),
  'service-provider-console': (offset: number, length: number, total?: unknown) =>
    envelope(
      'host',
      'a list',
      { data: Array(length).fill({}), meta: { pagingInfo: { total } } },
      { offset, limit: 10 },
    ),
};

test.each(Object.entries(products))('%s: a list goes on until what came is what the server tells', (_product, page) => {
  expect(page(0, 10, 25)).toMatchObject({ nextOffset: 10, total: 25 });
  expect(page(10, 4, 25)).toMatchObject({ nextOffset: 14, total: 25 });
  expect(page(20, 5, 25)).toMatchObject({ nextOffset: undefined, total: 25 });
  expect(page(10, 0, 25)).toMatchObject({ nextOffset: 10 });
});

test.each(Object.entries(products))('%s: a total of less than what came ends no list', (_product, page) => {
  expect(page(0, 10, 7)).toMatchObject({ nextOffset: 10, total: undefined });
  // A server may give fewer than were asked for, so only an empty page is the end.
  expect(page(10, 4, 7)).toMatchObject({ nextOffset: 14, total: undefined });
  expect(page(14, 0, 7)).toMatchObject({ nextOffset: undefined, total: 14 });
});

test.each(Object.entries(products))(
  '%s: without a total, or with none but 0, a full page is no end',
  (_product, page) => {
    for (const total of [undefined, 0, null, 'many']) {
      expect(page(0, 10, total)).toMatchObject({ nextOffset: 10, total: undefined });
      expect(page(10, 4, total)).toMatchObject({ nextOffset: undefined, total: 14 });
    }
  },
);

/** The sizes of the pages that came, and why there were no more of them. */
async function read(paging: Partial<Paging<number, number>>) {
  const pages: number[] = [];
  const all: Paging<number, number> = {
    ask: async at => at,
    next: page => page + 1,
    take: () => 5000,
    ...paging,
  };
  try {
    for await (const page of pagesOf(0, all)) {
      pages.push(page);
    }
    return { pages: pages.length };
  } catch (error) {
    return { pages: pages.length, kind: (error as { kind?: unknown }).kind, message: String(error) };
  }
}

test('pages come one after the other until there is none behind', async () => {
  expect(await read({ next: page => (page < 3 ? page + 1 : undefined) })).toEqual({ pages: 4 });
  // The last one may bring nothing.
  expect(await read({ next: page => (page < 3 ? page + 1 : undefined), take: page => 3 - page })).toEqual({ pages: 4 });
});

test('a page that brings nothing although the list goes on ends it', async () => {
  expect(await read({ take: page => 3 - page })).toMatchObject({ pages: 3, kind: 'endlessList' });
});

test.each<[string, Partial<Paging<number, number>>, number]>([
  ['no number of elements', {}, 250_000],
  ['a small number', { total: () => 7 }, 10_000],
  ['a likely number', { total: () => 10_000 }, 20_000],
  ['a number on the first page alone', { total: page => (page === 0 ? 10_000 : undefined) }, 20_000],
  ['a number beyond belief', { total: () => 10 ** 9 }, 250_000],
  ['a large number where fewer can be right', { total: () => 10 ** 9, most: 20_000 }, 20_000],
  ['no number where fewer can be right', { most: 20_000 }, 20_000],
  ['a small number where fewer than that can be right', { total: () => 7, most: 5000 }, 5000],
])('a list with %s is given up at some time', async (_told, paging, most) => {
  const outcome = await read(paging);
  expect(outcome).toMatchObject({ pages: most / 5000 - 1, kind: 'endlessList' });
  expect(outcome.message).toContain(` ${most} `);
});

test('elements of the pages before count, too', async () => {
  expect(await read({ before: 240_000 })).toMatchObject({ pages: 1, kind: 'endlessList' });
});

test('a list may have as many elements as one that is given up', async () => {
  expect(await read({ most: 10_000, next: page => (page < 1 ? page + 1 : undefined) })).toEqual({ pages: 2 });
});

test('an element is new where none before it has its text', () => {
  const take = newElements<string>(element => element.toLowerCase());
  expect(take({ elements: ['a', 'b', 'B'] })).toBe(2);
  expect(take({ elements: ['A', 'c'] })).toBe(1);
  expect(take({ elements: ['a'] })).toBe(0);
});
