import { describe, expect, test } from 'vitest';
import {
  earlierTimes,
  type History,
  noHistory,
  readHistory,
  withGrowth,
  withReport,
  writeHistory,
} from '../../../src/report/history';
import type { Growth, Report, ReportRow } from '../../../src/report/report';

const GB = 1024 ** 3;
const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 10, 24, 12);

describe('growth', () => {
  test('is told since the last report, and per day where that is a day ago', async () => {
    expect(await growth([[-2 * day, 10 * GB]], { usedBytes: 14 * GB, limitBytes: 20 * GB })).toEqual({
      bytes: 4 * GB,
      bytesPerDay: 2 * GB,
      fullInDays: 3,
      limitBytes: undefined,
    });
  });

  test('says nothing about days from two reports of one day', async () => {
    expect(await growth([[-day / 2, 10 * GB]], { usedBytes: 14 * GB, limitBytes: 20 * GB })).toMatchObject({
      bytes: 4 * GB,
      bytesPerDay: undefined,
      fullInDays: undefined,
    });
  });

  test('goes by an older report for the days if the last one is from today', async () => {
    const points: Point[] = [
      [-4 * day, 10 * GB],
      [-day / 4, 13 * GB],
    ];
    expect(await growth(points, { usedBytes: 14 * GB, limitBytes: 20 * GB })).toMatchObject({
      bytes: GB,
      bytesPerDay: GB,
    });
  });

  test('can be told since an older report', async () => {
    const points: Point[] = [
      [-10 * day, 4 * GB],
      [-2 * day, 10 * GB],
    ];
    expect(await growth(points, { usedBytes: 14 * GB }, now - 3 * day)).toMatchObject({
      bytes: 10 * GB,
      bytesPerDay: GB,
    });
  });

  test.each<[string, Partial<ReportRow>]>([
    ['a shrinking one', { usedBytes: 6 * GB, limitBytes: 20 * GB }],
    ['one that stays as it is', { usedBytes: 10 * GB, limitBytes: 20 * GB }],
    ['one that is over its quota', { usedBytes: 30 * GB, limitBytes: 20 * GB }],
    ['one without a limit', { usedBytes: 14 * GB, unlimited: true }],
    ['one with a quota of nothing', { usedBytes: 14 * GB, limitBytes: 0 }],
    ['one that would take decades', { usedBytes: 10 * GB + 1, limitBytes: 20 * GB }],
  ])('%s is never full', async (_, row) => {
    const told = await growth([[-2 * day, 10 * GB]], row);
    expect(told?.bytes).toBe((row.usedBytes ?? 0) - 10 * GB);
    expect(told?.fullInDays).toBeUndefined();
  });

  test('tells that a quota has changed', async () => {
    const history = withReport(noHistory, now - 2 * day, [row({ usedBytes: GB, limitBytes: 10 * GB })]);
    expect(await growthIn(history, { usedBytes: GB, limitBytes: 15 * GB })).toMatchObject({
      bytes: 0,
      limitBytes: 5 * GB,
    });
    expect((await growthIn(history, { usedBytes: GB }))?.limitBytes).toBeUndefined();
  });

  test('is not told of what was not there, or has no number', async () => {
    expect(await growth([[-2 * day, undefined]], { usedBytes: GB })).toMatchObject({ bytes: undefined });
    expect(await growth([[-2 * day, GB]], {})).toBeUndefined();
    expect(await growth([], { usedBytes: GB })).toBeUndefined();
  });

  test('ignores reports of a clock that was put back since', async () => {
    const points: Point[] = [
      [-3 * day, GB],
      [5 * day, 90 * GB],
    ];
    expect(await growth(points, { usedBytes: 4 * GB })).toMatchObject({ bytes: 3 * GB, bytesPerDay: GB });
    expect(await growth([[5 * day, 90 * GB]], { usedBytes: 4 * GB })).toBeUndefined();
  });

  test('is not told of a server whose numbers are old', async () => {
    const history = withReport(noHistory, now - 2 * day, [row({ usedBytes: GB })]);
    const old = report([row({ usedBytes: 2 * GB })], now - 1);
    const { rows, servers } = await withGrowth(old, new Map([['server', history]]));
    expect(rows[0]?.growth).toBeUndefined();
    expect(servers[0]?.comparedWith).toBeUndefined();
  });
});

describe('a history', () => {
  test('has each moment once, in order, with gaps where nothing was known', () => {
    let history = withReport(noHistory, 200, [row({ usedBytes: 2 })]);
    history = withReport(history, 100, [row({ key: 'server/other', usedBytes: 1 })]);
    history = withReport(history, 200, [row({ usedBytes: 3, limitBytes: 9 })]);
    expect(history.times).toEqual([100, 200]);
    expect(Object.fromEntries(history.items)).toEqual({
      'server/item': { used: [null, 3], limit: [null, 9] },
      'server/other': { used: [1, null], limit: [null, null] },
    });
    expect(earlierTimes(history, 200)).toEqual([100]);
  });

  test('is kept and read again', () => {
    const history = withReport(withReport(noHistory, 1, [row({ usedBytes: 5 })]), 2, [row({ usedBytes: 6 })]);
    expect(readHistory(writeHistory(history) ?? '')).toEqual(history);
  });

  test('thins out where reports are closest together, and keeps the first and the last', () => {
    let history = noHistory;
    for (let each = 0; each < 100; each++) {
      history = withReport(history, each * day, [row({ usedBytes: each })]);
    }
    for (let each = 0; each < 100; each++) {
      history = withReport(history, 200 * day + each, [row({ usedBytes: each })]);
    }
    expect(history.times).toHaveLength(30);
    expect(history.times[0]).toBe(0);
    expect(history.times.at(-1)).toBe(200 * day + 99);
    // A hundred within a second have not driven out the months before.
    expect(history.times.filter(time => time < 200 * day).length).toBeGreaterThan(20);
    expect(history.items.get('server/item')?.used).toHaveLength(30);
  });

  test('forgets what has been gone for long', () => {
    let history = withReport(noHistory, 0.5, [row({ key: 'server/gone', usedBytes: 1 })]);
    history = withReport(history, 0, [row({ usedBytes: 1 })]);
    for (let each = 1; each < 60; each++) {
      history = withReport(history, each, [row({ usedBytes: each })]);
    }
    expect(history.items.has('server/gone')).toBe(false);
    expect(history.items.has('server/item')).toBe(true);
  });

  test('stays within its size, the oldest going first', () => {
    const rows = Array.from({ length: 20_000 }, (_, each) =>
      row({ key: `server/group:tenants/tenant:00000000-0000-0000-0000-${each}/subtenant:x`, usedBytes: GB * each }),
    );
    let history = noHistory;
    for (let each = 0; each < 12; each++) {
      history = withReport(history, each, rows);
    }
    const text = writeHistory(history) ?? '';
    expect(text.length).toBeLessThanOrEqual(6_000_000);
    const read = readHistory(text) as History;
    expect(read.times.at(-1)).toBe(11);
    expect(read.times.length).toBeGreaterThan(4);
    expect(read.times.length).toBeLessThan(12);
    expect(writeHistory(withReport(noHistory, 1, [row({ key: 'x'.repeat(7_000_000) })]))).toBeUndefined();
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"schema":1}',
    '{"schema":1,"times":[2,1],"items":[]}',
    '{"schema":1,"times":[1],"items":[["a",[],[]]]}',
    '{"schema":1,"times":[1],"items":[["a",["1"],[null]]]}',
    '{"schema":0,"times":[],"items":[]}',
  ])('that reads %j makes no sense', text => {
    expect(readHistory(text)).toBeUndefined();
  });

  test('of a later version is recognized', () => {
    expect(readHistory('{"schema":2,"anything":true}')).toBe('later');
  });
});

type Point = readonly [ago: number, usedBytes: number | undefined];

async function growth(
  points: readonly Point[],
  facts: Partial<ReportRow>,
  until?: number,
): Promise<Growth | undefined> {
  let history = noHistory;
  for (const [ago, usedBytes] of points) {
    history = withReport(history, now + ago, [row({ usedBytes })]);
  }
  return await growthIn(history, facts, until);
}

async function growthIn(history: History, facts: Partial<ReportRow>, until?: number): Promise<Growth | undefined> {
  const { rows } = await withGrowth(report([row(facts)]), new Map([['server', history]]), until);
  return rows[0]?.growth;
}

function report(rows: readonly ReportRow[], asOf = now): Report {
  const server = { key: 'server', name: 'server', asOf, isLoading: false, problems: [], moreProblems: 0, totals: {} };
  return { at: now, servers: [server], rows };
}

function row(facts: Partial<ReportRow>): ReportRow {
  return {
    key: 'server/item',
    node: 'server/item',
    kind: 'tenant',
    id: 'item',
    name: 'Item',
    server: 'server',
    unlimited: false,
    ...facts,
  };
}
