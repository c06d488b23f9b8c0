import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import { loadProduct } from '../../../src/products/loadProduct';
import { products } from '../../../src/products/registry';
import type { Bench, Measurement } from '../measurement';
import { type BenchServer, type ServersWanted, startServers } from '../servers';
import { Watch } from '../watch';
import { World } from '../world';

const tenants = 15;
const subtenants = 33;

/** 3,000 tenants with 99,000 subtenants. */
const ofOneProduct: ServersWanted = {
  enterpriseManager: { number: 200, options: { tenants, subtenantsPerTenant: subtenants } },
};

const ofFourProducts: ServersWanted = {
  enterpriseManager: { number: 50, options: { tenants, subtenantsPerTenant: subtenants } },
  vb365: { number: 50, options: { repositories: 10, organizationsPerRepository: 20, organizations: 20 } },
  backupReplication: { number: 50, options: { repositories: 60, jobs: 60 } },
  serviceProviderConsole: { number: 50, options: { companies: 30 } },
};

/** Everything of 200 servers. */
export const bench: Bench = {
  async run() {
    return [
      ...(await measure('200 servers of one product', ofOneProduct)),
      ...(await measure('200 servers of four products', ofFourProducts)),
    ];
  },
};

async function measure(what: string, wanted: ServersWanted): Promise<readonly Measurement[]> {
  const sample = await startServers(wanted);
  try {
    const walk = await walkAll(sample.all);
    const { others, signIns } = await sample.requests();
    const cancelled = await cancelWalk(sample.all, walk.items / 10);
    return [
      {
        what: `walk ${what}`,
        unit: 'ms',
        value: walk.milliseconds,
        note: `${walk.items.toLocaleString('en')} items; the sample servers run on the same machine.`,
      },
      { what: `sockets open at once: ${what}`, unit: 'count', value: walk.sockets, target: 'sockets' },
      {
        what: `requests: ${what}`,
        unit: 'count',
        value: others,
        note: `for ${walk.pages} pages of rows, ${(others / walk.pages).toFixed(2)} each, finding the versions included; besides, ${signIns} sign in.`,
      },
      { what: `times that progress was shown: ${what}`, unit: 'count', value: walk.shown },
      { what: `longest block: ${what}`, unit: 'ms', value: walk.block, target: 'walkBlock' },
      { what: `longest block by processor time: ${what}`, unit: 'ms', value: walk.blockOfProcessor },
      { what: `heap for each item: ${what}`, unit: 'bytes', value: walk.heap / walk.items, target: 'memoryOfItem' },
      { what: `cancelling the walk: ${what}`, unit: 'ms', value: cancelled, target: 'cancel' },
    ];
  } finally {
    sample.close();
  }
}

async function walkAll(all: readonly BenchServer[]) {
  const world = new World();
  try {
    // Compiling them would be the longest block.
    await Promise.all(products.map(({ id }) => loadProduct(id)));
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const nodes = await world.add(all);
    const pages = countPages(world);
    const sockets = countSockets();
    let shown = 0;
    const watch = new Watch();
    const start = performance.now();
    const { items, failed } = await crawl(world.inventory, nodes, {
      signal: new AbortController().signal,
      progress: () => shown++,
    });
    const milliseconds = performance.now() - start;
    watch.end();
    if (failed[0]) {
      throw failed[0].failure;
    }
    globalThis.gc?.();
    const { longest: block, longestOfProcessor: blockOfProcessor } = watch;
    const heap = process.memoryUsage().heapUsed - before;
    return { milliseconds, items, pages: pages(), sockets: sockets(), shown, block, blockOfProcessor, heap };
  } finally {
    await world.connections.close();
  }
}

/** Answers with the number of pages that the inventory has asked for since. */
function countPages({ connections }: World): () => number {
  let pages = 0;
  const children = connections.children.bind(connections);
  connections.children = (...asked) => {
    pages++;
    return children(...asked);
  };
  return () => pages;
}

/** Answers with how many were open at once since, idle ones included. */
function countSockets(): () => number {
  const channel = 'undici:client:connected';
  let open = 0;
  let most = 0;
  const count = (message: unknown): void => {
    most = Math.max(most, ++open);
    (message as { readonly socket: Socket }).socket.once('close', () => open--);
  };
  subscribe(channel, count);
  return () => {
    unsubscribe(channel, count);
    return most;
  };
}

/** Milliseconds from the cancellation, in the midst of the walk, to its end. */
async function cancelWalk(all: readonly BenchServer[], after: number): Promise<number> {
  const world = new World();
  try {
    const nodes = await world.add(all);
    const controller = new AbortController();
    let cancelledAt = 0;
    await crawl(world.inventory, nodes, {
      signal: controller.signal,
      progress: ({ items }) => {
        if (items > after && cancelledAt === 0) {
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
