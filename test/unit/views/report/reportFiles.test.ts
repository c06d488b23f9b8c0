import { expect, test, vi } from 'vitest';
import type { Report } from '../../../../src/report/report';
import { reportFile, rowsWithAlteredIds } from '../../../../src/views/report/reportFiles';

vi.mock('vscode', () => import('../vscode'));

const GB = 1024 ** 3;
const totals = { repositories: 1, tenants: 1, subtenants: 1, organizations: 0, capacityBytes: 2 * GB };
const common = { id: 'id', server: 'em-prod', unlimited: false };
const report: Report = {
  at: Date.UTC(2026, 0, 31),
  servers: [
    {
      totals,
      key: 'one',
      name: 'em-prod',
      asOf: Date.UTC(2026, 0, 31),
      isLoading: false,
      problems: [{ where: 'Cloud Tenants', why: 'It is [down](command:x).' }],
      moreProblems: 0,
    },
  ],
  rows: [
    { ...common, key: 'one/a', node: 'one/a', kind: 'tenant', name: '=1+1', usedBytes: GB, limitBytes: 4 * GB },
    {
      ...{ ...common, key: 'one/b', node: 'one/b', kind: 'subtenant', name: 'full|er', usedBytes: 3 * GB },
      ...{ limitBytes: 2 * GB, freeBytes: 0, place: 'a, b', growth: { bytes: -5, bytesPerDay: -2.6 } },
    },
    { ...common, key: 'one/c', node: 'one/c', kind: 'subtenant', name: 'free', usedBytes: 1, unlimited: true },
  ],
};

test('CSV has bytes, columns for scripts, and no formula', () => {
  expect(reportFile(report, 'csv').split('\r\n')).toEqual([
    '\uFEFFserver,kind,belongsTo,name,id,usedBytes,limitBytes,unlimited,freeBytes,usedPercent,level,repositories,growthBytes,growthBytesPerDay,fullInDays',
    `em-prod,subtenant,"a, b",full|er,id,${3 * GB},${2 * GB},false,0,150,over,,-5,-3,`,
    `em-prod,tenant,,'=1+1,id,${GB},${4 * GB},false,,25,ok,,,,`,
    'em-prod,subtenant,,free,id,1,,true,,,,,,,',
    '',
  ]);
});

test('JSON has moments as text, and keys of this computer in nothing', () => {
  const text = reportFile(report, 'json');
  expect(text).not.toContain('one/');
  expect(JSON.parse(text)).toMatchObject({
    schema: 1,
    at: '2026-01-31T00:00:00.000Z',
    servers: [{ name: 'em-prod', ...totals, asOf: '2026-01-31T00:00:00.000Z', problems: [{ where: 'Cloud Tenants' }] }],
    items: [
      { name: '=1+1', level: 'ok' },
      { name: 'full|er', level: 'over', growth: { bytes: -5 } },
      { name: 'free', unlimited: true },
    ],
  });
});

test('Markdown shows the fullest first, and text as it is', () => {
  const text = reportFile(report, 'markdown');
  expect(text).toMatch(/^# Capacity Report\n\nAs of /);
  expect(text).toContain('- em-prod: Cloud Tenants: It is \\[down\\](command:x).');
  const rows = text.slice(text.indexOf('## Tenants and Subtenants'));
  expect(rows).toContain('| full\\|er | Subtenant | a, b | em-prod | 3 GB | 2 GB | 150 | -5 B |');
  expect(rows.indexOf('full')).toBeLessThan(rows.indexOf('=1+1'));
  expect(rows).toContain('| free | Subtenant |  | em-prod | 1 B | unlimited |  |  |');
});

test('a capacity that no server has told is unknown', () => {
  const bucket = { ...common, key: 'one/r', kind: 'repository' as const, name: 'Bucket', usedBytes: GB };
  const text = reportFile({ ...report, rows: [bucket, { ...bucket, name: 'Endless', unlimited: true }] }, 'markdown');
  expect(text).toContain('| Bucket | Backup repository |  | em-prod | 1 GB | unknown |  |  |');
  expect(text).toContain('| Endless | Backup repository |  | em-prod | 1 GB | unlimited |  |  |');
});

test('an ID stands in the file to the letter, or it is said which does not', () => {
  const ids = ['a\u202eb', 'a\u200db', 'a\nb', 'a b'];
  const odd = { ...report, rows: ids.map(id => ({ ...common, id, key: id, kind: 'tenant' as const, name: id })) };
  const json = reportFile(odd, 'json');
  expect((JSON.parse(json) as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual(ids);
  expect(json).toContain('a\\u202eb');
  expect(rowsWithAlteredIds(odd, 'json')).toEqual([]);
  const csv = reportFile(odd, 'csv').split('\r\n').slice(1, 5);
  expect(csv.map(line => line.split(',')[4])).toEqual(['ab', 'a\u200db', 'a b', 'a b']);
  expect(rowsWithAlteredIds(odd, 'csv').map(({ id }) => id)).toEqual(['a\u202eb', 'a\nb']);
});
