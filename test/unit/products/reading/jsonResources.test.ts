import { expect, test } from 'vitest';
import { allPages } from '../../../../src/products/reading/jsonResources';

/** All of a list that comes in these pages, with the total that the server tells. */
function all(pages: readonly (readonly string[])[], total?: number) {
  return allPages(async offset => ({
    elements: (pages[offset] ?? []).map(id => ({ id })),
    nextOffset: offset + 1 < pages.length ? offset + 1 : undefined,
    total,
  }));
}

test('what comes again on a later page is taken once', async () => {
  // A row moved from the first page to the second while they were read.
  const { elements } = await all([['a', 'b'], ['b', 'c'], ['d']], 4);
  expect(elements.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});

test('the first page in the place of the last one leaves the list unfinished', async () => {
  await expect(
    all(
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      4,
    ),
  ).rejects.toMatchObject({ kind: 'endlessList' });
});

test('a row that came again in the place of another leaves the list unfinished', async () => {
  await expect(all([['a', 'b'], ['b']], 3)).rejects.toMatchObject({ kind: 'endlessList' });
});

test('a server that tells no total, or too small a one, is believed', async () => {
  for (const total of [undefined, 2]) {
    const { elements } = await all([['a', 'b'], ['b']], total);
    expect(elements.map(({ id }) => id)).toEqual(['a', 'b']);
  }
});

test('two elements of one page that read the same are two', async () => {
  expect((await all([['a', 'a']], 2)).elements).toHaveLength(2);
});

test('an answer may have all elements of a long list at once', async () => {
  const elements = Array.from({ length: 250_000 }, (_, index) => index);
  const list = await allPages(async () => ({ elements, nextOffset: undefined, total: undefined }));
  expect(list.elements).toHaveLength(elements.length);
});
