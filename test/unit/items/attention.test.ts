import { expect, test, vi } from 'vitest';
import { attentionOf, usualLimits } from '../../../src/items/attention';
import type { Item, Job, Repository, Tenant } from '../../../src/items/item';
import { words } from '../../../src/views/shared/words';
import { subtenant, tenant } from '../items';

vi.mock('vscode', () => import('../views/vscode'));

const attention = (item: Item) => attentionOf(item, usualLimits, words);

test.each([
  [79.9, undefined],
  [80, 'warning'],
  [94.9, 'warning'],
  [95, 'error'],
  [120, 'error'],
])('a quota of which %d %% is used: %s', (usedBytes, expected) => {
  expect(attention(tenant('t', { usedBytes, quotaBytes: 100 }))).toBe(expected);
});

test('limits can be others', () => {
  const limits = { warning: 50, error: 60 };
  expect(attentionOf(tenant('t', { usedBytes: 55, quotaBytes: 100 }), limits, words)).toBe('warning');
  expect(attentionOf(tenant('t', { usedBytes: 60, quotaBytes: 100 }), limits, words)).toBe('error');
});

test('what is free counts, as others fill a volume, too', () => {
  const repository: Repository = {
    ...{ kind: 'repository', id: 'r', name: 'r', hasChildren: true, objectStorage: false },
    ...{ usedBytes: 10, capacityBytes: 100, freeBytes: 3 },
  };
  expect(attention(repository)).toBe('error');
});

test.each<[string, Partial<Tenant>]>([
  ['no quota is told', { usedBytes: 5 }],
  ['no use is told', { quotaBytes: 5 }],
  ['nothing may be and nothing is used', { usedBytes: 0, quotaBytes: 0 }],
  ['the limit is not known, which some servers tell as 0', { usedBytes: 5, quotaBytes: 0 }],
  ['the limit is no size', { usedBytes: 5, quotaBytes: -1 }],
])('nothing is said where %s', (_, facts) => {
  expect(attention(tenant('t', facts))).toBeUndefined();
});

test('no limit is never full', () => {
  expect(attention(subtenant('s', { unlimited: true, usedBytes: 9, quotaBytes: 1 }))).toBeUndefined();
});

test('a state is told along with the space, the worse of both', () => {
  expect(attention(tenant('t', { enabled: false }))).toBe('warning');
  expect(attention(tenant('t', { enabled: false, usedBytes: 99, quotaBytes: 100 }))).toBe('error');
  expect(attention(tenant('t', { lastResult: 'Failed' }))).toBe('error');
  expect(attention(tenant('t', { lastResult: 'Failed', usedBytes: 81, quotaBytes: 100 }))).toBe('error');
  expect(attention(tenant('t', { lastResult: 'Success', enabled: true }))).toBeUndefined();
});

test.each<[Partial<Job>, string | undefined]>([
  [{ lastResult: 'Failed' }, 'error'],
  [{ lastResult: 'Warning' }, 'warning'],
  [{ enabled: false }, 'warning'],
  [{ lastResult: 'Success', enabled: true }, undefined],
  [{ lastResult: 'Failed', status: 'Running' }, undefined],
  // A word that nobody knows is no alarm.
  [{ lastResult: 'Quiesced' }, undefined],
])('a job with %o: %s', (facts, expected) => {
  expect(attention({ kind: 'job', id: 'j', name: 'j', hasChildren: false, ...facts })).toBe(expected);
});
