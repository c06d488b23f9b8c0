import { performance } from 'node:perf_hooks';
import { type Bench, median } from '../measurement';
import { type BenchServer, startServers } from '../servers';
import { World } from '../world';

const healthy = 99;
const rounds = 5;
const turns = 4;

/** Refreshing 100 servers, one of them silent: the others must not wait for it. */
export const bench: Bench = {
  async run() {
    const good = await startServers({
      enterpriseManager: { number: 50, options: { tenants: 10 } },
      vb365: { number: healthy - 50 },
    });
    const silent = await startServers({ vb365: { number: 1 }, silent: 1 });
    try {
      // By turns, as code that has run often is faster.
      const floors: number[] = [];
      const values: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        floors.push(await refresh(good.all, []));
        values.push(await refresh(good.all, silent.all));
      }
      return [
        {
          what: 'refresh of 100 servers, one of them silent, until the healthy ones are there',
          unit: 'ms',
          value: median(values.slice(1)),
          floor: { what: 'the healthy ones alone', value: median(floors.slice(1)) },
          target: 'refresh',
        },
      ];
    } finally {
      good.close();
      silent.close();
    }
  },
};

/** Milliseconds until the last healthy server has been read again. */
async function refresh(good: readonly BenchServer[], silent: readonly BenchServer[]): Promise<number> {
  const world = new World();
  try {
    // The silent one comes first, where it could hold up most.
    const nodes = await world.add([...silent, ...good]);
    const answering = nodes.slice(silent.length);
    await Promise.all(answering.map(node => world.open(node)));
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      for (const node of nodes) {
        world.inventory.childrenOf(node);
      }
      await Promise.all(answering.map(node => world.inventory.refresh(node)));
      times.push(performance.now() - start);
    }
    return median(times);
  } finally {
    await world.connections.close();
  }
}
