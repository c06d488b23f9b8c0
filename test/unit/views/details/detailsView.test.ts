import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Folder } from '../../../../src/inventory/tree/folder';
import { Node } from '../../../../src/inventory/tree/node';
import { type Section, Sections } from '../../../../src/inventory/tree/section';
import type { Item } from '../../../../src/items/item';
import { Throttled } from '../../../../src/products/failures';
import type { Detail } from '../../../../src/products/product';
import type { DetailRow } from '../../../../src/views/details/detailRow';
import { type DetailsPane, DetailsView } from '../../../../src/views/details/detailsView';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, named } from '../../support';
import { EventEmitter } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const serverItem = serverOf('one', { name: 'em-prod' });

/** What was asked of the server, to be answered by the test. */
let asked: { name: string; signal: AbortSignal; answer(details: readonly Detail[] | Error): void }[];
let used: number;
let inventory: Inventory;
let server: Node;
let selection: { nodes: readonly Node[]; changed: EventEmitter<unknown> };
let pane: { visible: boolean; changedVisibility: EventEmitter<unknown>; refreshed: number; revealed: string[] };
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
  pane = { visible: true, changedVisibility: new EventEmitter(), refreshed: 0, revealed: [] };
  const changed = new EventEmitter<DetailRow | undefined>();
  changed.event(() => pane.refreshed++);
  const seen = {
    view: {
      get visible() {
        return pane.visible;
      },
      onDidChangeVisibility: pane.changedVisibility.event,
      reveal: async ({ label }: DetailRow, options: object) => {
        pane.revealed.push(label);
        expect(options).toEqual({ select: false, focus: true });
      },
    },
    changed,
  };
  const selected = { onDidChange: selection.changed.event, subjects: () => selection.nodes };
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

test('gives a folded view its rows before it opens, with the focus on the first', async () => {
  pane.visible = false;
  await view.show([node('Northwind')]);
  expect(labels()).toContain('Northwind');
  expect(pane.revealed).toEqual(['Northwind']);
});

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
  select('Contoso');
  await inventory.refresh(server);
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

describe('what holds others', () => {
  const folder = { id: 'f', name: 'Customers' };

  function rows(): string[] {
    const all = (each: readonly DetailRow[]): readonly DetailRow[] =>
      each.flatMap(row => [row, ...all(row.rows ?? [])]);
    return all(view.getChildren()).map(({ label, description }) => `${label}: ${description}`);
  }

  /** A heading with loaded tenants. */
  function headingOf(number: number, next?: string): Node {
    const item = {
      kind: 'group',
      id: 'tenants',
      name: 'Cloud Tenants',
      hasChildren: true,
      contains: 'tenant',
    } as const;
    const heading = new Node(server, item);
    const { branch } = heading;
    if (branch) {
      const nodes = Array.from({ length: number }, (_, index) => {
        return new Node(heading, tenant(`${index}`, { usedBytes: 1024, quotaBytes: 2048 }));
      });
      branch.begin(true, async () => undefined);
      branch.finish({ nodes, next: next as never }, never);
    }
    return heading;
  }

  test('is a folder with its servers, also after one has been moved into it, and until it is removed', async () => {
    inventory.setServers([serverItem], [folder]);
    const shown = inventory.folders.find('f') as Folder;
    await view.show([shown]);
    await expect.poll(rows).toEqual(expect.arrayContaining(['Customers: Folder', 'Servers: 0', 'Path: Customers']));
    inventory.setServers(
      [{ ...serverItem, folder: 'f' }],
      [
        { id: 'top', name: 'All' },
        { ...folder, parent: 'top' },
      ],
    );
    await expect.poll(rows).toEqual(expect.arrayContaining(['Servers: 1', 'Path: All › Customers']));
    inventory.setServers([serverItem], []);
    await expect.poll(() => view.getChildren()).toEqual([]);
  });

  test('is a server’s folder among its facts, current after a move', async () => {
    select('em-prod');
    await expect.poll(labels).toContain('em-prod');
    expect(labels()).not.toContain('Folder');
    inventory.setServers([{ ...serverItem, folder: 'f' }], [folder]);
    await expect.poll(rows).toContain('Folder: Customers');
  });

  test('is a section with its number and sums', async () => {
    const heading = headingOf(3);
    const [section] = new Sections().of(heading, heading.openedBranch?.nodes ?? [], 'state', () => 0) ?? [];
    await view.show([section as Section]);
    expect(rows()).toEqual(
      expect.arrayContaining(['State unknown: Group', 'Items: 3', 'Tenant: 3', 'Used: 3 KB', 'Quota: 6 KB']),
    );
  });

  test('is a heading with its number and sums; of a part of its list, both say so', async () => {
    await view.show([headingOf(3)]);
    expect(rows()).toEqual(expect.arrayContaining(['Items: 3', 'Tenant: 3', 'Used: 3 KB', 'Quota: 6 KB']));
    expect(rows().some(row => row.startsWith('Usage:'))).toBe(true);
    const part = headingOf(3, 'page 2');
    await view.show([part]);
    expect(rows()).toEqual(expect.arrayContaining(['Items: 3+', 'Tenant: 3+', 'Used: 3 KB (known for 3)']));
    expect(rows().some(row => row.startsWith('Usage:'))).toBe(false);
  });
});
