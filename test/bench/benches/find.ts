import { performance } from 'node:perf_hooks';
import type { Inventory } from '../../../src/inventory/inventory';
import { parseQuery } from '../../../src/inventory/search/query';
import { entriesOf, Search } from '../../../src/inventory/search/search';
import { arranged } from '../../../src/views/find/atHand';
import { KeptRows } from '../../../src/views/pins/keptRows';
import { type Bench, percentile } from '../measurement';
import { loadedInventory } from '../subtenants';

/** Rows of the list that the user sees. */
const shownAtMost = 200;

const rounds = 4;

const firstNames = ['anna', 'ben', 'carla', 'dmitri', 'esra', 'felix', 'grace', 'henrik', 'ines', 'jörg'];
const places = ['Sales', 'Lab 4', 'Warehouse', 'Head Office', 'Reception', 'R&D', 'Finance'];

/** What people look for: by the begin of a name, its middle, abbreviations, several words, one kind, an ID, nothing. */
const typed = [
  'anna 00012',
  'head office',
  'warehouse felix',
  'hofg',
  'zzz',
  's:recep 99',
  't:north',
  'nw-user',
  '5d5d0000-0000-4000-8000-000000054321',
  'urn:veeam:cloudsubtenant:5d5d0000-0000-4000-8000-000000054321',
  'someone@example.com',
  // Parts of IDs: the begin, the middle, the end of many and of one.
  '5d5d0000-0000-4000',
  '0000-4000-8000',
  '4000-8000-00000009',
  '000000054321',
  't:0000-4000-8000',
  's:8000-000000012345',
];

const pinnedRows = 100;
const recentRows = 10;

/** What happens at each key while somebody types and deletes again, over 100,000 items. */
export const bench: Bench = {
  async run() {
    const inventory = await loadedInventory(nameOf);
    const entries = await entriesOf(inventory.loaded());
    const search = new Search(shownAtMost);
    const pinned = await keptRows(inventory, pinnedRows);
    const recent = await keptRows(inventory, recentRows);
    const press = async (text: string) => {
      const found = await search.find(parseQuery(text), entries);
      const nodes = found?.best.map(({ node }) => node) ?? [];
      return text === '' ? arranged(nodes, { pinned: pinned.nodes, recent: recent.nodes }) : nodes;
    };
    const names = entries.map(({ name }) => ({ name }));
    const values: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const times: number[] = [];
      const floorTimes: number[] = [];
      for (const text of typed.flatMap(keystrokes)) {
        times.push(await time(() => press(text)));
        floorTimes.push(await time(async () => names.filter(({ name }) => name.includes(text))));
      }
      // The first round makes the code warm.
      if (round > 0) {
        values.push(...times);
        floors.push(...floorTimes);
      }
    }
    const ofAll = `${values.length} keystrokes`;
    return [
      {
        what: `find, a key pressed, over ${entries.length.toLocaleString('en')} items, 99 of 100`,
        unit: 'ms',
        value: percentile(values, 99),
        floor: { what: 'Array.filter with includes, 99 of 100', value: percentile(floors, 99) },
        target: 'find',
        note: `${ofAll}; the best ${shownAtMost} in order, with abbreviations, parts of IDs, accents, and ${pinnedRows} pinned and ${recentRows} recent rows before anything is typed, which the floor does not do.`,
      },
      {
        what: 'the same, half of them',
        unit: 'ms',
        value: percentile(values, 50),
        floor: { what: 'Array.filter with includes, half of them', value: percentile(floors, 50) },
      },
    ];
  },
};

/** Rows far apart from one another, kept as pinned and recent ones are. */
async function keptRows(inventory: Inventory, number: number): Promise<KeptRows> {
  const stored = new Map<string, unknown>();
  const memory = {
    get: <T>(key: string) => stored.get(key) as T | undefined,
    update: async (key: string, value: unknown) => {
      stored.set(key, value);
    },
  };
  const nodes = [...inventory.loaded()];
  const step = Math.floor(nodes.length / number);
  const kept = new KeptRows(inventory, memory, 'kept', number);
  await kept.add(nodes.filter((_, index) => index % step === step - 1));
  return kept;
}

function nameOf(number: number): string {
  const firstName = firstNames[number % firstNames.length];
  const place = places[number % places.length];
  return `${firstName} ${String(number).padStart(6, '0')} ${place}`;
}

/** The text letter by letter, and back again. */
function keystrokes(text: string): readonly string[] {
  const grown = Array.from(text, (_, index) => text.slice(0, index + 1));
  return [...grown, ...grown.slice(0, -1).reverse(), ''];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
