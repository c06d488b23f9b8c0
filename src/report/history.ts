// The numbers of earlier reports of a server, and what has grown since.

import * as v from 'valibot';
import { nextSlice } from '../base/timeSlices';
import { type Growth, isPresent, type Report, type ReportRow, type ServerSummary, serverOf } from './report';

/** Numbers by the keys of report rows, a column for each report. */
export interface History {
  /** When each report's numbers were read, in milliseconds since 1970, the oldest first. */
  readonly times: readonly number[];
  readonly items: ReadonlyMap<string, Series>;
}

/** One number for each of the times; null where it was not known. */
export interface Series {
  readonly used: readonly (number | null)[];
  readonly limit: readonly (number | null)[];
}

export const noHistory: History = { times: [], items: new Map() };

const schema = 1;
const dayMs = 24 * 60 * 60 * 1000;

/** Reports that are kept of each server. */
const mostTimes = 30;
/** Characters of one server's history as text. */
const mostCharacters = 6_000_000;
/** What lies further ahead is a guess about another decade. */
const farthestDays = 3650;

/** Rows that take a fraction of a millisecond. */
const rowsAtOnce = 100;

/** Adds the numbers of a report, and leaves out reports where there are too many. */
export function withReport(history: History, at: number, rows: readonly ReportRow[]): History {
  const others = withoutTime(history, history.times.indexOf(at));
  const before = others.times.filter(time => time < at).length;
  const items = new Map<string, Series>();
  const insert = (column: readonly (number | null)[] | undefined, value: number | null) =>
    (column ?? others.times.map(() => null)).toSpliced(before, 0, value);
  for (const [key, { used, limit }] of others.items) {
    items.set(key, { used: insert(used, null), limit: insert(limit, null) });
  }
  for (const { key, usedBytes, limitBytes } of rows) {
    const series = others.items.get(key);
    items.set(key, { used: insert(series?.used, usedBytes ?? null), limit: insert(series?.limit, limitBytes ?? null) });
  }
  let bounded: History = { times: others.times.toSpliced(before, 0, at), items };
  while (bounded.times.length > mostTimes) {
    bounded = withoutTime(bounded, mostSuperfluous(bounded.times));
  }
  return bounded;
}

/**
 * The report with what has grown since an earlier one: the last one up to `until`, for each server. Servers whose numbers
 * are not up to date are left as they are.
 */
export async function withGrowth(
  report: Report,
  histories: ReadonlyMap<string, History>,
  until = Number.POSITIVE_INFINITY,
): Promise<Report> {
  const since = new Map<string, number>();
  const comparedWith = (server: ServerSummary) =>
    isPresent(report, server)
      ? earlierTimes(histories.get(server.key) ?? noHistory, report.at).find(time => time <= until)
      : undefined;
  const servers = report.servers.map(server => {
    const time = comparedWith(server);
    if (time !== undefined) {
      since.set(server.key, time);
    }
    return { ...server, comparedWith: time };
  });
  const rows: ReportRow[] = [];
  for (const row of report.rows) {
    const history = histories.get(serverOf(row));
    const growth = history && growthOf(history, row, report.at, since.get(serverOf(row)));
    if (rows.push(growth ? { ...row, growth } : row) % rowsAtOnce === 0) {
      await nextSlice();
    }
  }
  return { ...report, servers, rows };
}

function growthOf(
  { times, items }: History,
  { key, usedBytes, takenBytes = usedBytes, limitBytes }: ReportRow,
  at: number,
  since: number | undefined,
): Growth | undefined {
  const series = items.get(key);
  if (!series || usedBytes === undefined || since === undefined) {
    return undefined;
  }
  const index = times.indexOf(since);
  const bytesPerDay = dailyGrowth(times, series, usedBytes, at, since);
  const fullInDays =
    bytesPerDay !== undefined &&
    bytesPerDay > 0 &&
    limitBytes !== undefined &&
    takenBytes !== undefined &&
    takenBytes < limitBytes
      ? (limitBytes - takenBytes) / bytesPerDay
      : undefined;
  const isNear = fullInDays !== undefined && fullInDays <= farthestDays;
  return {
    bytes: difference(usedBytes, series.used[index]),
    limitBytes: difference(limitBytes, series.limit[index]) || undefined,
    bytesPerDay,
    fullInDays: isNear ? fullInDays : undefined,
  };
}

function difference(now: number | undefined, before: number | null | undefined): number | undefined {
  return now === undefined || typeof before !== 'number' ? undefined : now - before;
}

/** The reports that one at `at` can be compared with, the newest first. A clock that was put back makes later ones none. */
export function earlierTimes({ times }: History, at: number): readonly number[] {
  return times.filter(time => time < at).reverse();
}

/** Since the report at `since`, or else the last one that is a day old. */
function dailyGrowth(
  times: readonly number[],
  { used }: Series,
  usedBytes: number,
  at: number,
  since: number,
): number | undefined {
  const index = times.findLastIndex(
    (time, each) => time <= Math.min(since, at - dayMs) && typeof used[each] === 'number',
  );
  const [time, before] = [times[index], used[index]];
  return time === undefined || typeof before !== 'number' ? undefined : ((usedBytes - before) / (at - time)) * dayMs;
}

/** The one whose neighbours are closest to each other; the first and the last stay. */
function mostSuperfluous(times: readonly number[]): number {
  const gap = (index: number) => (times[index + 1] ?? 0) - (times[index - 1] ?? 0);
  let least = 1;
  for (let index = 2; index < times.length - 1; index++) {
    if (gap(index) < gap(least)) {
      least = index;
    }
  }
  return least;
}

/** Items that have no number left are forgotten with it. */
function withoutTime({ times, items }: History, index: number): History {
  if (index < 0) {
    return { times, items };
  }
  const left = new Map<string, Series>();
  for (const [key, { used, limit }] of items) {
    const series = { used: used.toSpliced(index, 1), limit: limit.toSpliced(index, 1) };
    if ([...series.used, ...series.limit].some(value => value !== null)) {
      left.set(key, series);
    }
  }
  return { times: times.toSpliced(index, 1), items: left };
}

const amounts = v.array(v.nullable(v.number()));
const stored = v.object({
  schema: v.literal(schema),
  times: v.pipe(
    v.array(v.number()),
    v.check(times => times.every((time, index) => index === 0 || time > (times[index - 1] ?? time))),
  ),
  items: v.array(v.tuple([v.string(), amounts, amounts])),
});

/** As it is kept. Where that would be too long, the oldest reports are left out; undefined if even one is too long. */
export function writeHistory(history: History): string | undefined {
  let left = history;
  while (left.times.length > 0) {
    const items = [...left.items].map(([key, { used, limit }]) => [key, used, limit]);
    const text = JSON.stringify({ schema, times: left.times, items });
    if (text.length <= mostCharacters) {
      return text;
    }
    const room = Math.floor((left.times.length * mostCharacters) / text.length);
    for (let tooMany = left.times.length - room; tooMany > 0; tooMany--) {
      left = withoutTime(left, 0);
    }
  }
  return undefined;
}

/** What was kept; 'later' if a later version of this extension has written it, undefined if it makes no sense. */
export function readHistory(text: string): History | 'later' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = v.safeParse(stored, value);
  if (!result.success) {
    return v.is(v.object({ schema: v.pipe(v.number(), v.gtValue(schema)) }), value) ? 'later' : undefined;
  }
  const { times, items } = result.output;
  const whole = items.every(([, used, limit]) => used.length === times.length && limit.length === times.length);
  return whole ? { times, items: new Map(items.map(([key, used, limit]) => [key, { used, limit }])) } : undefined;
}
