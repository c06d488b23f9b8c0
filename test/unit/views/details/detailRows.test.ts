import { describe, expect, test, vi } from 'vitest';
import { Node } from '../../../../src/inventory/tree/node';
import type { Item, Subtenant, Tenant } from '../../../../src/items/item';
import { Throttled } from '../../../../src/products/failures';
import type { DetailRow } from '../../../../src/views/details/detailRow';
import { detailRows, renderDetail } from '../../../../src/views/details/detailRows';
import { HOSTILE_NAMES } from '../../../sample-servers/names';

vi.mock('vscode', () => import('../vscode'));

const gigabyte = 1024 ** 3;
const unasked = { state: 'unasked' } as const;

const server = node(undefined, {
  ...{ kind: 'server', id: '0f0f', name: 'em-prod', product: 'enterprise-manager', url: 'https://em.example.com:9398' },
  hasChildren: true,
});
const tenants = node(server, {
  ...{ kind: 'group', id: 'tenants', name: 'Cloud Tenants', hasChildren: true, contains: 'tenant' },
});

function node(parent: Node | undefined, item: Item): Node {
  return new Node(parent, item);
}

function tenant(facts: Partial<Tenant> = {}): Node {
  return node(tenants, {
    ...{ kind: 'tenant', id: '0012', name: 'Northwind', hasChildren: true, hasSubtenants: true, resources: [] },
    ...{ quotaBytes: 250 * gigabyte, usedBytes: 166 * gigabyte, enabled: true },
    ...facts,
  });
}

function subtenant(facts: Partial<Subtenant> = {}): Node {
  return node(tenant(), {
    ...{ kind: 'subtenant', id: 's1', name: 'nw-01', hasChildren: false, tenantId: '0012', unlimited: false },
    ...facts,
  });
}

/** `label: description` of all rows, those below others indented. */
function lines(rows: readonly DetailRow[], indent = ''): string[] {
  return rows.flatMap(({ label, description, rows: below }) => [
    `${indent}${label}${description ? `: ${description}` : ''}`,
    ...lines(below ?? [], `${indent}  `),
  ]);
}

function all(rows: readonly DetailRow[]): DetailRow[] {
  return rows.flatMap(row => [row, ...all(row.rows ?? [])]);
}

function row(rows: readonly DetailRow[], label: string): DetailRow {
  const found = all(rows).find(each => each.label === label);
  if (!found) {
    throw new Error(`no row ${label} among ${lines(rows).join('\n')}`);
  }
  return found;
}

describe('one item', () => {
  test('is told from its quota to its path', () => {
    expect(lines(detailRows([tenant()], unasked))).toEqual([
      'Northwind: Tenant',
      '  Usage: ▰▰▰▰▰▰▰▱▱▱ 66 % · 84 GB left',
      '  ID: 0012',
      '  State: enabled',
      '  Quota: 250 GB',
      '  Used: 166 GB',
      '  Path: em-prod › Cloud Tenants › Northwind',
    ]);
  });

  test('keeps the server’s own spelling of sizes and dates beside that for people', () => {
    const rows = detailRows([tenant({ lastActive: '2026-03-01T10:00:00Z' })], unasked);
    expect(row(rows, 'Quota')).toMatchObject({ value: '250 GB', raw: '268435456000' });
    const lastActive = row(rows, 'Last active');
    expect(lastActive.raw).toBe('2026-03-01T10:00:00Z');
    expect(lastActive.value).toMatch(/^Mar 1, 2026, /);
    expect(lastActive.tooltip).toContain('2026-03-01T10:00:00Z');
    expect(renderDetail(lastActive).contextValue).toBe('has=value;has=raw');
  });

  test('speaks its quota in words, and copies them without the bar', () => {
    const usage = row(detailRows([tenant()], unasked), 'Usage');
    expect(renderDetail(usage).accessibilityInformation?.label).toBe('Usage, 66 percent used, 84 GB left');
    expect(usage.value).toBe('66 %, 84 GB left');
  });

  test('says when it was loaded, today by its time alone', () => {
    const heading = node(server, tenants.item);
    const loaded = node(heading, tenant().item);
    heading.branch?.fill([loaded]);
    const [first] = detailRows([loaded], unasked);
    expect(first?.description).toMatch(/^Tenant · as of \d{1,2}:\d{2}/);
    expect(first?.tooltip).toMatch(/, \d{4}/);
  });

  test('shows each share of a tenant’s quota', () => {
    const resources = [
      {
        id: 'r1',
        name: 'Gold',
        repositoryUrn: 'urn:veeam:Repository:1',
        quotaBytes: 100 * gigabyte,
        usedBytes: 95 * gigabyte,
      },
      { id: 'r2', name: 'Silver', quotaBytes: undefined, usedBytes: 5 * gigabyte },
    ];
    const rows = detailRows([tenant({ resources })], unasked);
    expect(lines([row(rows, 'Backup resources')])).toEqual([
      'Backup resources: 2',
      '  Gold: ▰▰▰▰▰▰▰▰▰▱ 95 % · 5 GB left',
      '    ID: r1',
      '    Backup repository: urn:veeam:Repository:1',
      '    Quota: 100 GB',
      '    Used: 95 GB',
      '  Silver',
      '    ID: r2',
      '    Used: 5 GB',
    ]);
    expect(row(rows, 'Gold').icon?.id).toBe('error');
  });

  test('has rows of ids that are unique, and the same for another item', () => {
    const details = [
      { label: 'Licence', value: 'a' },
      { label: 'Licence', value: 'b' },
    ];
    const ids = (each: Node) => all(detailRows([each], { state: 'ready', details })).map(({ id }) => id);
    const some = ids(tenant());
    expect(new Set(some).size).toBe(some.length);
    expect(ids(tenant({ id: '0013', name: 'Contoso' }))).toEqual(some);
  });

  test.each(HOSTILE_NAMES)('shows the name %j on one line, as text', name => {
    const rows = detailRows([tenant({ name, description: `${name}\n${name}`.repeat(99) })], {
      state: 'ready',
      details: [{ label: name, value: name }],
    });
    for (const each of all(rows)) {
      for (const text of [each.label, each.description ?? '', each.value ?? '', each.raw ?? '']) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
      expect(each.description?.length ?? 0).toBeLessThanOrEqual(400);
    }
    // What is too long for a row can still be copied as a whole.
    expect(row(rows, 'Description').raw?.length).toBeGreaterThan(1000);
  });
});

describe('what the server alone can tell', () => {
  test('is there once it has come, in the user’s way', () => {
    const details = [
      { label: 'Data transfer out', value: 10 * gigabyte, unit: 'bytes' as const },
      { label: 'Protected VMs', value: 12345, unit: 'count' as const },
      { label: 'Last seen', value: '2026-03-01T10:00:00Z', unit: 'moment' as const },
      { label: 'Edition', value: 'Enterprise' },
    ];
    const rows = detailRows([tenant()], { state: 'ready', details });
    expect(lines([row(rows, 'More')]).slice(0, 3)).toEqual([
      'More',
      '  Data transfer out: 10 GB',
      '  Protected VMs: 12,345',
    ]);
    expect(row(rows, 'Last seen').raw).toBe('2026-03-01T10:00:00Z');
    expect(row(rows, 'Edition').value).toBe('Enterprise');
  });

  test('is on its way, or failed in a few words that can be retried', () => {
    expect(lines(detailRows([tenant()], { state: 'loading' })).slice(-2)).toEqual(['More', '  Loading…']);
    const failure = new Throttled('em.example.com', 17);
    const rows = detailRows([tenant()], { state: 'failed', failure });
    const failed = row(rows, 'too many requests');
    expect(failed.description).toBe(failure.message);
    expect(renderDetail(failed).contextValue).toContain('can=refresh');
  });

  test('takes no row where there is nothing', () => {
    expect(detailRows([tenant()], { state: 'ready', details: [] })).toHaveLength(1);
    expect(detailRows([tenant()], unasked)).toHaveLength(1);
  });
});

describe('several items', () => {
  test('are summed up by kind, as tenants hold what their subtenants use', () => {
    const nodes = [
      tenant(),
      tenant({ id: '0013', quotaBytes: 50 * gigabyte, usedBytes: 34 * gigabyte }),
      subtenant({ quotaBytes: 10 * gigabyte, usedBytes: 2 * gigabyte }),
      subtenant({ id: 's2', unlimited: true, usedBytes: 3 * gigabyte }),
    ];
    expect(lines(detailRows(nodes, unasked))).toEqual([
      'Tenant: 2 selected',
      '  Usage: ▰▰▰▰▰▰▰▱▱▱ 66 % · 100 GB left',
      '  Quota: 300 GB',
      '  Used: 200 GB',
      'Subtenant: 2 selected',
      '  Usage: ▰▰▱▱▱▱▱▱▱▱ 20 % · 8 GB left',
      '  Quota: 10 GB (known for 1)',
      '  Used: 5 GB',
      '  Without a quota: 1',
    ]);
  });

  test('copy as bytes, too', () => {
    const rows = detailRows([tenant(), tenant({ id: '0013' })], unasked);
    expect(row(rows, 'Used')).toMatchObject({ raw: String(2 * 166 * gigabyte) });
  });
});

test('nothing is nothing, for the view to say what to do', () => {
  expect(detailRows([], unasked)).toEqual([]);
});

test('says how many tasks a tenant may run at a time, how it is throttled, and through which gateways it comes', () => {
  const limits = { maxConcurrentTasks: 0, throttlingLimit: 20, throttlingUnit: 'MB/s', gatewayPools: 'Pool 1, Pool 2' };
  expect(lines(detailRows([tenant(limits)], unasked))).toEqual(
    expect.arrayContaining([
      '  Concurrent tasks: unlimited',
      '  Throttling: 20 MB/s',
      '  Gateway pools: Pool 1, Pool 2',
    ]),
  );
  expect(lines(detailRows([tenant({ maxConcurrentTasks: 4 })], unasked))).toContain('  Concurrent tasks: 4');
});
