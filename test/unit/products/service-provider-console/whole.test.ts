import { describe, expect, test } from 'vitest';
import { crawl } from '../../../../src/inventory/loading/loadAllBelow';
import { type Node, withAllBelow } from '../../../../src/inventory/tree/node';
import type { Item, ItemKind, Organization, Tenant } from '../../../../src/items/item';
import {
  PLANTED_SECRET,
  type ServiceProviderConsoleOptions,
  type ServiceProviderConsoleServer,
  startServiceProviderConsole,
} from '../../../sample-servers';
import { never } from '../../never';
import { items, labels, World } from '../../support';

const few = { companies: 30 };

async function scene(options: Partial<ServiceProviderConsoleOptions> = few, facts?: Parameters<World['add']>[2]) {
  return await World.with('service-provider-console', startServiceProviderConsole(options), facts);
}

async function crawled(options: Partial<ServiceProviderConsoleOptions> = few, facts?: Parameters<World['add']>[2]) {
  const { server, world, node } = await scene(options, facts);
  const { failed, incomplete } = await crawl(world.inventory, [node], { signal: never });
  return { server, world, node, failed, incomplete, nodes: [...withAllBelow([node])] };
}

function ofKind<Kind extends Item>(nodes: readonly Node[], kind: Kind['kind']): Kind[] {
  return nodes.flatMap(({ item }) => (item.kind === kind ? [item as Kind] : []));
}

/** How often each list was asked for from where, without what it was narrowed by. */
function asked({ requests }: ServiceProviderConsoleServer, path: string): string[] {
  return requests
    .map(request => new URL(request.path, 'https://vspc.example.com'))
    .filter(({ pathname }) => pathname === `/api/v3/${path}`)
    .map(({ searchParams }) => searchParams.get('offset') ?? '');
}

const versions = ['3.5.1', '3.6.1'] as const;
const below: readonly ItemKind[] = [
  ...(['company', 'reseller', 'site', 'location', 'user', 'gatewayPool', 'hostedResource', 'tenant'] as const),
  ...(['subtenant', 'backupResource', 'hardwarePlan', 'gateway', 'backupServer', 'organization'] as const),
  ...(['repository', 'scaleOutRepository', 'extent', 'job', 'proxy'] as const),
];

describe.each(versions)('everything of API %s', version => {
  test('is read, whatever it is', async () => {
    const { failed, incomplete, nodes } = await crawled({ ...few, version });
    expect(failed).toEqual([]);
    expect(incomplete).toEqual([]);
    const found = new Set(nodes.map(({ item }) => item.kind));
    expect(below.filter(kind => !found.has(kind))).toEqual([]);
    expect(nodes.filter(({ openedBranch }) => openedBranch?.note).map(({ item }) => item.name)).toEqual([]);
  });

  test('stands below a company, too', async () => {
    const { world, node } = await scene({ ...few, version });
    const tenants = items<Tenant>(await world.openPath(node, 'Companies', 'Northwind', 'Cloud Connect Tenants'));
    expect(tenants).toMatchObject([
      { name: 'Northwind', companyName: 'Northwind', quotaBytes: 250 * 1024 ** 3, backupServer: expect.any(String) },
    ]);
    const path = ['Companies', 'Northwind', 'Cloud Connect Tenants', 'Northwind'];
    expect(labels(await world.openPath(node, ...path))).toEqual(
      expect.arrayContaining(['Backup Resources', 'nw-user-01']),
    );
    const organizations = await world.openPath(node, 'Companies', 'Northwind', 'Microsoft 365 Organizations');
    expect(items<Organization>(organizations).every(({ companyName }) => companyName === 'Northwind')).toBe(true);
  });

  test('tells the limits of tenants, with the names of their gateway pools from one list', async () => {
    const { server, nodes } = await crawled({ ...few, version });
    const tenants = ofKind<Tenant>(nodes, 'tenant');
    const pools = new Set(ofKind(nodes, 'gatewayPool').map(({ name }) => name));
    const throttled = tenants.filter(({ throttlingLimit }) => throttlingLimit !== undefined);
    expect(throttled[0]).toMatchObject({ throttlingLimit: 50, throttlingUnit: 'Mbit/s' });
    expect(throttled.length).toBeLessThan(tenants.length);
    expect(new Set(tenants.map(({ maxConcurrentTasks }) => maxConcurrentTasks))).toEqual(new Set([0, 1, 2, 3]));
    const named = tenants.flatMap(({ gatewayPools }) => gatewayPools ?? []);
    expect(named).not.toEqual([]);
    expect(named.filter(name => !pools.has(name))).toEqual([]);
    expect(asked(server, 'infrastructure/sites/cloudgatewaypools')).toEqual(['0']);
  });

  test('has documents without the secrets that the server leaves in them', async () => {
    const { server, world, node, nodes } = await crawled({ ...few, version });
    const one = new Map(nodes.map(each => [each.item.kind, each.item]));
    for (const item of one.values()) {
      if (item.kind !== 'server' && item.kind !== 'group' && item.id !== '') {
        const text = await world.connections.document(node.item.id, item, 'json', never);
        expect(text?.toLowerCase(), item.kind).toContain(item.id.toLowerCase());
        expect(text, item.kind).not.toContain(PLANTED_SECRET);
      }
    }
    expect(server.requests.filter(({ status = 0 }) => status >= 400)).toMatchObject([{ path: '/api/v3/about' }]);
  });
});

describe('a walk through 1,200 companies', () => {
  test('takes one request for each page of each list', async () => {
    const { server, nodes, failed } = await crawled({ companies: 1200 });
    expect(failed).toEqual([]);
    expect(ofKind(nodes, 'company')).toHaveLength(1200);
    for (const list of ['organizations/companies', 'organizations/locations', 'users']) {
      const offsets = asked(server, list);
      expect(offsets.length, list).toBeGreaterThanOrEqual(3);
      expect(offsets, list).toEqual([...new Set(offsets)].sort((a, b) => Number(a) - Number(b)));
    }
    const paths = server.requests.map(({ path }) => path).filter(path => path !== '/api/v3/about');
    expect(paths.filter(path => /\/organizations\/(companies\/)?[\da-f-]{36}\//.test(path))).toEqual([]);
  });

  test('follows the pages of a server that gives fewer', async () => {
    const { nodes, failed } = await crawled({ companies: 130, maxPageSize: 50 });
    expect(failed).toEqual([]);
    expect(ofKind(nodes, 'company')).toHaveLength(130);
  });
});

test('only reads, and never with an id of its own that lets the server put answers off', async () => {
  const { server } = await crawled();
  expect(new Set(server.requests.map(({ method, path }) => (method === 'GET' ? method : `${method} ${path}`)))).toEqual(
    new Set(['GET', 'POST /api/v3/token']),
  );
  expect(server.requests.filter(({ headers }) => 'x-request-id' in headers)).toEqual([]);
});

test('the list without pages is asked for without words for them', async () => {
  const { server } = await crawled();
  const behind = server.requests.filter(({ path }) => /\/enterpriseManagers\/[^/]+\/backupServers/.test(path));
  expect(behind.length).toBeGreaterThan(0);
  expect(behind.filter(({ path }) => path.includes('?'))).toEqual([]);
});

test('an answer that is put off all the same is waited for', async () => {
  const { world, node } = await scene({ ...few, asyncAnswers: 'always' });
  expect(labels(await world.openPath(node, 'Cloud Connect Sites'))).toHaveLength(3);
});

test('tenants without a company, and companies with several tenants, are told as they are', async () => {
  const { nodes } = await crawled();
  const tenants = ofKind<Tenant>(nodes, 'tenant');
  expect(tenants.filter(({ companyId }) => companyId === undefined).length).toBeGreaterThan(0);
  const elsewhere = (one: Tenant) =>
    tenants.some(other => other.companyId === one.companyId && other.backupServer !== one.backupServer);
  expect(tenants.filter(({ companyId }) => companyId !== undefined).some(elsewhere)).toBe(true);
  const unmapped = ofKind<Organization>(nodes, 'organization').filter(({ mapped }) => mapped === false);
  expect(unmapped.length).toBeGreaterThan(0);
});

describe('accounts', () => {
  test.each([
    ['EXAMPLE\\readonly', ['Companies', 'Resellers', 'Cloud Connect Sites'], 30],
    ['fabrikam-resale\\owner', ['Companies', 'Resellers', 'Cloud Connect Sites'], 2],
    ['northwind\\owner', ['Companies', 'Microsoft 365 Backup Servers', 'Backup Servers'], 1],
  ])('%s see what they may, and no failures', async (userName, first, companies) => {
    const { world, node, nodes, failed } = await crawled(few, { userName });
    expect(failed).toEqual([]);
    expect(labels(await world.open(node)).slice(0, 3)).toEqual(first);
    expect(ofKind(nodes, 'company').length).toBeGreaterThanOrEqual(Math.min(companies, 2));
    expect(ofKind(nodes, 'tenant').length).toBeGreaterThan(0);
    expect(ofKind(nodes, 'backupResource').length).toBeGreaterThan(0);
  });

  test('that may not read a list find a sentence there', async () => {
    const { world, node } = await scene(few, { userName: 'EXAMPLE\\readonly' });
    const users = await world.openPath(node, 'Companies', 'Northwind', 'Users');
    expect(labels(users)).toEqual(['(empty)']);
    const { nodes, failed } = await crawled(few, { userName: 'EXAMPLE\\readonly' });
    expect(failed).toEqual([]);
    const notes = nodes.filter(({ openedBranch }) => openedBranch?.note);
    expect(new Set(notes.map(({ item }) => item.name))).toContain('Users');
  });

  test('that are a key see the same', async () => {
    const { server, node, failed } = await crawled(few, {
      ...{ accountKind: 'apiKey', userName: '', password: 'sample-api-key-read-only' },
    });
    expect(failed).toEqual([]);
    expect(node.openedBranch?.nodes).toHaveLength(6);
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

test('a heading whose list fails inside the server says so, and its siblings are there', async () => {
  const { failed, nodes } = await crawled({ ...few, failing: ['organizations/resellers'] });
  expect(failed.map(({ failure }) => [failure.kind, failure.short])).toContainEqual(['serverFailed', 'status 520']);
  expect(ofKind(nodes, 'tenant').length).toBeGreaterThan(0);
});

test.each([
  ['organizations/resellers', ['company', 'tenant', 'backupServer']],
  ['organizations/companies', ['reseller', 'tenant', 'backupServer']],
  ['infrastructure/sites/cloudgatewaypools', ['company', 'reseller', 'tenant', 'backupServer']],
] as const)('rows whose names from %s fail inside the server are there without them', async (list, kinds) => {
  for (const version of versions) {
    const { failed, nodes } = await crawled({ ...few, version, failing: [list] });
    expect(failed.map(({ failure }) => failure.kind)).toEqual(list.startsWith('org') ? ['serverFailed'] : []);
    expect(kinds.filter(kind => ofKind(nodes, kind).length === 0)).toEqual([]);
  }
});

test('a search asks anew for what a walk has found, once somebody refreshes it', async () => {
  const { server, world, nodes } = await crawled();
  const locations = nodes.find(({ item }) => item.name === 'Locations') as Node;
  const before = server.requests.length;
  await world.inventory.refresh(locations);
  expect(server.requests.slice(before).map(({ path }) => path)).toEqual([
    `/api/v3/organizations/${locations.parent?.item.id}/locations?limit=500&offset=0`,
  ]);
});
