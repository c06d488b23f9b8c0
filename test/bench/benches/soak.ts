import type { Bench } from '../measurement';
import { startServers } from '../servers';
import { World } from '../world';

const servers = 20;
/** Every five seconds for half an hour, one after another without the pauses between. */
const rounds = 360;
/** Until caches and pools have their size. */
const warmUp = 60;

/** Refreshes for half an hour in accelerated time while servers come and go: nothing may grow. */
export const bench: Bench = {
  async run() {
    const sample = await startServers({
      enterpriseManager: { number: servers / 4, options: { tenants: 20, subtenantsPerTenant: 20 } },
      vb365: { number: servers / 4 },
      backupReplication: { number: servers / 4 },
      serviceProviderConsole: { number: servers / 4 },
    });
    const warnings: Error[] = [];
    process.on('warning', warning => warnings.push(warning));
    const world = new World();
    try {
      const nodes = await world.add(sample.all);
      let before = await weigh();
      for (let round = 0; round < rounds; round++) {
        await sample.flap(round % 3 === 0 ? 4 : undefined, round);
        if (round % 30 === 0) {
          await sample.expireSessions();
        }
        await Promise.all(nodes.map(node => world.inventory.refresh(node)));
        for (const node of world.inventory.loaded()) {
          world.inventory.childrenOf(node);
        }
        await Promise.all([...world.inventory.loaded()].map(node => world.inventory.settled(node)));
        await sample.requests();
        if (round === warmUp) {
          before = await weigh();
        }
      }
      const after = await weigh();
      return [
        {
          what: `heap after ${rounds} refreshes of ${servers} flapping servers of four products`,
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
