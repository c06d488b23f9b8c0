import { describe, expect, test } from 'vitest';
import type { Heading, Item, ItemKind } from '../../../src/items/item';
import { product as enterpriseManager } from '../../../src/products/enterprise-manager';
import type { Product } from '../../../src/products/product';
import { product as vb365 } from '../../../src/products/vb365';
import { tenant } from '../items';
import { never } from '../never';
import { answeringApi } from './answeringApi';

// Bodies in the shape that real servers were reported to send.

function group(contains: ItemKind, scope: Heading['scope'] = {}): Heading {
  return { kind: 'group', id: contains, name: contains, contains, hasChildren: true, scope };
}

function childrenOf(product: Product, version: string, bodies: Record<string, unknown>, parent: Item) {
  return product.children(answeringApi(version, bodies), parent, undefined, never);
}

describe('words that are not known are shown as they came', () => {
  test('states of proxies', async () => {
    const results = ['Online', 'Warning', 'OutOfDate', 'Offline', null].map((status, at) => ({
      id: `p${at}`,
      hostName: `proxy${at}.example.com`,
      status,
      maintenanceModeState: ['Disabled', 'Enabled', 'Enabling', 'Disabled', null][at],
    }));
    const { items } = await childrenOf(
      vb365,
      'v8',
      { '/v8/Proxies': { offset: 0, limit: 500, results } },
      group('proxy'),
    );
    expect(items).toMatchObject([
      { online: true, state: 'Online', maintenance: false },
      { online: undefined, state: 'Warning', maintenance: true },
      { online: undefined, state: 'OutOfDate', maintenance: undefined, maintenanceState: 'Enabling' },
      { online: false, state: 'Offline', maintenance: false },
      { online: undefined, state: undefined, maintenance: undefined, maintenanceState: undefined },
    ]);
  });

  test('results and types of jobs', async () => {
    const results = [{ id: 'j', name: 'Job', lastStatus: 'Postponed', backupType: 'SelectedTenants' }];
    const bodies = { '/v8/Jobs': { results } };
    expect((await childrenOf(vb365, 'v8', bodies, group('job', { organizationId: 'o' }))).items).toMatchObject([
      { lastResult: 'Postponed', type: 'SelectedTenants' },
    ]);
  });

  test.each([
    [{ StandaloneTenant: {} }, 'Standalone'],
    [{ StandaloneTenant: null, vCloudTenant: { Name: 'x' } }, 'vCD'],
    [{ ADTenantType: {} }, 'ActiveDirectory'],
    [{ StandaloneTenant: null, EntraTenant: { Name: 'x' } }, 'EntraTenant'],
    [{}, undefined],
    [null, undefined],
    [7, undefined],
  ])('types of tenants: %j', async (TenantType, type) => {
    const CloudTenants = [{ UID: 'urn:veeam:CloudTenant:1', Name: 'Contoso', TenantType }];
    const bodies = { '/api/cloud/tenants': { CloudTenants }, '/api/repositories': { Repositories: [] } };
    expect((await childrenOf(enterpriseManager, 'v1_7', bodies, group('tenant'))).items).toMatchObject([{ type }]);
  });

  test.each([
    [{ ViCloudHardwarePlan: {} }, 'VMware'],
    [{ HvCloudHardwarePlan: {} }, 'Hyper-V'],
    [{ KvmCloudHardwarePlan: {} }, 'KvmCloudHardwarePlan'],
    [null, undefined],
  ])('platforms of hardware plans: %j', async (HardwarePlanDetails, platform) => {
    const CloudHardwarePlans = [{ UID: 'urn:veeam:CloudHardwarePlan:1', Name: 'Plan', HardwarePlanDetails }];
    const bodies = { '/api/cloud/hardwarePlans': { CloudHardwarePlans } };
    expect((await childrenOf(enterpriseManager, 'v1_7', bodies, group('hardwarePlan'))).items).toMatchObject([
      { platform },
    ]);
  });
});

describe('one odd element costs itself', () => {
  test('a repository in use without an id', async () => {
    const results = [
      { repositoryId: 'r1', usedSpaceBytes: 10_485_760, isAvailable: true },
      {
        repositoryId: null,
        usedSpaceBytes: 10_485_760,
        isAvailable: false,
        details: 'The repository is not available',
        _links: {},
      },
    ];
    const bodies = { '/v8/Organizations/o/usedRepositories': { offset: 0, limit: 500, results } };
    const page = await childrenOf(vb365, 'v8', bodies, group('usedRepository', { organizationId: 'o' }));
    expect(page.items).toMatchObject([{ id: 'r1', usedBytes: 10_485_760, available: true }]);
    expect(page.unreadable).toEqual({
      count: 1,
      came: ['1: an object with repositoryId, usedSpaceBytes, isAvailable, details, _links'],
    });
  });

  test('a tenant that is null', async () => {
    const CloudTenants = [{ UID: 'urn:veeam:CloudTenant:1', Name: 'Contoso', Enabled: true, Links: [] }, null];
    const bodies = { '/api/cloud/tenants': { CloudTenants }, '/api/repositories': { Repositories: [null, {}] } };
    const page = await childrenOf(enterpriseManager, 'v1_7', bodies, group('tenant'));
    expect(page.items).toMatchObject([{ id: '1', name: 'Contoso', enabled: true }]);
    expect(page).toMatchObject({ total: 2, unreadable: { count: 1, came: ['1: null'] } });
  });

  test('an empty element in XML', async () => {
    const xml =
      '<CloudTenants><CloudTenant/><CloudTenant UID="urn:veeam:CloudTenant:1" Name="Contoso"/></CloudTenants>';
    const bodies = { '/api/cloud/tenants': xml, '/api/repositories': '<Repositories/>' };
    const page = await childrenOf(enterpriseManager, 'v1_7', bodies, group('tenant'));
    expect(page.items).toMatchObject([{ name: 'Contoso' }]);
    expect(page.unreadable).toEqual({ count: 1, came: ['0: a string'] });
  });

  test('a part of an element', async () => {
    const CloudTenants = [
      {
        UID: 'urn:veeam:CloudTenant:1',
        Name: 'Contoso',
        Resources: [null, { Id: 'r', RepositoryQuota: { DisplayName: 'Volume', Quota: 1, UsedQuota: 1 } }],
        Links: [null, 7, { Rel: 'Down', Type: 'CloudSubtenantList' }],
      },
    ];
    const bodies = { '/api/cloud/tenants': { CloudTenants }, '/api/repositories': { Repositories: [] } };
    const { items, unreadable } = await childrenOf(enterpriseManager, 'v1_7', bodies, group('tenant'));
    expect(items).toMatchObject([{ name: 'Contoso', hasSubtenants: true }]);
    // Where nothing is known of a share, neither is its size.
    expect(items[0]).toMatchObject({ resources: [{ id: '', quotaBytes: undefined }, { id: 'r' }] });
    expect(unreadable).toBeUndefined();
    const mailboxes = [null, { email: 'ada@example.com', isArchive: false }];
    const users = { '/v8/ProtectedUsers': { results: [{ id: 'u', displayName: 'Ada', mailboxes }] } };
    const scope = { repositoryId: 'r', organizationId: 'o' };
    expect((await childrenOf(vb365, 'v8', users, group('protectedUser', scope))).items).toMatchObject([
      { email: 'ada@example.com', parts: [{ what: 'mailbox' }] },
    ]);
  });

  test('subtenants of all tenants are asked for one by one then', async () => {
    const found = { Resources: { CloudSubtenants: [{ Id: 's', Name: 's' }, null] }, PagingInfo: { PagesCount: 1 } };
    const api = answeringApi('v1_7', { '/api/query': { QueryResult: found } });
    await expect(
      enterpriseManager.grandchildren?.(api, group('tenant'), [tenant('1', { name: 'Contoso' })], never),
    ).rejects.toMatchObject({ kind: 'unexpectedShape', detail: '1: null' });
  });
});
