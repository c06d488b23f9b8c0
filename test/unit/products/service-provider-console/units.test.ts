import { describe, expect, test, vi } from 'vitest';
import type { Item } from '../../../../src/items/item';
import { product } from '../../../../src/products/service-provider-console';
import * as serverWire from '../../../../src/products/service-provider-console/serverWire';
import * as wire from '../../../../src/products/service-provider-console/wire';
import { never } from '../../never';
import { allBelow } from '../below';
import { answering, type Bodies, below } from './fakeServer';

const gb = 1024 ** 3;
const company = { instanceUid: 'c1', name: 'Northwind', status: 'Active', companyServices: { storageQuota: 7 } };
const site = { siteUid: 's1', siteName: 'cc01' };
const tenant = {
  instanceUid: 't1',
  name: 'northwind',
  type: 'General',
  siteUid: 's1',
  assignedForCompany: 'c1',
  isEnabled: true,
};
const share = {
  instanceUid: 'r1',
  tenantUid: 't1',
  companyUid: 'c1',
  siteUid: 's1',
  cloudRepositoryName: 'Vol',
  storageQuota: 7,
  usedSpace: 5,
};
const hosted = { instanceUid: 'h1', companyUid: 'c1', friendlyName: 'Hosted', vb365ServerUid: 'v1', serverUid: 'b1' };
const backupServer = { instanceUid: 'b1', name: 'vbr01', version: '13', status: 'Healthy' };
const info = { type: 'Windows', status: 'Healthy', capacity: 7, freeSpace: 2, usedSpace: 5, isCapacityAvailable: true };
const companies = {
  'organizations/companies': [company],
  'organizations/resellers': [{ instanceUid: 'y1', name: 'Fabrikam' }],
};
const sites = { ...companies, 'infrastructure/sites': [site], 'infrastructure/sites/s1/tenants': [tenant] };
const shares = { 'infrastructure/sites/tenants/backupResources': [share] };
const older = { 'organizations/companies/sites/backupResources': [{ ...share, tenantUid: undefined }] };
const links = { 'organizations/companies/sites': [{ cloudTenantUid: 't1', companyUid: 'c1', siteUid: 's1' }] };
const atReseller = {
  instanceUid: 'q1',
  resellerUid: 'y1',
  siteUid: 's1',
  resourceFriendlyName: 'Vol',
  storageQuota: 7,
};
const resellerShares = {
  'organizations/resellers/sites/backupResources': [atReseller],
  'organizations/resellers/sites/backupResources/usage': [
    { backupResourceUid: 'q1', resellerUid: 'y1', usedStorageQuota: 5 },
  ],
};
const servers = {
  ...companies,
  'infrastructure/backupServers': [backupServer],
  'infrastructure/vb365Servers': [{ instanceUid: 'v1', name: 'm365' }],
};

/** A member of the API, what the server says, where its row is, and what the row says. */
type Case = readonly [
  member: string,
  bodies: Bodies,
  path: readonly string[],
  told: Readonly<Record<string, unknown>>,
  features?: readonly string[],
];

const cases: readonly Case[] = [
  [
    'TenantBackupResource.storageQuota, usedSpace',
    { ...sites, ...shares },
    ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
    { quotaBytes: 7, usedBytes: 5 },
  ],
  ['TenantBackupResource summed up', { ...companies, ...shares }, ['Companies'], { quotaBytes: 7, usedBytes: 5 }],
  [
    'CompanySiteBackupResource.storageQuota, usedSpace',
    { ...sites, ...older, ...links },
    ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
    { quotaBytes: 7, usedBytes: 5 },
    ['api3.5'],
  ],
  [
    'CompanySiteBackupResource summed up',
    { ...companies, ...older },
    ['Companies'],
    { quotaBytes: 7, usedBytes: 5 },
    ['api3.5'],
  ],
  [
    'UserBackupResource.storageQuota, storageQuotaUsage',
    {
      ...sites,
      'infrastructure/sites/tenants/t1/subtenants': [{ instanceUid: 'u1', tenantUid: 't1', name: 'user' }],
      'users/backupResources': [
        { subtenantUid: 'u1', storageQuota: 7, storageQuotaUsage: 5, isStorageQuotaUnlimited: false },
      ],
    },
    ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind'],
    { quotaBytes: 7, usedBytes: 5, unlimited: false },
  ],
  [
    'ResellerSiteBackupResource.storageQuota, usedStorageQuota summed up',
    { ...companies, ...resellerShares },
    ['Resellers'],
    { quotaBytes: 7, usedBytes: 5 },
  ],
  [
    'ResellerSiteResource.tenantsQuota, usedTenantsQuota summed up',
    {
      ...companies,
      'organizations/resellers/sites': [
        { resellerUid: 'y1', siteUid: 's1', tenantsQuota: 9, usedTenantsQuota: 2, isTenantsQuotaUnlimited: false },
        { resellerUid: 'Y1', siteUid: 's2', tenantsQuota: 4, usedTenantsQuota: 1, isTenantsQuotaUnlimited: false },
      ],
    },
    ['Resellers'],
    { tenantsQuota: 13, tenants: 3 },
  ],
  [
    'ResellerSiteBackupResource.storageQuota, usedStorageQuota',
    { ...companies, ...resellerShares },
    ['Resellers', 'Fabrikam', 'Hosted Resources'],
    { quotaBytes: 7, usedBytes: 5 },
  ],
  [
    'ResellerVb365RepositoryResource.storageQuota',
    {
      ...companies,
      'organizations/resellers/sites/backupResources': [],
      'organizations/resellers/y1/hostedResources/vb365': [
        {
          instanceUid: 'h',
          resellerUid: 'y1',
          friendlyName: 'H',
          vb365Repositories: [{ instanceUid: 'q', storageQuota: 7 }],
        },
      ],
    },
    ['Resellers', 'Fabrikam', 'Hosted Resources'],
    { quotaBytes: 7 },
  ],
  [
    'CompanyVb365BackupResource.storageQuota, usersQuota',
    {
      ...companies,
      'organizations/companies/c1/hostedResources/vb365': [hosted],
      'organizations/companies/hostedResources/vb365/backupResources': [
        { instanceUid: 'q', companyUid: 'c1', vb365ResourceUid: 'h1', storageQuota: 7, usersQuota: 3 },
      ],
    },
    ['Companies', 'Northwind', 'Hosted Microsoft 365 Backup'],
    { quotaBytes: 7 * gb, usersQuota: 3 },
  ],
  [
    'CompanyHostedVbrBackupResource.storageQuota',
    {
      ...companies,
      'organizations/companies/c1/hostedResources/vbr': [hosted],
      'organizations/companies/hostedResources/vbr/backupResources': [
        { instanceUid: 'q', companyUid: 'c1', hostedResourceUid: 'h1', storageQuota: 7 },
      ],
    },
    ['Companies', 'Northwind', 'Hosted Backup & Replication'],
    { quotaBytes: 7 * gb },
  ],
  [
    'OrganizationLocation.quotaGb',
    {
      ...companies,
      'organizations/c1/locations': [{ instanceUid: 'l', name: 'Office', organizationUid: 'c1', quotaGb: 7 }],
    },
    ['Companies', 'Northwind', 'Locations'],
    { quotaBytes: 7 * gb },
  ],
  [
    'BackupHardwarePlan.memoryQuota, cpuQuota',
    {
      ...sites,
      'infrastructure/sites/s1/hardwarePlans': [{ instanceUid: 'p', name: 'P', cpuQuota: 9, memoryQuota: 7 }],
    },
    ['Cloud Connect Sites', 'cc01', 'Hardware Plans'],
    { memoryBytes: 7, processorMhz: 9 },
  ],
  [
    'BackupRepositoryInfo.capacity, freeSpace, usedSpace',
    {
      ...servers,
      'infrastructure/backupServers/b1/repositories': [
        { instanceUid: 'r', name: 'R', backupServerUid: 'b1', _embedded: info },
      ],
    },
    ['Backup Servers', 'vbr01', 'Backup Repositories'],
    { capacityBytes: 7, freeBytes: 2, usedBytes: 5 },
  ],
  [
    'Vb365BackupRepository.capacityBytes, freeSpaceBytes, usedSpaceBytes',
    {
      ...servers,
      'infrastructure/vb365Servers/v1/backupRepositories': [
        { instanceUid: 'r', name: 'R', capacityBytes: 7, freeSpaceBytes: 2, usedSpaceBytes: 5 },
      ],
    },
    ['Microsoft 365 Backup Servers', 'm365', 'Backup Repositories'],
    { capacityBytes: 7, freeBytes: 2, usedBytes: 5 },
  ],
];

describe.each(cases.map(([member, ...rest]) => ({ member, rest })))(
  '$member',
  ({ rest: [bodies, path, told, features] }) => {
    test('has its unit', async () => {
      const { items } = await below(answering(bodies, features), ...path);
      expect(items.filter(({ kind }) => kind !== 'group')).toMatchObject([told]);
    });
  },
);

/** The same members without a limit: the flag counts, whatever the number says. */
const unlimited: readonly Case[] = [
  [
    'UserBackupResource',
    {
      ...sites,
      'infrastructure/sites/tenants/t1/subtenants': [{ instanceUid: 'u1', tenantUid: 't1', name: 'user' }],
      'users/backupResources': [{ subtenantUid: 'u1', storageQuota: 7, isStorageQuotaUnlimited: true }],
    },
    ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind'],
    { quotaBytes: undefined, unlimited: true },
  ],
  [
    'CompanyVb365BackupResource',
    {
      ...companies,
      'organizations/companies/c1/hostedResources/vb365': [hosted],
      'organizations/companies/hostedResources/vb365/backupResources': [
        {
          instanceUid: 'q',
          vb365ResourceUid: 'h1',
          storageQuota: null,
          isStorageQuotaUnlimited: true,
          usersQuota: 3,
          isUsersQuotaUnlimited: true,
        },
      ],
    },
    ['Companies', 'Northwind', 'Hosted Microsoft 365 Backup'],
    { quotaBytes: undefined, unlimited: true, usersQuota: undefined, usersUnlimited: true },
  ],
  [
    'ResellerSiteBackupResource',
    {
      ...companies,
      'organizations/resellers/sites/backupResources': [{ ...atReseller, isStorageQuotaUnlimited: true }],
      'organizations/resellers/sites': [
        { resellerUid: 'y1', tenantsQuota: 9, usedTenantsQuota: 2, isTenantsQuotaUnlimited: true },
      ],
    },
    ['Resellers'],
    { quotaBytes: undefined, unlimited: true, tenantsQuota: undefined, tenants: 2 },
  ],
  [
    'CompanyHostedVbrBackupResource',
    {
      ...companies,
      'organizations/companies/c1/hostedResources/vbr': [hosted],
      'organizations/companies/hostedResources/vbr/backupResources': [
        { instanceUid: 'q', hostedResourceUid: 'h1', storageQuota: 7, isStorageQuotaUnlimited: true },
      ],
    },
    ['Companies', 'Northwind', 'Hosted Backup & Replication'],
    { quotaBytes: undefined, unlimited: true },
  ],
  [
    'ResellerVb365RepositoryResource',
    {
      ...companies,
      'organizations/resellers/sites/backupResources': [],
      'organizations/resellers/y1/hostedResources/vb365': [
        {
          ...{ instanceUid: 'h', resellerUid: 'y1', friendlyName: 'H' },
          vb365Repositories: [{ instanceUid: 'q', storageQuota: 7, isStorageQuotaUnlimited: true }],
        },
      ],
    },
    ['Resellers', 'Fabrikam', 'Hosted Resources'],
    { quotaBytes: undefined, unlimited: true },
  ],
  [
    'ResellerSiteBackupResource below its reseller',
    {
      ...companies,
      'organizations/resellers/sites/backupResources': [{ ...atReseller, isStorageQuotaUnlimited: true }],
    },
    ['Resellers', 'Fabrikam', 'Hosted Resources'],
    { quotaBytes: undefined, unlimited: true },
  ],
  [
    'BackupHardwarePlan',
    {
      ...sites,
      'infrastructure/sites/s1/hardwarePlans': [
        {
          instanceUid: 'p',
          name: 'P',
          cpuQuota: 9,
          isCpuQuotaUnlimited: true,
          memoryQuota: 7,
          isMemoryQuotaUnlimited: true,
        },
      ],
    },
    ['Cloud Connect Sites', 'cc01', 'Hardware Plans'],
    {
      ...{ memoryBytes: undefined, memoryUnlimited: true },
      ...{ processorMhz: undefined, processorUnlimited: true },
    },
  ],
  [
    'BackupRepositoryInfo that is not available',
    {
      ...servers,
      'infrastructure/backupServers/b1/repositories': [
        {
          instanceUid: 'r',
          name: 'R',
          _embedded: { ...info, isCapacityAvailable: false, isFreeSpaceAvailable: false, isUsedSpaceAvailable: false },
        },
      ],
    },
    ['Backup Servers', 'vbr01', 'Backup Repositories'],
    { capacityBytes: undefined, freeBytes: undefined, usedBytes: undefined },
  ],
];

describe.each(unlimited.map(([member, ...rest]) => ({ member, rest })))(
  '$member',
  ({ rest: [bodies, path, told, features] }) => {
    test('has a flag that counts before the number', async () => {
      const { items } = await below(answering(bodies, features), ...path);
      expect(items.filter(({ kind }) => kind !== 'group')).toMatchObject([told]);
    });
  },
);

describe('in details', () => {
  const details: readonly (readonly [
    string,
    Bodies,
    readonly string[],
    string,
    number | string,
    string | undefined,
    (readonly string[])?,
  ])[] = [
    [
      'TenantTrafficResource.isDataTransferOutQuotaUnlimited',
      {
        ...sites,
        'infrastructure/sites/tenants/t1/traffic': { dataTransferOutQuota: 7, isDataTransferOutQuotaUnlimited: true },
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
      'Quota of outgoing data',
      'unlimited',
      undefined,
    ],
    [
      'ResellerQuota.dataTransferOutQuota',
      { ...companies, 'organizations/resellers/y1': { instanceUid: 'y1', quota: { dataTransferOutQuota: 7 } } },
      ['Resellers'],
      'Quota of outgoing data',
      7,
      'bytes',
      ['api3.5'],
    ],
    [
      'ResellerQuota.isDataTransferOutQuotaUnlimited',
      {
        ...companies,
        'organizations/resellers/y1': {
          instanceUid: 'y1',
          quota: { dataTransferOutQuota: 7, isDataTransferOutQuotaUnlimited: true },
        },
      },
      ['Resellers'],
      'Quota of outgoing data',
      'unlimited',
      undefined,
      ['api3.5'],
    ],
    [
      'TenantBackupResourceUsage.performanceTierUsage',
      {
        ...sites,
        ...shares,
        'infrastructure/sites/tenants/t1/backupResources/usage': [{ backupResourceUid: 'r1', performanceTierUsage: 7 }],
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind', 'Backup Resources'],
      'Used on the performance tier',
      7,
      'bytes',
    ],
    [
      'TenantTrafficResource.dataTransferOutQuota',
      { ...sites, 'infrastructure/sites/tenants/t1/traffic': { dataTransferOutQuota: 7 } },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
      'Quota of outgoing data',
      7 * gb,
      'bytes',
    ],
    [
      'ResellerCloudConnectQuota.dataTransferOutQuota',
      {
        ...companies,
        'organizations/resellers/y1': {
          instanceUid: 'y1',
          resellerServices: { cloudConnectQuota: { dataTransferOutQuota: 7 } },
        },
      },
      ['Resellers'],
      'Quota of outgoing data',
      7,
      'bytes',
    ],
    [
      'TenantReplicationResourceUsage.memoryUsage',
      {
        ...sites,
        'infrastructure/sites/tenants/replicationResources/usage': [
          { hardwarePlanUid: 'p', tenantUid: 't1', memoryUsage: 7 },
        ],
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
      'Memory of replicas',
      7,
      'bytes',
    ],
    [
      'TenantReplicationResourceUsage.storageUsage',
      {
        ...sites,
        'infrastructure/sites/tenants/replicationResources/usage': [
          { hardwarePlanUid: 'p', tenantUid: 't1', storageUsage: 7 },
        ],
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
      'Storage of replicas',
      7,
      'bytes',
    ],
    [
      'TenantBackupResourceUsage.capacityTierUsage',
      {
        ...sites,
        ...shares,
        'infrastructure/sites/tenants/t1/backupResources/usage': [{ backupResourceUid: 'R1', capacityTierUsage: 7 }],
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind', 'Backup Resources'],
      'Used on the capacity tier',
      7,
      'bytes',
    ],
    [
      'CompanySiteBackupResourceUsage.archiveTierUsage',
      {
        ...sites,
        ...older,
        ...links,
        'organizations/companies/c1/sites/s1/backupResources/usage': [{ backupResourceUid: 'r1', archiveTierUsage: 7 }],
      },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind', 'Backup Resources'],
      'Used on the archive tier',
      7,
      'bytes',
      ['api3.5'],
    ],
    [
      'CompanyServices.storageQuota',
      { ...companies, 'organizations/companies/c1': company },
      ['Companies'],
      'Storage quota',
      7,
      'bytes',
      ['api3.5'],
    ],
    [
      'BackupRepositoryInfo.backupSize',
      {
        ...servers,
        'infrastructure/backupServers/b1/repositories': [
          { instanceUid: 'r', name: 'R', backupServerUid: 'b1', _embedded: info },
        ],
        'infrastructure/backupServers/b1/repositories/r': { instanceUid: 'r', _embedded: { backupSize: 7 } },
      },
      ['Backup Servers', 'vbr01', 'Backup Repositories'],
      'Size of backups',
      7,
      'bytes',
    ],
    [
      'BackupRepositoryInfo.immutabilityInterval',
      {
        ...servers,
        'infrastructure/backupServers/b1/repositories': [
          { instanceUid: 'r', name: 'R', backupServerUid: 'b1', _embedded: info },
        ],
        'infrastructure/backupServers/b1/repositories/r': {
          instanceUid: 'r',
          _embedded: { isImmutabilityEnabled: true, immutabilityInterval: 604_800 },
        },
      },
      ['Backup Servers', 'vbr01', 'Backup Repositories'],
      'Immutable for days',
      7,
      'count',
    ],
  ];

  describe.each(details.map(([member, ...rest]) => ({ member, rest })))(
    '$member',
    ({ rest: [bodies, path, label, value, unit, features] }) => {
      test('has its unit', async () => {
        const api = answering({ 'infrastructure/sites/tenants/t1/subtenants': [], ...bodies }, features);
        const { items } = await below(api, ...path);
        const told = await product.details?.(api, items.find(({ kind }) => kind !== 'group') as Item, never);
        expect(told?.filter(each => each.label === label)).toEqual([{ label, value, unit }]);
      });
    },
  );

  test('each size that a body is read for has a unit above', () => {
    const pinned = [...cases, ...details].map(([member]) => member).join('; ');
    const sizes = Object.values({ ...wire, ...serverWire }).flatMap(schema => sizesIn(schema));
    expect(sizes.length).toBeGreaterThan(20);
    expect([...new Set(sizes)].filter(name => !new RegExp(`\\b${name}\\b`).test(pinned))).toEqual([]);
  });
});

/** The names of members that hold an amount of space, time or work, in whatever depth. */
function sizesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const { entries, wrapped, item, pipe } = schema as Partial<Record<string, unknown>>;
  const inner = [wrapped, item, ...(Array.isArray(pipe) ? pipe.filter(each => each !== schema) : [])];
  const own = Object.entries(entries ?? {}).flatMap(([name, member]) => [
    ...(isSize.test(name) && !isNoSize.test(name) ? [name] : []),
    ...sizesIn(member),
  ]);
  return [...own, ...inner.flatMap(each => sizesIn(each))];
}

const isSize = /quota|usage|space|bytes|size|capacity|interval|mhz|gb$/i;

/** Flags, IDs and parts with members of their own. */
const isNoSize = /^is[A-Z]|Uid$|^quota$|^cloudConnectQuota$/;

test('what belongs to nobody is added to no company whose ID is not told', async () => {
  const api = answering({
    'organizations/companies': [{ name: 'Fabrikam', status: 'Active' }],
    'infrastructure/sites/tenants/backupResources': [{ ...share, companyUid: null }],
  });
  const { items } = await below(api, 'Companies');
  expect(items).toMatchObject([{ name: 'Fabrikam', quotaBytes: undefined, usedBytes: undefined }]);
});

test('names are used as far as they came, where the server begins their list again and again', async () => {
  const reseller = { instanceUid: 'y1', name: 'Fabrikam' };
  const api = answering({
    'organizations/companies': [{ ...company, resellerUid: 'y1' }],
    'organizations/resellers': () => [200, { data: [reseller], meta: { pagingInfo: { total: 3 } } }],
  });
  const { items } = await below(api, 'Companies');
  expect(items).toMatchObject([{ name: 'Northwind', resellerName: 'Fabrikam' }]);
});

test.each([[], ['api3.5']])(
  'a company has its hybrid organizations, which one list leaves out (%s)',
  async (...features) => {
    const cloud = {
      instanceUid: 'o1',
      name: 'cloud',
      type: 'Microsoft365',
      vb365ServerUid: 'v1',
      mappedOrganizationUid: 'c1',
    };
    const hybrid = { ...cloud, instanceUid: 'o2', name: 'hybrid', type: 'Hybrid' };
    const mapping = { companyUid: 'c1', vb365ServerUid: 'v1' };
    const api = answering(
      {
        ...companies,
        'infrastructure/vb365Servers/organizations': [cloud],
        'infrastructure/vb365Servers/organizations/companyMappings': [
          { ...mapping, vb365OrganizationUid: 'o1' },
          { ...mapping, vb365OrganizationUid: 'o2' },
          { ...mapping, vb365OrganizationUid: 'o3', companyUid: 'c2' },
          { ...mapping, vb365OrganizationUid: 'gone' },
          { ...mapping, vb365OrganizationUid: 'odd' },
        ],
        'infrastructure/vb365Servers/v1/organizations/o2': hybrid,
        'infrastructure/vb365Servers/v1/organizations/odd': () => [200, { data: 'an organization' }],
      },
      features,
    );
    const { items, unreadable } = await below(api, 'Companies', 'Northwind', 'Microsoft 365 Organizations');
    expect(items.map(({ name }) => name)).toEqual(['cloud', 'hybrid']);
    expect(unreadable).toEqual({ count: 1, came: ['a string'] });
    expect(api.asked.filter(path => /v1\/organizations\/./.test(path))).toHaveLength(3);
  },
);

test('a hardware plan whose limits nobody tells is neither limited nor unlimited', async () => {
  const plan = { instanceUid: 'p', name: 'P', cpuQuota: null, isCpuQuotaUnlimited: false, memoryQuota: null };
  const api = answering({ ...sites, 'infrastructure/sites/s1/hardwarePlans': [plan] });
  const { items } = await below(api, 'Cloud Connect Sites', 'cc01', 'Hardware Plans');
  expect(items).toMatchObject([{ processorUnlimited: false, memoryUnlimited: undefined }]);
  expect(items[0]).not.toHaveProperty('memoryBytes', 0);
});

test.each([
  [
    'Backup Servers',
    {
      'infrastructure/backupServers/b1/repositories': [
        {
          ...{ instanceUid: 'r', name: 'R', backupServerUid: 'b1' },
          _embedded: { type: 'AmazonS3', capacity: 0, isCapacityAvailable: true, freeSpace: 0, usedSpace: 5 },
        },
      ],
    },
    'vbr01',
  ],
  [
    'Microsoft 365 Backup Servers',
    {
      'infrastructure/vb365Servers/v1/backupRepositories': [
        {
          ...{ instanceUid: 'r', name: 'R', isObjectStorageRepository: true },
          ...{ capacityBytes: 0, freeSpaceBytes: 0, usedSpaceBytes: 5 },
        },
      ],
    },
    'm365',
  ],
])('a repository whose capacity is told as 0 has none that is known: %s', async (heading, bodies, name) => {
  const { items } = await below(answering({ ...servers, ...bodies }), heading, name, 'Backup Repositories');
  expect(items).toMatchObject([{ objectStorage: true, usedBytes: 5 }]);
  expect(items[0]).not.toHaveProperty('capacityBytes');
  expect(items[0]).not.toHaveProperty('freeBytes');
});

test('a share of a default repository has the name that it has on the server that hosts it', async () => {
  const share = (at: string) => ({
    instanceUid: `q-${at}`,
    companyUid: 'c1',
    hostedResourceUid: at,
    repositoryUid: 'd1',
  });
  const api = answering({
    ...companies,
    'organizations/companies/c1/hostedResources/vbr': [
      { instanceUid: 'h1', companyUid: 'c1', friendlyName: 'One', serverUid: 'B1' },
      { instanceUid: 'h2', companyUid: 'c1', friendlyName: 'Two', serverUid: 'b2' },
    ],
    'organizations/companies/hostedResources/vbr/backupResources': [share('h1'), share('h2')],
    'infrastructure/backupServers/b1/repositories': [{ instanceUid: 'D1', name: 'Gold' }],
    'infrastructure/backupServers/b2/repositories': [{ instanceUid: 'd1', name: 'Silver' }],
  });
  const { items } = await below(api, 'Companies', 'Northwind', 'Hosted Backup & Replication');
  expect(items).toMatchObject([
    { serverName: 'One', repositoryName: 'Gold' },
    { serverName: 'Two', repositoryName: 'Silver' },
  ]);
});

test('a subtenant whose quota nobody tells is neither limited nor unlimited', async () => {
  const api = answering({
    ...sites,
    'infrastructure/sites/tenants/t1/subtenants': [{ instanceUid: 'u1', tenantUid: 't1', name: 'user' }],
    'users/backupResources': [],
  });
  const { items } = await below(api, 'Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants', 'northwind');
  expect(items).toMatchObject([{ name: 'user', unlimited: undefined, quotaBytes: undefined }]);
});

describe('a word that this extension does not know, and Unknown', () => {
  const says = (word: string): readonly Case[] => [
    ['Company.status', { 'organizations/companies': [{ ...company, status: word }] }, ['Companies'], { status: word }],
    [
      'Reseller.status',
      { 'organizations/resellers': [{ instanceUid: 'y1', name: 'Fabrikam', status: word }] },
      ['Resellers'],
      { status: word },
    ],
    [
      'CloudTenant.type',
      { ...sites, 'infrastructure/sites/s1/tenants': [{ ...tenant, type: word }] },
      ['Cloud Connect Sites', 'cc01', 'Cloud Connect Tenants'],
      { type: word },
    ],
    [
      'BackupServer.status, backupServerRoleType',
      { 'infrastructure/backupServers': [{ ...backupServer, status: word, backupServerRoleType: word }] },
      ['Backup Servers'],
      { status: word, role: word },
    ],
    [
      'BackupRepositoryInfo.type',
      {
        ...servers,
        'infrastructure/backupServers/b1/repositories': [
          { instanceUid: 'r', name: 'R', backupServerUid: 'b1', _embedded: { ...info, type: word } },
        ],
      },
      ['Backup Servers', 'vbr01', 'Backup Repositories'],
      { type: word, objectStorage: false },
    ],
    [
      'BackupServerJob.type, status',
      {
        ...servers,
        'infrastructure/backupServers/b1/jobs': [{ instanceUid: 'j', name: 'J', type: word, status: word }],
      },
      ['Backup Servers', 'vbr01', 'Jobs'],
      { type: word, lastResult: word },
    ],
    [
      'BackupProxy.type, status',
      {
        ...servers,
        'infrastructure/backupServers/b1/proxies': [{ instanceUid: 'p', name: 'P', type: word, status: word }],
      },
      ['Backup Servers', 'vbr01', 'Backup Proxies'],
      { type: word, state: word, online: undefined },
    ],
    [
      'Vb365OrganizationBase.type',
      {
        ...servers,
        'infrastructure/vb365Servers/v1/organizations': [{ instanceUid: 'o', name: 'O', type: word, region: word }],
      },
      ['Microsoft 365 Backup Servers', 'm365', 'Organizations'],
      { type: word, region: word },
    ],
    [
      'OrganizationLocation.type',
      { ...companies, 'organizations/c1/locations': [{ instanceUid: 'l', name: 'L', type: word }] },
      ['Companies', 'Northwind', 'Locations'],
      { type: word },
    ],
    [
      'User.role, status',
      {
        ...companies,
        'organizations/c1/users': [
          { instanceUid: 'u', userName: 'U', role: word, status: word, mfaPolicyStatus: word },
        ],
      },
      ['Companies', 'Northwind', 'Users'],
      { role: word, enabled: undefined, mfaPolicy: word },
    ],
  ];
  test.each(['Unknown', 'Rebalancing'].flatMap(word => says(word).map(each => ({ member: each[0], word, each }))))(
    '$member: $word stays a word',
    async ({ each: [, bodies, path, told] }) => {
      const { items } = await below(answering(bodies), ...path);
      expect(items.filter(({ kind }) => kind !== 'group')).toMatchObject([told]);
    },
  );
});

test('what a job does now is no result of its last run', async () => {
  const jobs = ['Success', 'Failed', 'Running', 'WaitingTape'].map(word => ({
    instanceUid: word,
    name: word,
    status: word,
  }));
  const api = answering({ ...servers, 'infrastructure/backupServers/b1/jobs': jobs });
  expect((await below(api, 'Backup Servers', 'vbr01', 'Jobs')).items).toMatchObject([
    { lastResult: 'Success', status: undefined },
    { lastResult: 'Failed', status: undefined },
    { lastResult: undefined, status: 'Running' },
    { lastResult: undefined, status: 'WaitingTape' },
  ]);
});

test('a job that never ran has no result', async () => {
  const never = [{ instanceUid: 'j', name: 'J', status: 'None', lastRun: null }];
  const api = answering({ ...servers, 'infrastructure/backupServers/b1/jobs': never });
  expect((await below(api, 'Backup Servers', 'vbr01', 'Jobs')).items).toMatchObject([
    { name: 'J', lastResult: undefined, lastRun: undefined },
  ]);
});

test('a repository that others are made of has their space, and they stand below it', async () => {
  const part = (id: string, parent: string) => ({
    ...{ instanceUid: id, name: id, backupServerUid: 'b1' },
    _embedded: { ...info, parentRepositoryUid: parent },
  });
  const whole = {
    instanceUid: 'sobr',
    name: 'SOBR',
    backupServerUid: 'b1',
    _embedded: { ...info, type: 'ScaleOut', capacity: 14 },
  };
  const list = [part('e1', 'SOBR'), whole, part('e2', 'sobr'), part('lost', 'other')];
  const api = answering({ ...servers, 'infrastructure/backupServers/b1/repositories': list });
  const { items } = await below(api, 'Backup Servers', 'vbr01', 'Backup Repositories');
  expect(items.map(({ kind, id }) => [kind, id])).toEqual([
    ['scaleOutRepository', 'sobr'],
    ['repository', 'lost'],
  ]);
  expect((await allBelow(product, api, items[0] as Item)).items.map(({ kind, id }) => [kind, id])).toEqual([
    ['extent', 'e1'],
    ['extent', 'e2'],
  ]);
});

test('the totals of many resellers take a few looks at each of their shares', async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `y${index}`);
  const bodies = {
    ...companies,
    'organizations/resellers': ids.map(instanceUid => ({ instanceUid, name: instanceUid })),
    'organizations/resellers/sites/backupResources': ids.flatMap(id =>
      ['a', 'b'].map(each => ({ ...atReseller, instanceUid: `${each} ${id}`, resellerUid: id })),
    ),
  };
  const lowered = vi.spyOn(String.prototype, 'toLowerCase');
  try {
    const { items } = await below(answering(bodies), 'Resellers');
    expect(items).toHaveLength(200);
    expect(items[199]).toMatchObject({ quotaBytes: 14 });
    expect(lowered.mock.calls.length).toBeLessThan(20_000);
  } finally {
    lowered.mockRestore();
  }
});
