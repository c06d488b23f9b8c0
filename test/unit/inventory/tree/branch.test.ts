import { expect, test } from 'vitest';
import { Defect } from '../../../../src/base/failure';
import type { Branch } from '../../../../src/inventory/tree/branch';
import { Node } from '../../../../src/inventory/tree/node';

const next = 'page 2' as never;

function setUp() {
  const heading = { kind: 'group', id: 'tenants', name: 'Tenants', hasChildren: true, contains: 'tenant' } as const;
  const parent = new Node(undefined, heading);
  return { branch: parent.branch as Branch, nodes: [new Node(parent, heading)] };
}

/** Begins a load whose work is done by the test. */
function begin(branch: Branch, showPages: boolean): AbortSignal {
  branch.begin(showPages, async () => undefined);
  return branch.load?.signal as AbortSignal;
}

test('a load has pages to show, and is done', () => {
  const { branch, nodes } = setUp();
  expect(branch.isDue).toBe(true);
  const signal = begin(branch, true);
  branch.add({ nodes, next, total: 2 }, signal);
  expect(branch).toMatchObject({ state: 'loading', nodes, next, loadedAt: undefined, isDue: false });
  branch.finish({ nodes }, signal);
  expect(branch).toMatchObject({ state: 'ready', next: undefined, total: undefined, isComplete: true });
});

test('what has failed keeps its rows, and the next load takes the failure away', () => {
  const { branch, nodes } = setUp();
  branch.fill(nodes);
  branch.fail(new Defect('broken'), begin(branch, false));
  expect(branch).toMatchObject({ state: 'failed', nodes, load: undefined, isDue: false });
  branch.finish({ nodes: [] }, begin(branch, false));
  expect(branch).toMatchObject({ state: 'ready', nodes: [], failure: undefined });
});

test('a load given up is due again, unless its first rows are shown', () => {
  const { branch, nodes } = setUp();
  const signal = begin(branch, true);
  expect(branch.giveUp()).toBe(true);
  expect(signal.aborted).toBe(true);
  expect(branch).toMatchObject({ state: 'idle', isDue: true });
  expect(branch.giveUp()).toBe(false);
  branch.add({ nodes, next }, begin(branch, true));
  branch.giveUp();
  expect(branch).toMatchObject({ state: 'ready', isDue: false, isComplete: false });
  begin(branch, false);
  branch.giveUp();
  expect(branch).toMatchObject({ state: 'ready', nodes, isDue: true });
});

test('a load that the user cancels does not begin again by itself', () => {
  const { branch, nodes } = setUp();
  expect(branch.cancel()).toBe(false);
  begin(branch, true);
  const { load } = branch;
  branch.cancel();
  expect(load).toMatchObject({ cancelled: true, signal: { aborted: true } });
  expect(branch).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' }, isDue: false });
  branch.add({ nodes, next }, begin(branch, true));
  branch.cancel();
  expect(branch).toMatchObject({ state: 'ready', failure: undefined, isDue: false });
});

test('what expires while it loads is due again afterwards', () => {
  const { branch, nodes } = setUp();
  branch.expire();
  expect(branch.isStale).toBe(false);
  const signal = begin(branch, true);
  branch.expire();
  branch.finish({ nodes }, signal);
  expect(branch).toMatchObject({ isDue: true, isComplete: false });
  branch.fill(nodes);
  expect(branch).toMatchObject({ isDue: false, isComplete: true, total: 1 });
});

test('what comes after the load was given up does not count, not even as the outcome of the next one', () => {
  const { branch, nodes } = setUp();
  const signal = begin(branch, true);
  branch.giveUp();
  begin(branch, true);
  expect(branch.add({ nodes, next }, signal)).toBe(false);
  expect(branch.finish({ nodes }, signal)).toBe(false);
  expect(branch.fail(new Defect('late'), signal)).toBe(false);
  expect(branch).toMatchObject({ state: 'loading', nodes: [], failure: undefined, loadedAt: undefined });
});
