import { performance } from 'node:perf_hooks';
import { Everywhere } from '../../../src/everywhere/everywhere';
import { Inventory } from '../../../src/inventory/inventory';
import type { Item, ItemKind, Server } from '../../../src/items/item';
import { type Bench, percentile } from '../measurement';

const servers = 200;

/** Items of each server. */
const each = 500;

const rounds = 30;

/** Where an organization stands on 200 servers of which all items are loaded: one console, and the servers it tells of. */
export const bench: Bench = {
  async run() {
    const inventory = await loaded();
    let requests = 0;
    const everywhere = new Everywhere(inventory, {
      of: async id => ({
        isSignedIn: true,
        installations: async () => ({ own: { id }, others: new Map() }),
        seek: async () => {
          requests++;
          return undefined;
        },
      }),
    });
    const { signal } = new AbortController();
    const subjects = [...inventory.loaded()].filter(({ item }) => item.kind === 'organization');
    const times: number[] = [];
    let places = 0;
    for (let round = 0; round < rounds; round++) {
      const subject = subjects[(round * 997) % subjects.length];
      if (subject) {
        const start = performance.now();
        places = (await everywhere.look(subject, signal)).sightings.length;
        // The first rounds make the code warm.
        if (round >= 5) {
          times.push(performance.now() - start);
        }
      }
    }
    return [
      {
        what: `show everywhere, over ${(servers * each).toLocaleString('en')} items of ${servers} servers, half of them`,
        unit: 'ms',
        value: percentile(times, 50),
        target: 'everywhere',
        note: `All is loaded; ${places} places, ${requests} requests.`,
      },
      { what: 'the same, 99 of 100', unit: 'ms', value: percentile(times, 99) },
    ];
  },
};

/** The console is the first server. Each other one has organizations, which the console tells of, too. */
async function loaded(): Promise<Inventory> {
  const all = Array.from({ length: servers }, (_, index): Server => {
    const id = `server-${index}`;
    const product = index === 0 ? 'console' : 'backup';
    return { kind: 'server', id, name: id, hasChildren: true, product, url: `https://${id}.example.com` };
  });
  const inventory = new Inventory(
    { children: async (id, item) => ({ items: childrenOf(Number(id.slice('server-'.length)), item) }) },
    { error: console.error },
  );
  inventory.setServers(all);
  const { signal } = new AbortController();
  for (const node of inventory.loaded()) {
    await inventory.complete(node, signal);
  }
  return inventory;
}

function childrenOf(server: number, item: Item): readonly Item[] {
  if (item.kind === 'server') {
    return server === 0
      ? [heading('servers', 'backupServer'), heading('organizations', 'organization'), heading('companies', 'company')]
      : [heading('organizations', 'organization'), heading('repositories', 'repository')];
  }
  if (item.kind !== 'group') {
    return [];
  }
  switch (item.id) {
    case 'servers':
      return Array.from({ length: servers - 1 }, (_, index) => ({
        kind: 'backupServer',
        id: `told-${index + 1}`,
        name: `server-${index + 1}.example.com`,
        installationId: `server-${index + 1}`,
        hasChildren: false,
      }));
    case 'companies':
      return [];
    case 'repositories':
      return Array.from({ length: each / 2 }, (_, index) => ({
        kind: 'repository',
        id: idOf(index),
        name: `Repository ${index}`,
        hasChildren: false,
        objectStorage: false,
      }));
    default:
      return server === 0
        ? Array.from({ length: each }, (_, index) => organization(1 + (index % (servers - 1)), index, true))
        : Array.from({ length: each / 2 }, (_, index) => organization(server, index, false));
  }
}

function organization(server: number, index: number, isTold: boolean): Item {
  const standsOn = isTold ? { standsOn: `told-${server}` } : {};
  return {
    kind: 'organization',
    id: idOf(server * 1000 + index),
    name: `Organization ${index}`,
    hasChildren: false,
    ...standsOn,
  };
}

function heading(id: string, contains: ItemKind): Item {
  return { kind: 'group', id, name: id, contains, hasChildren: true };
}

/** The same on each server. */
function idOf(number: number): string {
  return `3b3b0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
