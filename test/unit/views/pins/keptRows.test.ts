import { expect, test } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Heading, Tenant } from '../../../../src/items/item';
import { KeptRows } from '../../../../src/views/pins/keptRows';
import { serverOf, tenant } from '../../items';
import { never } from '../../never';
import { KeptLog, KeptMemory, named } from '../../support';

test('a long list is gone through once, however many rows of it are kept', async () => {
  const heading: Heading = { kind: 'group', id: 'tenants', name: 'Tenants', contains: 'tenant', hasChildren: true };
  const [length, kept] = [5_000, 100];
  let reads = 0;
  const tenants = Array.from({ length }, (_, index): Tenant => {
    const id = `t${index}`;
    const get = () => {
      reads++;
      return id;
    };
    return Object.defineProperty(tenant(id), 'id', { enumerable: true, get });
  });
  const inventory = new Inventory(
    { children: async (_server, { kind }) => ({ items: kind === 'server' ? [heading] : tenants }) },
    new KeptLog(),
    () => length,
  );
  inventory.setServers([serverOf('em')]);
  const server = named(inventory.servers, 'em');
  await inventory.complete(server, never);
  await inventory.complete(named(server.branch?.nodes ?? [], 'Tenants'), never);
  const rows = [...inventory.loaded()].slice(-kept);
  const pins = new KeptRows(inventory, new KeptMemory(), 'pins', kept);
  await pins.add(rows);
  reads = 0;
  expect(pins.nodes).toEqual(rows);
  expect(reads).toBeLessThan(3 * length);
});
