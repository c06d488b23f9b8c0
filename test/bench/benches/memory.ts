import { Inventory } from '../../../src/inventory/inventory';
import { subtenantItem } from '../../../src/products/enterprise-manager/items';
import { readResources, subtenantBody } from '../../../src/products/enterprise-manager/wire';
import type { Item, Server, Tenant } from '../../../src/products/item';
import type { Bench } from '../measurement';

const tenants = 10;
const each = 10_000;
const number = tenants * each;

/** The inventory with 100,000 subtenants, beside the same facts as plain objects. */
export const bench: Bench = {
  async run() {
    const floor = await heapOf(
      async () => await Promise.all(Array.from({ length: tenants }, (_, at) => subtenants(at))),
    );
    const value = await heapOf(async () => {
      const inventory = new Inventory({ children: (_id, item) => childrenOf(item) }, { error: console.error });
      inventory.setServers([server]);
      const [root] = inventory.servers;
      const signal = new AbortController().signal;
      if (root) {
        await inventory.complete(root, signal);
        for (const node of root.openedBranch?.nodes ?? []) {
          await inventory.complete(node, signal);
        }
      }
      return inventory;
    });
    return [
      {
        what: '100,000 items in memory',
        unit: 'bytes',
        value,
        floor: { what: 'the same facts as plain objects', value: floor },
        target: 'memory',
      },
      { what: 'one item of them', unit: 'bytes', value: value / number, target: 'memoryOfItem' },
    ];
  },
};

const server: Server = {
  kind: 'server',
  id: 'f1b5a0d2-0000-4000-8000-000000000001',
  name: 'em',
  hasChildren: true,
  product: 'enterprise-manager',
  url: 'https://em.example.com:9398',
};

async function childrenOf(item: Item) {
  const items =
    item.kind === 'server'
      ? Array.from({ length: tenants }, (_, index) => tenantOf(index))
      : await subtenants(Number(item.name));
  return { items, total: items.length };
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
async function subtenants(tenant: number): Promise<Item[]> {
  const bodies = Array.from({ length: each }, (_, index) => {
    const number = String(tenant * each + index).padStart(12, '0');
    return {
      Id: `5d5d0000-0000-4000-8000-${number}`,
      Name: `nw-user-${number}`,
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
  const id = tenantOf(tenant).id;
  return (await readResources('em', 'CloudSubtenant', subtenantBody, body)).map(each => subtenantItem(each, id));
}

async function heapOf(make: () => unknown): Promise<number> {
  const before = await settledHeap();
  const kept = await make();
  const after = await settledHeap();
  // Read once more, so that it is not collected before.
  return kept ? after - before : Number.NaN;
}

async function settledHeap(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise(resolve => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}
