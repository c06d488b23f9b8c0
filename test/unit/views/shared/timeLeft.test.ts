import { expect, onTestFinished, test, vi } from 'vitest';
import { descriptionOf } from '../../../../src/views/shared/descriptions';
import { factLinesOf, factOf } from '../../../../src/views/shared/facts';
import { recordOf } from '../../../../src/views/shared/itemRecords';
import { timeLeft } from '../../../../src/views/shared/timeLeft';
import { tenantNode } from '../nodes';

vi.mock('vscode', async () => await import('../vscode'));

const now = Date.parse('2025-06-15T12:00:00Z');

test.each([
  ['2025-06-27T12:00:00Z', 'expires in 12 days'],
  ['2025-06-16T12:00:00Z', 'expires in 1 day'],
  ['2025-06-16T11:59:59Z', 'expires within a day'],
  ['2025-06-15T12:00:00Z', 'expired within the last day'],
  ['2025-06-14T12:00:00Z', 'expired 1 day ago'],
  ['2025-06-12T11:00:00Z', 'expired 3 days ago'],
  ['2025-06-27T14:00:00+02:00', 'expires in 12 days'],
  ['soon', undefined],
  [undefined, undefined],
])('%s: %s', (iso, expected) => {
  expect(timeLeft(iso, undefined, now)).toBe(expected);
});

test('a lease says beside its date how long it lasts, in the row only when that is not long', () => {
  vi.useFakeTimers({ now });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const rowOf = (leaseExpires: string) => descriptionOf(tenantNode({ leaseExpires }));
  const detailOf = (leaseExpires: string) =>
    factLinesOf(tenantNode({ leaseExpires }).item).find(({ label }) => label === 'Lease expires');
  expect(rowOf('2025-06-12T11:00:00Z')).toContain('expired 3 days ago');
  expect(rowOf('2025-06-27T12:00:00Z')).toContain('expires in 12 days');
  expect(rowOf('2025-08-27T12:00:00Z')).not.toContain('expires');
  expect(detailOf('2025-08-27T12:00:00Z')).toEqual({
    label: 'Lease expires',
    value: expect.stringMatching(/2025.* \(expires in 73 days\)$/),
    raw: '2025-08-27T12:00:00Z',
  });
  expect(detailOf('never')).toMatchObject({ value: 'never' });
  expect(recordOf(tenantNode({ leaseExpires: '2025-06-27T12:00:00Z' }))).toMatchObject({
    leaseExpires: '2025-06-27T12:00:00Z',
  });
  expect(factOf({ label: 'License expires', value: '2025-06-16T12:00:00Z', unit: 'expiry' })?.value).toContain(
    '(expires in 1 day)',
  );
});
