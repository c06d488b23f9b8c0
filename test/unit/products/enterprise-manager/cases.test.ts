import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { BackupResource, BackupServer, Repository, Tenant } from '../../../../src/items/item';
import { reportOf } from '../../../../src/report/compile';
import { startEnterpriseManager } from '../../../sample-servers';
import { never } from '../../never';
import { items, labels, named, World } from '../../support';

// Bodies in the shape that servers in the field were reported to send; the data is synthetic.

const gigabyte = 1024 ** 3;
const terabyte = 1024 ** 4;

/** A case by its file's name. */
function body(name: string): string {
  return readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8');
}

/** What is asked for, by method and the beginning of the path, and the answer. */
type Answers = Readonly<Record<string, string | { readonly status: number; readonly body: string }>>;

/** A sample server, some of whose answers are others. */
async function answering(answers: Answers, facts: Parameters<World['add']>[2] = {}) {
  const all = await World.with('enterprise-manager', startEnterpriseManager(), facts);
  all.server.intercept = (request, response) => {
    const asked = `${request.method} ${request.url}`;
    const [, answer] = Object.entries(answers).find(([start]) => asked.startsWith(start)) ?? [];
    if (answer === undefined) {
      return false;
    }
    const { status, body: sent } = typeof answer === 'string' ? { status: 200, body: answer } : answer;
    send(response, status, sent);
    return true;
  };
  return all;
}

function send(response: ServerResponse, status: number, sent: string, headers: Record<string, string> = {}): void {
  const type = sent.startsWith('<') ? 'xml' : 'json';
  response.writeHead(status, { 'Content-Type': `application/${type}; charset=utf-8`, ...headers }).end(sent);
}

describe('from version 13, whose JSON is in camelCase,', () => {
  test('a session is opened, with Cloud Connect, and ended by its id', async () => {
    const { server, world, node } = await World.with('enterprise-manager', startEnterpriseManager());
    server.intercept = (request, response) => {
      if (request.method === 'POST') {
        send(response, 201, body('v13-logonSession.json'), { 'X-RestSvcSessionId': 'anything' });
      } else if (request.url?.includes('logonSessions')) {
        send(response, 200, '{}');
      }
      return request.url !== '/api/';
    };
    expect(labels(await world.open(node))).toEqual([
      'Cloud Tenants',
      'Backup Servers',
      'Cloud Gateways',
      'Hardware Plans',
    ]);
    await world.servers.signOut(node.item.id);
    expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE' });
    expect(server.requests.at(-1)?.path).toContain('11111111-1111-4111-8111-111111111111');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('a backup server is shown, by one request', async () => {
    const { server, world, node } = await answering({ 'GET /api/backupServers': body('v13-backupServers.json') });
    await world.open(node);
    const asked = server.requests.length;
    const [only, ...others] = items<BackupServer>(await world.openPath(node, 'Backup Servers'));
    expect(only).toMatchObject({
      id: 'db1f0000-6ff2-4305-99a5-000000000001',
      name: 'vbr01.example.com',
      version: '13.0.1.2067',
      port: 443,
    });
    expect(others).toEqual([]);
    expect(server.requests.length).toBe(asked + 1);
  });

  test('repositories are shown, object storage among them', async () => {
    const { world, node } = await answering({
      'GET /api/backupServers/': body('v13-repositories.json'),
      'GET /api/backupServers': body('v13-backupServers.json'),
    });
    const [volume, bucket] = items<Repository>(await world.openPath(node, 'Backup Servers', 'vbr01.example.com'));
    expect(volume).toMatchObject({
      name: 'Default Backup Repository',
      objectStorage: false,
      capacityBytes: 107_355_303_936,
      usedBytes: 107_355_303_936 - 86_205_259_776,
      type: 'WindowsLocal',
      backupServer: 'vbr01.example.com',
    });
    expect(bucket).toMatchObject({ name: 's3-contoso', objectStorage: true, capacityBytes: undefined });
  });

  test('a tenant is shown with all that is told of it', async () => {
    const { server, world, node } = await answering({
      'GET /api/cloud/tenants?': body('v13-tenants.json'),
      'GET /api/repositories': body('v13-repositories.json'),
      'GET /api/cloud/tenants/': '{"cloudSubtenants":[]}',
    });
    const [northwind] = items<Tenant>(await world.openPath(node, 'Cloud Tenants'));
    expect(northwind).toMatchObject({
      name: 'Northwind',
      description: 'Gold',
      enabled: true,
      type: 'ActiveDirectory',
      quotaBytes: 100 * gigabyte,
      usedBytes: 20 * gigabyte,
      leaseExpires: '2027-01-01T00:00:00Z',
      lastResult: 'Success',
      hasSubtenants: true,
      backupServer: 'vbr01.example.com',
    });
    const shares = await world.openPath(node, 'Cloud Tenants', 'Northwind', 'Backup Resources');
    expect(items<BackupResource>(shares)).toMatchObject([
      { name: 'Cloud Repository', repositoryName: 'Default Backup Repository', quotaBytes: 100 * gigabyte },
    ]);
    expect(server.requests.filter(({ path }) => path.startsWith('/api/cloud/tenants?'))).toHaveLength(1);
  });

  test('the reason that an error gives is told', async () => {
    const { world, node } = await answering({
      'GET /api/backupServers': { status: 500, body: body('v13-error.json') },
    });
    const group = named(await world.open(node), 'Backup Servers');
    await world.open(group);
    expect(group.openedBranch?.failure?.message).toMatch(/status 500: The backup server vbr01 is being collected\.$/);
  });
});

test('object storage has no size, and in the report a limit that is unknown', async () => {
  const { world, node } = await answering({ 'GET /api/backupServers/': body('objectStorage.json') });
  const [bucket, volume] = items<Repository>(await world.openPath(node, 'Backup Servers', 'vbr01'));
  expect(bucket).toMatchObject({
    name: 's3-contoso',
    type: 'AmazonS3Compatible',
    objectStorage: true,
    capacityBytes: undefined,
    freeBytes: undefined,
    usedBytes: undefined,
  });
  expect(volume?.objectStorage).toBe(false);
  expect(Math.round((volume?.usedBytes ?? 0) / terabyte)).toBe(818);
  expect(Math.round((volume?.capacityBytes ?? 0) / terabyte)).toBe(922);
  const { rows } = await reportOf([node], { isLoading: () => false, notBefore: 0 });
  expect(rows.filter(({ kind }) => kind === 'repository')).toMatchObject([
    { name: 's3-contoso', unlimited: false, limitBytes: undefined },
    { name: 'ddboost-fabrikam', unlimited: false },
  ]);
});

test.each([
  ['S3Compatible', true],
  ['AzureBlob', true],
  ['AzureArchive', true],
  ['GoogleCloud', true],
  ['WasabiCloud', true],
  ['IBMCloud', true],
  ['ElevenElevenS3', true],
  ['AmazonSnowballEdge', true],
  ['VeeamDataCloudVault', true],
  ['VeeamVault', true],
  ['WindowsLocal', false],
  ['LinuxHardened', false],
  ['Extendable', false],
  ['Cloud', false],
  ['HPStoreOnceIntegration', false],
  ['KindOfTomorrow', false],
])('a repository of the kind %s is object storage: %s', async (kind, objectStorage) => {
  const repository = { UID: 'urn:veeam:Repository:1', Name: 'one', Kind: kind, Capacity: -1, FreeSpace: -1 };
  const { world, node } = await answering({
    'GET /api/backupServers/': JSON.stringify({ Repositories: [repository] }),
  });
  expect(items<Repository>(await world.openPath(node, 'Backup Servers', 'vbr01'))).toMatchObject([
    { type: kind, objectStorage, capacityBytes: undefined, usedBytes: undefined },
  ]);
});

test('a repository whose capacity is told as 0 has none that is known, and takes nothing that is', async () => {
  const repository = { UID: 'urn:veeam:Repository:1', Name: 'one', Capacity: 0, FreeSpace: 0 };
  const { world, node } = await answering({
    'GET /api/backupServers/': JSON.stringify({ Repositories: [repository] }),
  });
  const [row] = items<Repository>(await world.openPath(node, 'Backup Servers', 'vbr01'));
  expect([row?.capacityBytes, row?.freeBytes, row?.usedBytes]).toEqual([undefined, undefined, undefined]);
});

test('no quota is told of a tenant where that of one share is not known', async () => {
  const { world, node } = await answering({ 'GET /api/cloud/tenants?': body('quotaOfOneUnknown.json') });
  const [fabrikam] = items<Tenant>(await world.openPath(node, 'Cloud Tenants'));
  expect(fabrikam).toMatchObject({ quotaBytes: undefined, usedBytes: 4.5 * gigabyte });
  expect(fabrikam?.resources).toMatchObject([
    { name: 'Gold', quotaBytes: gigabyte, usedBytes: 0.5 * gigabyte },
    { name: 'Archive', quotaBytes: undefined, usedBytes: 4 * gigabyte },
  ]);
});

test('what a tenant uses of a hardware plan is asked for by the link to it, subtenants or not', async () => {
  const { server, world, node } = await answering({
    'GET /api/cloud/tenants?': body('hardwarePlanTenant.xml'),
    'GET /api/cloud/tenants/6fae0000-a787-4b2d-a0e5-000000000001/computeResources': body('cpuCount.json'),
  });
  const northwind = named(await world.openPath(node, 'Cloud Tenants'), 'Northwind');
  expect(northwind.item).toMatchObject({ hasSubtenants: false, quotaBytes: 100 * gigabyte });
  const details = await world.connections.details(node.item.id, northwind.item, never);
  expect(details).toContainEqual({ label: 'CPUs of replicas', value: 2, unit: 'count' });
  expect(details).toContainEqual({ label: 'Memory of replicas', value: 8 * gigabyte, unit: 'bytes' });
  expect(details).toContainEqual({ label: 'Used of Cloud Replicas', value: 35 * gigabyte, unit: 'bytes' });
  expect(details).toContainEqual({ label: 'Limit of Cloud Replicas', value: 300 * gigabyte, unit: 'bytes' });
  expect(server.requests.filter(({ path }) => path.includes('subtenants'))).toEqual([]);
});
