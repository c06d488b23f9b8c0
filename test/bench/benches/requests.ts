import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import type { Node } from '../../../src/inventory/tree/node';
import type { Bench } from '../measurement';
import { startServers } from '../servers';
import { World } from '../world';

const repositories = 100;
const organizationsInAll = 1_000;

/** How many requests it takes to open every repository with the organizations in it. */
export const bench: Bench = {
  async run() {
    const servers = await startServers({
      vb365: { number: 1, options: { repositories, organizationsPerRepository: organizationsInAll / repositories } },
    });
    const world = new World();
    try {
      const [server] = await world.add(servers.all);
      const group = server && (await openGroup(world, server));
      if (!server || !group) {
        throw new Error('there are no repositories');
      }
      // Finding the version, the sign-in and the look at the server itself are not part of the walk.
      const { signIns } = await servers.requests();
      const signal = new AbortController().signal;
      await crawl(world.inventory, [group], { signal });
      const walk = await servers.requests();
      await crawl(world.inventory, [group], { signal });
      for (const node of world.inventory.loaded()) {
        world.inventory.childrenOf(node);
      }
      const again = await servers.requests();
      return [
        {
          what: `requests to walk ${repositories} repositories with ${organizationsInAll} organizations`,
          unit: 'count',
          value: walk.others,
          floor: { what: 'one for each page', value: 1 + repositories },
          target: 'requests',
        },
        { what: 'sign-ins for that', unit: 'count', value: signIns + walk.signIns, target: 'signIns' },
        {
          what: 'requests to open it all again',
          unit: 'count',
          value: again.others + again.signIns,
          target: 'requestsAgain',
        },
      ];
    } finally {
      await world.connections.close();
      servers.close();
    }
  },
};

async function openGroup(world: World, server: Node): Promise<Node | undefined> {
  await world.open(server);
  return server.openedBranch?.nodes.find(({ item }) => item.kind === 'group' && item.contains === 'repository');
}
