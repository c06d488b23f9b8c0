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
  const points = [...times, report.at];
  const lines = new Map(
    outline.fills.map(fill => [kindOf(fill, outline), new Line(fill.title, points.length, isOnce(fill, outline))]),
  );
  const rows = rowsByServer(report);
  let steps = 0;
  for (const { key, history } of servers) {
    const indexes = times.map(time => history.times.findLastIndex(each => each <= time));
    for (const [item, { used, limit }] of history.items) {
      const line = lines.get(kindOfKey(item));
      const counted = line?.countedOf(item);
      for (const [point, index] of line ? indexes.entries() : []) {
        line?.add(point, used[index], limit[index], counted);
      }
      if (++steps % itemsAtOnce === 0) {
        await nextSlice();
      }
    }
    for (const { key: item, kind, usedBytes, limitBytes } of rows.get(key) ?? []) {
      const line = lines.get(kind);
      line?.add(times.length, usedBytes, limitBytes, line.countedOf(item));
    }
  }
  const shown = [...lines.values()].map(({ title, shares }) => ({ title, shares }));
  return { times: points, lines: shown.filter(({ shares }) => shares.some(share => share !== null)) };
}

/** The sums of one kind at each point. */
class Line {
  readonly title: string;
  readonly #sums: readonly { usedBytes: number; limitBytes: number }[];
  /** For each thing, 1 at the points at which it was counted; undefined where each row counts. */
  readonly #counted: Map<string, Uint8Array> | undefined;

  constructor(title: string, points: number, isOnce: boolean) {
    this.title = title;
    this.#sums = Array.from({ length: points }, () => ({ usedBytes: 0, limitBytes: 0 }));
    this.#counted = isOnce ? new Map() : undefined;
  }

  get shares(): readonly (number | null)[] {
    return this.#sums.map(sum => shareOf(sum) ?? null);
  }

  /** Where the thing was counted so far, for {@link add}: the first place with a limit counts for all, as in the report's totals. */
  countedOf(item: string): Uint8Array | undefined {
    if (!this.#counted) {
      return undefined;
    }
    const thing = thingOf(item);
    const counted = this.#counted.get(thing) ?? new Uint8Array(this.#sums.length);
    this.#counted.set(thing, counted);
    return counted;
  }

  /** What has no limit takes no part. */
  add(
    point: number,
    used: number | null | undefined,
    limit: number | null | undefined,
    counted: Uint8Array | undefined,
  ): void {
    const sum = this.#sums[point];
    if (sum && typeof used === 'number' && typeof limit === 'number' && !counted?.[point]) {
      sum.usedBytes += used;
      sum.limitBytes += limit;
      counted?.fill(1, point, point + 1);
    }
  }
}

/** Whether what has one ID is one thing, wherever it is told of. */
function isOnce({ limit }: FillTexts, { sums }: Pick<Outline, 'sums'>): boolean {
  return sums.find(({ id }) => id === limit)?.once ?? false;
}

function kindOf({ limit }: FillTexts, { sums }: Pick<Outline, 'sums'>): string | undefined {
  return sums.find(({ id }) => id === limit)?.kind;
}

/** The kind of the item that a key ends with. */
function kindOfKey(key: string): string {
  const [kind = ''] = lastPartOf(key).split(':', 1);
  return kind;
}

/** What a row is of, without the number of one of several. Products write the letters of IDs in either case. */
function thingOf(key: string): string {
  const [thing = ''] = lastPartOf(key).split('#', 1);
  return thing.toLowerCase();
}

function lastPartOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** The last time of each of equal parts of the whole. */
function thinned(times: readonly number[]): readonly number[] {
  const [start = 0, end = 0] = [times[0], times.at(-1)];
  const part = (time: number) => Math.floor(((time - start) / (end - start || 1)) * (mostTimes - 1));
  return times.length <= mostTimes ? times : times.filter((time, index) => part(time) !== part(times[index + 1] ?? -1));
}
