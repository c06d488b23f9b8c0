import { expect, test } from 'vitest';
import { Branch } from '../../../../src/inventory/tree/branch';
import { Node } from '../../../../src/inventory/tree/node';
import { inOrder, kindBelow, type Order, ordersOf } from '../../../../src/inventory/tree/order';
import { Sections } from '../../../../src/inventory/tree/section';
import type { Item } from '../../../../src/items/item';

const { compare } = new Intl.Collator('en', { numeric: true });
const heading = new Node(undefined, {
  kind: 'group',
  id: 'tenants',
  name: 'Cloud Tenants',
  contains: 'tenant',
  hasChildren: true,
});

test('the server’s order is left as it is', () => {
  expect(names('server', tenant('b'), tenant('a'))).toEqual(['b', 'a']);
});

test('names are sorted as people do it: numbers by their value, letters of a language where they belong', () => {
  const sorted = names('name', tenant('Tenant 10'), tenant('tenant 2'), tenant('Ärzte'), tenant('Zoo'), tenant('Apo'));
  expect(sorted).toEqual(['Apo', 'Ärzte', 'tenant 2', 'Tenant 10', 'Zoo']);
});

test('the most used come first, those without the number last, equal ones as they were', () => {
  const used = (name: string, usedBytes?: number) => tenant(name, { usedBytes });
  expect(names('used', used('none'), used('1', 1), used('zero', 0), used('9', 9), used('also 1', 1))).toEqual([
    '9',
    '1',
    'also 1',
    'zero',
    'none',
  ]);
});

test('the fullest come first: quota of tenants, capacity of repositories', () => {
  const full = (name: string, usedBytes?: number, quotaBytes?: number) => tenant(name, { usedBytes, quotaBytes });
  expect(
    names('usedPercent', full('half', 50, 100), full('no quota', 900), full('over', 11, 10), full('0', 0, 0)),
  ).toEqual(['over', 'half', 'no quota', '0']);
  const share = (name: string, usedBytes: number, capacityBytes: number) =>
    repository(name, { usedBytes, capacityBytes });
  expect(names('usedPercent', share('a', 1, 10), share('b', 9, 10))).toEqual(['b', 'a']);
});

test('the least free come first, as told or as what is left of the quota', () => {
  expect(names('free', repository('much', { freeBytes: 9 }), repository('little', { freeBytes: 1 }))).toEqual([
    'little',
    'much',
  ]);
  const left = (name: string, usedBytes: number, quotaBytes?: number) => tenant(name, { usedBytes, quotaBytes });
  expect(names('free', left('unlimited', 1), left('90', 10, 100), left('5', 5, 10))).toEqual(['5', '90', 'unlimited']);
});

test('the last active come first, whatever the moment is called', () => {
  const active = (name: string, lastActive?: string) => tenant(name, { lastActive });
  expect(
    names('lastActive', active('never'), active('old', '2025-01-01T00:00:00Z'), active('new', '2026-01-01T00:00:00Z')),
  ).toEqual(['new', 'old', 'never']);
  const job = (name: string, lastRun: string) => node({ ...bare('job', name), lastRun } as Item);
  expect(names('lastActive', job('a', '2025-01-01T00:00:00Z'), job('b', '2026-01-01T00:00:00Z'))).toEqual(['b', 'a']);
});

test('kinds that take turns stay apart', () => {
  const nodes = [tenant('b'), tenant('a'), repository('d'), repository('c')];
  const order = (kind: string): Order => (kind === 'tenant' ? 'name' : 'server');
  expect(inOrder(nodes, order, compare).map(({ item }) => item.name)).toEqual(['a', 'b', 'd', 'c']);
});

test('an order takes and leaves all nodes, the same objects, and not the list it is given', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => tenant(`t${index}`, { usedBytes: (index * 7919) % 501 }));
  const before = [...nodes];
  for (const order of ordersOf('tenant')) {
    expect(new Set(inOrder(nodes, () => order, compare))).toEqual(new Set(before));
  }
  expect(nodes).toEqual(before);
});

test('a list may be as long as lists get', () => {
  const nodes = Array.from({ length: 250_000 }, (_, index) => tenant(String(index)));
  expect(inOrder(nodes, () => 'server', compare)).toHaveLength(nodes.length);
});

test('what can be sorted below a node is what its heading contains, or what is there beside headings', () => {
  expect(kindBelow(heading)).toBe('tenant');
  expect(kindBelow(tenant('a'))).toBeUndefined();
  const parent = node({ ...bare('repository', 'r'), hasChildren: true } as Item);
  const { branch } = parent;
  expect(branch).toBeInstanceOf(Branch);
  if (branch) {
    branch.fill([heading, node(bare('organization', 'Contoso'))]);
  }
  expect(kindBelow(parent)).toBe('organization');
});

test('tenants are grouped by their backup server, in the order of names, and keep theirs in each group', () => {
  const on = (name: string, backupServer?: string) => tenant(name, { backupServer });
  const nodes = [on('c', 'vbr10'), on('a', 'vbr2'), on('x'), on('b', 'vbr10')];
  const sections = new Sections();
  const shown = sections.of(heading, nodes, 'backupServer', compare) ?? [];
  expect(shown.map(({ value, nodes: its }) => [value, its.map(({ item }) => item.name)])).toEqual([
    ['vbr2', ['a']],
    ['vbr10', ['c', 'b']],
    ['', ['x']],
  ]);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(3);
  expect(nodes.map(each => sections.around(each, 'backupServer')?.value)).toEqual(['vbr10', 'vbr2', '', 'vbr10']);
  // VS Code keeps what is open by the object.
  expect(sections.of(heading, nodes.slice(1), 'backupServer', compare)).toEqual(shown);
  expect(sections.of(heading, nodes, 'backupServer', compare)?.[0]).toBe(shown[0]);
});

test('tenants are grouped by state: a lease that has ended counts before the rest', () => {
  const nodes = [
    tenant('gone', { enabled: true, leaseExpires: '2020-01-01T00:00:00Z' }),
    tenant('off', { enabled: false }),
    tenant('on', { enabled: true, leaseExpires: '2999-01-01T00:00:00Z' }),
    tenant('?'),
  ];
  expect(new Sections().of(heading, nodes, 'state', compare)?.map(({ value }) => value)).toEqual([
    'enabled',
    'disabled',
    'expired',
    '',
  ]);
});

test('nothing else is grouped, and nothing if the setting says so or nonsense', () => {
  const sections = new Sections();
  expect(sections.of(heading, [tenant('a')], 'none', compare)).toBeUndefined();
  expect(sections.of(heading, [tenant('a')], 'constructor', compare)).toBeUndefined();
  expect(sections.around(tenant('a'), 'none')).toBeUndefined();
  expect(
    sections.of(node(bare('repository', 'r')), [node(bare('organization', 'o'))], 'state', compare),
  ).toBeUndefined();
});

function names(order: Order, ...nodes: Node[]): string[] {
  return inOrder(nodes, () => order, compare).map(({ item }) => item.name);
}

function tenant(name: string, facts: object = {}): Node {
  return node({ ...bare('tenant', name), resources: [], hasSubtenants: true, ...facts } as Item);
}

function repository(name: string, facts: object = {}): Node {
  return node({ ...bare('repository', name), objectStorage: false, ...facts } as Item);
}

function bare(kind: Item['kind'], name: string): Item {
  return { kind, id: name, name, hasChildren: false } as Item;
}

function node(item: Item): Node {
  return new Node(heading, item);
}
