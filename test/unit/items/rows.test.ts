// What people see of an item in its row: the icon, whether it warns, and what stands beside the name.

import { describe, expect, test, vi } from 'vitest';
import type { Item, ItemKind } from '../../../src/items/item';
import { kindNameOf, kindOf } from '../../../src/items/kinds';
import { words } from '../../../src/views/shared/words';
import { item } from '../items';

vi.mock('vscode', () => import('../views/vscode'));

const inDays = (days: number) => new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString();

/** `icon, tone: what | stands | beside`. */
function row(shown: Item, parent?: ItemKind): string {
  const kind = kindOf(shown.kind);
  const { name, tone, color } = kind.icon(shown, words);
  const beside = kind.beside(shown, words, parent).filter(Boolean);
  return `${[name, tone, color].filter(Boolean).join(', ')}: ${beside.join(' | ')}`;
}

describe.each<[ItemKind, readonly (readonly [facts: object, row: string])[]]>([
  [
    'repository',
    [
      [{ usedBytes: 3, capacityBytes: 10 }, 'database: 30 % of 10 B used'],
      [{ problem: 'offline', objectStorage: true }, 'database, warning: offline | object storage'],
    ],
  ],
  [
    'organization',
    [
      [{ type: 'Office365' }, 'organization: Office365'],
      [{ type: 'Office365', usedBytes: 0 }, 'organization: 0 B'],
      [{ companyName: 'Fabrikam', mapped: true, backupServer: 'b1' }, 'organization: Fabrikam | b1'],
      [{ companyName: 'Northwind', mapped: false }, 'organization: not mapped to a company'],
    ],
  ],
  ['protectedUser', [[{ email: 'a@example.com', url: 'https://example.com' }, 'account: a@example.com']]],
  ['protectedGroup', [[{}, 'organization: ']]],
  ['protectedSite', [[{ url: 'https://example.com', lastBackup: 'today' }, 'globe: https://example.com | today']]],
  ['protectedTeam', [[{ lastBackup: 'today' }, 'comment-discussion: today']]],
  [
    'usedRepository',
    [
      [{ usedBytes: 3, available: true }, 'database: 3 B used'],
      [{ usedBytes: 3, available: false }, 'database, warning: not available | 3 B used'],
      [{}, 'database: '],
    ],
  ],
  [
    'job',
    [
      [{ lastResult: 'Success', lastRun: 'today', enabled: true }, 'play-circle: Success | today'],
      [{ lastResult: 'Running' }, 'sync: Running'],
      [{ status: 'Running', lastResult: 'Failed', enabled: false }, 'sync: disabled | Running | Failed'],
      [{ status: 'Inactive', lastResult: 'Failed', enabled: false }, 'error, error: disabled | Failed'],
      [{ status: 'Enabled', lastResult: 'Warning' }, 'warning, warning: Warning'],
      [{ status: 'Disabled', enabled: false }, 'circle-slash, warning: disabled'],
      [{ status: 'Stopped' }, 'play-circle: '],
      [{ status: 'Queued', lastResult: 'None' }, 'play-circle: Queued | None'],
      [{ lastResult: 'NotConfigured' }, 'warning, warning: NotConfigured'],
      [{ lastResult: 'Disconnected' }, 'error, error: Disconnected'],
    ],
  ],
  [
    'proxy',
    [
      [{ online: true, state: 'Online', enabled: true, maintenance: false, version: '13' }, 'vm: 13'],
      [{ online: false, state: 'Offline', maintenance: true }, 'vm, warning: offline | in maintenance'],
      [{ state: 'Pending', enabled: false }, 'circle-slash, warning: Pending | disabled'],
      [{ online: true, maintenanceState: 'Entering', outOfDate: true }, 'vm: maintenance: Entering | needs an upgrade'],
      [{ online: true, maintenance: false, maintenanceState: 'Disabled', outOfDate: false }, 'vm: '],
      [{}, 'vm: '],
    ],
  ],
  [
    'tenant',
    [
      [{ usedBytes: 3, quotaBytes: 10, enabled: true, lastResult: 'Success' }, 'briefcase: 30 % of 10 B'],
      [{ enabled: false, lastResult: 'Failed' }, 'circle-slash, warning: disabled | Failed'],
      [{ lastResult: 'Warning', companyName: 'Fabrikam' }, 'briefcase, warning: Warning | Fabrikam'],
      [{ companyName: 'Northwind', backupServer: 'b1' }, 'briefcase: b1'],
    ],
  ],
  [
    'subtenant',
    [
      [{ usedBytes: 3, quotaBytes: 10, enabled: true }, 'person: 30 % of 10 B'],
      [{ usedBytes: 3, unlimited: true }, 'person: 3 B used, unlimited'],
      [{ usedBytes: 0, unlimited: true, enabled: false }, 'circle-slash, warning: disabled | unlimited'],
      [{ unlimited: true }, 'person: unlimited'],
    ],
  ],
  [
    'backupResource',
    [
      [{ usedBytes: 3, quotaBytes: 10, repositoryName: 'Repo' }, 'archive: 30 % of 10 B | Repo'],
      [{ repositoryName: 'Northwind' }, 'archive: '],
    ],
  ],
  ['hardwarePlan', [[{ platform: 'VMware', backupServer: 'b1' }, 'circuit-board: VMware | b1']]],
  [
    'gateway',
    [
      [
        { address: 'gw.example.com', port: 6180, enabled: true, backupServer: 'b1' },
        'radio-tower: gw.example.com:6180 | b1',
      ],
      [{ address: 'gw.example.com', enabled: false }, 'circle-slash, warning: disabled | gw.example.com'],
      [{ problem: 'offline' }, 'radio-tower, warning: offline'],
    ],
  ],
  [
    'backupServer',
    [
      [{ status: 'Healthy', version: '13', role: 'Hosted', companyName: 'Fabrikam' }, 'server: 13 | Hosted | Fabrikam'],
      [{ status: 'Warning' }, 'server, warning: Warning'],
      [{ status: 'Inaccessible' }, 'server, warning: Inaccessible'],
      [{ status: 'Dreaming' }, 'server: '],
    ],
  ],
  [
    'scaleOutRepository',
    [
      [{ usedBytes: 3, capacityBytes: 10 }, 'layers: 30 % of 10 B used'],
      [{ problem: 'extents offline: 1' }, 'layers, warning: extents offline: 1'],
    ],
  ],
  [
    'extent',
    [
      [{ usedBytes: 3, capacityBytes: 10, objectStorage: true }, 'database: object storage | 30 % of 10 B used'],
      [{ state: 'Sealed' }, 'database, warning: Sealed'],
      [{ problem: 'offline', state: 'Sealed' }, 'database, warning: offline | Sealed'],
    ],
  ],
  [
    'managedServer',
    [
      [
        { available: true, state: 'Available', type: 'LinuxHost', isBackupServer: true },
        'server: LinuxHost | backup server',
      ],
      [{ available: false, state: 'Unavailable' }, 'server, warning: unavailable'],
      [{ state: 'Pending', isBackupServer: false }, 'server: Pending'],
    ],
  ],
  [
    'entraTenant',
    [
      [{ azureTenantId: 'a-1' }, 'organization: a-1'],
      [{ azureTenantId: 'Northwind' }, 'organization: '],
    ],
  ],
  [
    'company',
    [
      [
        { status: 'Active', usedBytes: 3, quotaBytes: 10, resellerName: 'Fabrikam' },
        'library: 30 % of 10 B | Fabrikam',
      ],
      [{ status: 'Disabled' }, 'circle-slash, warning: disabled'],
      [{ status: 'Unknown' }, 'library: unknown'],
      [{ status: 'Expired' }, 'library: Expired'],
    ],
  ],
  [
    'reseller',
    [
      [{ status: 'Active', usedBytes: 3, quotaBytes: 10 }, 'type-hierarchy: 30 % of 10 B'],
      [{ status: 'Disabled', usedBytes: 3, unlimited: true }, 'circle-slash, warning: disabled | 3 B used, unlimited'],
      [{ unlimited: true }, 'type-hierarchy: unlimited'],
      [{ status: 'Unknown', quotaBytes: 10, unlimited: false }, 'type-hierarchy: unknown | quota 10 B'],
    ],
  ],
  [
    'site',
    [
      [{ maintenance: true }, 'globe, warning: in maintenance'],
      [{ maintenance: false }, 'globe: '],
    ],
  ],
  [
    'location',
    [
      [{ quotaBytes: 0, type: 'Default' }, 'location: quota 0 B | Default'],
      [{}, 'location: '],
    ],
  ],
  [
    'user',
    [
      [{ role: 'Owner', enabled: true }, 'account: Owner'],
      [{ role: 'Owner', enabled: false }, 'circle-slash, warning: disabled | Owner'],
    ],
  ],
  [
    'gatewayPool',
    [
      [{ gateways: 1 }, 'broadcast: 1 gateway'],
      [{ gateways: 0 }, 'broadcast: 0 gateways'],
      [{}, 'broadcast: '],
    ],
  ],
  [
    'hostedResource',
    [
      [{ usedBytes: 3, quotaBytes: 10, repositoryName: 'Repo' }, 'archive: 30 % of 10 B | Repo'],
      [{ usedBytes: 3, unlimited: true, repositoryName: 'Northwind' }, 'archive: 3 B used, unlimited'],
      [{ unlimited: true }, 'archive: unlimited'],
    ],
  ],
  [
    'server',
    [
      [{ product: 'vb365', version: '8.1', apiVersion: 'v8' }, 'cloud: VB365 8.1 | API v8'],
      [{ product: 'vb365', label: { color: 'red' } }, 'cloud, red: VB365'],
      [{ product: 'of-tomorrow', version: '8.1' }, 'question: product not supported by this version'],
    ],
  ],
])('the row of a %s', (kind, rows) => {
  test.each(rows)('with %j', (facts, expected) => {
    expect(row(item(kind, facts))).toBe(expected);
  });
});

test('a tenant says that its lease expires a month ahead', () => {
  expect(row(item('tenant', { leaseExpires: inDays(29) }))).toBe('briefcase: expires in 29 days');
  expect(row(item('tenant', { leaseExpires: inDays(31) }))).toBe('briefcase: ');
});

test('a backup resource below its repository does not repeat its name', () => {
  expect(row(item('backupResource', { repositoryName: 'Repo' }), 'repository')).toBe('archive: ');
  expect(row(item('backupResource', { repositoryName: 'Repo' }), 'tenant')).toBe('archive: Repo');
});

test('the data of an organization in a repository has a name of its own', () => {
  expect(kindNameOf(item('organization', { repositoryId: 'r' }))).toBe('Organization in repository');
  expect(kindNameOf(item('organization'))).toBe('Organization');
});
