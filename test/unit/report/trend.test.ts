import { expect, test } from 'vitest';
import type { History } from '../../../src/report/history';
import type { Report, ReportRow } from '../../../src/report/report';
import { trendOf } from '../../../src/report/trend';

const outline = {
  fills: [{ title: 'Tenant quotas', used: 'quotaUsedBytes', limit: 'quotaBytes' }],
  sums: [
    { id: 'quotaUsedBytes', title: 'Quota used', kind: 'tenant', of: 'usedBytes' },
    { id: 'quotaBytes', title: 'Quota', kind: 'tenant', of: 'limitBytes' },
  ] as const,
};

test('adds up what was used of all limits at each earlier report, and now', async () => {
  const histories = historiesOf({
    a: [[100, 200], { 'a/tenant:1': [10, 20], 'a/repository:9': [99, 99] }],
    b: [[100, 200], { 'b/group:tenants/tenant:2': [30, 40] }],
  });
  expect(
    await trendOf(reportOf(300, { a: [['a/tenant:1', 50]], b: [['b/tenant:2', 50]] }), histories, outline),
  ).toEqual({
    times: [100, 200, 300],
    lines: [{ title: 'Tenant quotas', shares: [0.2, 0.3, 0.5] }],
  });
});

test('takes the last report of each server before a time, and begins when all servers have one', async () => {
  const histories = historiesOf({
    a: [[100, 300], { 'a/tenant:1': [10, 30] }],
    b: [[200], { 'b/tenant:2': [50] }],
  });
  expect(
    await trendOf(reportOf(400, { a: [['a/tenant:1', 40]], b: [['b/tenant:2', 60]] }), histories, outline),
  ).toEqual({
    times: [200, 300, 400],
    lines: [{ title: 'Tenant quotas', shares: [0.3, 0.4, 0.5] }],
  });
});

test('leaves out servers without a history, whose first report would look like growth', async () => {
  const histories = historiesOf({ a: [[100], { 'a/tenant:1': [10] }] });
  expect(
    await trendOf(reportOf(200, { a: [['a/tenant:1', 20]], b: [['b/tenant:2', 99]] }), histories, outline),
  ).toEqual({
    times: [100, 200],
    lines: [{ title: 'Tenant quotas', shares: [0.1, 0.2] }],
  });
});

test('counts what is told of by several servers once, if its ID makes it one thing', async () => {
  const histories = historiesOf({
    a: [[100, 200], { 'a/tenant:A1': [10, 20] }],
    b: [[100, 200], { 'b/group:tenants/tenant:a1#2': [10, 20], 'b/group:tenants/tenant:b2': [90, 60] }],
  });
  const rows: Parameters<typeof reportOf>[1] = {
    a: [['a/tenant:A1', 30]],
    b: [
      ['b/group:tenants/tenant:a1#2', 30],
      ['b/group:tenants/tenant:b2', 50],
    ],
  };
  const sums = outline.sums.map(sum => ({ ...sum, once: true }));
  const once = await trendOf(reportOf(300, rows), histories, { ...outline, sums });
  expect(once?.lines).toEqual([{ title: 'Tenant quotas', shares: [0.5, 0.4, 0.4] }]);
  const each = await trendOf(reportOf(300, rows), histories, outline);
  expect(each?.lines[0]?.shares.map(share => share && Math.round(share * 300))).toEqual([110, 100, 110]);
});

test('says nothing without an earlier report', async () => {
  const histories = historiesOf({ a: [[200], { 'a/tenant:1': [10] }] });
  expect(await trendOf(reportOf(200, { a: [['a/tenant:1', 20]] }), histories, outline)).toBeUndefined();
  expect(await trendOf(reportOf(200, { a: [] }), new Map(), outline)).toBeUndefined();
});

test('keeps the number of points small, and with it the first and the last ones', async () => {
  const times = Array.from({ length: 500 }, (_, index) => index + 1);
  const histories = historiesOf({ a: [times, { 'a/tenant:1': times.map(() => 1) }] });
  const trend = await trendOf(reportOf(501, { a: [['a/tenant:1', 1]] }), histories, outline);
  expect(trend?.times.length).toBeLessThanOrEqual(61);
  expect(trend?.times[0]).toBeLessThan(10);
  expect(trend?.times.slice(-2)).toEqual([500, 501]);
});

/** For each server the times of its reports, and what its items used then; each limit is 100. */
function historiesOf(
  servers: Readonly<Record<string, readonly [readonly number[], Readonly<Record<string, readonly number[]>>]>>,
): ReadonlyMap<string, History> {
  return new Map(
    Object.entries(servers).map(([server, [times, items]]) => [
      server,
      {
        times,
        items: new Map(Object.entries(items).map(([key, used]) => [key, { used, limit: used.map(() => 100) }])),
      },
    ]),
  );
}

function reportOf(at: number, servers: Readonly<Record<string, readonly (readonly [string, number])[]>>): Report {
  const summary = { totals: {}, asOf: at, isLoading: false, problems: [], moreProblems: 0 };
  return {
    at,
    servers: Object.keys(servers).map(key => ({ ...summary, key, name: key })),
    rows: Object.values(servers).flatMap(rows =>
      rows.map(
        ([key, usedBytes]): ReportRow => ({
          ...{ key, id: key, name: key, server: key, kind: 'tenant', unlimited: false },
          ...{ usedBytes, limitBytes: 100 },
        }),
      ),
    ),
  };
}
