import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/node';
import { Throttled } from '../../../src/products/failures';
import type { Item } from '../../../src/products/item';
import type { Detail } from '../../../src/products/product';
import type { DetailRow } from '../../../src/views/detailRows';
import { type DetailsPane, DetailsView } from '../../../src/views/detailsView';
import { serverOf, tenant } from '../items';
import { KeptLog, named } from '../support';
import { EventEmitter } from './vscode';

vi.mock('vscode', () => import('./vscode'));

const serverItem = serverOf('one', { name: 'em-prod' });

/** What was asked of the server, to be answered by the test. */
let asked: { name: string; signal: AbortSignal; answer(details: readonly Detail[] | Error): void }[];
let used: number;
let inventory: Inventory;
let server: Node;
let selection: { nodes: readonly Node[]; changed: EventEmitter<unknown> };
let pane: { visible: boolean; changedVisibility: EventEmitter<unknown>; refreshed: number };
let view: DetailsView;

beforeEach(async () => {
  asked = [];
  used = 1;
  const source = {
    children: async () => ({
      items: ['Northwind', 'Contoso', 'Fabrikam'].map(name => tenant(name, { usedBytes: used })),
    }),
    details: (_server: string, { name }: Item, signal: AbortSignal) =>
      new Promise<readonly Detail[]>((resolve, reject) => {
        asked.push({ name, signal, answer: each => (each instanceof Error ? reject(each) : resolve(each)) });
      }),
  };
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([serverItem]);
  server = named(inventory.servers, 'em-prod');
  inventory.childrenOf(server);
  await inventory.settled(server);

  selection = { nodes: [], changed: new EventEmitter() };
  pane = { visible: true, changedVisibility: new EventEmitter(), refreshed: 0 };
  const changed = new EventEmitter<DetailRow | undefined>();
  changed.event(() => pane.refreshed++);
  const seen = {
    view: {
      get visible() {
        return pane.visible;
      },
      onDidChangeVisibility: pane.changedVisibility.event,
    },
    changed,
  };
  const selected = { onDidChange: selection.changed.event, nodes: () => selection.nodes };
  view = new DetailsView(seen as unknown as DetailsPane, selected as never, inventory, source);
  onTestFinished(() => view.dispose());
});

function node(name: string): Node {
  return named(inventory.childrenOf(server), name);
}

function select(...names: string[]): void {
  selection.nodes = names.map(name => (name === 'em-prod' ? server : node(name)));
  selection.changed.fire(undefined);
}

function labels(): string[] {
  return view.getChildren().flatMap(({ label, rows }) => [label, ...(rows ?? []).map(row => row.label)]);
}

test('shows what is selected, and what the server has to add once it has come', async () => {
  select('Northwind');
  await expect.poll(() => asked.map(({ name }) => name)).toEqual(['Northwind']);
  expect(labels()).toContain('Northwind');
  expect(labels()).not.toContain('More');
  asked[0]?.answer([{ label: 'Licensed until', value: '2027-01-01T00:00:00Z', unit: 'moment' }]);
  await expect.poll(labels).toContain('Licensed until');
  expect(pane.refreshed).toBeGreaterThan(0);
});

test('asks only about what is rested upon, and gives up what was asked before', async () => {
  select('Northwind');
  select('Contoso');
  await expect.poll(() => asked.map(({ name }) => name)).toEqual(['Contoso']);
  select('Fabrikam');
  await expect.poll(() => asked.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam']);
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer([{ label: 'Late', value: 'x' }]);
  asked[1]?.answer([{ label: 'Right', value: 'x' }]);
  await expect.poll(labels).toContain('Right');
  expect(labels()).not.toContain('Late');
});

test('says that it is on its way when it takes long, and why it failed; a refresh asks again', async () => {
  select('Northwind');
  await expect.poll(labels).toContain('Loading…');
  asked[0]?.answer(new Throttled('em.example.com', 17));
  await expect.poll(labels).toContain('too many requests');
  used = 2;
  await view.refresh();
  await expect.poll(() => asked.length).toBe(2);
  expect(labels()).not.toContain('too many requests');
  expect(view.getChildren()[0]?.rows?.find(({ label }) => label === 'Used')?.raw).toBe('2');
});

test('sums up several, and asks about none of them', async () => {
  select('Northwind', 'Contoso');
  await expect.poll(() => view.getChildren()[0]?.description).toBe('2 selected');
  expect(asked).toEqual([]);
});

test('costs nothing while nobody looks', async () => {
  pane.visible = false;
  select('Northwind');
  await inventory.refresh(server);
  view.show([node('Contoso')]);
  expect(asked).toEqual([]);
  pane.visible = true;
  pane.changedVisibility.fire(undefined);
  expect(labels()).toContain('Contoso');
  expect(asked.map(({ name }) => name)).toEqual(['Contoso']);
});

test('is no reason to sign in to a server that nobody has opened', async () => {
  inventory.setServers([serverItem, { ...serverItem, id: 'two', name: 'em-lab' }]);
  const other = named(inventory.servers, 'em-lab');
  selection.nodes = [other];
  selection.changed.fire(undefined);
  await expect.poll(labels).toContain('em-lab');
  expect(asked).toEqual([]);
  expect(other.openedBranch?.load).toBeUndefined();
});

test('lets go of what is not there any more', async () => {
  select('Northwind');
  await expect.poll(labels).toContain('Northwind');
  inventory.setServers([]);
  await expect.poll(() => view.getChildren()).toEqual([]);
});
