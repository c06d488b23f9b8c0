import { Inventory } from '../../src/inventory/inventory';
import type { Item, Server, Subtenant, Tenant } from '../../src/items/item';
import { subtenantItem } from '../../src/products/enterprise-manager/items';
import { readResources, subtenantBody } from '../../src/products/enterprise-manager/wire';

const tenants = 10;
const each = 10_000;

/** How many all tenants have together. */
export const numberOfSubtenants = tenants * each;

const server: Server = {
  kind: 'server',
  id: 'f1b5a0d2-0000-4000-8000-000000000001',
  name: 'em',
  hasChildren: true,
  product: 'enterprise-manager',
  url: 'https://em.example.com:9398',
};

/** The subtenants of each tenant, without anything around them. */
export async function subtenants(nameOf = usualName): Promise<readonly (readonly Subtenant[])[]> {
  return await Promise.all(Array.from({ length: tenants }, (_, tenant) => subtenantsOf(tenant, nameOf)));
}

/** An inventory in which all of them are loaded. */
export async function loadedInventory(nameOf = usualName): Promise<Inventory> {
  const children = async (_id: string, item: Item) => {
    const items =
      item.kind === 'server'
        ? Array.from({ length: tenants }, (_, index) => tenantOf(index))
        : await subtenantsOf(Number(item.name), nameOf);
    return { items, total: items.length };
  };
  const inventory = new Inventory({ children }, { error: console.error });
  inventory.setServers([server]);
  const signal = new AbortController().signal;
  const [root] = inventory.servers;
  for (const node of inventory.loaded()) {
    if (node === root || node.item.kind === 'tenant') {
      await inventory.complete(node, signal);
    }
  }
  return inventory;
}

function usualName(number: number): string {
  return `nw-user-${padded(number)}`;
}

function padded(number: number): string {
  return String(number).padStart(12, '0');
}

function tenantOf(index: number): Tenant {
  return {
    kind: 'tenant',
    id: `3b3b0000-0000-4000-8000-00000000${index.toString().padStart(4, '0')}`,
    name: String(index),
    hasChildren: true,
    hasSubtenants: true,
    resources: [],
  };
}

/** As they come out of a server's answer, no two strings shared. */
async function subtenantsOf(tenant: number, nameOf: (number: number) => string): Promise<readonly Subtenant[]> {
  const bodies = Array.from({ length: each }, (_, index) => {
    const number = padded(tenant * each + index);
    return {
      Id: `5d5d0000-0000-4000-8000-${number}`,
      Name: nameOf(tenant * each + index),
      Description: `Laptop ${number}`,
      Enabled: true,
      RepositoryQuota: {
        Unlimited: false,
        DisplayName: `Volume ${number}`,
        TenantResourceId: `4c4c0000-0000-4000-8000-${number}`,
        QuotaMb: 10_240,
        UsedQuotaMb: index,
        QuotaId: `6e6e0000-0000-4000-8000-${number}`,
      },
    };
  });
  const body: unknown = JSON.parse(JSON.stringify({ CloudSubtenants: bodies }));
  const { id } = tenantOf(tenant);
  const { elements } = await readResources('em', 'CloudSubtenant', subtenantBody, body);
  return elements.map(element => subtenantItem(element, id));
}
