import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import { reach } from '../../../../src/inventory/loading/reach';
import type { Node, TreeRow } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import type { Targets } from '../../../../src/views/shared/targets';
import type { ViewSettings } from '../../../../src/views/tree/viewSettings';
import { serverOf, subtenant, tenant } from '../../items';
import { KeptLog, KeptMemory } from '../../support';
import { window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { Pins } = await import('../../../../src/views/pins/pins');
type PinsView = InstanceType<typeof Pins>;

const heading: Item = { kind: 'group', id: 'tenants', name: 'Cloud Tenants', contains: 'tenant', hasChildren: true };
const users = [subtenant('u1', { name: 'nw-user-01', tenantId: 't1' })];
let tenants: Item[];
let memory: KeptMemory;
/** Whose children were asked for. */
let asked: string[];
let contexts: Map<string, unknown>;

beforeEach(() => {
  tenants = [tenant('t1', { name: 'Northwind', usedBytes: 1, quotaBytes: 100 }), tenant('t2', { name: 'Contoso' })];
  memory = new KeptMemory();
  asked = [];
  contexts = new Map();
});

/** A window of VS Code with this memory. */
function open(servers = [serverOf('em', { name: 'em-prod' })]): { inventory: Inventory; pins: PinsView } {
  const listening = () => ({ dispose: () => undefined });
  window.createTreeView = () => ({
    ...{ visible: true, dispose: () => undefined, onDidChangeSelection: listening },
    ...{ onDidCollapseElement: listening, onDidExpandElement: listening },
  });
  const inventory = new Inventory(
    {
      children: async (_id, { kind, name }) => {
        asked.push(name);
        return { items: kind === 'server' ? [heading] : kind === 'group' ? tenants : users };
      },
    },
    new KeptLog(),
  );
  inventory.setServers(servers);
  const viewSettings = { onDidChange: listening, fillLimits: { warning: 80, error: 95 } } as unknown as ViewSettings;
  const pins = new Pins({
    ...{ inventory, memory, viewSettings, targets: { add: () => undefined } as unknown as Targets },
    setContext: async (key, value) => {
      contexts.set(key, value);
    },
    run: work => {
      work.catch(error => expect.unreachable(String(error)));
    },
  });
  onTestFinished(() => pins.dispose());
  return { inventory, pins };
}

async function loaded(inventory: Inventory, key: string): Promise<Node> {
  const node = await reach(inventory, key, AbortSignal.timeout(5000));
  if (!node) {
    throw new Error(`no ${key}`);
  }
  return node;
}

const names = (rows: readonly TreeRow[]) => rows.map(row => (row.type === 'node' ? row.item.name : row.type));
const northwind = 'em/group:tenants/tenant:t1';
const contoso = 'em/group:tenants/tenant:t2';

test('a pinned row survives a restart, and nothing is asked of its server until it is opened', async () => {
  const before = open();
  await before.pins.pinned.add([await loaded(before.inventory, northwind)]);
  asked = [];
  const { inventory, pins } = open();
  const [pin, ...rest] = await pins.getChildren();
  expect([pin && names([pin]), rest]).toEqual([['Northwind'], []]);
  expect(pin?.type === 'node' && pin.key).toBe(northwind);
  expect(pin && pins.getTreeItem(pin as Node)).toMatchObject({
    label: 'Northwind',
    description: expect.stringMatching(/^1 % of 100 B · em-prod$/),
    contextValue: expect.stringMatching(/kind=tenant;has=id;.*can=unpin$/),
  });
  expect(asked).toEqual([]);
  expect(contexts.get('pinned')).toBe(true);

  await pins.getChildren(pin);
  await inventory.settled(pin as Node);
  expect(names(await pins.getChildren(pin))).toEqual(['nw-user-01']);
  expect(asked).toEqual(['Northwind']);
});

test('the row at its place takes over, with what is known of it now', async () => {
  const before = open();
  await before.pins.pinned.add([await loaded(before.inventory, northwind)]);
  const { inventory, pins } = open();
  const [kept] = await pins.getChildren();
  const idBefore = pins.getTreeItem(kept as Node).id;
  tenants = [tenant('t1', { name: 'Northwind', usedBytes: 97, quotaBytes: 100 })];
  const node = await loaded(inventory, northwind);
  await vi.waitFor(async () => expect(await pins.getChildren()).toEqual([node]));
  // VS Code keeps by the id what is open and what has the focus.
  expect(pins.getTreeItem(node).id).toBe(idBefore);
  // It is kept for the next start.
  await vi.waitFor(() => expect(JSON.stringify(memory.get('backupTenancy.pinnedRows'))).toContain('"usedBytes":97'));
});

test('the last one that was pinned stands first, each once', async () => {
  const { inventory, pins } = open();
  const [one, other] = [await loaded(inventory, northwind), await loaded(inventory, contoso)];
  await pins.pinned.add([one]);
  await pins.pinned.add([other]);
  await pins.pinned.add([one]);
  expect(names(pins.pinned.nodes)).toEqual(['Northwind', 'Contoso']);
  await pins.pinned.remove([one]);
  expect(names(pins.pinned.nodes)).toEqual(['Contoso']);
});

test('no row stands twice in the view', async () => {
  const { inventory, pins } = open();
  const one = await loaded(inventory, northwind);
  await pins.pinned.add([one.parent as Node, one]);
  const [top] = await pins.getChildren();
  expect(names(await pins.getChildren(top))).toEqual(['Contoso']);
});

test('a server that is removed takes its pins with it', async () => {
  const { inventory, pins } = open();
  await pins.pinned.add([await loaded(inventory, northwind)]);
  inventory.setServers([serverOf('other')]);
  await vi.waitFor(() => expect(contexts.get('pinned')).toBe(false));
  expect(await pins.getChildren()).toEqual([]);
});

test('what is stored is looked at before it is shown', () => {
  const item = { kind: 'hologram', id: 'x', name: 'x' };
  void memory.update('backupTenancy.pinnedRows', [
    null,
    7,
    { server: 'em' },
    { server: 'em', path: [{ item, copy: 1 }] },
  ]);
  expect(open().pins.pinned.nodes).toEqual([]);
  void memory.update('backupTenancy.pinnedRows', 'nonsense');
  expect(open().pins.pinned.nodes).toEqual([]);
});

test('a pinned row is told to have changed, also among many others', async () => {
  tenants.push(...Array.from({ length: 1000 }, (_, index) => tenant(`other${index}`)));
  const { inventory, pins } = open();
  const pin = await loaded(inventory, northwind);
  await pins.pinned.add([pin]);
  await pins.getChildren();
  // The answer has left when that is over.
  await vi.waitFor(() => expect(pins.pinned.nodes).toEqual([pin]));
  const told: unknown[] = [];
  pins.onDidChangeTreeData(row => told.push(row));
  await vi.waitFor(() => {
    told.length = 0;
    pin.parent?.branch?.nodes.forEach(node => void inventory.onDidChange.emit(node));
    return new Promise<void>((resolve, reject) =>
      setImmediate(() => setImmediate(() => (told.includes(undefined) ? resolve() : reject(new Error('not told'))))),
    );
  });
  expect(told.length).toBeLessThan(5);
});
