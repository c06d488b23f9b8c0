import { describe, expect, test } from 'vitest';
import type { Repository, Subtenant, Tenant } from '../../../../src/items/item';
import { type EnterpriseManagerOptions, startEnterpriseManager } from '../../../sample-servers';
import { labels, named, World } from '../../support';

const gigabyte = 1024 ** 3;

async function start(options: Partial<EnterpriseManagerOptions> = {}) {
  return await World.with('enterprise-manager', startEnterpriseManager(options));
}

test.each([
  [['v1_4'], 'v1_4'],
  [['v1', 'v1_1', 'v1_2', 'v1_3', 'v1_4', 'v1_5'], 'v1_5'],
  [['v1_5', 'v1_6', 'v1_7'], 'v1_7'],
])('signs in with the newest version of %s', async (versions, newest) => {
  const { server, world, node } = await start({ versions });
  await world.open(node);
  expect(world.list.servers[0]?.apiVersion).toBe(newest);
  expect(server.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
    `/api/sessionMngr/?v=${newest}`,
  ]);
});

test('says which versions it reads where the server is too old', async () => {
  const { world, node } = await start({ versions: ['v1', 'v1_1'] });
  await world.open(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'unsupportedVersion' });
  expect(node.openedBranch?.failure?.message).toContain('v1_1, v1');
});

describe.each<[string, Partial<EnterpriseManagerOptions>]>([
  ['JSON', { json: true, bom: true }],
  ['JSON without a byte-order mark', { json: true, bom: false }],
  ['XML alone', { json: false }],
  ['version 13', { release: 13 }],
  ['v1_4', { versions: ['v1_4'] }],
])('from %s', (_name, options) => {
  test('shows tenants with their quotas', async () => {
    const { world, node } = await start(options);
    const groups = await world.open(node);
    expect(labels(groups)).toEqual(['Cloud Tenants', 'Backup Servers', 'Cloud Gateways', 'Hardware Plans']);
    const tenants = await world.open(named(groups, 'Cloud Tenants'));
    expect(tenants).toHaveLength(12);
    const northwind = named(tenants, 'Northwind').item as Tenant;
    expect(northwind).toMatchObject({ enabled: true, type: 'Standalone', hasChildren: true });
    expect(Math.round((northwind.usedBytes ?? 0) / gigabyte)).toBe(166);
    expect(northwind.quotaBytes).toBe(250 * gigabyte);
    expect(northwind.backupServer).toMatch(/^vbr01/);
    expect(northwind.urn).toBe(`urn:veeam:CloudTenant:${northwind.id}`);
  });

  test('shows subtenants with theirs, where unlimited wins over the number', async () => {
    const { world, node } = await start(options);
    const subtenants = await world.openPath(node, 'Cloud Tenants', 'Northwind');
    expect(labels(subtenants)).toEqual(['Backup Resources', 'nw-user-01', 'nw-user-02']);
    const [first, second] = subtenants.slice(1).map(row => (row.type === 'node' ? (row.item as Subtenant) : undefined));
    expect(first).toMatchObject({
      enabled: true,
      unlimited: false,
      usedBytes: 2 * gigabyte,
      quotaBytes: 10 * gigabyte,
    });
    expect(second).toMatchObject({ enabled: false, unlimited: true });
    expect(second?.quotaBytes).toBeUndefined();
  });

  test('shows backup servers with their repositories', async () => {
    const { server, world, node } = await start(options);
    const servers = await world.openPath(node, 'Backup Servers');
    expect(servers).toHaveLength(2);
    const first = servers[0];
    const repositories = first?.type === 'node' ? await world.open(first) : [];
    expect(repositories).toHaveLength(2);
    const { item } = named(repositories, labels(repositories)[0] ?? '');
    expect(item as Repository).toMatchObject({ kind: 'repository', objectStorage: false });
    expect((item as Repository).capacityBytes).toBeGreaterThan(0);
    expect(server.requests.every(({ status }) => (status ?? 500) < 300)).toBe(true);
  });
});

test('reads the same items from JSON and XML', async () => {
  const certificateFree = async (options: Partial<EnterpriseManagerOptions>) => {
    const { world, node } = await start({ port: 0, ...options });
    for (const group of await world.open(node)) {
      const rows = group.type === 'node' ? await world.open(group) : [];
      await Promise.all(rows.map(row => row.type === 'node' && world.open(row)));
    }
    return [...world.inventory.loaded()].slice(1).map(({ item }) => item);
  };
  const fromJson = await certificateFree({ tenants: 40 });
  expect(fromJson.length).toBeGreaterThan(60);
  expect(await certificateFree({ tenants: 40, json: false })).toEqual(fromJson);
  const from13 = await certificateFree({ tenants: 40, release: 13 });
  expect(await certificateFree({ tenants: 40, release: 13, json: false })).toEqual(from13);
});

test.each(['wrapped', 'nested', 'array'] as const)('reads subtenants as JSON in the form %s', async subtenantsJson => {
  const { server, world, node } = await start({ subtenantsJson });
  expect(labels(await world.openPath(node, 'Cloud Tenants', 'Northwind'))).toEqual([
    'Backup Resources',
    'nw-user-01',
    'nw-user-02',
  ]);
  expect(server.requests.filter(({ path }) => path.includes('subtenants'))).toHaveLength(1);
});

test('asks for XML where the JSON is not what it should be', async () => {
  const { server, world, node } = await start();
  server.intercept = (request, response) => {
    if (request.url?.endsWith('/subtenants') && request.headers.accept?.includes('json')) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"Surprise":[]}');
      return true;
    }
    return false;
  };
  expect(labels(await world.openPath(node, 'Cloud Tenants', 'Fabrikam'))).toContain('t3-user-01');
});

test('asks for no subtenants where the tenant has no link to them', async () => {
  const { server, world, node } = await start({ tenants: 40 });
  const tenants = (await world.openPath(node, 'Cloud Tenants')).map(row => row.type === 'node' && (row.item as Tenant));
  const types = new Set(tenants.map(tenant => tenant && `${tenant.type} ${tenant.hasSubtenants}`));
  expect(types).toEqual(new Set(['Standalone true', 'vCD false', 'ActiveDirectory false']));
  expect(labels(await world.openPath(node, 'Cloud Tenants', 'Contoso'))).toEqual(['Backup Resources']);
  expect(server.requests.filter(({ path }) => path.includes('subtenants'))).toEqual([]);
});

test('says so where Cloud Connect is not licensed', async () => {
  const { world, node } = await start({ cloudConnect: false });
  const groups = await world.open(node);
  expect(labels(groups)).toEqual(['Backup Servers', 'Cloud Tenants']);
  const tenants = named(groups, 'Cloud Tenants');
  expect(labels(await world.open(tenants))).toEqual(['(empty)']);
  expect(tenants.openedBranch?.note).toContain('not licensed');
});

test('says so where the account may not see tenants', async () => {
  const { server, world, node } = await start();
  server.intercept = (request, response) => {
    if (request.url?.startsWith('/api/cloud/')) {
      response
        .writeHead(403, { 'Content-Type': 'application/json' })
        .end('{"Message":"Access denied","StatusCode":403}');
      return true;
    }
    return false;
  };
  const groups = await world.open(node);
  const tenants = named(groups, 'Cloud Tenants');
  await world.open(tenants);
  expect(tenants.openedBranch?.failure).toMatchObject({ kind: 'accessDenied', detail: 'Access denied' });
});

describe('the session', () => {
  test('is opened once, and once again when it has been idle for too long', async () => {
    let minutes = 0;
    const { server, world, node } = await start({ clock: () => Date.now() + minutes * 60_000 });
    await world.openPath(node, 'Cloud Tenants');
    minutes = 20;
    await world.openPath(node, 'Backup Servers');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  test('is ended on the server at signing out', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    await world.servers.signOut(node.item.id);
    expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
  });
});
