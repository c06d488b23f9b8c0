import { describe, expect, test } from 'vitest';
import { crawl } from '../../../../src/inventory/loading/loadAllBelow';
import { Node } from '../../../../src/inventory/tree/node';
import type { BackupResource, Heading, Tenant } from '../../../../src/items/item';
import { product } from '../../../../src/products/enterprise-manager';
import { type EnterpriseManagerOptions, type Subtenant, startEnterpriseManager } from '../../../sample-servers';
import { tenant } from '../../items';
import { never } from '../../never';
import { items, labels, named, World } from '../../support';
import { answeringApi } from '../answeringApi';

const gigabyte = 1024 ** 3;

async function start(options: Partial<EnterpriseManagerOptions> = {}, facts: Parameters<World['add']>[2] = {}) {
  return await World.with('enterprise-manager', startEnterpriseManager(options), facts);
}

describe.each<[string, Partial<EnterpriseManagerOptions>]>([
  ['JSON', {}],
  ['XML', { json: false }],
  ['version 13', { release: 13 }],
  ['v1_4', { versions: ['v1_4'] }],
])('from %s', (_name, options) => {
  test("shows a tenant's backup resources, which nothing is asked for", async () => {
    const { server, world, node } = await start(options);
    await world.openPath(node, 'Cloud Tenants', 'Northwind');
    const asked = server.requests.length;
    const rows = await world.openPath(node, 'Cloud Tenants', 'Northwind', 'Backup Resources');
    expect(server.requests.length).toBe(asked);
    const northwind = server.data.tenants.at(0);
    const repository = server.data.findRepository(northwind.resources[0]?.repositoryId ?? '');
    expect(items<BackupResource>(rows)).toEqual([
      {
        kind: 'backupResource',
        id: northwind.resources[0]?.id,
        name: 'Cloud Volume 1',
        hasChildren: false,
        tenantId: northwind.id,
        tenantName: 'Northwind',
        repositoryUrn: `urn:veeam:Repository:${repository?.id}`,
        repositoryName: repository?.name,
        quotaBytes: 250 * gigabyte,
        usedBytes: 166 * gigabyte,
      },
    ]);
  });

  test('tells how many tasks a tenant may run at a time, and its throttling while it is on', async () => {
    const { world, node } = await start(options);
    const tenants = items<Tenant>(await world.openPath(node, 'Cloud Tenants'));
    expect(new Set(tenants.map(({ maxConcurrentTasks }) => maxConcurrentTasks))).toEqual(new Set([0, 1, 2, 3]));
    const throttled = tenants.filter(({ throttlingLimit, throttlingUnit }) => throttlingLimit ?? throttlingUnit);
    expect(throttled).toMatchObject([{ throttlingLimit: 20, throttlingUnit: 'MB/s' }]);
  });

  test('shows the tenants that have quota on a repository, by one list of them', async () => {
    const { server, world, node } = await start({ ...options, tenants: 40 });
    const repository = server.data.repositories.at(0);
    const path = ['Backup Servers', 'vbr01', repository.name];
    await world.openPath(node, 'Backup Servers', 'vbr01');
    const asked = server.requests.length;
    const rows = await world.openPath(node, ...path);
    const lists = server.requests.slice(asked).filter(({ path: each }) => each.includes('cloud/tenants'));
    expect(lists).toHaveLength(1);
    const holders = [...server.data.tenants].filter(tenant =>
      tenant.resources.some(({ repositoryId }) => repositoryId === repository.id),
    );
    expect(holders.length).toBeGreaterThan(10);
    expect(labels(rows)).toEqual(holders.map(({ name }) => name));
    expect(items<BackupResource>(rows)[0]).toMatchObject({ quotaBytes: 250 * gigabyte, tenantId: holders[0]?.id });
  });

  test('shows gateways and hardware plans', async () => {
    const { world, node } = await start(options);
    expect(items(await world.openPath(node, 'Cloud Gateways'))).toMatchObject([
      { name: 'gateway1.example.com', enabled: true, networkMode: 'NAT', address: '192.0.2.1', port: 6180 },
      { name: 'gateway2.example.com', enabled: false, backupServer: 'vbr02' },
    ]);
    expect(items(await world.openPath(node, 'Hardware Plans'))).toMatchObject([
      { name: 'Replica Plan 1', platform: 'VMware', processorMhz: 4000, memoryBytes: 16 * gigabyte },
      { name: 'Replica Plan 2', platform: 'Hyper-V', processorUnlimited: true, memoryUnlimited: true },
    ]);
  });

  test('tells licence counters and what is replicated in the details', async () => {
    const { server, world, node } = await start(options);
    const tenants = await world.openPath(node, 'Cloud Tenants');
    const details = async (name: string) =>
      await world.connections.details(node.item.id, named(tenants, name).item, never);
    const replicating = server.data.tenants.at(5);
    expect(replicating.hasHardwarePlan).toBe(true);
    expect(await details(replicating.name)).toEqual([
      { label: 'VMs with a rental license', value: 2, unit: 'count' },
      { label: 'Workstations with a rental license', value: 0, unit: 'count' },
      { label: 'Servers with a rental license', value: 2, unit: 'count' },
      { label: 'New VMs this month', value: 4, unit: 'count' },
      { label: 'New workstations this month', value: 5, unit: 'count' },
      { label: 'New servers this month', value: 1, unit: 'count' },
      { label: 'New VM replicas this month', value: 0, unit: 'count' },
      { label: 'Hardware plan', value: 'Replica Plan 1 · VMware', unit: undefined },
      { label: 'CPUs of replicas', value: 4, unit: 'count' },
      { label: 'Memory of replicas', value: 8 * gigabyte, unit: 'bytes' },
      { label: 'Used of Replica Storage', value: 120 * gigabyte, unit: 'bytes' },
      { label: 'Limit of Replica Storage', value: 500 * gigabyte, unit: 'bytes' },
    ]);
    // A tenant of vCloud Director: nothing is asked for that it cannot have.
    expect((await details('Contoso')).map(({ label }) => label)).not.toContain('Hardware plan');
    server.intercept = (request, response) => {
      const isCounters = /freelicenseCounters/i.test(request.url ?? '');
      if (isCounters) {
        response.writeHead(403).end();
      }
      return isCounters;
    };
    expect(await details('Northwind')).toEqual([]);
    server.intercept = (request, response) => {
      const isCounters = /freelicenseCounters/i.test(request.url ?? '');
      if (isCounters) {
        response.writeHead(500).end();
      }
      return isCounters;
    };
    expect((await details(replicating.name)).slice(0, 2)).toEqual([
      { label: 'Rental licenses', value: 'status 500', unit: undefined },
      { label: 'Hardware plan', value: 'Replica Plan 1 · VMware', unit: undefined },
    ]);
  });

  test('gives all subtenants at once, to the letter as one by one', async () => {
    const { world, node } = await start({ ...options, tenants: 60 });
    const group = await tenantGroup(world, node);
    await world.inventory.completeBelow(group, never);
    const atOnce = childrenByTenant(group);
    expect(atOnce.every(({ state }) => state === 'ready')).toBe(true);

    const other = await start({ ...options, port: 0, tenants: 60 });
    const oneByOne = await tenantGroup(other.world, other.node);
    for (const tenant of oneByOne.branch?.nodes ?? []) {
      await other.world.open(tenant);
    }
    expect(atOnce).toEqual(childrenByTenant(oneByOne));
    expect(atOnce.flatMap(({ children }) => children).length).toBeGreaterThan(120);
  });
});

async function tenantGroup(world: World, node: Node): Promise<Node> {
  const group = named(await world.open(node), 'Cloud Tenants');
  await world.open(group);
  return group;
}

function childrenByTenant(group: Node) {
  return (group.branch?.nodes ?? []).map(({ item, branch }) => ({
    name: item.name,
    state: branch?.state,
    total: branch?.total,
    children: branch?.nodes.map(each => each.item),
  }));
}

interface QueryResult {
  readonly Resources: { readonly CloudSubtenants: object[] };
  readonly PagingInfo: object;
}

function queried({ id, name, tenant: { id: tenantId } }: Subtenant): object {
  return { Id: id, Name: name, Href: `https://em.example.com:9398/api/cloud/tenants/${tenantId}/subtenants/${id}` };
}

describe('a search through everything', () => {
  test('asks for no tenant by itself', async () => {
    const { server, world, node } = await start({ tenants: 300, subtenantsPerTenant: 10 });
    const { items: found, failed } = await crawl(world.inventory, [node], { signal: never });
    expect(failed).toEqual([]);
    expect(found).toBeGreaterThan(3000);
    const paths = server.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
    expect(paths.filter(path => /tenants\//.test(path))).toEqual([]);
    expect(paths.filter(path => path.startsWith('/api/query'))).toHaveLength(3);
    // Two backup servers' repositories, and each list once.
    expect(paths.length).toBeLessThan(15);
    const kinds = new Set([...world.inventory.loaded()].map(({ item }) => item.kind));
    expect(kinds).toContain('subtenant');
    expect(kinds).toContain('backupResource');
  });

  test.each<[string, (page: number, result: QueryResult) => void]>([
    [
      'pages overlap',
      (page, { Resources }) =>
        page === 3 && Resources.CloudSubtenants.splice(0, 1, ...Resources.CloudSubtenants.slice(1, 2)),
    ],
    ['a page is empty', (page, { Resources }) => page === 2 && Resources.CloudSubtenants.splice(0)],
    ['there are no pages, and a next one', (_page, { PagingInfo }) => Object.assign(PagingInfo, { PagesCount: 0 })],
    ['the pages are not counted', (_page, { PagingInfo }) => Object.assign(PagingInfo, { PagesCount: null })],
  ])('finds every subtenant once where %s', async (_name, spoil) => {
    const { server, world, node } = await start({ tenants: 20, subtenantsPerTenant: 150, bom: false });
    const all = [...server.data.subtenants];
    server.intercept = (request, response) => {
      const page = Number(/query.*&page=(\d+)/.exec(request.url ?? '')?.[1]);
      if (!page || !request.headers.accept?.includes('json')) {
        return false;
      }
      const rows = all.slice((page - 1) * 1000, page * 1000);
      const result: QueryResult = {
        Resources: { CloudSubtenants: rows.map(queried) },
        PagingInfo: { PagesCount: 3, Links: page < 3 ? [{ Rel: 'Next', Href: 'x' }] : [] },
      };
      spoil(page, result);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
      return true;
    };
    const { failed } = await crawl(world.inventory, [node], { signal: never });
    expect(failed).toEqual([]);
    const found = [...world.inventory.loaded()].flatMap(({ item }) => (item.kind === 'subtenant' ? item.id : []));
    expect(found.sort()).toEqual(all.map(({ id }) => id).sort());
  });

  test('ends with its signal', async () => {
    const { server, world, node } = await start({ tenants: 300, subtenantsPerTenant: 10 });
    const group = await tenantGroup(world, node);
    const ending = new AbortController();
    server.intercept = request => {
      if (/query.*page=2/.test(request.url ?? '')) {
        ending.abort();
        return true;
      }
      return false;
    };
    await expect(world.inventory.completeBelow(group, ending.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(server.requests.filter(({ path }) => path.includes('page=3'))).toEqual([]);
    expect(childrenByTenant(group).every(({ state }) => state === 'idle' || state === undefined)).toBe(true);
  });

  test('loads a repository’s tenants only where that is what was asked for', async () => {
    const { world, node } = await start();
    const repositories = await world.openPath(node, 'Backup Servers', 'vbr01');
    const [first] = repositories;
    expect(first instanceof Node).toBe(true);
    await crawl(world.inventory, [node], { signal: never });
    expect(repositories.every(row => row instanceof Node && row.openedBranch?.loadedAt === undefined)).toBe(true);
    if (first instanceof Node) {
      await crawl(world.inventory, [first], { signal: never });
      expect(first.branch?.nodes.length).toBeGreaterThan(0);
    }
  });
});

describe('the query for all subtenants', () => {
  const group: Heading = { kind: 'group', id: 'tenants', name: 'Cloud Tenants', contains: 'tenant', hasChildren: true };
  const northwind = tenant('T1', { name: 'Northwind' });
  const subtenant = (id: string, href: string) => ({ Id: id, Name: id, Links: null, Href: href });
  const own = subtenant('s1', 'http://em.local:9399/api/cloud/tenants/t1/subtenants/s1');
  const query = '/api/query?type=CloudSubtenant&format=Entities&sortAsc=UID&pageSize=1000&page=';
  const ask = async (body: unknown) =>
    await product.grandchildren?.(answeringApi('v1_7', { '/api/query': body }), group, [northwind], never);

  test.each([
    ['nested', { Resources: { CloudSubtenants: { CloudSubtenants: [own] } } }],
    ['plain', { Resources: { CloudSubtenants: [own] } }],
    ['entities', { Resources: null, Entities: { CloudTenants: null, CloudSubtenants: { CloudSubtenants: [own] } } }],
    [
      'XML',
      '<QueryResult><Resources><CloudSubtenants><CloudSubtenant Id="s1" Href="http://em.local/api/cloud/tenants/t1/subtenants/s1"><Name>s1</Name></CloudSubtenant></CloudSubtenants></Resources></QueryResult>',
    ],
  ])('is read in the form %s', async (_name, body) => {
    const found = await ask(body);
    expect(found?.get('T1')).toMatchObject([{ kind: 'subtenant', id: 's1', name: 's1', tenantId: 'T1' }]);
  });

  test('may find none', async () => {
    expect(await ask({ Resources: { CloudSubtenants: { CloudSubtenants: null } } })).toEqual(new Map([['T1', []]]));
  });

  test('is no empty answer where the list is not in it', async () => {
    await expect(ask({ Resources: null, Entities: {} })).rejects.toMatchObject({ kind: 'unexpectedShape' });
    await expect(ask('<QueryResult><Resources /></QueryResult>')).rejects.toMatchObject({ kind: 'unexpectedShape' });
  });

  test('is of no use where it is not told whose a subtenant is', async () => {
    expect(await ask({ Resources: { CloudSubtenants: [own, { Id: 's2', Name: 's2' }] } })).toBeUndefined();
  });

  test('asks for a stable order', async () => {
    const api = answeringApi('v1_7', { '/api/query': { Resources: { CloudSubtenants: [own] } } });
    await product.grandchildren?.(api, group, [northwind], never);
    expect(api.paths).toMatchObject([expect.stringContaining('&sortAsc=UID')]);
  });

  const other = { ...own, Id: 's2', Name: 's2' };
  const next = [{ Rel: 'Next', Href: 'http://em.local:9399/api/query?page=2' }];
  test.each([
    ['the same page for ever', [[own], { PagesCount: 1_000_000 }], [[own], { PagesCount: 1_000_000 }]],
    ['an id on two pages', [[own], { PagesCount: 2 }], [[own], { PagesCount: 2 }]],
    ['an id twice on a page', [[own, own], { PagesCount: 1 }]],
    ['an empty first page of two', [[], { PagesCount: 2 }], [[own], { PagesCount: 2 }]],
    ['an empty last page', [[own], { PagesCount: 2 }], [[], { PagesCount: 2 }]],
    ['an empty page after a link to it', [[own], { Links: next }], [[], {}]],
    ['no pages and a next one', [[own], { PagesCount: 0, Links: next }]],
    ['no pages and rows', [[own], { PagesCount: 0 }]],
    ['a next page after the last', [[own], { PagesCount: 1, Links: next }]],
    ['another number of pages', [[own], { PagesCount: 2 }], [[other], { PagesCount: 3 }], [[], { PagesCount: 3 }]],
    ['another page than that asked for', [[own], { PagesCount: 2 }], [[other], { PageNum: 1, PagesCount: 2 }]],
    [
      'a page that is not full and not the last',
      [[own, other], { PagesCount: 3 }],
      [[{ ...own, Id: 's3' }], { PagesCount: 3 }],
      [[{ ...own, Id: 's4' }], { PagesCount: 3 }],
    ],
  ] as [string, ...[unknown[], object][]][])('fails on %s', async (_name, ...pages) => {
    const bodies = pages.map(([CloudSubtenants, PagingInfo], index) => [
      `${query}${index + 1}`,
      { Resources: { CloudSubtenants }, PagingInfo },
    ]);
    const api = answeringApi('v1_7', Object.fromEntries(bodies));
    const found = product.grandchildren?.(api, group, [northwind], never);
    await expect(found).rejects.toMatchObject({ kind: 'unexpectedShape' });
  });

  test('fails where as many came as were asked for, and nothing tells whether that is all', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ ...own, Id: `s${index}` }));
    await expect(ask({ Resources: { CloudSubtenants: many } })).rejects.toMatchObject({ kind: 'unexpectedShape' });
  });

  test('goes on by the link to the next page where the pages are not counted', async () => {
    const first = {
      Resources: { CloudSubtenants: [own] },
      PagingInfo: { Links: [{ Rel: 'Next', Href: 'http://em.local:9399/api/query?page=2' }] },
    };
    const second = { Resources: { CloudSubtenants: [{ ...own, Id: 's2', Name: 's2' }] } };
    const api = answeringApi('v1_7', { [`${query}1`]: first, [`${query}2`]: second });
    const found = await product.grandchildren?.(api, group, [northwind], never);
    expect(found?.get('T1')?.map(({ id }) => id)).toEqual(['s1', 's2']);
    expect(api.paths).toHaveLength(2);
  });
});

test('reads a single gateway and plan from XML, where a list of one looks like none', async () => {
  const { world, node } = await start({ json: false, gateways: 1, hardwarePlans: 1 });
  expect(labels(await world.openPath(node, 'Cloud Gateways'))).toEqual(['gateway1.example.com']);
  expect(labels(await world.openPath(node, 'Hardware Plans'))).toEqual(['Replica Plan 1']);
});

test('a tenant of ten thousand subtenants takes one request', async () => {
  const { server, world, node } = await start({ tenants: 1, subtenantsPerTenant: 10_000 });
  await world.openPath(node, 'Cloud Tenants');
  const asked = server.requests.length;
  expect(await world.openPath(node, 'Cloud Tenants', 'Northwind')).toHaveLength(10_001);
  expect(server.requests.length - asked).toBe(1);
});

test('three thousand tenants take two requests, and one without the repositories’ names', async () => {
  const { server, world, node } = await start({ tenants: 3000 });
  await world.open(node);
  const asked = server.requests.length;
  server.intercept = (request, response) => {
    const isList = request.url?.startsWith('/api/repositories') ?? false;
    if (isList) {
      response.writeHead(500).end();
    }
    return isList;
  };
  const [northwind] = items<Tenant>(await world.openPath(node, 'Cloud Tenants'));
  expect(server.requests.length - asked).toBe(2);
  expect(northwind?.resources).toMatchObject([{ name: 'Cloud Volume 1', repositoryName: undefined }]);
});

test('a tenant’s own account sees its resources, and asks for nothing that it may not', async () => {
  const { server, world, node } = await start({}, { userName: 'Northwind', accountKind: 'tenant' });
  expect(labels(await world.open(node))).toEqual(['Cloud Tenants']);
  expect(labels(await world.openPath(node, 'Cloud Tenants', 'Northwind', 'Backup Resources'))).toEqual([
    'Cloud Volume 1',
  ]);
  const group = named(await world.open(node), 'Cloud Tenants');
  const { item } = named(await world.open(group), 'Northwind');
  expect(await world.connections.grandchildren(node.item.id, group.item as Heading, [item], never)).toBeUndefined();
  expect(server.requests.filter(({ status }) => status === 403)).toEqual([]);
});

test('a repository has no children where Cloud Connect is not licensed', async () => {
  const { world, node } = await start({ cloudConnect: false });
  expect(labels(await world.open(node))).toEqual(['Backup Servers', 'Cloud Tenants']);
  const repositories = items(await world.openPath(node, 'Backup Servers', 'vbr01'));
  expect(repositories.map(({ hasChildren }) => hasChildren)).toEqual([false, false]);
});

test('says so where no tenant has quota on a repository', async () => {
  const { world, node } = await start({ tenants: 1 });
  const rows = await world.openPath(node, 'Backup Servers', 'vbr02', 'Default Backup Repository');
  expect(labels(rows)).toEqual(['(empty)']);
  expect(rows[0]?.type === 'empty' && rows[0].parent.openedBranch?.note).toContain('No tenant');
});
