import { performance } from 'node:perf_hooks';
import type { Node } from '../../../src/inventory/node';
import { type CurlTimes, curlTimes } from '../curl';
import { type Bench, type Measurement, median } from '../measurement';
import { type BenchServer, only, startServers } from '../servers';
import { World } from '../world';

const subtenants = 10_000;

/** From asking for 10,000 subtenants to having them as rows, without VS Code, and how long nothing else gets a turn meanwhile. */
export const bench: Bench = {
  async run() {
    const many = { tenants: 12, subtenantsPerTenant: subtenants };
    const json = await startServers({ enterpriseManager: { number: 1, options: many } });
    const xml = await startServers({ enterpriseManager: { number: 1, options: { ...many, json: false } } });
    try {
      const curl = await curlTimes(only(json.all));
      return [...(await measure(only(json.all), 'JSON', curl)), ...(await measure(only(xml.all), 'XML', curl))];
    } finally {
      json.close();
      xml.close();
    }
  },
};

async function measure(server: BenchServer, format: string, curl: CurlTimes): Promise<readonly Measurement[]> {
  const world = new World();
  try {
    const tenants = await tenantsOf(world, server);
    const times: number[] = [];
    const blocks: number[] = [];
    for (const tenant of tenants) {
      const watch = new Watch();
      const start = performance.now();
      await world.open(tenant);
      times.push(performance.now() - start);
      blocks.push(watch.end());
      const rows = tenant.openedBranch?.nodes.length ?? 0;
      if (rows < subtenants) {
        throw new Error(`${rows} rows below ${tenant.item.name}`);
      }
    }
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
    ];
  } finally {
    await world.servers.close();
  }
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

/** How long a timer has to wait for its turn. */
class Watch {
  #longest = 0;
  #last = performance.now();
  readonly #timer = setInterval(() => this.#look(), 1);

  /** The longest time without a turn, in milliseconds. */
  end(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#longest;
  }

  #look(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}
