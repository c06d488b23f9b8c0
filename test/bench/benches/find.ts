import { performance } from 'node:perf_hooks';
import { parseQuery } from '../../../src/inventory/search/query';
import { entriesOf, Search } from '../../../src/inventory/search/search';
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
];

/** What happens at each key while somebody types and deletes again, over 100,000 items. */
export const bench: Bench = {
  async run() {
    const inventory = await loadedInventory(nameOf);
    const entries = await entriesOf(inventory.loaded());
    const search = new Search(shownAtMost);
    const names = entries.map(({ name }) => ({ name }));
    const values: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const times: number[] = [];
      const floorTimes: number[] = [];
      for (const text of typed.flatMap(keystrokes)) {
        times.push(await time(() => search.find(parseQuery(text), entries)));
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
        note: `${ofAll}; the best ${shownAtMost} in order, with abbreviations, IDs and accents, which the floor does not do.`,
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
