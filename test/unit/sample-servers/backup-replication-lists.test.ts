import { afterEach, describe, expect, it } from 'vitest';
import {
  type BackupReplicationData,
  type BackupReplicationOptions,
  DEFAULT_REPOSITORY_ID,
  type Revision,
  type SampleServer,
  startBackupReplication,
  THIS_SERVER_ID,
} from '../../sample-servers';
import { signInToVbr } from './client';

type Row = Record<string, unknown> & { id: string; name: string };

interface Page {
  data: Row[];
  pagination: { total: number; count: number; skip?: number; limit?: number };
}

let server: SampleServer<BackupReplicationData>;

async function start(options: Partial<BackupReplicationOptions> = {}): Promise<void> {
  server = await startBackupReplication(options);
}

afterEach(() => server.close());

const STATES = 'backupInfrastructure/repositories/states';

async function pageAt(path: string, revision = '1.3-rev2'): Promise<Page> {
  const get = await signInToVbr(server, revision);
  const answer = await get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json<Page>();
}

const namesOf = ({ data }: Page) => data.map(({ name }) => name);

describe('lists of Backup & Replication', () => {
  it('come in pages of 200 unless asked otherwise', async () => {
    await start();
    const first = await pageAt(STATES);
    expect(first.pagination).toEqual({ total: 250, count: 200, skip: 0, limit: 200 });
    const second = await pageAt(`${STATES}?skip=200`);
    expect(second.pagination).toEqual({ total: 250, count: 50, skip: 200, limit: 200 });
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(new Set(ids).size).toBe(250);
    expect((await pageAt(`${STATES}?limit=250`)).data).toHaveLength(250);
    expect((await pageAt(`${STATES}?skip=250`)).data).toEqual([]);
  });

  it('hold as many rows as asked for, and pages no more than allowed', async () => {
    await start({ repositories: 10_000, maxLimit: 100 });
    const page = await pageAt(`${STATES}?limit=500&orderColumn=Name&orderAsc=true`);
    expect(page.pagination).toEqual({ total: 10_000, count: 100, skip: 0, limit: 100 });
  });

  it('do not tell the place of a page of job states from 1.3-rev1 on', async () => {
    await start({ newestRevision: '1.3-rev1' });
    expect((await pageAt('jobs/states?limit=5', '1.3-rev1')).pagination).toEqual({ total: 40, count: 5 });
    await server.close();
    await start({ newestRevision: '1.3-rev0' });
    expect((await pageAt('jobs/states?limit=5', '1.3-rev0')).pagination).toMatchObject({ skip: 0, limit: 5 });
  });

  it('are put in order on demand, whatever the case', async () => {
    await start();
    const ascending = namesOf(await pageAt(`${STATES}?limit=250&orderColumn=Name&orderAsc=true`));
    const lower = ascending.map(name => name.toLowerCase());
    expect(lower).toEqual([...lower].sort());
    const descending = await pageAt(`${STATES}?limit=250&orderColumn=UsedSpaceGB&orderAsc=false`);
    const used = descending.data.map(({ usedSpaceGB }) => usedSpaceGB as number);
    expect(used).toEqual([...used].sort((left, right) => right - left));
  });

  it('are filtered by a pattern that matches any text of a row', async () => {
    await start();
    expect(namesOf(await pageAt(`${STATES}?nameFilter=cloud volume 1`.replaceAll(' ', '%20')))).toEqual([
      'Cloud Volume 1',
    ]);
    expect(namesOf(await pageAt(`${STATES}?nameFilter=*BUCKET`))).toEqual(['Contoso Bucket']);
    expect(namesOf(await pageAt(`${STATES}?nameFilter=fabrikam*`))).toEqual(['Fabrikam Share']);
    expect(namesOf(await pageAt(`${STATES}?nameFilter=volume`))).toEqual([]);
    const byHost = await pageAt(`${STATES}?nameFilter=*repo01*&limit=250`);
    expect(byHost.data.every(({ hostName }) => hostName === 'repo01.example.com')).toBe(true);
    expect(byHost.data.length).toBeGreaterThan(1);
  });

  it('are filtered before they are cut into pages', async () => {
    await start();
    const total = async (query: string, list = STATES) => (await pageAt(`${list}?limit=1&${query}`)).pagination.total;
    expect(await total(`idFilter=${DEFAULT_REPOSITORY_ID.toUpperCase()}`)).toBe(1);
    const one = await total('typeFilter=Smb');
    const other = await total('typeFilter=LinuxHardened');
    expect(await total('typeFilter=Smb&typeFilter=LinuxHardened')).toBe(one + other);
    expect(await total('excludeExtents=true')).toBe(242);
    const sobr = server.data.scaleOutRepositories[0];
    expect(await total(`sobrIdFilter=${sobr?.id}`)).toBe(4);
    expect(await total(`sobrIdFilter=${sobr?.id}&sobrExtentTypeFilter=Capacity&sobrExtentTypeFilter=Archive`)).toBe(2);
    expect(await total('isOnlineFilter=false')).toBeGreaterThan(1);
    expect(await total('isOutOfDateFilter=true')).toBeGreaterThan(1);
    const job = server.data.jobs[0];
    const ofRepository = await pageAt(`jobs/states?repositoryIdFilter=${job?.repository?.id}`);
    expect(namesOf(ofRepository)).toContain(job?.name);
    expect(ofRepository.data.every(({ repositoryId }) => repositoryId === job?.repository?.id)).toBe(true);
    expect(await total(`jobIdFilter=${job?.id}`, 'sessions')).toBe(3);
    expect(await total('serverStateFilter=Unavailable', 'backupInfrastructure/managedServers')).toBe(1);
    expect(await total('serverStateFilter=Any', 'backupInfrastructure/managedServers')).toBe(14);
  });

  it('do not know the filters of later revisions, nor names in another case', async () => {
    await start();
    expect((await pageAt(`${STATES}?excludeExtents=true`, '1.2-rev1')).pagination.total).toBe(250);
    expect((await pageAt(`${STATES}?Limit=5`)).pagination.limit).toBe(200);
    await server.close();
    await start({ unknownQuery: 'refused' });
    const get = await signInToVbr(server, '1.2-rev1');
    expect((await get(`${STATES}?excludeExtents=true`)).status).toBe(400);
    expect((await get(`${STATES}?Limit=5`)).status).toBe(400);
    expect((await get(`${STATES}?isOnlineFilter=true&nameFilter=*&limit=5`)).status).toBe(200);
  });

  it.each([
    'limit=0',
    'limit=-1',
    'skip=x',
    'orderColumn=Colour',
    'isOnlineFilter=maybe',
    'idFilter=1',
    'capacityFilter=much',
  ])('refuse %s', async query => {
    await start();
    const answer = await (await signInToVbr(server))(`${STATES}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json().errorCode).toBe('UnexpectedContent');
  });

  it('answer for one row by its id', async () => {
    await start();
    const get = await signInToVbr(server);
    const repositories = 'backupInfrastructure/repositories';
    expect((await get(`${repositories}/${DEFAULT_REPOSITORY_ID}`)).json().name).toBe('Default Backup Repository');
    const missing = await get(`${repositories}/${server.data.vbrId}`);
    expect(missing.status).toBe(404);
    expect(missing.json()).toMatchObject({ errorCode: 'NotFound', resourceId: server.data.vbrId });
    expect((await get(`${repositories}/first`)).status).toBe(400);
    expect((await get('backupInfrastructure/hardware')).status).toBe(404);
    expect((await get(repositories, 'POST')).status).toBe(405);
  });
});

describe('the infrastructure of Backup & Replication', () => {
  it('has the ids that every installation has', async () => {
    await start();
    expect((await pageAt(STATES)).data[0]).toMatchObject({ id: DEFAULT_REPOSITORY_ID, hostId: THIS_SERVER_ID });
    const servers = await pageAt('backupInfrastructure/managedServers');
    expect(servers.data[0]).toMatchObject({ id: THIS_SERVER_ID, isBackupServer: true });
  });

  it('has repositories that are offline, out of date, or without a capacity', async () => {
    await start();
    const { data } = await pageAt(STATES);
    expect(data.find(({ name }) => name === 'Fabrikam Share')).toMatchObject({ isOnline: false });
    expect(data.find(({ name }) => name === 'Northwind Linux')).toMatchObject({ isOutOfDate: true });
    const bucket = data.find(({ name }) => name === 'Contoso Bucket');
    expect(bucket).toMatchObject({ type: 'S3Compatible', capacityGB: 0, freeGB: 0 });
    expect(bucket?.usedSpaceGB).toBeGreaterThan(0);
    expect(bucket).not.toHaveProperty('hostName');
    await server.close();
    await start({ unknownCapacityGB: -1 });
    expect((await pageAt(STATES)).data[3]).toMatchObject({ capacityGB: -1, freeGB: -1 });
  });

  it('tells of scale-out repositories in the words of each revision', async () => {
    await start();
    const list = 'backupInfrastructure/scaleOutRepositories';
    const first = async (revision: Revision) => (await pageAt(list, revision)).data[0];
    const [a, b, capacity, archive] = server.data.repositories.slice(8, 12);
    const tiers = (isEnabled: string, normal: unknown, maintenance: unknown) => ({
      performanceTier: {
        performanceExtents: [
          { id: a?.id, name: a?.name, status: normal },
          { id: b?.id, name: b?.name, status: maintenance },
        ],
      },
      capacityTier: { [isEnabled]: true, extents: [{ id: capacity?.id }] },
      archiveTier: { isEnabled: true, extentId: archive?.id },
    });
    expect(await first('1.1-rev2')).toMatchObject(tiers('enabled', 'Normal', 'Maintenance'));
    expect(await first('1.2-rev0')).toMatchObject(tiers('isEnabled', 'Normal', 'Maintenance'));
    expect(await first('1.3-rev0')).toMatchObject(tiers('isEnabled', ['Normal'], ['Maintenance']));

    const second = async (revision: Revision) => (await pageAt(list, revision)).data[1];
    expect(await second('1.3-rev1')).toHaveProperty('capacityTier.extents');
    const silent = await second('1.3-rev2');
    expect(silent).toMatchObject({ capacityTier: { isEnabled: true } });
    expect(silent).not.toHaveProperty('capacityTier.extents');
    const extents = await pageAt(`${STATES}?sobrIdFilter=${silent?.id}&sobrExtentTypeFilter=Capacity`);
    expect(extents.data).toHaveLength(1);
  });

  it('tells the membership of extents from 1.3-rev0 on', async () => {
    await start();
    const extentIn = async (revision: Revision) => (await pageAt(STATES, revision)).data[8];
    expect(await extentIn('1.2-rev1')).not.toHaveProperty('scaleOutRepositoryDetails');
    expect(await extentIn('1.3-rev0')).toMatchObject({
      scaleOutRepositoryDetails: {
        membership: 'Scale-out 1',
        scaleOutRepositoryId: server.data.scaleOutRepositories[0]?.id,
        extentType: 'Performance',
      },
    });
  });

  it('puts scale-out repositories among the states when it is told to', async () => {
    await start({ scaleOutInStates: true });
    const { data, pagination } = await pageAt(`${STATES}?typeFilter=ExtendableRepository`);
    expect(pagination.total).toBe(3);
    const sum = server.data.repositories.slice(8, 10).reduce((total, { capacityGB }) => total + capacityGB, 0);
    expect(data[0]).toMatchObject({ name: 'Scale-out 1', capacityGB: sum });
  });

  it.each([
    ['1.1-rev0', ['Backup'], ['disabled', 'inactive', 'running'], ['vm']],
    [
      '1.2-rev1',
      ['Backup', 'CloudDirectorBackup', 'EntraIDTenantBackup', 'FileBackupCopy', 'VSphereReplica'],
      ['disabled', 'inactive', 'running'],
      ['application', 'cloudVm', 'file', 'vm'],
    ],
    [
      '1.3-rev0',
      expect.arrayContaining(['VSphereBackup', 'HyperVBackup', 'BackupCopy']),
      ['disabled', 'enabled', 'inactive', 'running', 'starting', 'stopped', 'stopping'],
      ['application', 'cloudVm', 'file', 'server', 'vm', 'workstation'],
    ],
    [
      '1.3-rev2',
      expect.arrayContaining(['VSphereBackup', 'FileBackup', 'ProxmoxBackupJob', 'NutanixAHVBackupJob']),
      ['Disabled', 'Enabled', 'Inactive', 'Running', 'Starting', 'Stopped', 'Stopping'],
      ['Application', 'CloudVm', 'File', 'Server', 'Vm', 'Workstation'],
    ],
  ] as const)('has jobs in the words of %s', async (revision, types, statuses, workloads) => {
    await start({ newestRevision: revision });
    const { data } = await pageAt('jobs/states', revision);
    const words = (member: string) => [...new Set(data.map(row => row[member]))].sort();
    expect(words('type')).toEqual(types);
    expect(words('status')).toEqual(statuses);
    expect(words('workload')).toEqual(workloads);
    expect(words('lastResult')).toEqual(['Failed', 'None', 'Success', 'Warning']);
  });

  it('says null in 12.x for what 13.x leaves out', async () => {
    await start({ newestRevision: '1.2-rev1' });
    const old = (await pageAt('jobs/states', '1.2-rev1')).data;
    expect(old.some(({ nextRun }) => nextRun === null)).toBe(true);
    expect(old.find(({ type }) => type === 'VSphereReplica')?.repositoryId).toMatch(/^[0-]+$/);
    await server.close();
    await start();
    const recent = (await pageAt('jobs/states')).data;
    expect(recent.some(row => !('nextRun' in row))).toBe(true);
    expect(recent.find(({ type }) => type === 'VSphereReplica')).not.toHaveProperty('repositoryId');
    expect(JSON.stringify(recent)).not.toContain('null');
  });

  it('fails over job states that an older revision has no word for', async () => {
    await start();
    const answer = await (await signInToVbr(server, '1.2-rev1'))('jobs/states');
    expect(answer.status).toBe(500);
    expect(answer.json()).toEqual({
      errorCode: 'UnknownError',
      message: 'The value of enum EJobType is not supported.',
    });
  });

  it('has proxies that are disabled, offline and out of date', async () => {
    await start();
    const { data } = await pageAt('backupInfrastructure/proxies/states');
    for (const wanted of [{ isDisabled: true }, { isOnline: false }, { isOutOfDate: true }]) {
      expect(data).toContainEqual(expect.objectContaining(wanted));
    }
    expect(data[0]).toMatchObject({ name: 'VMware Backup Proxy', hostId: THIS_SERVER_ID });
  });

  it('gives the secret of an Entra ID tenant away, as documented', async () => {
    await start();
    const { data } = await pageAt('inventory/entraId/tenants');
    expect(data.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam', 'Northwind']);
    expect(data[0]).toMatchObject({ authentication: { secret: expect.any(String) }, credentialsType: 'Secret' });
    expect((await pageAt('inventory/entraId/tenants', '1.3-rev1')).data[0]).not.toHaveProperty('name');
  });

  it('can be a Linux appliance', async () => {
    await start({ platform: 'Linux' });
    const get = await signInToVbr(server);
    expect((await get('serverInfo')).json().platform).toBe('Linux');
    const [first] = (await pageAt('backupInfrastructure/managedServers')).data;
    expect(first).toMatchObject({ id: THIS_SERVER_ID, type: 'LinuxHost', isVBRLinuxAppliance: true });
  });

  it('can be as small as a fresh installation', async () => {
    await start({ repositories: 1, managedServers: 1, proxies: 1, jobs: 0, entraTenants: 0 });
    expect(namesOf(await pageAt(STATES))).toEqual(['Default Backup Repository']);
    expect((await pageAt('backupInfrastructure/scaleOutRepositories')).data).toEqual([]);
    expect((await pageAt('jobs/states')).pagination).toEqual({ total: 0, count: 0 });
  });
});
