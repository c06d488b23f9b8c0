import { expect, test } from 'vitest';
import { Numbers, wholePercent } from '../../../src/base/numbers';

const numbers = new Numbers('en');

test.each([
  [0, '0 B'],
  [999, '999 B'],
  // A fourth digit would be needed from here on.
  [999.5, '0.976 KB'],
  [1024, '1 KB'],
  [999.4 * 1024 ** 2, '999 MB'],
  [1000 * 1024 ** 2, '0.977 GB'],
  [12.54 * 1024 ** 3, '12.5 GB'],
  [5 * 1024 ** 6, '5 EB'],
  // There is no larger unit.
  [5 * 1024 ** 7, '5,120 EB'],
  [-1.5 * 1024 ** 4, '-1.5 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(numbers.size(bytes)).toBe(text);
});

test('a count has separators of thousands and no fraction', () => {
  expect(numbers.count(1_234_567.2)).toBe('1,234,567');
});

test.each([
  [0, 0],
  [0.0001, 1],
  [0.0099, 1],
  [0.01, 1],
  [0.0199, 1],
  // In binary, 0.29 * 100 is less than 29.
  [0.29, 29],
  [0.999, 99],
  [1, 100],
  [1.25, 125],
])('a share of %d is %d percent', (share, percent) => {
  expect(wholePercent(share)).toBe(percent);
});
