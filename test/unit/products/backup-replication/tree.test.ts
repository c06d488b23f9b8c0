import { describe, expect, test } from 'vitest';
import type { ScaleOutRepository } from '../../../../src/items/item';
import { product } from '../../../../src/products/backup-replication';
import {
  bytes,
  defaultRepositoryId,
  extentState,
  extents,
  job,
  jobInOldWords,
  scaleOut,
  scaleOutInOldWords,
  state,
} from './bodies';
import { below, listing, queryOf, without } from './fakeServer';

const states = 'backupInfrastructure/repositories/states';
const scaleOuts = 'backupInfrastructure/scaleOutRepositories';
const ofNewest = '1.3-rev2';

describe.each(product.apiVersions)('with %s', apiVersion => {
  const isOld = apiVersion < '1.3';
  const rows = [state(defaultRepositoryId, 'Default Backup Repository'), ...extents];
  const api = () =>
    listing(apiVersion, {
      [states]: query =>
        isOld
          ? rows.map(row => without(row, 'scaleOutRepositoryDetails', 'isOutOfDate'))
          : rows.filter(row =>
              query.has('sobrExtentTypeFilter')
                ? 'scaleOutRepositoryDetails' in row
                : query.get('excludeExtents') !== 'true' || !('scaleOutRepositoryDetails' in row),
            ),
      [scaleOuts]: [isOld ? scaleOutInOldWords : scaleOut],
      'jobs/states': [isOld ? jobInOldWords : job],
    });

  test('repositories are those that are no extents', async () => {
    const server = api();
    const { items } = await below(server, 'Backup Repositories');
    expect(items).toMatchObject([
      {
        kind: 'repository',
        id: defaultRepositoryId,
        name: 'Default Backup Repository',
        type: 'WinLocal',
        capacityBytes: bytes(99.4),
        freeBytes: bytes(16.4),
        usedBytes: bytes(30.4),
        objectStorage: false,
        online: true,
      },
    ]);
    expect(server.asked).toHaveLength(isOld ? 2 : 1);
  });

  test('a scale-out repository has the sums of its performance tier, and its tiers below it', async () => {
    const server = api();
    const { items } = await below(server, 'Scale-Out Repositories');
    expect(items).toMatchObject([
      {
        kind: 'scaleOutRepository',
        id: 'sobr-1',
        capacityBytes: bytes(300),
        freeBytes: bytes(190),
        usedBytes: bytes(90),
        capacityTierBytes: bytes(500),
        archiveTierBytes: bytes(900),
        problem: 'extents with a problem: 1',
      },
    ]);
    expect(server.asked).toHaveLength(2);
    const tiers = await below(server, 'Scale-Out Repositories', 'Scale-out 1');
    expect(tiers.items.map(({ name }) => name)).toEqual(['Performance Tier', 'Capacity Tier', 'Archive Tier', 'Jobs']);
    const performance = await below(server, 'Scale-Out Repositories', 'Scale-out 1', 'Performance Tier');
    expect(performance.items).toMatchObject([
      { kind: 'extent', id: 'ext-a', name: 'Extent A', state: undefined, capacityBytes: bytes(100) },
      { kind: 'extent', id: 'ext-b', state: isOld ? 'Maintenance' : 'Maintenance, Sealed', freeBytes: bytes(150) },
    ]);
    const capacity = await below(server, 'Scale-Out Repositories', 'Scale-out 1', 'Capacity Tier');
    expect(capacity.items).toMatchObject([
      { id: 'ext-c', name: 'Bucket', objectStorage: true, capacityBytes: undefined, freeBytes: undefined },
    ]);
    const archive = await below(server, 'Scale-Out Repositories', 'Scale-out 1', 'Archive Tier');
    expect(archive.items).toMatchObject([
      { id: 'ext-d', name: 'Cold', usedBytes: bytes(900), capacityBytes: undefined },
    ]);
  });

  test('jobs come in the same words', async () => {
    const { items } = await below(api(), 'Jobs');
    expect(items).toMatchObject([
      {
        kind: 'job',
        id: 'job-1',
        type: 'VSphereBackup',
        status: 'Inactive',
        enabled: true,
        lastResult: 'Warning',
        workload: 'Vm',
        objects: 12,
        repositoryId: defaultRepositoryId,
        nextRun: isOld ? undefined : '2026-03-02T22:00:00+01:00',
      },
    ]);
  });

  test('the jobs of a repository are asked for by it', async () => {
    const server = api();
    const { items } = await below(server, 'Backup Repositories', 'Default Backup Repository');
    expect(items.map(({ name }) => name)).toEqual(['Contoso nightly']);
    expect(queryOf(server.asked.at(-1) ?? '')).toMatchObject({ repositoryIdFilter: defaultRepositoryId });
  });
});

describe('a repository', () => {
  async function repository(facts: Readonly<Record<string, unknown>>) {
    const { items } = await below(listing(ofNewest, { [states]: [state('r', 'R', facts)] }), 'Backup Repositories');
    return items[0];
  }

  test.each([
    ['S3Compatible', 0, 0],
    ['AmazonS3', -1, -1],
    ['VeeamDataCloudVaultAwsExternal', 1000, 1000],
    ['AzureBlob', 1000, 1200],
    ['WinLocal', 0, 0],
  ])('%s with a capacity of %i and %i free gets no made-up numbers', async (type, capacityGB, freeGB) => {
    expect(await repository({ type, capacityGB, freeGB, usedSpaceGB: 12.5 })).toMatchObject({
      capacityBytes: undefined,
      freeBytes: undefined,
      usedBytes: bytes(12.5),
      objectStorage: type !== 'WinLocal',
    });
  });

  test('on object storage with a real capacity keeps it', async () => {
    expect(await repository({ type: 'S3Compatible', capacityGB: 1000, freeGB: 400, usedSpaceGB: 590 })).toMatchObject({
      capacityBytes: bytes(1000),
      freeBytes: bytes(400),
      usedBytes: bytes(590),
    });
  });

  test.each([
    [{ isOnline: false }, 'offline'],
    [{ isOnline: false, isOutOfDate: true }, 'offline'],
    [{ isOutOfDate: true }, 'needs an upgrade'],
    [{}, undefined],
    [{ isOnline: undefined, isOutOfDate: undefined }, undefined],
  ])('with %j has the problem %s', async (facts, problem) => {
    expect(await repository(facts)).toMatchObject({ problem });
  });

  test.each([
    ['DDBoost', 'DellDataDomain'],
    ['HPStoreOnceIntegration', 'HPEStoreOnce'],
    ['Quantum', 'QuantumDXi'],
    ['SmartObjectS3', 'S3Integrated'],
    ['NobodyKnows', 'NobodyKnows'],
  ])('of type %s is one of %s', async (type, shown) => {
    expect(await repository({ type })).toMatchObject({ type: shown });
  });

  test('without a job says so', async () => {
    const server = listing(ofNewest, { [states]: [state('r', 'R')], 'jobs/states': [] });
    const { items, note } = await below(server, 'Backup Repositories', 'R');
    expect(items).toEqual([]);
    expect(note).toBe('No job writes to this repository');
  });
});

describe('a scale-out repository', () => {
  async function first(lists: Parameters<typeof listing>[1], apiVersion = ofNewest): Promise<ScaleOutRepository> {
    const { items } = await below(listing(apiVersion, lists), 'Scale-Out Repositories');
    return items[0] as ScaleOutRepository;
  }

  test('finds extents that its list leaves out by their states', async () => {
    const { capacityTier: _, ...rest } = scaleOut;
    const { extents: found } = await first({
      [scaleOuts]: [{ ...rest, capacityTier: { isEnabled: true } }],
      [states]: extents,
    });
    expect(found.map(({ id, tier }) => [id, tier])).toEqual([
      ['ext-a', 'performance'],
      ['ext-b', 'performance'],
      ['ext-d', 'archive'],
      ['ext-c', 'capacity'],
    ]);
  });

  test('keeps what the state of an extent tells, though not its ID', async () => {
    const nameless = { ...scaleOut, performanceTier: { performanceExtents: [{ name: 'Extent B' }] } };
    const { extents: found } = await first({
      [scaleOuts]: [nameless],
      [states]: [without(extentState('ext-x', 'Extent X', 'Capacity', { usedSpaceGB: 2 }), 'id')],
    });
    expect(found.at(-1)).toMatchObject({ id: '', name: 'Extent X', tier: 'capacity', usedBytes: 2 * 1024 ** 3 });
  });

  test('that has the switch of 1.1 off has no capacity tier', async () => {
    const off = { enabled: false, extents: [{ id: 'ext-c' }] };
    const { extents: found } = await first(
      {
        [scaleOuts]: [{ ...scaleOutInOldWords, capacityTier: off }],
        [states]: extents.map(row => without(row, 'scaleOutRepositoryDetails')),
      },
      '1.1-rev0',
    );
    expect(found.map(({ tier }) => tier)).not.toContain('capacity');
  });

  test('tells no sum where a part of it is missing', async () => {
    const scaleOutRepository = await first({ [scaleOuts]: [scaleOut], [states]: extents.slice(0, 1) });
    expect(scaleOutRepository).toMatchObject({ capacityBytes: undefined, usedBytes: undefined });
    expect(scaleOutRepository.extents.map(({ name }) => name)).toContain('Extent B');
  });

  test('is shown without sizes where the states are not there', async () => {
    const { extents: found, capacityBytes } = await first({ [scaleOuts]: [scaleOut] });
    expect(found).toHaveLength(4);
    expect(capacityBytes).toBeUndefined();
  });

  test('leaves out extents that are nothing', async () => {
    const performanceExtents = [{}, { id: 'ext-a' }, { name: 'Extent B' }, { status: 'Sealed' }];
    const odd = { ...scaleOut, id: undefined, performanceTier: { performanceExtents }, capacityTier: null };
    const { extents: found, hasChildren } = await first({ [scaleOuts]: [odd], [states]: [] });
    expect(found.map(({ id, name }) => [id, name])).toEqual([
      ['ext-a', 'ext-a'],
      ['', 'Extent B'],
      ['ext-d', 'ext-d'],
    ]);
    expect(hasChildren).toBe(false); // as nothing could be asked for with its id
  });

  test('does not take extents of another one', async () => {
    const foreign = extentState('ext-x', 'Foreign', 'Performance', {
      scaleOutRepositoryDetails: { membership: 'Other', scaleOutRepositoryId: 'sobr-2', extentType: 'Performance' },
    });
    const { extents: found } = await first({ [scaleOuts]: [scaleOut], [states]: [...extents, foreign] });
    expect(found.map(({ id }) => id)).not.toContain('ext-x');
  });

  test.each(['Normal', 'normal', ['Normal'], [], null, undefined])(
    'has no problem with the status %j',
    async status => {
      const performanceExtents = [{ id: 'ext-a', name: 'Extent A', status }];
      const found = await first({
        [scaleOuts]: [{ ...scaleOut, performanceTier: { performanceExtents } }],
        [states]: extents.slice(0, 1),
      });
      expect(found.problem).toBeUndefined();
    },
  );
});

describe('a job', () => {
  async function jobWith(facts: Readonly<Record<string, unknown>>) {
    const { items } = await below(listing(ofNewest, { 'jobs/states': [{ ...job, ...facts }] }), 'Jobs');
    return items[0];
  }

  test.each([
    ['disabled', false, 'Disabled'],
    ['Disabled', false, 'Disabled'],
    ['running', true, 'Running'],
    ['Stopping', true, 'Stopping'],
    ['Dreaming', undefined, 'Dreaming'],
  ])('that is %s is enabled: %s', async (word, enabled, status) => {
    expect(await jobWith({ status: word })).toMatchObject({ enabled, status });
  });

  test('that never ran has no result', async () => {
    expect(await jobWith({ lastResult: 'None', lastRun: null })).toMatchObject({
      lastResult: undefined,
      lastRun: undefined,
    });
  });

  test('writes to no repository of zeros', async () => {
    const nothing = '00000000-0000-0000-0000-000000000000';
    expect(await jobWith({ repositoryId: nothing })).toMatchObject({ repositoryId: undefined });
  });
});

describe('other lists', () => {
  test('managed servers come in all types', async () => {
    const rows = [
      { id: 'a', name: 'this server', type: 'WindowsHost', status: 'Available', isBackupServer: true },
      { id: 'b', name: 'vc01', type: 'ViHost', viHostType: 'VC', port: 443, status: 'Unavailable' },
      { id: 'c', name: 'pve', type: 'ProxmoxNode' },
      { id: 'd', name: 'odd', type: 'LinuxHost', status: 'Dreaming' },
    ];
    const { items } = await below(
      listing(ofNewest, { 'backupInfrastructure/managedServers': rows }),
      'Managed Servers',
    );
    expect(items).toMatchObject([
      { available: true, isBackupServer: true },
      { available: false, type: 'ViHost (VC)' },
      { available: undefined, state: undefined },
      { available: undefined, state: 'Dreaming' },
    ]);
  });

  test('proxies come with their states from 1.3 on', async () => {
    const row = { id: 'p', name: 'proxy01', type: 'ViProxy', isDisabled: true, isOnline: false, isOutOfDate: true };
    const { items } = await below(
      listing(ofNewest, { 'backupInfrastructure/proxies/states': [row] }),
      'Backup Proxies',
    );
    expect(items).toMatchObject([{ enabled: false, online: false, outOfDate: true, type: 'ViProxy' }]);
    const old = { id: 'p', name: 'proxy01', type: 'ViProxy', server: { hostId: 'h' } };
    const before = await below(listing('1.2-rev1', { 'backupInfrastructure/proxies': [old] }), 'Backup Proxies');
    expect(before.items).toMatchObject([{ name: 'proxy01', online: undefined, enabled: undefined }]);
  });

  test('Microsoft Entra ID tenants come from 1.2 on, by the best name there is', async () => {
    const rows = [
      { id: 'e1', azureTenantId: 'a1', name: 'Contoso' },
      { id: 'e2', azureTenantId: 'a2', authentication: { secret: 'hush' } },
      { id: 'e3', azureTenantId: '00000000-0000-0000-0000-000000000000', description: 'Tenant of Fabrikam' },
    ];
    const server = listing('1.2-rev0', { 'inventory/entraId/tenants': rows });
    const { items } = await below(server, 'Microsoft Entra ID Tenants');
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      ['e1', 'Contoso'],
      ['e2', 'a2'],
      ['e3', 'Tenant of Fabrikam'],
    ]);
    expect(items[2]).toMatchObject({ azureTenantId: undefined });
    expect(JSON.stringify(items)).not.toContain('hush');
    const { items: headings } = await below(listing('1.1-rev2', {}));
    expect(headings.map(({ name }) => name)).not.toContain('Microsoft Entra ID Tenants');
  });
});

describe('a list', () => {
  const many = Array.from({ length: 450 }, (_, at) => state(`r${at}`, `Repo ${at}`));

  test('is asked for by 200 in one order, and followed to its end', async () => {
    const server = listing(ofNewest, { [states]: many });
    const { items, total } = await below(server, 'Backup Repositories');
    expect(new Set(items.map(({ id }) => id)).size).toBe(450);
    expect(total).toBe(450);
    expect(server.asked.map(queryOf)).toEqual(
      ['0', '200', '400'].map(skip => ({
        orderColumn: 'Name',
        orderAsc: 'true',
        excludeExtents: 'true',
        skip,
        limit: '200',
      })),
    );
  });

  test('goes on where the server gives fewer on a page', async () => {
    const server = listing(ofNewest, { [states]: many }, 100);
    const { items } = await below(server, 'Backup Repositories');
    expect(items).toHaveLength(450);
    expect(server.asked).toHaveLength(5);
  });

  test('is whole before 1.3, too', async () => {
    const server = listing('1.2-rev1', { [states]: many, [scaleOuts]: [] });
    const { items } = await below(server, 'Backup Repositories');
    expect(items).toHaveLength(450);
    expect(server.asked).toHaveLength(4);
  });

  test('that ends before its total says so', async () => {
    const server = listing(ofNewest, { [states]: many }, 0);
    await expect(below(server, 'Backup Repositories')).rejects.toMatchObject({ kind: 'endlessList' });
    expect(server.asked).toHaveLength(1);
  });

  test('is asked for extents of every tier by repeating the filter', async () => {
    const server = listing(ofNewest, { [scaleOuts]: [scaleOut], [states]: extents });
    await below(server, 'Scale-Out Repositories');
    const asked = server.asked.find(path => path.includes('/states')) ?? '';
    expect(queryOf(asked).sobrExtentTypeFilter).toEqual(['Performance', 'Capacity', 'Archive']);
  });
});
