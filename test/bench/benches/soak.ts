import { performance } from 'node:perf_hooks';
import type { Bench } from '../measurement';
import { startServers } from '../servers';
import { World } from '../world';

const servers = 8;
/** Every five seconds for half an hour, one after another without the pauses between. */
const rounds = 360;
/** Until caches and pools have their size; ends with a round in which no server is away, as the last one is. */
const warmUp = 61;
/** Some servers break each connection in one of so many rounds. */
const awayEvery = 3;
/** On a slow machine it ends after so long, with fewer rounds, and says so. */
const mostMs = 5 * 60_000;

/** Refreshes for half an hour in accelerated time while servers come and go: nothing may grow. */
export const bench: Bench = {
  async run() {
    const sample = await startServers({
      enterpriseManager: { number: servers / 4, options: { tenants: 20, subtenantsPerTenant: 20 } },
      vb365: { number: servers / 4 },
      backupReplication: { number: servers / 4, options: { repositories: 40, jobs: 40 } },
      serviceProviderConsole: { number: servers / 4, options: { companies: 40 } },
    });
    const warnings: Error[] = [];
    process.on('warning', warning => warnings.push(warning));
    const world = new World();
    try {
      const nodes = await world.add(sample.all);
      // What a person has expanded: the servers and their lists, and nothing below those.
      for (const node of nodes) {
        await world.open(node);
        await Promise.all((node.openedBranch?.nodes ?? []).map(heading => world.open(heading)));
      }
      let before = await weigh();
      let round = 0;
      const end = performance.now() + mostMs;
      const isOver = () => round >= rounds || (round > warmUp && round % awayEvery === 0 && performance.now() > end);
      for (; !isOver(); round++) {
        await sample.flap(round % awayEvery === 0 ? 4 : undefined, round);
        if (round % 30 === 0) {
          await sample.expireSessions();
        }
        await Promise.all(nodes.map(node => world.inventory.refresh(node)));
        const expanded = [...world.inventory.loaded()].filter(({ openedBranch }) => openedBranch);
        for (const node of expanded) {
          world.inventory.childrenOf(node);
        }
        await Promise.all(expanded.map(node => world.inventory.settled(node)));
        await sample.requests();
        if (round === warmUp) {
          before = await weigh();
        }
      }
      const after = await weigh();
      return [
        {
          what: `heap after ${round} refreshes of ${servers} flapping servers of four products`,
          unit: 'bytes',
          value: after.heap,
          floor: { what: `after the first ${warmUp}`, value: before.heap },
          target: 'soakHeap',
        },
        {
          what: 'sockets and timers then',
          unit: 'count',
          value: after.resources,
          floor: { what: `after the first ${warmUp}`, value: before.resources },
          target: 'soakResources',
        },
        {
          what: 'warnings of Node.js about listeners that pile up',
          unit: 'count',
          value: warnings.length,
          target: 'soakWarnings',
        },
      ];
    } finally {
      await world.connections.close();
      sample.close();
    }
  },
};

async function weigh(): Promise<{ heap: number; resources: number }> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise(resolve => setImmediate(resolve));
  }
  return { heap: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo().length };
}
