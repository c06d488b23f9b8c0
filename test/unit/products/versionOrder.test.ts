import { expect, test } from 'vitest';
import { newestFirst } from '../../../src/products/product';
import { info } from '../made-up/product';

test.each([
  [
    ['v1_4', 'v1_10', 'v1_9'],
    ['v1_10', 'v1_9', 'v1_4'],
  ],
  [
    ['1.1-rev2', '1.3-rev0', '1.1-rev10'],
    ['1.3-rev0', '1.1-rev10', '1.1-rev2'],
  ],
])('versions are sorted by their numbers: %j', (versions, sorted) => {
  expect([...versions].sort(newestFirst(info))).toEqual(sorted);
});

test('a product sorts its versions in its own way', () => {
  const oldestFirst = (one: string, other: string) => one.localeCompare(other, 'en');
  const own = { ...info, apiVersionForm: { ...info.apiVersionForm, newestFirst: oldestFirst } };
  expect(['v2', 'v1'].sort(newestFirst(own))).toEqual(['v1', 'v2']);
});
