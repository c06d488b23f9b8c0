import { performance } from 'node:perf_hooks';
import { reportOf } from '../../../src/report/compile';
import { withGrowth, withReport } from '../../../src/report/history';
import { type Bench, median } from '../measurement';
import { loadedInventory } from '../subtenants';
import { Watch } from '../watch';

const day = 24 * 60 * 60 * 1000;

/** The capacity and quota report over 100,000 subtenants, compared with an earlier one. */
export const bench: Bench = {
  async run() {
    const { servers } = await loadedInventory();
    const options = { isLoading: () => false, notBefore: 0 };
    const earlier = await reportOf(servers, options);
    const key = servers[0]?.key ?? '';
    const histories = new Map([[key, withReport({ times: [], items: new Map() }, earlier.at - 2 * day, earlier.rows)]]);
    const times: number[] = [];
    let longest = 0;
    let longestOfProcessor = 0;
    for (let round = 0; round < 5; round++) {
      const watch = new Watch();
      const start = performance.now();
      const { rows } = await withGrowth(await reportOf(servers, options), histories);
      times.push(performance.now() - start);
      watch.end();
      longest = Math.max(longest, watch.longest);
      longestOfProcessor = Math.max(longestOfProcessor, watch.longestOfProcessor);
      if (!rows.at(-1)?.growth) {
        throw new Error('nothing was compared');
      }
    }
    return [
      { what: 'a report over 100,000 items', unit: 'ms', value: median(times) },
      {
        what: 'longest block while it is made, of processor time',
        unit: 'ms',
        value: Number.isNaN(longestOfProcessor) ? longest : longestOfProcessor,
        target: 'longestBlock',
        note: `${Math.round(longest)} ms by the clock, other processes included`,
      },
    ];
  },
};
