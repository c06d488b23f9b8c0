import { performance } from 'node:perf_hooks';
import { addressOf } from '../../../src/servers/discovery/address';
import { Arrivals } from '../../../src/servers/discovery/arrivals';
import { type Bench, type Measurement, median } from '../measurement';
import { type BenchServer, startServers } from '../servers';
import { World } from '../world';

const roundTripMs = 40;

/** A connection takes one, its encryption another one; then the recognition, the sign-in and the first rows. */
const needed = 5;

const runs = 5;

const one = { number: 1 };

/** From Enter after the address, and Enter after the password, to the first rows, over a line with long round trips. */
export const bench: Bench = {
  async run() {
    const sample = await startServers({
      ...{ vb365: one, enterpriseManager: one, backupReplication: one, serviceProviderConsole: one },
      line: { roundTripMs },
    });
    try {
      const measured: Measurement[] = [];
      for (const server of sample.all) {
        await arrive(server); // makes the code warm
        const times: number[] = [];
        for (let run = 0; run < runs; run++) {
          times.push(await arrive(server));
        }
        measured.push({
          what: `a trusted ${server.product} from its address to its first rows, ${roundTripMs} ms a round trip`,
          unit: 'ms',
          value: median(times),
          floor: { what: `${needed} round trips`, value: needed * roundTripMs },
          target: 'arrival',
          note: `${median(times) / roundTripMs} round trips`.replace(/(\.\d)\d*/, '$1'),
        });
      }
      return measured;
    } finally {
      sample.close();
    }
  },
};

/** Milliseconds that a person waits in all. */
async function arrive({ url, username, password, fingerprint }: BenchServer): Promise<number> {
  const { signal } = new AbortController();
  const world = new World();
  const arrivals = new Arrivals();
  try {
    const address = addressOf(url);
    if (!address) {
      throw new Error(`${url} is no address`);
    }
    const start = performance.now();
    const [found] = await world.servers.discover(address, { accepted: [fingerprint], arrivals }, signal);
    if (found?.kind !== 'found') {
      throw new Error(`${url}: ${found?.kind}`);
    }
    const { origin, product, trustedFingerprint, apiVersions } = found;
    const apiVersion = apiVersions[0];
    const draft = { url: origin, product, name: product, userName: username, trustedFingerprint, apiVersion };
    const trial = await world.servers.test(draft, password, signal, { arrival: arrivals.at(origin) });
    await world.servers.addTested(draft, { password, remember: false, trial });
    const [row] = world.inventory.servers;
    if (!row) {
      throw new Error('nothing was added');
    }
    await world.open(row);
    const milliseconds = performance.now() - start;
    if (world.inventory.childrenOf(row).length === 0) {
      throw new Error('there are no rows');
    }
    return milliseconds;
  } finally {
    await arrivals.close();
    await world.connections.close();
  }
}
