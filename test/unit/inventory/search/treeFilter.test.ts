import { beforeEach, expect, test } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import { parseQuery } from '../../../../src/inventory/search/query';
import { Filter } from '../../../../src/inventory/search/treeFilter';
import type { Folder } from '../../../../src/inventory/tree/folder';
import type { Node, TreeRow } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { serverOf, subtenant, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog } from '../../support';

const below: Record<string, { items: Item[]; next?: string; total?: number }> = {
  em: {
    items: [
      { kind: 'group', id: 'tenants', name: 'Cloud Tenants', contains: 'tenant', hasChildren: true },
      { kind: 'group', id: 'servers', name: 'Backup Servers', contains: 'backupServer', hasChildren: true },
    ],
  },
  // As many as are loaded before the user is asked for more.
  tenants: {
    items: [
      ...[tenant('Northwind'), tenant('Contoso'), tenant('Nordic')],
      ...Array.from({ length: 997 }, (_, index) => tenant(`t${index}`)),
    ],
    next: 'more',
    total: 1200,
  },
  Northwind: { items: [subtenant('nw-user-01'), subtenant('nw-user-02')] },
  Contoso: { items: [subtenant('north-user')] },
};

let inventory: Inventory;
let asked: string[];

beforeEach(async () => {
  asked = [];
  const source = {
    children: async (_serverId: string, item: Item) => {
      asked.push(item.id);
      const { items = [], next, total } = below[item.id] ?? {};
      return { items, next, total };
    },
  };
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers(
    [serverOf('em', { folder: 'inner' }), serverOf('other')],
    [
      { id: 'outer', name: 'Customers' },
      { id: 'inner', name: 'Nordrhein', parent: 'outer' },
    ],
  );
  for (const key of [
    'em',
    'em/group:tenants',
    'em/group:tenants/tenant:Northwind',
    'em/group:tenants/tenant:Contoso',
  ]) {
    await open(key);
  }
  asked.length = 0;
});

test('shows matches and what is above them, opened', async () => {
  const filter = await of('north');
  expect(drawn(filter)).toEqual([
    '▾ Customers',
    '  ▾ Nordrhein',
    '    ▾ em',
    '      ▾ Cloud Tenants',
    '        ▸ Northwind',
    '        ▾ Contoso',
    '          ▸ north-user',
    '        (more)',
  ]);
  expect(filter.matches).toBe(2);
});

test('loads nothing, and tells how much is not loaded', async () => {
  const filter = await of('north');
  expect(asked).toEqual([]);
  expect(filter.items).toBe(2 + 1000 + 3);
  // The other server, the backup servers, all tenants but two.
  expect(filter.closed).toBe(1 + 1 + 998);
  expect(filter.waiting).toBe(200);
});

test('shows everything below a match that has no matches below it', async () => {
  const filter = await of('northwind');
  const northwind = node('em/group:tenants/tenant:Northwind');
  expect(filter.isOpen(northwind)).toBe(false);
  expect(filter.shown(inventory.childrenOf(northwind), northwind)).toHaveLength(2);
  expect(filter.shows(node(`${northwind.key}/subtenant:nw-user-01`))).toBe(true);
  expect(filter.shows(node('em/group:tenants/tenant:Contoso/subtenant:north-user'))).toBe(false);
});

test('shows folders by their names, with all that is in them', async () => {
  const filter = await of('rhein');
  expect(drawn(filter).slice(0, 2)).toEqual(['▾ Customers', '  ▸ Nordrhein']);
  const [outer] = inventory.folders.top;
  const [inner] = (outer as Folder).rows;
  expect(filter.shown((inner as Folder).rows, inner)).toEqual([node('em')]);
  expect(filter.shows(node('em/group:tenants'))).toBe(true);
});

test('looks for parts of names, not for scattered letters, and for IDs', async () => {
  expect((await of('nthwd')).matches).toBe(0);
  expect((await of('user nw')).matches).toBe(2);
  expect((await of('{nw-USER-02}')).matches).toBe(1);
  expect((await of('t:nor')).matches).toBe(2);
});

test('shows nothing where nothing matches', async () => {
  const filter = await of('nobody');
  expect(filter.matches).toBe(0);
  expect(filter.shown(inventory.folders.top, undefined)).toEqual([]);
});

test('knows the topmost match, be it a folder or what is below one', async () => {
  const first = async (text: string) => (await of(text)).firstIn(inventory.folders.top);
  expect((await first('rhein')) as Folder).toMatchObject({ name: 'Nordrhein' });
  expect(await first('north')).toBe(node('em/group:tenants/tenant:Northwind'));
  expect(await first('north-user')).toBe(node('em/group:tenants/tenant:Contoso/subtenant:north-user'));
  expect(await first('nobody')).toBeUndefined();
});

test('opens no more rows than VS Code can be asked for', async () => {
  below.many = { items: Array.from({ length: 500 }, (_, index) => tenant(`many-${index}`)) };
  inventory.setServers([{ ...serverOf('many', undefined) }]);
  await open('many');
  for (const each of inventory.childrenOf(node('many'))) {
    below[(each as Node).item.id] = { items: [subtenant('wanted')] };
    await open((each as Node).key);
  }
  const filter = await of('wanted');
  const parents = filter.shown(inventory.childrenOf(node('many')), node('many'));
  expect(parents).toHaveLength(500);
  expect(parents.filter(row => filter.isOpen(row)).length).toBeLessThanOrEqual(200);
});

test('knows whether anything is shown otherwise than before', async () => {
  const before = await of('north');
  expect(before.equals(await of('north'))).toBe(true);
  expect(before.equals(await of('nord'))).toBe(false);
});

async function of(text: string): Promise<Filter> {
  const filter = await Filter.of(inventory, parseQuery(text), never);
  if (!filter) {
    throw new Error('aborted');
  }
  return filter;
}

async function open(key: string): Promise<void> {
  inventory.childrenOf(node(key));
  await inventory.settled(node(key));
}

/** The tree as the filter leaves it. */
function drawn(filter: Filter, parent?: TreeRow, indent = ''): string[] {
  const rows =
    parent === undefined
      ? inventory.folders.top
      : parent.type === 'folder'
        ? parent.rows
        : parent.type === 'node'
          ? (parent.openedBranch?.rows ?? [])
          : [];
  return filter.shown(rows, parent).flatMap(row => {
    if (row.type !== 'node' && row.type !== 'folder') {
      return [`${indent}(${row.type})`];
    }
    const name = row.type === 'node' ? row.item.name : row.name;
    const isOpen = filter.isOpen(row);
    return [`${indent}${isOpen ? '▾' : '▸'} ${name}`, ...(isOpen ? drawn(filter, row, `${indent}  `) : [])];
  });
}

function node(key: string): Node {
  const found = inventory.find(key);
  if (!found) {
    throw new Error(`no ${key}`);
  }
  return found;
}
