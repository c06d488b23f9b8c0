// A kind that no product has, described in this file alone, is found wherever items are shown.

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Inventory } from '../../src/inventory/inventory';
import { parseQuery } from '../../src/inventory/search/query';
import { entriesOf, Search } from '../../src/inventory/search/search';
import { Node } from '../../src/inventory/tree/node';
import { ordersOf } from '../../src/inventory/tree/order';
import { allGroupings, Sections } from '../../src/inventory/tree/section';
import type { Facts } from '../../src/items/fact';
import { facts } from '../../src/items/facts';
import type { Item, ItemKind } from '../../src/items/item';
import type { Kind } from '../../src/items/kind';
import { kinds } from '../../src/items/kinds';
import { reportOf } from '../../src/report/compile';
import { outline } from '../../src/report/outline';
import { detailRows } from '../../src/views/details/detailRows';
import { piecesOf } from '../../src/views/export/exportContent';
import { reportFile } from '../../src/views/report/reportFiles';
import { renderRow } from '../../src/views/tree/rowRenderer';
import { renderSection } from '../../src/views/tree/sectionRow';
import { readToPage } from '../../src/webview/report/messages';
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
  report: {
    table: { id: 'vaults', rank: 9, title: () => 'Vaults', limit: () => 'Room' },
    plural: () => 'Vaults',
    count: 'vaults',
    sums: [{ id: 'roomBytes', title: () => 'Room of all', of: 'limitBytes' }],
    unlimited: () => false,
  },
  groupings: {
    depth: { label: () => 'Depth', icon: 'layers', valueIn: () => 'low', nameOf: (value: string) => `Depth: ${value}` },
  },
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
  const report = await reportOf([server], { isLoading: () => false, notBefore: 0 });
  expect(report.rows).toMatchObject([{ kind: vault, name: 'Deep', usedBytes: 512, limitBytes: 1024, freeBytes: 512 }]);
  expect(report.servers[0]?.totals).toMatchObject({ vaults: 1, roomBytes: 1024 });
  expect(reportFile(report, 'csv')).toContain(',vault,,Deep,7,512,1024,false,512,50,ok,');
  expect(JSON.parse(reportFile(report, 'json'))).toMatchObject({ servers: [{ vaults: 1, roomBytes: 1024 }] });
  const markdown = reportFile(report, 'markdown');
  expect(markdown).toMatch(/\| Server .*\| Vaults \| Room of all \|/);
  expect(markdown).toMatch(/## Vaults\n\n.*\| Room \|.*\n.*\n.*Deep/);
});

test('the page of the report is told of it', () => {
  const message = readToPage({ type: 'start', servers: [], outline: outline() });
  expect(message).toMatchObject({ type: 'start' });
  const told = message?.type === 'start' ? message.outline : undefined;
  const kind = { kind: vault, name: 'Vault', plural: 'Vaults' };
  expect(told?.tables.at(-1)).toMatchObject({ id: 'vaults', title: 'Vaults', limit: 'Room', kinds: [kind] });
  expect(told?.sums.filter(sum => sum.kind === vault).map(({ id }) => id)).toEqual(['vaults', 'roomBytes']);
});

test('its rows stand in sections under a heading', () => {
  const heading = { kind: 'group', id: 'vaults', name: 'Vaults', hasChildren: true, contains: vault } as const;
  const parent = new Node(new Node(undefined, serverOf('em')), heading);
  const item = { kind: vault, id: '7', name: 'Deep', hasChildren: false, usedBytes: 512 } as Item;
  const sections = new Sections().of(parent, [new Node(parent, item)], 'depth', () => 0) ?? [];
  expect(sections.map(section => renderSection(section, false).label)).toEqual(['Depth: low']);
  expect([...allGroupings().keys()]).toContain('depth');
});
