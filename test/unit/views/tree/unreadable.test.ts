import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Node, Notice } from '../../../../src/inventory/tree/node';
import type { Proxy as BackupProxy, Item } from '../../../../src/items/item';
import { detailRows } from '../../../../src/views/details/detailRows';
import { descriptionOf } from '../../../../src/views/shared/descriptions';
import { renderRow } from '../../../../src/views/tree/rowRenderer';
import { tooltipOf } from '../../../../src/views/tree/tooltip';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog } from '../../support';
import { below, serverNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

let server: Node;
let notice: Notice;

beforeEach(async () => {
  const unreadable = { count: 7, came: ['1: null', '4: an object with ui\u202ed, name'] };
  const inventory = new Inventory({ children: async () => ({ items: [tenant('a')], unreadable }) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  server = inventory.servers[0] as Node;
  await inventory.complete(server, never);
  notice = inventory.childrenOf(server).at(-1) as Notice;
});

test('a quiet row says how many items could not be read', () => {
  expect(renderRow(notice, false)).toMatchObject({
    id: 'em/#unreadable',
    label: '7 items could not be read',
    iconPath: { id: 'info', color: undefined },
    contextValue: 'kind=unreadable',
  });
});

test('its tooltip and the details say what came', () => {
  const lines = tooltipOf(notice).split('\n');
  expect(lines).toEqual([
    '7 items could not be read',
    'The server sent 1: null',
    'The server sent 4: an object with ui d, name',
    'and 5 more',
  ]);
  const [item] = detailRows([server], { state: 'unasked' });
  expect(item?.rows?.at(-1)).toMatchObject({
    label: '7 items could not be read',
    rows: [{ label: '1: null' }, { label: '4: an object with ui d, name' }],
  });
});

test('facts that the rows lack are told below them, and beside the heading that may be folded', async () => {
  const lacking = { message: 'Quotas could not be read: vspc answered with status 500.', short: 'no quotas' };
  const heading: Item = { kind: 'group', id: 'tenants', name: 'Tenants', contains: 'tenant', hasChildren: true };
  const children = async (_: string, { kind }: Item) =>
    kind === 'server'
      ? { items: [heading] }
      : { items: [tenant('a')], total: 1, unreadable: { count: 0, came: [], lacking } };
  const inventory = new Inventory({ children }, new KeptLog());
  inventory.setServers([serverOf('vspc')]);
  await inventory.complete(inventory.servers[0] as Node, never);
  const node = inventory.servers[0]?.branch?.nodes[0] as Node;
  await inventory.complete(node, never);
  const rows = inventory.childrenOf(node);
  expect(rows.map(row => renderRow(row as Node | Notice, false).label)).toEqual(['a', lacking.message]);
  expect(tooltipOf(rows[1] as Notice)).toBe(lacking.message);
  expect(renderRow(node, true).description).toMatch(/no quotas · 1$/);
});

test.each<[Partial<BackupProxy>, string]>([
  [{ online: true, state: 'Online', maintenance: false, maintenanceState: 'Disabled' }, '8.0'],
  [{ online: false, state: 'Offline' }, 'offline · 8.0'],
  [{ state: 'Warning' }, 'Warning · 8.0'],
  [{ state: 'OutOfDate', maintenance: true, maintenanceState: 'Enabled' }, 'OutOfDate · in maintenance · 8.0'],
  [{ online: true, maintenanceState: 'Pending' }, 'maintenance: Pending · 8.0'],
  [{}, '8.0'],
])('the row of a proxy with %j says "%s"', (facts, description) => {
  const proxy: BackupProxy = { kind: 'proxy', id: 'p', name: 'p', hasChildren: false, version: '8.0', ...facts };
  expect(descriptionOf(below(serverNode(), proxy))).toBe(description);
});
