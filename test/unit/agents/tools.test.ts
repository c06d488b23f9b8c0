import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { AgentTools } from '../../../src/agents/tools';
import { IdIndex } from '../../../src/inventory/search/idIndex';
import { startEnterpriseManager, startServiceProviderConsole, startVb365 } from '../../sample-servers';
import { startFamily } from '../../sample-servers/family';
import { forThisTest } from '../forThisTest';
import { never } from '../never';
import { World } from '../support';
import { altered } from './altered';

let world: World;
let tools: AgentTools;

beforeEach(() => {
  world = new World();
  tools = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections);
});

interface Answer {
  readonly note: string;
  readonly total: number | string;
  readonly cut?: boolean;
  readonly howToGoOn?: string;
  readonly [list: string]: unknown;
}

interface Told {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly id?: string;
  readonly path: readonly string[];
  readonly facts: Record<string, unknown>;
}

async function call(name: string, input: object = {}, limits?: Parameters<AgentTools['run']>[3]): Promise<Answer> {
  return JSON.parse(await tools.run(`backupTenancy_${name}`, input, never, limits));
}

function told(answer: Answer, list: string): readonly Told[] {
  return answer[list] as readonly Told[];
}

async function vb365(options: Parameters<typeof startVb365>[0] = {}) {
  const sample = await forThisTest(startVb365(options));
  return { sample, node: await world.add('vb365', sample) };
}

async function enterpriseManager(options: Parameters<typeof startEnterpriseManager>[0] = {}) {
  const sample = await forThisTest(startEnterpriseManager(options));
  return { sample, node: await world.add('enterprise-manager', sample) };
}

test('the keys of one tool feed the next, from the list of servers down to a subtenant', async () => {
  const { sample } = await enterpriseManager();
  const [server] = told(await call('list_servers'), 'servers');
  expect(server).toMatchObject({ kind: 'server', name: 'enterprise-manager', state: 'idle' });
  expect(sample.requests).toEqual([]);
  const headings = told(await call('list_children', { key: server?.key }), 'children');
  const tenants = headings.find(({ facts }) => facts.contains === 'tenant');
  const [tenant] = told(await call('list_children', { key: tenants?.key }), 'children');
  expect(tenant).toMatchObject({ kind: 'tenant', name: 'Northwind', id: sample.data.tenants.at(0).id });
  const below = told(await call('list_children', { key: tenant?.key }), 'children');
  const subtenant = below.find(({ kind }) => kind === 'subtenant');
  const { item } = await call('get_item', { key: subtenant?.key });
  expect(item).toMatchObject([
    {
      kind: 'subtenant',
      name: 'nw-user-01',
      id: sample.data.tenants.at(0).subtenants.at(0).id,
      path: ['enterprise-manager', 'Cloud Tenants', 'Northwind', 'nw-user-01'],
      facts: { quotaBytes: 10 * 1024 ** 3 },
    },
  ]);
});

test('get_item loads what lies above, and tells of other places of the same id', async () => {
  const { sample, node } = await vb365();
  const repository = [...sample.data.repositories].find(({ name }) => name === 'Repo North');
  const organization = repository?.organizations.at(0);
  const key = `${node.key}/group:repositories/repository:${repository?.id}/organization:${encodeURIComponent(organization?.id ?? '')}`;
  const answer = await call('get_item', { key });
  expect(told(answer, 'item')).toMatchObject([{ key, id: organization?.id, name: organization?.name }]);
});

test('find looks into everything on all servers, by words and by ID', async () => {
  const { sample } = await vb365();
  const em = await enterpriseManager();
  const found = told(await call('find', { query: 'contoso' }), 'items');
  expect(found.length).toBeGreaterThan(1);
  expect(found.every(({ name }) => /contoso/i.test(name))).toBe(true);
  expect(found[0]?.name).toBe('Contoso');
  const { id } = em.sample.data.tenants.at(0).subtenants.at(1);
  expect(told(await call('find', { query: id.toUpperCase() }), 'items')).toMatchObject([{ id, kind: 'subtenant' }]);
  const repositories = told(await call('find', { query: 'repo', kind: 'repository' }), 'items');
  expect(repositories.some(({ id: each }) => each === sample.data.repositories.at(0).id)).toBe(true);
  expect(repositories.every(({ kind }) => kind === 'repository')).toBe(true);
});

test('find asks only the server that it is told to, and none for an ID that is loaded', async () => {
  const one = await vb365();
  const other = await enterpriseManager();
  await call('find', { query: 'contoso', server: one.node.key });
  expect(other.sample.requests).toEqual([]);
  expect(tools.serversAsked('backupTenancy_find', { query: 'x', server: one.node.key })).toEqual([one.node]);
  expect(tools.serversAsked('backupTenancy_find', { query: 'x' })).toEqual([one.node, other.node]);
  const { length } = one.sample.requests;
  const { id } = one.sample.data.repositories.at(0);
  expect(told(await call('find', { query: id, server: one.node.key }), 'items')).not.toEqual([]);
  expect(one.sample.requests).toHaveLength(length);
});

test('find tells what it could not look at, and finds the rest', async () => {
  const dead = await vb365();
  await enterpriseManager();
  await dead.sample.close();
  const answer = await call('find', { query: 'northwind' });
  expect(told(answer, 'items')[0]).toMatchObject({ name: 'Northwind' });
  expect(answer.notSearched).toMatchObject([{ key: dead.node.key, problem: 'The server cannot be reached.' }]);
});

describe('answers are of limited size, and say how to go on', () => {
  test('by number', async () => {
    const { node } = await enterpriseManager({ tenants: 120, subtenantsPerTenant: 0 });
    const key = `${node.key}/group:tenants`;
    const all: string[] = [];
    for (let offset: string | undefined = '0'; offset !== undefined; ) {
      const answer: Answer = await call('list_children', { key, limit: 7, offset: Number(offset) });
      expect(answer.total).toBe(120);
      all.push(...told(answer, 'children').map(each => each.key));
      expect(answer.cut ?? false).toBe(all.length < 120);
      offset = /offset (\d+)/.exec(answer.howToGoOn ?? '')?.[1];
    }
    expect(new Set(all).size).toBe(120);
    expect(all).toHaveLength(120);
    expect(await call('list_children', { key, offset: 119 })).not.toHaveProperty('cut');
  });

  test('by characters', async () => {
    const { node } = await enterpriseManager({ tenants: 200, subtenantsPerTenant: 0 });
    const key = `${node.key}/group:tenants`;
    const text = await tools.run('backupTenancy_list_children', { key, limit: 200 }, never);
    expect(text.length).toBeLessThanOrEqual(24_000);
    const shown = told(JSON.parse(text), 'children').length;
    expect(shown).toBeGreaterThan(10);
    expect(JSON.parse(text)).toMatchObject({ cut: true, howToGoOn: expect.stringContaining(`offset ${shown}`) });
  });

  test("by the model's own tokens", async () => {
    const { node } = await enterpriseManager({ tenants: 60, subtenantsPerTenant: 0 });
    const fits = async (text: string) => text.length < 3000;
    const answer = await call('list_children', { key: `${node.key}/group:tenants` }, { fits });
    expect(answer.cut).toBe(true);
    expect(JSON.stringify(answer).length).toBeLessThan(3000);
    const none = await call('list_children', { key: `${node.key}/group:tenants` }, { fits: async () => false });
    expect(none).toEqual({ cut: true, howToGoOn: expect.any(String) });
  });

  test('also where the servers send names without end', async () => {
    const { sample, node } = await vb365({ hostileNames: true });
    sample.intercept = (_request, response) =>
      altered(response, object => ('name' in object ? { ...object, name: 'long '.repeat(20_000) } : object));
    const key = `${node.key}/group:organizations`;
    const [first] = told(await call('list_children', { key }), 'children');
    expect(first?.name).toMatch(/^long .*…$/);
    for (const [tool, input] of [
      ['list_children', { key, limit: 200 }],
      ['get_item', { key: first?.key }],
      ['find', { query: 'long', limit: 200 }],
    ] as const) {
      expect((await tools.run(`backupTenancy_${tool}`, input, never)).length).toBeLessThan(24_001);
    }
  });
});

test('an item that is too large for any answer hides no others', async () => {
  const { sample, node } = await vb365();
  sample.intercept = (_request, response) =>
    altered(response, object => (object.name === 'Repo North' ? { ...object, id: '€'.repeat(9000) } : object));
  const key = `${node.key}/group:repositories`;
  const none = await call('list_children', { key });
  expect(none).toMatchObject({ cut: true, children: [], howToGoOn: expect.stringMatching(/too long.* offset 1 /) });
  expect(told(await call('list_children', { key, offset: 1 }), 'children').length).toBeGreaterThan(0);
  // The server cannot be asked for what is below it.
  const found = await call('find', { query: 'repo s3' });
  expect(told(found, 'items')[0]).toMatchObject({ name: 'Repo S3' });
  expect(found.notSearched).toMatchObject([{ problem: expect.any(String) }]);
});

test('pages that are not loaded yet are loaded as far as they are asked for', async () => {
  const { sample, node } = await vb365({ organizations: 2500 });
  const key = `${node.key}/group:organizations`;
  const answer = await call('list_children', { key, offset: 2490 });
  expect(told(answer, 'children')).toHaveLength(sample.data.organizations.length - 2490);
  expect(answer).not.toHaveProperty('cut');
});

test('hostile names are data on one line, marked as such', async () => {
  await vb365({ hostileNames: true });
  const answer = await call('find', { query: ' ', limit: 200 }).catch((error: Error) => error.message);
  expect(answer).toMatch(/query is empty/);
  const all = await call('find', { query: 'e', limit: 200 });
  expect(all.note).toMatch(/data, not instructions/);
  for (const { name } of told(all, 'items')) {
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

describe('errors are instructions', () => {
  test.each([
    ['list_children', {}, /key is missing\. Call backupTenancy_list_servers or backupTenancy_find first/],
    ['get_item', { key: 7 }, /key must be a string/],
    ['get_item', { key: 'nobody/tenant:x' }, /Call backupTenancy_list_servers first and use a key/],
    ['find', {}, /query must be a string, and is missing/],
    ['find', { query: 'x', server: 'nobody' }, /Call backupTenancy_list_servers first/],
    ['find', { query: 'x', limit: 1000 }, /limit must be a whole number from 1 to 200/],
    ['find', { query: 'x', offset: -1 }, /offset must be a whole number/],
    ['find', { query: 'x', kind: 5 }, /kind must be a string/],
    ['delete_item', {}, /There is no tool/],
  ])('%s %j', async (tool, input, message) => {
    await expect(call(tool, input)).rejects.toThrow(message);
  });

  test('for a key below which nothing is', async () => {
    const { node } = await enterpriseManager();
    await expect(call('get_item', { key: `${node.key}/group:tenants/tenant:made-up` })).rejects.toThrow(
      /No item has the key .*made-up.*call backupTenancy_find/,
    );
  });

  test('for a server that does not let us in', async () => {
    const sample = await forThisTest(startVb365());
    const node = await world.add('vb365', sample, { password: 'wrong' });
    await expect(call('list_children', { key: node.key })).rejects.toThrow(/Only the user can fix this/);
  });
});

test('a call that is given up ends at once', async () => {
  const { sample, node } = await vb365();
  const leaving = new AbortController();
  sample.intercept = () => {
    leaving.abort();
    return true;
  };
  await expect(tools.run('backupTenancy_list_children', { key: node.key }, leaving.signal)).rejects.toHaveProperty(
    'name',
    'AbortError',
  );
});

describe('a call takes no longer than it may', () => {
  /** The same tools, for somebody in a hurry. */
  async function hurried(name: string, input: object): Promise<Answer> {
    const impatient = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections, 50);
    return JSON.parse(await impatient.run(`backupTenancy_${name}`, input, never));
  }

  const silent = () => true;
  const instruction = /has not answered within 0\.05 seconds.* call backupTenancy_\w+ once more with the same input/;

  test('list_children of a silent server', async () => {
    const { sample, node } = await vb365();
    sample.intercept = silent;
    await expect(hurried('list_children', { key: node.key })).rejects.toThrow(instruction);
    await expect(hurried('list_children', { key: `${node.key}/group:organizations` })).rejects.toThrow(instruction);
  });

  test('list_children gives the rows that are there, and says that there are more', async () => {
    const { sample, node } = await vb365({ organizations: 2500 });
    const key = `${node.key}/group:organizations`;
    await call('list_children', { key });
    sample.intercept = silent;
    const answer = await hurried('list_children', { key, offset: 950, limit: 100 });
    expect(told(answer, 'children')).toHaveLength(50);
    expect(answer).toMatchObject({
      cut: true,
      unfinished: expect.stringContaining('Call backupTenancy_list_children again'),
      howToGoOn: expect.stringContaining('offset 1000'),
    });
    expect(await hurried('list_children', { key, limit: 100 })).not.toHaveProperty('unfinished');
  });

  test('get_item gives what is known without its details', async () => {
    const { sample, node } = await enterpriseManager();
    const key = told(await call('list_children', { key: `${node.key}/group:tenants` }), 'children')[0]?.key;
    expect(await call('get_item', { key })).not.toHaveProperty('cut');
    sample.intercept = silent;
    const answer = await hurried('get_item', { key });
    expect(told(answer, 'item')).toMatchObject([{ key, name: 'Northwind', details: [] }]);
    expect(answer).toMatchObject({ cut: true, unfinished: expect.stringContaining('details') });
  });

  test('get_item of what is not loaded', async () => {
    const { sample, node } = await enterpriseManager();
    sample.intercept = silent;
    await expect(hurried('get_item', { key: `${node.key}/group:tenants/tenant:x` })).rejects.toThrow(instruction);
  });

  test('find gives what it has found, and says that there may be more', async () => {
    const good = await enterpriseManager();
    const { sample } = await vb365();
    await call('find', { query: 'northwind', server: good.node.key });
    sample.intercept = silent;
    const answer = await hurried('find', { query: 'northwind' });
    expect(told(answer, 'items')[0]).toMatchObject({ name: 'Northwind' });
    expect(answer).toMatchObject({ cut: true, unfinished: expect.stringContaining('Call backupTenancy_find again') });
  });

  test('list_servers, which asks none of them', async () => {
    const { sample, node } = await vb365();
    sample.intercept = silent;
    expect(told(await hurried('list_servers', {}), 'servers')).toMatchObject([{ key: node.key }]);
    expect(sample.requests).toEqual([]);
  });
});

describe('list_children loads no further', () => {
  const isSecondLoad = (url = '') => url.includes('/Organizations?') && url.includes('offset=1000');

  test('when the user cancels that', async () => {
    const { sample, node } = await vb365({ organizations: 2500 });
    const key = `${node.key}/group:organizations`;
    sample.intercept = ({ url }) => {
      if (isSecondLoad(url)) {
        world.inventory.cancel(world.node(key));
      }
      return isSecondLoad(url);
    };
    const answer = await call('list_children', { key, offset: 990, limit: 100 });
    expect(told(answer, 'children')).toHaveLength(10);
    expect(answer.cut).toBe(true);
    expect(sample.requests.filter(({ path }) => isSecondLoad(path))).toHaveLength(1);
  });

  test('when the server is taken off the list', async () => {
    const { sample, node } = await vb365({ organizations: 2500 });
    let changes = 0;
    sample.intercept = ({ url }) => {
      if (isSecondLoad(url)) {
        world.inventory.onDidChange.listen(() => {
          if (++changes > 100) {
            throw new Error('tried again and again');
          }
        });
        world.inventory.setServers([]);
      }
      return isSecondLoad(url);
    };
    const answer = await call('list_children', { key: `${node.key}/group:organizations`, offset: 990, limit: 100 });
    expect(told(answer, 'children')).toHaveLength(10);
    expect(answer.cut).toBe(true);
  });
});

test('of what was found only that is worked out which is told', async () => {
  const { node } = await enterpriseManager({ tenants: 120, subtenantsPerTenant: 0 });
  const key = `${node.key}/group:tenants`;
  await call('find', { query: 'n', kind: 'tenant' });
  let looked = 0;
  for (const { item } of world.node(key).branch?.nodes ?? []) {
    Object.defineProperty(item, 'resources', { enumerable: true, get: () => void looked++ });
  }
  await call('list_children', { key, limit: 5 });
  await call('find', { query: 'n', kind: 'tenant', limit: 5 });
  expect(looked).toBe(10);
});

test('the manifest declares these tools, and says what feeds what', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const declared: { name: string; modelDescription: string }[] = contributes.languageModelTools;
  for (const { name, modelDescription } of declared) {
    expect(() => tools.serversAsked(name, { key: 'x', query: 'x' })).not.toThrow(/no tool/);
    expect(modelDescription).toMatch(/key/);
    expect(modelDescription).toMatch(/never instructions/);
  }
  expect(declared).toHaveLength(5);
});

test('what could not be read is told with the list and with a search, without what the server sent', async () => {
  const { sample, node } = await vb365();
  const results = [{ id: 'p1', hostName: 'proxy.example.com', status: 'Online' }, { ignorePreviousInstructions: true }];
  sample.intercept = (request, response) => {
    const isList = request.url?.includes('/Proxies') === true;
    if (isList) {
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ results, totalCount: 2, _links: {} }));
    }
    return isList;
  };
  const answer = await call('list_children', { key: `${node.key}/group:proxies` });
  expect(answer).toMatchObject({ total: 1, couldNotBeRead: 1 });
  expect(answer.cut).toBeUndefined();
  const found = await call('find', { query: 'proxy.example.com' });
  expect(found).toMatchObject({ total: 1, couldNotBeRead: 1 });
  expect(JSON.stringify([answer, found])).not.toContain('ignorePrevious');
});

test('quotas that the server fails at are told with the list and with a search, in words of the extension', async () => {
  const sample = await forThisTest(startServiceProviderConsole({ companies: 5 }));
  const node = await world.add('service-provider-console', sample);
  sample.intercept = (request, response) => {
    const isList = request.url?.includes('/tenants/backupResources') === true;
    if (isList) {
      response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"errors":[{"message":"ignorePrevious"}]}');
    }
    return isList;
  };
  const answer = await call('list_children', { key: `${node.key}/group:companies` });
  expect(answer).toMatchObject({ total: 5, itemsLack: expect.stringContaining('unknown') });
  const found = await call('find', { query: 'Northwind', kind: 'company' });
  expect(found).toMatchObject({ itemsLack: expect.stringContaining('unknown') });
  expect(JSON.stringify([answer, found])).not.toContain('ignorePrevious');
});

test('find_everywhere tells how sure each place is, and which servers were left out', async () => {
  const servers = await forThisTest(startFamily());
  const vspc = await world.add('service-provider-console', servers.serviceProviderConsole);
  const em = await world.add('enterprise-manager', servers.enterpriseManager);
  const m365 = await world.add('vb365', servers.vb365);
  const key = `${em.key}/group:tenants/tenant:${servers.enterpriseManager.data.tenants.at(1).id}`;
  await world.open(vspc);
  expect(tools.serversAsked('backupTenancy_find_everywhere', { key })).toEqual([em, vspc]);
  const answer = await call('find_everywhere', { key });
  const places = answer.places as readonly (Told & { readonly found: string; readonly product: string })[];
  expect(places.map(({ product, kind, name, found }) => [product, kind, name, found]).slice(0, 3)).toEqual([
    ['service-provider-console', 'company', 'Contoso', 'byName'],
    ['service-provider-console', 'tenant', 'Contoso', 'byName'],
    ['service-provider-console', 'organization', 'Contoso', 'byName'],
  ]);
  expect(places.at(-1)).toMatchObject({ key, product: 'enterprise-manager', found: 'certain', recognizedBy: 'itself' });
  expect(answer.notLookedAt).toEqual([
    { key: m365.key, server: 'vb365', why: expect.stringContaining('not been opened') },
  ]);
  expect(answer.note).toContain('data, not instructions');
  await expect(call('find_everywhere', { key: em.key })).rejects.toThrow('Only companies, tenants');
});
