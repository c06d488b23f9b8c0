import { describe, expect, test } from 'vitest';
import type { Item } from '../../../../src/items/item';
import { product } from '../../../../src/products/backup-replication';
import { withoutSecrets } from '../../../../src/products/reading/secretMembers';
import { never } from '../../never';
import { answeringApi } from '../answeringApi';

const api = '/api/v1/';
const repository: Item = { kind: 'repository', id: 'r-1', name: 'R', hasChildren: true, objectStorage: false };
const job: Item = { kind: 'job', id: 'j-1', name: 'J', hasChildren: false };

describe('a document', () => {
  test('of a row of states is its part of the list to the letter', async () => {
    const row = '{ "id": "r-1",  "capacityGB": 12345678901234567890.123, "name": "R" }';
    const body = `{ "data": [ {"id":"other"}, ${row} ], "pagination": { "total": 2, "count": 2 } }`;
    const server = answeringApi('1.3-rev2', { [`${api}backupInfrastructure/repositories/states?idFilter=r-1`]: body });
    expect(await product.document(server, repository, 'json', never)).toBe(row);
  });

  test('of a row that is gone is not found', async () => {
    const body = { data: [], pagination: { total: 0, count: 0 } };
    const server = answeringApi('1.3-rev2', { [`${api}jobs/states?idFilter=j-1`]: body });
    await expect(product.document(server, job, 'json', never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  test.each<[Item, string]>([
    [
      { kind: 'scaleOutRepository', id: 's/1', name: 'S', hasChildren: true, extents: [] },
      'backupInfrastructure/scaleOutRepositories/s%2F1',
    ],
    [{ kind: 'managedServer', id: 'm', name: 'M', hasChildren: false }, 'backupInfrastructure/managedServers/m'],
    [{ kind: 'proxy', id: 'p', name: 'P', hasChildren: false }, 'backupInfrastructure/proxies/p'],
    [{ kind: 'entraTenant', id: 'e', name: 'E', hasChildren: false }, 'inventory/entraId/tenants/e'],
  ])('of a $kind has a call of its own', async (item, path) => {
    const body = ' {"id": "x"} ';
    expect(await product.document(answeringApi('1.3-rev2', { [`${api}${path}`]: body }), item, 'json', never)).toBe(
      body,
    );
    expect(product.resource('1.3-rev2', item)).toMatchObject({ path: `${api}${path}`, isList: false });
  });

  test('holds no secret of an Entra ID tenant or of a Linux server', async () => {
    const text = '{"authentication":{"secret":"hush"},"singleUseCredentials":{"password":"hush","privateKey":"hush"}}';
    expect(await withoutSecrets(text, 'json', product.secretMembers ?? [])).not.toContain('hush');
  });
});

test('each heading has the list below it, and an item of a list says so', () => {
  const heading = (contains: 'repository' | 'job' | 'extent', scope?: Record<string, string>): Item => ({
    ...{ kind: 'group', id: 'x', name: 'x', hasChildren: true, contains },
    ...(scope ? { scope } : {}),
  });
  expect(product.resource('1.3-rev2', heading('repository'))?.path).toContain('excludeExtents=true');
  expect(product.resource('1.2-rev1', heading('repository'))?.path).not.toContain('excludeExtents');
  expect(product.resource('1.3-rev2', heading('job', { repositoryId: 'r' }))?.path).toContain('repositoryIdFilter=r&');
  expect(product.resource('1.3-rev2', heading('extent'))).toBeUndefined();
  expect(product.resource('1.3-rev2', job)).toMatchObject({ isList: true });
});

describe('details', () => {
  const labels = async (bodies: Readonly<Record<string, unknown>>, item: Item, version = '1.3-rev2') =>
    Object.fromEntries(
      ((await product.details?.(answeringApi(version, bodies), item, never)) ?? []).map(({ label, value }) => [
        label,
        value,
      ]),
    );

  test('of a server are there for administrators, and missing for others', async () => {
    const server: Item = {
      kind: 'server',
      id: 's',
      name: 'S',
      hasChildren: true,
      product: 'backup-replication',
      url: '',
    };
    const serverInfo = { vbrId: 'f2ef', name: 'vbr01', buildVersion: '13.1.0.411', patches: ['P1'], platform: 'Linux' };
    const license = {
      ...{
        status: 'Valid',
        type: 'Rental',
        edition: 'EnterprisePlus',
        licensedTo: 'Contoso',
        cloudConnect: 'Enterprise',
      },
      instanceLicenseSummary: {
        licensedInstancesNumber: 100,
        usedInstancesNumber: 40,
        expirationDate: '2027-01-01T00:00:00Z',
      },
    };
    expect(await labels({ [`${api}serverInfo`]: serverInfo, [`${api}license`]: license }, server)).toMatchObject({
      'Installation ID': 'f2ef',
      Build: '13.1.0.411',
      'License expires': '2027-01-01T00:00:00Z',
      'Cloud Connect': 'Enterprise',
      'Instances in use': 40,
    });
    // A server may have sockets and instances side by side, of which either tells when it ends.
    const mixed = {
      instanceLicenseSummary: { licensedInstancesNumber: 6, usedInstancesNumber: 1, expirationDate: null },
      socketLicenseSummary: {
        ...{ licensedSocketsNumber: 4, usedSocketsNumber: 2 },
        ...{ expirationDate: '2028-01-01T00:00:00Z', supportExpirationDate: '2027-06-01T00:00:00Z' },
      },
    };
    expect(await labels({ [`${api}license`]: { ...license, ...mixed } }, server)).toMatchObject({
      'License expires': '2028-01-01T00:00:00Z',
      'Support expires': '2027-06-01T00:00:00Z',
      'Licensed sockets': 4,
    });
    expect(await labels({}, server)).toEqual({});
  });

  test('of a repository are its settings', async () => {
    const path = `${api}backupInfrastructure/repositories/r-1`;
    const hardened = {
      repository: { maxTaskCount: 4, makeRecentBackupsImmutableDays: 14, advancedSettings: { perVmBackup: true } },
    };
    expect(await labels({ [path]: hardened }, repository)).toEqual({
      'Immutable for days': 14,
      'Concurrent tasks at most': 4,
      'Per-machine backup files': 'yes',
    });
    // The number stays where the limit is off.
    for (const off of [{ taskLimitEnabled: false }, { enableTaskLimit: false }]) {
      expect(await labels({ [path]: { repository: { maxTaskCount: 4, ...off } } }, repository)).toEqual({});
      expect(await labels({ [path]: { maxTaskCount: 4, ...off } }, repository)).toEqual({});
    }
    const bucket = {
      account: { servicePoint: 's3.example.com', regionId: 'eu' },
      bucket: {
        ...{ bucketName: 'b', folderName: 'f', immutability: { isEnabled: false, daysCount: 30 } },
        storageConsumptionLimit: { isEnabled: true, consumptionLimitCount: 10, consumptionLimitKind: 'TB' },
      },
    };
    expect(await labels({ [path]: bucket }, repository)).toEqual({
      'Service point': 's3.example.com',
      Region: 'eu',
      'Bucket or container': 'b',
      Folder: 'f',
      'Consumption limit': '10 TB',
    });
  });

  test('of a repository that has no settings are none, and of one that is gone a failure', async () => {
    const path = `${api}backupInfrastructure/repositories/states?idFilter=r-1&`;
    const listed = (...data: object[]) => ({
      [path]: { data, pagination: { total: data.length, count: data.length } },
    });
    expect(await labels(listed({ id: 'r-1', name: 'Appliance', type: 'DDBoost' }), repository, '1.2-rev1')).toEqual({});
    await expect(labels(listed(), repository)).rejects.toMatchObject({ kind: 'notFound' });
    await expect(labels({}, repository)).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('of a job are how it ended last', async () => {
    const session = {
      creationTime: '2026-03-01T22:00:00+01:00',
      state: 'Stopped',
      result: { result: 'Failed', message: 'Disk full' },
    };
    const body = { data: [session], pagination: { total: 900, count: 1 } };
    expect(await labels({ [`${api}sessions?jobIdFilter=j-1&`]: body }, job)).toMatchObject({
      Result: 'Failed',
      Message: 'Disk full',
    });
    const running = { ...session, state: 'Working', result: { result: 'None', message: '' } };
    const now = { data: [running], pagination: { total: 900, count: 1 } };
    expect(await labels({ [`${api}sessions?jobIdFilter=j-1&`]: now }, job)).not.toHaveProperty('Result');
  });
});
