import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory, type Source } from '../../../../src/inventory/inventory';
import type { Node, TreeRow } from '../../../../src/inventory/tree/node';
import { headingOf } from '../../../../src/items/heading';
import { Throttled } from '../../../../src/products/failures';
import { ServerList } from '../../../../src/servers/list/serverList';
import type { FoldedFolders } from '../../../../src/views/tree/foldedFolders';
import type { ViewSettings } from '../../../../src/views/tree/viewSettings';
import { turnsDuring } from '../../eventLoop';
import { serverOf, subtenant, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, KeptMemory } from '../../support';
import { ExtensionHostTree } from '../extensionHostTree';
import { EventEmitter, TreeItemCollapsibleState, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { ServersTree } = await import('../../../../src/views/tree/serversTree');
const rowLooks = await import('../../../../src/rows');
type Tree = InstanceType<typeof ServersTree>;

const tenants = Array.from({ length: 10_000 }, (_, index) => tenant(`t${index}`, { name: `Tenant ${index}` }));
const children = [subtenant('s', { name: 'nw-user-01', tenantId: 't0', enabled: true })];

let answer: Source['children'];
let inventory: Inventory;
let tree: Tree;
let server: Node;

const collapsed = new EventEmitter<{ readonly element: TreeRow }>();
const expanded = new EventEmitter<{ readonly element: TreeRow }>();

beforeEach(async () => {
  const listening = () => ({ dispose: () => undefined });
  window.createTreeView = () => ({
    ...{ visible: true, dispose: () => undefined, onDidChangeVisibility: listening },
    ...{ onDidCollapseElement: collapsed.event, onDidExpandElement: expanded.event },
  });
  answer = async (_id, { kind }) => ({ items: kind === 'server' ? tenants : children });
  inventory = new Inventory(
    { children: (...asked) => answer(...asked) },
    new KeptLog(),
    () => Number.POSITIVE_INFINITY,
  );
  inventory.setServers([serverOf('em', { name: 'em-prod' })]);
  const settings = { isPlain: true, onDidChange: listening } as unknown as ViewSettings;
  tree = new ServersTree(inventory, new ServerList(new KeptMemory()), {} as FoldedFolders, settings, {
    rowLooks: async () => rowLooks,
    arrangement: () => Promise.reject(new Error('settings are plain')),
    dragAndDrop: () => Promise.reject(new Error('nothing is dragged')),
    tooltipOf: async () => '',
  });
  onTestFinished(() => tree.dispose());
  [server] = inventory.servers as [Node];
  inventory.childrenOf(server);
  await inventory.settled(server);
});

function firstOf({ openedBranch }: Node): Node {
  const [first] = openedBranch?.nodes ?? [];
  if (!first) {
    throw new Error('nothing is loaded');
  }
  return first;
}

/** What VS Code does with an answer. */
const itemsOf = (rows: readonly TreeRow[]) => Promise.all(rows.map(row => tree.getTreeItem(row)));

let now = performance.now();

/** Asks for the rows, and goes on when the first of them are made and others are not. */
async function askHalfway(): Promise<{ readonly answer: Promise<readonly TreeRow[]> }> {
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 20; // no slice has room for more than one step
    return now;
  });
  onTestFinished(() => clock.mockRestore());
  const answer = tree.getChildren(server);
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(setImmediate);
  }
  return { answer };
}

test('others have their turn while thousands of rows are made', async () => {
  expect(await turnsDuring(async () => itemsOf(await tree.getChildren(server)))).toBeGreaterThan(2);
});

test('a row that changes while others are made is shown as it is', async () => {
  const first = firstOf(server);
  const { answer } = await askHalfway();
  inventory.childrenOf(first);
  await inventory.settled(first);
  const [treeItem] = await itemsOf(await answer);
  expect(treeItem?.description).toBe('1 subtenant');
});

test('a filter that is set while rows are made decides which are open', async () => {
  const first = firstOf(server);
  const { answer } = await askHalfway();
  tree.filter({ shown: (rows, parent) => (parent ? [first] : [...rows]), isOpen: () => true });
  const [treeItem] = await itemsOf(await tree.getChildren(server));
  expect(treeItem?.id).toBe(`filtered/${first.shortKey}`);
  expect(treeItem?.collapsibleState).toBe(TreeItemCollapsibleState.Expanded);
  await answer;
});

test('rows are shown although a row above is told anew while they are on their way', async () => {
  const host = new ExtensionHostTree<TreeRow>(tree);
  const first = firstOf(server);
  await host.ask();
  await host.ask(server);
  const answer = host.ask(first);
  const refreshed = host.refresh(server);
  await answer;
  await refreshed;
  expect(await host.ask(server)).toContain(first);
  expect((await host.ask(first)).map(({ type }) => type)).toEqual(['node']);
});

test('rows are shown although they are asked for twice at the same time', async () => {
  const host = new ExtensionHostTree<TreeRow>(tree);
  await host.ask();
  await host.ask(server);
  const told: unknown[] = [];
  tree.onDidChangeTreeData(row => told.push(row));
  const [earlier, later] = await Promise.all([host.ask(firstOf(server)), host.ask(firstOf(server))]);
  expect(later.map(({ type }) => type)).toEqual(['node']);
  // VS Code is told to ask again, as it has got nothing.
  expect(earlier).toEqual([]);
  await expect.poll(() => told).toContain(firstOf(server));
  expect(await host.ask(firstOf(server))).toEqual(later);
});

test('a heading that fails, or no longer does, changes the row of its server', async () => {
  const heading = headingOf('tenants', 'Cloud Tenants', 'tenant');
  let fails = true;
  answer = async (_id, { kind }) => {
    if (fails && kind === 'group') {
      throw new Throttled('em.example.com', 0);
    }
    return { items: kind === 'server' ? [heading] : [] };
  };
  await inventory.refresh(server);
  await itemsOf(await tree.getChildren());
  const told: unknown[] = [];
  tree.onDidChangeTreeData(row => told.push(row));
  await inventory.complete(firstOf(server), never);
  await expect.poll(() => told).toContain(server);
  const [row] = await itemsOf([server]);
  expect(row?.description).toMatch(/^1 list failed to load/);
  told.length = 0;
  fails = false;
  await inventory.refresh(firstOf(server));
  await expect.poll(() => told).toContain(server);
  expect((await itemsOf([server]))[0]?.description).not.toMatch(/failed/);
});

test('a row that VS Code asks below is open, unless it was closed', async () => {
  const opened: TreeRow[] = [];
  tree.onDidOpen(row => opened.push(row));
  const isOpen = async () => (await tree.getTreeItem(server)).collapsibleState === TreeItemCollapsibleState.Expanded;
  expect(await isOpen()).toBe(false);
  await tree.getChildren(server);
  await tree.getChildren(server);
  expect([await isOpen(), opened]).toEqual([true, [server]]);
  collapsed.fire({ element: server });
  await tree.getChildren(server);
  expect([await isOpen(), opened]).toEqual([false, [server]]);
  expanded.fire({ element: server });
  expect([await isOpen(), opened]).toEqual([true, [server, server]]);
});
