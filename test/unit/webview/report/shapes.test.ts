import { expect, test } from 'vitest';
import { distributionOf, pathOf } from '../../../../src/webview/report/shapes';

test('each share counts in one range: what begins a range belongs to it, and all of a limit is not more than it', () => {
  expect(distributionOf([0, 0.19, 0.2, 0.4, 0.6, 0.79, 0.8, 0.949, 0.95, 1, 1.01, Number.POSITIVE_INFINITY])).toEqual([
    2, 1, 1, 2, 2, 2, 2,
  ]);
});

test('a line goes from the first time to the last, by the time between its points', () => {
  expect(pathOf([0, 25, 100], [0, 0.5, 1], 1)).toBe('M0.0 100.0L100.0 50.0L400.0 0.0');
});

test('a line has a gap where nothing is known, and fits below a higher top', () => {
  expect(pathOf([0, 50, 100], [1, null, 1], 2)).toBe('M0.0 50.0M400.0 50.0');
});
