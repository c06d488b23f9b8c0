import { expect, test } from 'vitest';
import { envelope as envelopeOfReplication } from '../../../../src/products/backup-replication/wire';
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
