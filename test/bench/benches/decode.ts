import { performance } from 'node:perf_hooks';
import type { Node } from '../../../src/inventory/tree/node';
import { type CurlTimes, curlTimeOfXml, curlTimes } from '../curl';
import { settledHeap } from '../heap';
import { type Bench, type Measurement, median } from '../measurement';
import { type BenchServer, only, startServers } from '../servers';
import { Watch } from '../watch';
import { World } from '../world';

const subtenants = 10_000;

/** From asking for 10,000 subtenants to having them as rows, without VS Code, and how long nothing else gets a turn meanwhile. */
export const bench: Bench = {
  async run() {
    const many = { tenants: 12, subtenantsPerTenant: subtenants };
    const json = await startServers({ enterpriseManager: { number: 1, options: many } });
    const xml = await startServers({ enterpriseManager: { number: 1, options: { ...many, json: false } } });
    const slow = await startServers({
      enterpriseManager: { number: 1, options: { ...many, json: false } },
      line: { bytesPerSecond: 12_500_000 },
    });
    try {
      const curl = await curlTimes(only(json.all));
      return [
        ...(await measure(only(json.all), 'JSON', curl)),
        ...(await measure(only(xml.all), 'XML', curl)),
        await overSlowLine(only(slow.all)),
      ];
    } finally {
      json.close();
      xml.close();
      slow.close();
    }
  },
};

async function measure(server: BenchServer, format: string, curl: CurlTimes): Promise<readonly Measurement[]> {
  const world = new World();
  try {
    const tenants = await tenantsOf(world, server);
    const before = await settledHeap();
    const times: number[] = [];
    const blocks: number[] = [];
    const ownBlocks: number[] = [];
    for (const tenant of tenants) {
      const watch = new Watch();
      const start = performance.now();
      await world.open(tenant);
      times.push(performance.now() - start);
      watch.end();
      blocks.push(watch.longest);
      ownBlocks.push(watch.longestOfProcessor);
      const rows = tenant.openedBranch?.nodes.length ?? 0;
      if (rows < subtenants) {
        throw new Error(`${rows} rows below ${tenant.item.name}`);
      }
    }
    const heap = (await settledHeap()) - before;
    return [
      {
        what: `10,000 subtenants, from the request to the rows, ${format}`,
        unit: 'ms',
        value: median(times),
        floor: { what: 'curl of the JSON to memory and JSON.parse', value: curl.many },
        note: 'Without VS Code, whose part of the way `expand` measures with it.',
      },
      {
        what: `longest block during the first of ${tenants.length} such loads, ${format}`,
        unit: 'ms',
        value: blocks[0] ?? Number.NaN,
        target: 'longestBlock',
        note: 'Of any kind, collecting garbage included, by a timer of 1 ms. The first load runs code that is not warm yet.',
      },
      {
        what: `longest block during the others, ${format}`,
        unit: 'ms',
        value: Math.max(...blocks.slice(1)),
        target: 'longestBlock',
      },
      ...byProcessorTime(ownBlocks, format),
      {
        what: `heap for each row of them, ${format}`,
        unit: 'bytes',
        value: heap / (tenants.length * subtenants),
        target: 'memoryOfItem',
      },
    ];
  } finally {
    await world.connections.close();
  }
}

/** What decoding while the body arrives leaves to wait for. */
async function overSlowLine(server: BenchServer): Promise<Measurement> {
  const world = new World();
  try {
    const times: number[] = [];
    for (const tenant of await tenantsOf(world, server)) {
      const start = performance.now();
      await world.open(tenant);
      times.push(performance.now() - start);
    }
    return {
      what: '10,000 subtenants over a line of 100 Mbit/s, XML',
      unit: 'ms',
      value: median(times),
      floor: { what: 'curl of the same to memory', value: await curlTimeOfXml(server) },
    };
  } finally {
    await world.connections.close();
  }
}

/** Where the system tells it. */
function byProcessorTime(blocks: readonly number[], format: string): readonly Measurement[] {
  return blocks.some(Number.isNaN)
    ? []
    : [
        {
          what: `longest block during all of them by processor time, ${format}`,
          unit: 'ms',
          value: Math.max(...blocks),
          target: 'longestBlock',
          note: 'Of the one thread, as Linux counts it: without the times when another process had the processor.',
        },
      ];
}

/** Those that have subtenants. */
async function tenantsOf(world: World, server: BenchServer): Promise<readonly Node[]> {
  const [root] = await world.add([server]);
  if (!root) {
    throw new Error('no server was added');
  }
  await world.open(root);
  const group = root.openedBranch?.nodes.find(({ item }) => item.kind === 'group' && item.contains === 'tenant');
  if (!group) {
    throw new Error('there are no tenants');
  }
  await world.open(group);
  return (group.openedBranch?.nodes ?? []).filter(({ item }) => item.kind === 'tenant' && item.hasSubtenants);
}
