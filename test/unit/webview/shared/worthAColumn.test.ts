import { expect, test } from 'vitest';
import { isWorthAColumn } from '../../../../src/webview/shared/worthAColumn';

test('what is the same in all rows has no column, nor what no row tells', () => {
  expect(isWorthAColumn(['vbr01', 'vbr02', 'vbr01'])).toBe(true);
  expect(isWorthAColumn([0, undefined])).toBe(true);
  expect(isWorthAColumn(['vbr01', 'vbr01'])).toBe(false);
  expect(isWorthAColumn([undefined, undefined])).toBe(false);
  expect(isWorthAColumn([])).toBe(false);
});

test('a single row tells all that is known of it', () => {
  expect(isWorthAColumn(['vbr01'])).toBe(true);
  expect(isWorthAColumn([0])).toBe(true);
  expect(isWorthAColumn([undefined])).toBe(false);
});
