import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import type { Node } from '../../../src/inventory/tree/node';
import type { ItemKind } from '../../../src/items/item';
import type { Bench, Measurement } from '../measurement';
import { type ServersWanted, startServers } from '../servers';
import { World } from '../world';

/** Something of a server that is gone through once. */
interface Walk {
  readonly what: string;
  readonly servers: ServersWanted;
  /** The heading that is walked; the whole server without it. */
  readonly heading?: ItemKind;
  /** Each page of each list once, where that can be told beforehand. */
  readonly pages?: number;
  readonly target: 'requests' | 'requestsOfConsole';
}

const repositories = 100;
const organizationsInAll = 1_000;

const walks: readonly Walk[] = [
  {
    what: `${repositories} repositories with ${organizationsInAll} organizations`,
    servers: {
      vb365: { number: 1, options: { repositories, organizationsPerRepository: organizationsInAll / repositories } },
    },
    heading: 'repository',
    pages: 1 + repositories,
    target: 'requests',
  },
  {
    what: 'Backup & Replication with 262 repositories and 250 jobs',
    servers: { backupReplication: { number: 1, options: { repositories: 262, jobs: 250 } } },
    // Two pages of repositories and of jobs; extents, scale-out repositories, servers, proxies and Entra ID tenants in one each.
    pages: 9,
    target: 'requests',
  },
  {
    what: 'Service Provider Console with 1,200 companies',
    servers: { serviceProviderConsole: { number: 1, options: { companies: 1200 } } },
    target: 'requestsOfConsole',
  },
];

/** How many requests it takes to open everything, and to open it again. */
export const bench: Bench = {
  async run() {
    const figures: Measurement[] = [];
    for (const walk of walks) {
      figures.push(...(await measure(walk)));
    }
    return figures;
  },
};

async function measure({ what, servers: wanted, heading, pages, target }: Walk): Promise<readonly Measurement[]> {
  const servers = await startServers(wanted);
  const world = new World();
  try {
    const [server] = await world.add(servers.all);
    const from = server && (await open(world, server, heading));
    if (!from) {
      throw new Error(`nothing to walk: ${what}`);
    }
    // Finding the version, the sign-in and the look at the server itself are not part of the walk.
    const { signIns } = await servers.requests();
    const signal = new AbortController().signal;
    await crawl(world.inventory, [from], { signal });
    const walk = await servers.requests();
    await crawl(world.inventory, [from], { signal });
    for (const node of world.inventory.loaded()) {
      world.inventory.childrenOf(node);
    }
    const again = await servers.requests();
    return [
      {
        what: `requests to walk ${what}`,
        unit: 'count',
        value: walk.others,
        ...(pages === undefined ? {} : { floor: { what: 'one for each page', value: pages } }),
        target,
      },
      { what: `sign-ins for ${what}`, unit: 'count', value: signIns + walk.signIns, target: 'signIns' },
      {
        what: `requests to open it all again: ${what}`,
        unit: 'count',
        value: again.others + again.signIns,
        target: 'requestsAgain',
      },
    ];
  } finally {
    await world.connections.close();
    servers.close();
  }
}

/** The server, or a heading of it, with what comes before the walk done. */
async function open(world: World, server: Node, heading: ItemKind | undefined): Promise<Node | undefined> {
  await world.open(server);
  return heading === undefined
    ? server
    : server.openedBranch?.nodes.find(({ item }) => item.kind === 'group' && item.contains === heading);
}
