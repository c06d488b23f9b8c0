// How full everything together was at each earlier report.

import { nextSlice } from '../base/timeSlices';
import type { History } from './history';
import { type FillTexts, type Outline, type Report, rowsByServer, shareOf, type Trend } from './report';

/** More points than these do not make a line clearer. */
const mostTimes = 60;

/** Items whose numbers take a fraction of a millisecond to add. */
const itemsAtOnce = 200;

/**
 * Counts the servers that have earlier reports, from the time on when all of them had one: otherwise the first report of
 * another server would look like growth. Undefined where there is nothing to compare.
 */
export async function trendOf(
  report: Report,
  histories: ReadonlyMap<string, History>,
  outline: Pick<Outline, 'fills' | 'sums'>,
): Promise<Trend | undefined> {
  const servers = report.servers.flatMap(({ key }) => {
    const history = histories.get(key);
    return history?.times.some(time => time < report.at) ? [{ key, history }] : [];
  });
  const first = Math.max(...servers.map(({ history }) => history.times[0] ?? 0));
  const earlier = servers.flatMap(({ history }) => history.times).filter(time => time >= first && time < report.at);
  if (earlier.length === 0) {
    return undefined;
  }
  const times = thinned([...new Set(earlier)].sort((one, other) => one - other));
  const sums = outline.fills.map(fill => ({ fill, kind: kindOf(fill, outline), points: times.map(() => emptySum()) }));
  const now = sums.map(emptySum);
  const rows = rowsByServer(report);
  let steps = 0;
  for (const { key, history } of servers) {
    const indexes = times.map(time => history.times.findLastIndex(each => each <= time));
    for (const [item, { used, limit }] of history.items) {
      const points = sums.find(({ kind }) => kind === kindOfKey(item))?.points;
      for (const [point, sum] of points?.entries() ?? []) {
        const index = indexes[point] ?? -1;
        add(sum, used[index], limit[index]);
      }
      if (++steps % itemsAtOnce === 0) {
        await nextSlice();
      }
    }
    for (const { kind, usedBytes, limitBytes } of rows.get(key) ?? []) {
      const sum = now[sums.findIndex(each => each.kind === kind)];
      if (sum) {
        add(sum, usedBytes, limitBytes);
      }
    }
  }
  const lines = sums.map(({ fill, points }, index) => ({
    title: fill.title,
    shares: [...points, now[index] ?? emptySum()].map(sum => shareOf(sum) ?? null),
  }));
  return { times: [...times, report.at], lines: lines.filter(({ shares }) => shares.some(share => share !== null)) };
}

interface Sum {
  usedBytes: number;
  limitBytes: number;
}

function emptySum(): Sum {
  return { usedBytes: 0, limitBytes: 0 };
}

/** What has no limit takes no part. */
function add(sum: Sum, used: number | null | undefined, limit: number | null | undefined): void {
  if (typeof used === 'number' && typeof limit === 'number') {
    sum.usedBytes += used;
    sum.limitBytes += limit;
  }
}

function kindOf({ limit }: FillTexts, { sums }: Pick<Outline, 'sums'>): string | undefined {
  return sums.find(({ id }) => id === limit)?.kind;
}

/** The kind of the item that a key ends with. */
function kindOfKey(key: string): string {
  const [kind = ''] = key.slice(key.lastIndexOf('/') + 1).split(':', 1);
  return kind;
}

/** The last time of each of equal parts of the whole. */
function thinned(times: readonly number[]): readonly number[] {
  const [start = 0, end = 0] = [times[0], times.at(-1)];
  const part = (time: number) => Math.floor(((time - start) / (end - start || 1)) * (mostTimes - 1));
  return times.length <= mostTimes ? times : times.filter((time, index) => part(time) !== part(times[index + 1] ?? -1));
}
