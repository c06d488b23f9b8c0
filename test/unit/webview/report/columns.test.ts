import { expect, test } from 'vitest';
import { Numbers } from '../../../../src/base/numbers';
import type { ReportRow } from '../../../../src/report/report';
import { Columns } from '../../../../src/webview/report/columns';

const columns = new Columns(new Numbers('en'), { fills: [], sums: [], tables: [] } as never);

const tenants = {
  ...{ id: 'tenants', title: 'Tenants', limit: 'Quota', place: 'Backup server', isCapacity: true },
  kinds: [{ kind: 'tenant', name: 'Tenant', plural: 'Tenants' }],
} as const;

function row(name: string, facts: Partial<ReportRow> = {}): ReportRow {
  return {
    ...{ key: `em/tenant:${name}`, id: name, name, kind: 'tenant', server: 'em', unlimited: false },
    ...{ place: 'vbr01', usedBytes: 1, limitBytes: 10, freeBytes: 9 },
    ...facts,
  };
}

function shown(...rows: readonly ReportRow[]): readonly string[] {
  return columns
    .rows(tenants, rows, { server: true, growth: true })
    .filter(({ isShown = true }) => isShown)
    .map(({ id }) => id);
}

test('what is the same in all rows has no column', () => {
  const all = shown(row('Contoso', { repositories: 1 }), row('Fabrikam', { repositories: 2 }));
  expect(all).toContain('repositories');
  expect(all).not.toContain('kind');
  expect(all).not.toContain('place');
  expect(all).not.toContain('free');
  expect(all).not.toContain('server');
});

test('a single row tells all that is known of it', () => {
  const growth = { bytes: 1, bytesPerDay: 0.1, fullInDays: 90 };
  expect(shown(row('Contoso', { growth }))).toEqual(
    expect.arrayContaining(['kind', 'place', 'server', 'free', 'growth', 'perDay', 'full']),
  );
  expect(shown(row('Contoso', { place: undefined }))).not.toContain('place');
});
