import { performance } from 'node:perf_hooks';
import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import type { Bench } from '../measurement';
import { type BenchServer, startServers } from '../servers';
import { World } from '../world';

const servers = 200;
const tenants = 15;
const subtenants = 33;

/** Everything of 200 servers: 3,000 tenants with 99,000 subtenants. */
export const bench: Bench = {
  async run() {
    const sample = await startServers({
      enterpriseManager: { number: servers, options: { tenants, subtenantsPerTenant: subtenants } },
    });
    try {
      const walk = await walkAll(sample.all);
      const cancelled = await cancelWalk(sample.all);
      return [
        {
          what: `walk ${servers} servers, ${(servers * tenants).toLocaleString('en')} tenants and all their subtenants`,
          unit: 'ms',
          value: walk.milliseconds,
          note: `${walk.items.toLocaleString('en')} items; the sample servers run on the same machine and take most of the time.`,
        },
        { what: 'sockets open at once during that', unit: 'count', value: walk.sockets, target: 'sockets' },
        { what: 'times that progress was told', unit: 'count', value: walk.told },
        { what: 'heap for each item of that', unit: 'bytes', value: walk.heap / walk.items, target: 'memoryOfItem' },
        { what: 'cancelling the walk', unit: 'ms', value: cancelled, target: 'cancel' },
      ];
    } finally {
      sample.close();
    }
  },
};

async function walkAll(all: readonly BenchServer[]) {
  const world = new World();
  try {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const nodes = await world.add(all);
    let sockets = 0;
    let told = 0;
    const watch = setInterval(() => {
      sockets = Math.max(sockets, process.getActiveResourcesInfo().filter(each => each === 'TCPSocketWrap').length);
    }, 20);
    const start = performance.now();
    const { items } = await crawl(world.inventory, nodes, {
      signal: new AbortController().signal,
      progress: () => told++,
    });
    const milliseconds = performance.now() - start;
    clearInterval(watch);
    globalThis.gc?.();
    return { milliseconds, items, sockets, told, heap: process.memoryUsage().heapUsed - before };
  } finally {
    await world.connections.close();
  }
}

/** Milliseconds from the cancellation, in the midst of the walk, to its end. */
async function cancelWalk(all: readonly BenchServer[]): Promise<number> {
  const world = new World();
  try {
    const nodes = await world.add(all);
    const controller = new AbortController();
    let cancelledAt = 0;
    await crawl(world.inventory, nodes, {
      signal: controller.signal,
      progress: ({ items }) => {
        if (items > 10_000 && cancelledAt === 0) {
          cancelledAt = performance.now();
          controller.abort();
        }
      },
    });
    return performance.now() - cancelledAt;
  } finally {
    await world.connections.close();
  }
}
