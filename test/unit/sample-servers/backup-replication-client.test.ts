import { describe, expect, test } from 'vitest';
import { crawl } from '../../../src/inventory/loading/loadAllBelow';
import { type Node, withAllBelow } from '../../../src/inventory/tree/node';
import type { ScaleOutRepository } from '../../../src/items/item';
import { product } from '../../../src/products/backup-replication';
import { type BackupReplicationOptions, type Revision, startBackupReplication } from '../../sample-servers';
import { never } from '../never';
import { labels, named, World } from '../support';

// The client against the sample server, which was written from the vendor's documents without sight of it.

const revisions = product.apiVersions as readonly Revision[];

async function start(options: Partial<BackupReplicationOptions> = {}) {
  return await World.with('backup-replication', startBackupReplication(options));
}

async function walked(options: Partial<BackupReplicationOptions>) {
  const scene = await start(options);
  const { failed, incomplete } = await crawl(scene.world.inventory, [scene.node], { signal: never });
  return { ...scene, failed, incomplete, nodes: [...withAllBelow([scene.node])] };
}

const idsOf = (nodes: readonly Node[], kind: string) =>
  nodes.flatMap(({ item }) => (item.kind === kind ? item.id : [])).sort();

describe.each(revisions)('a server of %s', newest => {
  test('is walked through whole', async () => {
    const { server, node, nodes, failed, incomplete } = await walked({ newestRevision: newest });
    expect(failed.map(({ failure }) => failure.message)).toEqual([]);
    expect(incomplete).toEqual([]);
    const { repositories, scaleOutRepositories, managedServers, proxies, jobs, entraTenants } = server.data;
    const [extents, own] = [true, false].map(is =>
      repositories.flatMap(({ id, extentOf }) => (Boolean(extentOf) === is ? id : [])).sort(),
    );
    expect(node.item).toMatchObject({ apiVersion: newest });
    expect(idsOf(nodes, 'repository')).toEqual(own);
    expect(idsOf(nodes, 'extent')).toEqual(extents);
    expect(idsOf(nodes, 'scaleOutRepository')).toEqual(scaleOutRepositories.map(({ id }) => id).sort());
    expect(idsOf(nodes, 'managedServer')).toEqual(managedServers.map(({ id }) => id).sort());
    expect(idsOf(nodes, 'proxy')).toEqual(proxies.map(({ id }) => id).sort());
    expect(idsOf(nodes, 'job')).toEqual(jobs.map(({ id }) => id).sort());
    expect(idsOf(nodes, 'entraTenant')).toEqual(newest < '1.2' ? [] : entraTenants.map(({ id }) => id).sort());
    expect(server.requests.filter(({ status }) => status !== 200 && status !== 400)).toEqual([]);
  });
});

test('a walk asks once for each page', async () => {
  const { server, nodes } = await walked({ repositories: 262, jobs: 250 });
  const own = server.data.repositories.filter(({ extentOf }) => extentOf === undefined);
  expect(idsOf(nodes, 'repository')).toHaveLength(own.length);
  expect(own.length).toBeGreaterThan(200);
  const times = new Map<string, number>();
  for (const { method, path } of server.requests) {
    const { pathname, searchParams } = new URL(path, server.url);
    const tiers = searchParams.getAll('sobrExtentTypeFilter');
    const name = [method, pathname, ...(tiers.length > 1 ? ['of extents'] : [])].join(' ');
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const infrastructure = 'GET /api/v1/backupInfrastructure';
  expect(Object.fromEntries(times)).toEqual({
    'GET /api/v1/serverTime': 1,
    'POST /api/oauth2/token': 1,
    'GET /api/v1/serverInfo': 1,
    [`${infrastructure}/repositories/states`]: 2,
    [`${infrastructure}/repositories/states of extents`]: 1,
    [`${infrastructure}/scaleOutRepositories`]: 1,
    'GET /api/v1/jobs/states': 2,
    [`${infrastructure}/managedServers`]: 1,
    [`${infrastructure}/proxies/states`]: 1,
    'GET /api/v1/inventory/entraId/tenants': 1,
  });
  expect(new Set(server.requests.map(({ path }) => path)).size).toBe(server.requests.length);
});

test('a search for jobs finds each once, although they stand below repositories, too', async () => {
  const { server, world, node } = await start();
  await crawl(world.inventory, [node], { signal: never, onDemand: new Set(['job']) });
  expect(idsOf([...world.inventory.loaded()], 'job')).toEqual(server.data.jobs.map(({ id }) => id).sort());
});

test('every request names the version, signing in and out too', async () => {
  const { server, world, node } = await walked({});
  await world.servers.signOut(node.item.id);
  expect(server.requests.filter(({ path }) => path.startsWith('/api/oauth2/')).map(({ path }) => path)).toEqual([
    '/api/oauth2/token',
    '/api/oauth2/logout',
  ]);
  expect(server.requests.filter(({ headers }) => headers['x-api-version'] !== '1.3-rev2')).toEqual([]);
});

test('a viewer sees everything but the version of the product', async () => {
  const { world, node, nodes, failed } = await walked({ role: 'viewer' });
  expect(failed).toEqual([]);
  expect(nodes.length).toBeGreaterThan(50);
  expect(node.item).toMatchObject({ version: undefined, apiVersion: '1.3-rev2' });
  expect(await world.connections.details(node.item.id, node.item, never)).toEqual([]);
});

describe('the session', () => {
  test('is renewed without the password, each refresh token used once', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    for (let times = 0; times < 3; times++) {
      server.expireSessions();
      await world.inventory.refresh(node);
    }
    const forms = server.requests.flatMap(({ path, body }) =>
      path === '/api/oauth2/token' ? new URLSearchParams(body) : [],
    );
    expect(forms.map(form => form.get('grant_type'))).toEqual([
      'password',
      'refresh_token',
      'refresh_token',
      'refresh_token',
    ]);
    expect(new Set(forms.map(form => form.get('refresh_token'))).size).toBe(4);
  });

  test('of a renewal that may read nothing is opened by password', async () => {
    const { server, world, node } = await start({ forbidsAfterRefresh: true });
    await world.open(node);
    server.expireSessions();
    expect(labels(await world.openPath(node, 'Managed Servers'))).toContain('vhr01.example.com');
  });

  test('of an account with multi-factor authentication is refused with the reason, and not asked for again', async () => {
    const { server, world, node } = await start({ mfaEnabled: true });
    await world.open(node);
    await world.inventory.refresh(node);
    expect(node.openedBranch?.failure).toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringMatching(
        /multi-factor authentication and single sign-on.*unless they are marked as service/,
      ),
      remedies: expect.arrayContaining(['signIn', 'edit']),
    });
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

test.each(['list', 'bare'] as const)('a saved version that is refused %s is found anew', async refusal => {
  const server = startBackupReplication({ newestRevision: '1.2-rev1', refusal });
  const { world, node } = await World.with('backup-replication', server, { apiVersion: '1.3-rev2' });
  expect(labels(await world.openPath(node, 'Backup Repositories'))).toContain('Cloud Volume 1');
  expect(world.list.servers[0]?.apiVersion).toBe('1.2-rev1');
});

test('jobs that the version has no words for fail alone', async () => {
  const { world, node } = await World.with('backup-replication', startBackupReplication(), { apiVersion: '1.2-rev1' });
  const headings = await world.open(node);
  expect(labels(await world.open(named(headings, 'Jobs')))).toEqual(['(failure)']);
  expect(named(headings, 'Jobs').openedBranch?.failure?.message).toContain('EJobType');
  expect(labels(await world.open(named(headings, 'Managed Servers')))).toContain('vhr01.example.com');
});

test('documents are what the server gives, without secrets', async () => {
  const { server, world, node, nodes } = await walked({});
  const kinds = new Set<string>();
  for (const { item } of nodes.filter(each => each.item.kind !== 'group' && each.item.kind !== 'server')) {
    if (!kinds.has(item.kind)) {
      const text = (await world.connections.document(node.item.id, item, 'json', never)) ?? '';
      expect(JSON.parse(text)).toMatchObject({ id: item.id });
      expect(text).not.toContain('sample secret');
      kinds.add(item.kind);
    }
  }
  expect(kinds).toEqual(
    new Set(['repository', 'scaleOutRepository', 'extent', 'job', 'managedServer', 'proxy', 'entraTenant']),
  );
  expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
});

test('details are there for each kind that has some', async () => {
  const { world, node, nodes } = await walked({});
  const detailsOf = async (kind: string, name?: string) => {
    const item = nodes.find(each => each.item.kind === kind && (name === undefined || each.item.name === name))?.item;
    return Object.fromEntries(
      item
        ? (await world.connections.details(node.item.id, item, never)).map(({ label, value }) => [label, value])
        : [],
    );
  };
  expect(await detailsOf('repository', 'Hardened Repository 1')).toMatchObject({ 'Immutable for days': 14 });
  expect(await detailsOf('repository', 'Contoso Bucket')).toMatchObject({ 'Consumption limit': '10 TB' });
  expect(await detailsOf('scaleOutRepository')).toMatchObject({
    'To the capacity tier': 'copy as soon as created',
  });
  expect(await detailsOf('job', 'Contoso nightly 1')).toMatchObject({ 'Last session': 'Stopped' });
  expect(await detailsOf('job', 'Fabrikam nightly 2')).toMatchObject({ 'Last session': 'Working' });
  expect(await detailsOf('server')).toMatchObject({ 'Cloud Connect': 'Enabled', Build: '13.1.0.411' });
});

test('scale-out repositories among the states of repositories are shown once', async () => {
  const { server, nodes } = await walked({ scaleOutInStates: true });
  const own = server.data.repositories.filter(({ extentOf }) => extentOf === undefined);
  expect(nodes.filter(({ item }) => item.kind === 'repository')).toHaveLength(own.length);
  expect(nodes.filter(({ item }) => item.name === 'Scale-out 1')).toHaveLength(1);
  const heading = nodes.find(({ item }) => item.kind === 'group' && item.contains === 'repository');
  expect(heading?.openedBranch?.total).toBe(own.length);
});

test('a custom role is admitted by 1.3-rev2, and told why not by an older one', async () => {
  const { world, node } = await start({ role: 'custom' });
  expect(labels(await world.openPath(node, 'Managed Servers'))).toContain('vhr01.example.com');
  const older = await start({ role: 'custom', newestRevision: '1.3-rev1' });
  await older.world.open(older.node);
  expect(older.node.openedBranch?.failure?.message).toContain('Custom roles need API 1.3-rev2 or later');
});

test.each(['withApi', 'only'] as const)(
  'beside a web console that is there %s it is recognized or not',
  async webConsole => {
    const { world, node } = await start({ webConsole });
    await world.open(node);
    expect(node.openedBranch?.failure?.kind).toBe(webConsole === 'only' ? 'wrongProduct' : undefined);
  },
);

test('an ended session that is told of without a word is renewed', async () => {
  const { server, world, node } = await start({ emptyUnauthorized: true });
  await world.open(node);
  server.expireSessions();
  expect(labels(await world.openPath(node, 'Managed Servers'))).toContain('vhr01.example.com');
});

test('scale-out repositories have the sums of their performance tier', async () => {
  const { server, nodes } = await walked({});
  for (const scaleOut of server.data.scaleOutRepositories) {
    const item = nodes.map(node => node.item).find(({ id }) => id === scaleOut.id) as ScaleOutRepository;
    const extents = server.data.repositories.filter(
      ({ extentOf }) => extentOf?.scaleOut.id === scaleOut.id && extentOf.tier === 'Performance',
    );
    const capacity = extents.reduce((sum, { capacityGB }) => sum + Math.round(capacityGB * 1024 ** 3), 0);
    expect(item.capacityBytes).toBe(capacity);
  }
});

test('the jobs below a repository are those that write to it', async () => {
  const { server, world, node } = await start();
  const [first] = server.data.repositories.filter(each =>
    server.data.jobs.some(({ repository }) => repository === each),
  );
  const rows = await world.openPath(node, 'Backup Repositories', first?.name ?? '');
  const jobs = server.data.jobs.filter(({ repository }) => repository === first).map(({ name }) => name);
  expect(labels(rows).sort()).toEqual(jobs.sort());
});
