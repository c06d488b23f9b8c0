import { settledHeap } from '../heap';
import type { Bench } from '../measurement';
import { loadedInventory, numberOfSubtenants, subtenants } from '../subtenants';

/** The inventory with 100,000 subtenants, beside the same facts as plain objects. */
export const bench: Bench = {
  async run() {
    const floor = await heapOf(subtenants);
    const value = await heapOf(loadedInventory);
    return [
      {
        what: '100,000 items in memory',
        unit: 'bytes',
        value,
        floor: { what: 'the same facts as plain objects', value: floor },
        target: 'memory',
      },
      { what: 'one item of them', unit: 'bytes', value: value / numberOfSubtenants, target: 'memoryOfItem' },
    ];
  },
};

async function heapOf(make: () => Promise<unknown>): Promise<number> {
  const before = await settledHeap();
  const kept = await make();
  const after = await settledHeap();
  // Read once more, so that it is not collected before.
  return kept ? after - before : Number.NaN;
}
