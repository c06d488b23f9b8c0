import { expect, test, vi } from 'vitest';
import { CodeWanted, SignedOut, Throttled } from '../../../../src/products/failures';
import { overviewOf } from '../../../../src/views/tree/overview';

vi.mock('vscode', () => import('../vscode'));

const host = 'em.example.com';

test.each([
  ['signedOut', [new SignedOut(host), new SignedOut(host)]],
  ['signedOut', [new SignedOut(host), new CodeWanted(host)]],
  ['failing', [new SignedOut(host), new Throttled(host, 5)]],
  ['various', [new SignedOut(host), undefined]],
  ['various', [new SignedOut(host)]],
])('is %s for %o', (overview, failures) => {
  const servers = failures.map(failure => ({ openedBranch: { failure } }));
  expect(overviewOf(servers as unknown as Parameters<typeof overviewOf>[0])).toBe(overview);
});
