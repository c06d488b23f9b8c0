import { beforeEach, expect, test } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Folder } from '../../../../src/inventory/tree/folder';
import type { Node } from '../../../../src/inventory/tree/node';
import { serverOf, tenant } from '../../items';
import { KeptLog, labels } from '../../support';

const north = { id: 'n', name: 'North' };
const inner = { id: 'i', name: 'Inner', parent: 'n' };
let inventory: Inventory;

beforeEach(() => {
  inventory = new Inventory({ children: async () => ({ items: [tenant('t1', { name: 'Contoso' })] }) }, new KeptLog());
});

/** `North(Inner(a) b) c` */
function shown(rows: readonly (Folder | Node)[] = inventory.folders.top): string {
  return rows.map(row => (row.type === 'folder' ? `${row.name}(${shown(row.rows)})` : row.item.name)).join(' ');
}

test('folders stand before servers, nested, in their order', () => {
  inventory.setServers(
    [serverOf('a'), serverOf('b', { folder: 'n' }), serverOf('c', { folder: 'i' }), serverOf('d', { folder: 'n' })],
    [inner, north],
  );
  expect(shown()).toBe('North(Inner(c) b d) a');
  expect(inventory.folders.find('n')?.servers.map(({ key }) => key)).toEqual(['c', 'b', 'd']);
  expect(labels(inventory.servers)).toEqual(['a', 'b', 'c', 'd']);
});

test('a server that is moved keeps its key, its object and what was loaded', async () => {
  inventory.setServers([serverOf('a')], [north]);
  const [a] = inventory.servers;
  inventory.childrenOf(a as Node);
  await inventory.settled(a as Node);
  inventory.setServers([serverOf('a', { folder: 'n' })], [north]);
  expect(shown()).toBe('North(a)');
  expect(inventory.servers[0]).toBe(a);
  expect(a?.folder?.name).toBe('North');
  expect(a?.parent).toBeUndefined();
  expect(labels(inventory.childrenOf(a as Node))).toEqual(['Contoso']);
  expect(inventory.find('a/tenant:t1')?.root).toBe(a);
  inventory.setServers([serverOf('a')], []);
  expect(a?.folder).toBeUndefined();
});

test('a folder that is renamed or moved stays the same object', () => {
  inventory.setServers([], [north, inner]);
  const folder = inventory.folders.find('i');
  expect(folder?.parent?.name).toBe('North');
  inventory.setServers([], [north, { id: 'i', name: 'Outer' }]);
  expect(inventory.folders.find('i')).toBe(folder);
  expect(folder).toMatchObject({ name: 'Outer', parent: undefined });
  expect(shown()).toBe('North() Outer()');
});

test("folders' keys are never those of servers", () => {
  inventory.setServers([serverOf('folder:n')], [north]);
  expect(inventory.servers[0]?.key).not.toBe(inventory.folders.find('n')?.key);
});
