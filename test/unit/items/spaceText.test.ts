import { expect, test, vi } from 'vitest';
import { quotaText, usageText, volumeText } from '../../../src/items/spaceText';
import { words } from '../../../src/views/shared/words';

vi.mock('vscode', () => import('../views/vscode'));

test.each([
  [undefined, 100, undefined],
  [30, undefined, '30 B used'],
  // What a server tells that knows no capacity.
  [30, 0, '30 B used'],
  [30, -1, '30 B used'],
  [30, 100, '30 % of 100 B used'],
  [0, 100, '0 % of 100 B used'],
])('%d used of a capacity of %d: %s', (used, capacity, text) => {
  expect(usageText(used, capacity, words)).toBe(text);
});

test.each([
  [{ usedBytes: 30, capacityBytes: 100, freeBytes: 70 }, '30 % of 100 B used'],
  [{ usedBytes: 30, capacityBytes: 100, freeBytes: 50 }, '50 % of 100 B full, 30 B used by backups'],
  [{ usedBytes: 30, capacityBytes: 100, freeBytes: 0 }, '100 % of 100 B full, 30 B used by backups'],
  // More than there is room for is free where a limit was lowered.
  [{ usedBytes: 0, capacityBytes: 100, freeBytes: 120 }, '0 % of 100 B used'],
  [{ usedBytes: 30, capacityBytes: 100, freeBytes: 120 }, '0 % of 100 B full, 30 B used by backups'],
  [{ usedBytes: 30, capacityBytes: 100 }, '30 % of 100 B used'],
  [{ usedBytes: 30, capacityBytes: 0, freeBytes: 0 }, '30 B used'],
  [{ usedBytes: 30, freeBytes: 70 }, '30 B used'],
  [{ capacityBytes: 100, freeBytes: 70 }, undefined],
])('a volume with %j: %s', (space, text) => {
  expect(volumeText(space, words)).toBe(text);
});

test.each([
  [30, 100, '30 % of 100 B'],
  [0, 100, '0 % of 100 B'],
  [30, undefined, '30 B used'],
  [30, 0, '30 B used'],
  [undefined, 100, 'quota 100 B'],
  [undefined, 0, 'quota 0 B'],
  [undefined, undefined, undefined],
])('%d used of a quota of %d: %s', (used, limit, text) => {
  expect(quotaText(used, limit, words)).toBe(text);
});
