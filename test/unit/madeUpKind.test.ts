// A kind that no product has, described in this file alone, is found wherever items are shown.

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Inventory } from '../../src/inventory/inventory';
import { parseQuery } from '../../src/inventory/search/query';
import { entriesOf, Search } from '../../src/inventory/search/search';
import { ordersOf } from '../../src/inventory/tree/order';
import type { Facts } from '../../src/items/fact';
import { facts } from '../../src/items/facts';
import type { Item, ItemKind } from '../../src/items/item';
import type { Kind } from '../../src/items/kind';
import { kinds } from '../../src/items/kinds';
import { reportOf } from '../../src/report/compile';
import { detailRows } from '../../src/views/details/detailRows';
import { piecesOf } from '../../src/views/export/exportContent';
import { renderRow } from '../../src/views/tree/rowRenderer';
import { serverOf } from './items';
import { never } from './never';
import { KeptLog } from './support';

vi.mock('vscode', () => import('./views/vscode'));

const vault = 'vault' as ItemKind;
const descriptor = {
  name: () => 'Vault',
  prefix: 'x',
  icon: () => ({ name: 'lock' }),
  beside: () => ['locked'],
  space: { used: 'usedBytes', limit: 'quotaBytes' },
} satisfies Kind;
const vaultFacts = {
  facts: { quotaBytes: { form: 'bytes', label: () => 'Room' }, usedBytes: { form: 'bytes', label: () => 'Filled' } },
  report: { unlimited: () => false },
};

beforeAll(() => {
  Object.assign(kinds, { [vault]: descriptor });
  Object.assign(facts, { [vault]: vaultFacts as unknown as Facts });
});

afterAll(() => {
  Reflect.deleteProperty(kinds, vault);
  Reflect.deleteProperty(facts, vault);
});

test('a kind of one file has a row, details, columns, orders, a prefix and a row in the report', async () => {
  const item = { kind: vault, id: '7', name: 'Deep', hasChildren: false, usedBytes: 512, quotaBytes: 1024 } as Item;
  const inventory = new Inventory({ children: async () => ({ items: [item] }) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers;
  if (!server) {
    throw new Error('There is no server.');
  }
  await inventory.complete(server, never);
  const node = server.openedBranch?.nodes[0];
  if (!node) {
    throw new Error('There is no vault.');
  }
  expect(renderRow(node, false)).toMatchObject({ description: 'locked', iconPath: { id: 'lock' } });
  const [details] = detailRows([node], { state: 'unasked' });
  expect(details?.rows?.map(({ label }) => label)).toEqual(['Usage', 'ID', 'Room', 'Filled', 'Path']);
  expect([...piecesOf('csv', [{ node }])].join('').split('\r\n')[0]).toContain('description,quotaBytes,usedBytes');
  expect(ordersOf(vault)).toEqual(['server', 'name', 'used', 'usedPercent', 'free']);
  const found = await new Search(10).find(parseQuery('x:deep'), await entriesOf([node]));
  expect(found?.best.map(entry => entry.node)).toEqual([node]);
  const { rows } = await reportOf([server], { isLoading: () => false, notBefore: 0 });
  expect(rows).toMatchObject([{ kind: vault, name: 'Deep', usedBytes: 512, limitBytes: 1024, freeBytes: 512 }]);
});
