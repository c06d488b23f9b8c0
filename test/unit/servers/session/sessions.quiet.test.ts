import { expect, test } from 'vitest';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { Computer, signIns } from '../computer';

// Rows that are loaded anew without anybody having asked: they take no sign-in.

test.each([
  ['vb365', () => startVb365()],
  ['enterprise-manager', () => startEnterpriseManager()],
] as const)(
  '%s: rows are loaded anew with the session there is, and an ended one is not replaced',
  async (product, start) => {
    const server = await forThisTest<SampleServer<unknown>>(start());
    const window = new Computer().window();
    await window.add(product, server);
    await window.open(window.root);
    const { root, inventory } = window;
    const loadedAt = root.openedBranch?.loadedAt;
    const before = { requests: server.requests.length, signIns: signIns(server) };

    await inventory.update(root);
    expect(server.requests.length).toBeGreaterThan(before.requests);
    expect(root.openedBranch?.loadedAt).toBeGreaterThanOrEqual(loadedAt ?? Number.NaN);

    server.expireSessions();
    const rows = root.openedBranch?.nodes;
    await inventory.update(root);
    expect(signIns(server)).toBe(before.signIns);
    // What was there stays, as if nothing had been tried.
    expect(root.openedBranch).toMatchObject({ state: 'ready', failure: undefined, isStale: false });
    expect(root.openedBranch?.nodes).toEqual(rows);

    // Whoever asks for it gets the next session without a word.
    await inventory.refresh(root);
    expect(root.openedBranch?.failure).toBeUndefined();
    expect(signIns(server)).toBe(before.signIns + 1);
  },
);
