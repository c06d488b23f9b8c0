import { expect, test, vi } from 'vitest';
import { barText, leftText, percentOf, spokenUsage, usage } from '../../../../src/views/details/usage';

vi.mock('vscode', () => import('../vscode'));

const gigabyte = 1024 ** 3;

test.each([
  [0, '▱▱▱▱▱▱▱▱▱▱ 0 %'],
  [0.001, '▰▱▱▱▱▱▱▱▱▱ 1 %'],
  [0.2, '▰▰▱▱▱▱▱▱▱▱ 20 %'],
  [0.524, '▰▰▰▰▰▱▱▱▱▱ 52 %'],
  [0.999, '▰▰▰▰▰▰▰▰▰▱ 99 %'],
  [1, '▰▰▰▰▰▰▰▰▰▰ 100 %'],
  [1.25, '▰▰▰▰▰▰▰▰▰▰ 125 %'],
])('draws %d of the quota as %s', (share, bar) => {
  expect(barText({ usedBytes: share * 1000 * gigabyte, limitBytes: 1000 * gigabyte })).toBe(bar);
});

test('is read out as words', () => {
  expect(spokenUsage({ usedBytes: 52, limitBytes: 100 })).toBe('52 percent used');
});

test('says what is left, and what is too much', () => {
  expect(leftText({ usedBytes: 166 * gigabyte, limitBytes: 250 * gigabyte })).toBe('84 GB left');
  expect(leftText({ usedBytes: 260 * gigabyte, limitBytes: 250 * gigabyte })).toBe('10 GB over');
});

test('is nothing without a limit, or where one of the two is not known', () => {
  expect(usage(5, undefined)).toBeUndefined();
  expect(usage(undefined, 5)).toBeUndefined();
  expect(usage(0, 0)).toBeUndefined();
  expect(percentOf(usage(0, 5) ?? { usedBytes: 1, limitBytes: 1 })).toBe(0);
});
