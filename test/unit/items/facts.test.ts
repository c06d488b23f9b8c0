// What people see of the facts of an item, and by what items are grouped and told from each other in the report.

import { describe, expect, test, vi } from 'vitest';
import { factsOfKind } from '../../../src/items/facts';
import type { Item, ItemKind } from '../../../src/items/item';
import { spaceOf } from '../../../src/items/kinds';
import { colorName } from '../../../src/items/server';
import { factLinesOf } from '../../../src/views/shared/facts';
import { item } from '../items';

vi.mock('vscode', () => import('../views/vscode'));

/** `label: value` of all but the ID. */
const lines = (shown: Item) =>
  factLinesOf(shown).flatMap(({ label, value }) => (label === 'ID' ? [] : `${label}: ${value}`));

describe.each<[ItemKind, readonly (readonly [facts: object, lines: readonly string[]])[]]>([
  [
    'organization',
    [
      [{ mapped: false, companyName: 'Fabrikam' }, ['Company: not mapped to a company']],
      [{ mapped: true, companyName: 'Fabrikam' }, ['Company: Fabrikam']],
      [{ companyName: 'Fabrikam' }, ['Company: Fabrikam']],
      [
        { region: 'Worldwide', officeName: 'fabrikam.onmicrosoft.com', usedBytes: 3, backupServer: 'b1' },
        ['Used: 3 B', 'Domain: fabrikam.onmicrosoft.com', 'Region: Worldwide', 'Backup server: b1'],
      ],
    ],
  ],
  [
    'protectedUser',
    [
      [
        {
          email: 'a@example.com',
          parts: [
            { what: 'mailbox', lastBackup: 'today' },
            { what: 'archive' },
            { what: 'oneDrive', lastBackup: '' },
            { what: 'site', lastBackup: undefined },
          ],
        },
        ['E-mail: a@example.com', 'Mailbox: today', 'Archive mailbox: ✓', 'OneDrive: ✓', 'Site: ✓'],
      ],
      [{ accountType: 'User' }, ['Account type: User']],
    ],
  ],
  [
    'usedRepository',
    [
      [{ available: true, usedBytes: 3 }, ['Used: 3 B']],
      [{ available: false, usedBytes: 3 }, ['Used: 3 B', 'State: not available']],
    ],
  ],
  [
    'job',
    [
      [
        { enabled: true, status: 'Stopped', lastResult: 'Success', objects: 3, repositoryName: 'Repo' },
        ['State: enabled', 'Status: Stopped', 'Last result: Success', 'Objects: 3', 'Backup repository: Repo'],
      ],
      [{ enabled: false }, ['State: disabled']],
    ],
  ],
  [
    'proxy',
    [
      [
        { online: true, maintenance: false, enabled: true, outOfDate: false, port: 10005 },
        ['State: online', 'State: enabled', 'Port: 10005'],
      ],
      [
        { online: false, maintenance: true, enabled: false, outOfDate: true },
        ['State: offline', 'Maintenance: in maintenance', 'State: disabled', 'Problem: needs an upgrade'],
      ],
      [{ state: 'Pending', maintenanceState: 'Entering' }, ['State: Pending', 'Maintenance: Entering']],
    ],
  ],
  [
    'tenant',
    [
      [
        { maxConcurrentTasks: 0, throttlingLimit: 5, throttlingUnit: 'MB/s', companyName: 'Fabrikam' },
        ['Company: Fabrikam', 'Concurrent tasks: unlimited', 'Throttling: 5 MB/s'],
      ],
      [{ maxConcurrentTasks: 2, throttlingLimit: 5 }, ['Concurrent tasks: 2', 'Throttling: 5']],
      [{ throttlingUnit: 'MB/s', gatewayPools: 'a, b' }, ['Gateway pools: a, b']],
    ],
  ],
  [
    'subtenant',
    [
      [{ unlimited: true, usedBytes: 3, quotaName: 'Q' }, ['Quota: unlimited', 'Used: 3 B', 'Quota name: Q']],
      [{ unlimited: false, quotaBytes: 10 }, ['Quota: 10 B']],
      [{}, []],
    ],
  ],
  [
    'backupResource',
    [
      [
        { tenantName: 'Northwind', repositoryName: 'Repo', repositoryUrn: 'urn:r', quotaBytes: 10 },
        ['Tenant: Northwind', 'Backup repository: Repo', 'Quota: 10 B'],
      ],
      [{ repositoryUrn: 'urn:r' }, ['Backup repository: urn:r']],
    ],
  ],
  [
    'gateway',
    [
      [
        { enabled: true, address: 'gw.example.com', port: 6180, networkMode: 'NAT', problem: 'offline' },
        ['State: enabled', 'Address: gw.example.com:6180', 'Network mode: NAT', 'Problem: offline'],
      ],
      [{ address: 'gw.example.com' }, ['Address: gw.example.com']],
      [{}, []],
    ],
  ],
  [
    'extent',
    [
      [{ tier: 'performance', state: 'Sealed' }, ['State: Sealed', 'Tier: Performance Tier']],
      [{ tier: 'capacity', usedBytes: 3 }, ['Tier: Capacity Tier', 'Used: 3 B']],
      [{ tier: 'archive' }, ['Tier: Archive Tier']],
      [{}, []],
    ],
  ],
  [
    'managedServer',
    [
      [
        { available: true, isBackupServer: true, isDefaultMountServer: true, updatesState: 'OutOfDate' },
        ['State: available', 'Role: backup server', 'Mount server: default', 'Updates: OutOfDate'],
      ],
      [{ available: false, isBackupServer: false, isDefaultMountServer: false }, ['State: unavailable']],
      [{ state: 'Pending' }, ['State: Pending']],
    ],
  ],
  [
    'company',
    [
      [{ status: 'Active', resellerName: 'Fabrikam' }, ['Status: active', 'Reseller: Fabrikam']],
      [{ status: 'Expired' }, ['Status: Expired']],
    ],
  ],
  [
    'reseller',
    [
      [
        { status: 'Disabled', unlimited: true, usedBytes: 3, tenants: 2, tenantsQuota: 4 },
        ['Status: disabled', 'Quota: unlimited', 'Used: 3 B', 'Tenants: 2', 'Tenants allowed: 4'],
      ],
      [{ unlimited: false, quotaBytes: 10 }, ['Quota: 10 B']],
    ],
  ],
  [
    'site',
    [
      [{ maintenance: true }, ['Maintenance: in maintenance']],
      [{ maintenance: false }, []],
    ],
  ],
  [
    'hostedResource',
    [
      [
        { unlimited: true, usersUnlimited: true, serverName: 'b1', repositoryName: 'Repo' },
        ['Quota: unlimited', 'User quota: unlimited', 'Backup repository: Repo', 'Backup server: b1'],
      ],
      [{ quotaBytes: 10, usersQuota: 4, unlimited: false }, ['Quota: 10 B', 'User quota: 4']],
    ],
  ],
  [
    'server',
    [
      [
        { product: 'vb365', userName: 'svc', label: { text: 'Main', color: 'red' } },
        ['Label: Main (red)', 'Product: Veeam Backup for Microsoft 365', 'User: svc'],
      ],
      [{ product: 'of-tomorrow', label: { text: 'Main' } }, ['Label: Main', 'Product: of-tomorrow']],
      [{ product: 'of-tomorrow', label: { color: 'blue' } }, ['Label: blue', 'Product: of-tomorrow']],
      [{ product: 'of-tomorrow', label: {} }, ['Product: of-tomorrow']],
    ],
  ],
])('the facts of a %s', (kind, all) => {
  test.each(all)('with %j', (facts, expected) => {
    expect(lines(item(kind, facts))).toEqual(expected);
  });
});

test('a certificate is told of while it has to be renewed soon', () => {
  const expiring = (days: number) => {
    const certificateExpires = new Date(Date.now() + days * 86_400_000).toISOString();
    return lines(item('server', { product: 'of-tomorrow', certificateExpires })).slice(1);
  };
  expect(expiring(3)).toEqual([expect.stringMatching(/^Certificate: expires .*; renew it$/)]);
  expect(expiring(3000)).toEqual([]);
});

test('each color has a name of its own', () => {
  const colors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
  expect(colors.map(colorName)).toEqual(colors);
});

/** The section of an item, by the name that the section has. */
function sectionOf(shown: Item, by: string): string | undefined {
  const grouping = factsOfKind(shown.kind).groupings?.[by];
  return grouping?.nameOf(grouping.valueIn(shown));
}

test.each<[ItemKind, string, object, string]>([
  ['tenant', 'backupServer', { backupServer: 'b1' }, 'b1'],
  ['tenant', 'backupServer', {}, 'No backup server'],
  ['tenant', 'state', { enabled: true, leaseExpires: '9999-01-01' }, 'Enabled'],
  ['tenant', 'state', { enabled: false }, 'Disabled'],
  ['tenant', 'state', { enabled: true, leaseExpires: '2001-01-01' }, 'Lease expired'],
  ['tenant', 'state', { leaseExpires: 'never' }, 'State unknown'],
  ['tenant', 'owner', { companyName: 'Fabrikam', companyId: 'c' }, 'Fabrikam'],
  ['tenant', 'owner', { companyId: 'c' }, 'c'],
  ['tenant', 'owner', {}, 'No company'],
  ['company', 'state', { status: 'Active' }, 'Active'],
  ['company', 'state', { status: 'Disabled' }, 'Disabled'],
  ['company', 'state', { status: 'Expired' }, 'Expired'],
  ['company', 'state', {}, 'State unknown'],
  ['company', 'owner', { resellerName: 'Fabrikam', resellerId: 'r' }, 'Fabrikam'],
  ['company', 'owner', { resellerId: 'r' }, 'r'],
  ['company', 'owner', {}, 'No reseller'],
])('a %s by %s with %j stands below %s', (kind, by, facts, section) => {
  expect(sectionOf(item(kind, facts), by)).toBe(section);
});

// Where no server says that there is no limit, the limit is unknown.
test.each<[ItemKind, object, boolean]>([
  ['repository', { objectStorage: true, unlimited: true }, true],
  ['repository', { objectStorage: true }, false],
  ['repository', { objectStorage: true, capacityBytes: 10 }, false],
  ['repository', { objectStorage: false }, false],
  ['scaleOutRepository', { extents: [{ tier: 'performance', objectStorage: true }] }, false],
  ['subtenant', { unlimited: true }, true],
  ['subtenant', { unlimited: false }, false],
  ['subtenant', {}, false],
  ['tenant', {}, false],
  ['company', {}, false],
  ['organization', {}, true],
])('the report knows whether a %s with %j has no limit: %j', (kind, facts, expected) => {
  expect(factsOfKind(kind).report?.unlimited(item(kind, facts))).toBe(expected);
});

test.each<ItemKind>(['subtenant', 'reseller', 'hostedResource'])(
  'the space of a %s has no limit if its server says so',
  kind => {
    const isUnlimited = (facts: object) => spaceOf(item(kind, facts))?.unlimited;
    expect([{ unlimited: true }, { unlimited: false }, {}].map(isUnlimited)).toEqual([true, false, false]);
  },
);

test('the report says what an item belongs to', () => {
  const placeOf = (kind: ItemKind, facts: object) => factsOfKind(kind).report?.place?.(item(kind, facts));
  expect(placeOf('repository', { backupServer: 'b1' })).toBe('b1');
  expect(placeOf('tenant', { backupServer: 'b1' })).toBe('b1');
  expect(placeOf('company', { resellerName: 'Fabrikam' })).toBe('Fabrikam');
  expect(factsOfKind('organization').report?.across?.(item('organization', { repositoryId: 'r' }))).toBe('r');
});
