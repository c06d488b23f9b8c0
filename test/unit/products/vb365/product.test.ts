import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Organization, Repository } from '../../../../src/items/item';
import { startEnterpriseManager, startVb365, type Vb365Options } from '../../../sample-servers';
import { never } from '../../never';
import { labels, named, World } from '../../support';

async function start(options: Partial<Vb365Options> = {}) {
  return await World.with('vb365', startVb365(options));
}

describe('the version', () => {
  test.each([
    [['v3'], 'v3'],
    [['v3', 'v4', 'v5'], 'v5'],
    [['v6', 'v7', 'v8'], 'v8'],
  ])('is the newest of %s, found without a login', async (versions, newest) => {
    const { server, world, node } = await start({ versions });
    await world.open(node);
    expect(world.list.servers[0]?.apiVersion).toBe(newest);
    expect(server.requests.filter(({ path }) => /token$/i.test(path.split('?')[0] ?? ''))).toHaveLength(1);
  });

  test('is found although the server never answers for an older one', async () => {
    const { server, world, node } = await start({ versions: ['v7'] });
    server.intercept = ({ url }) => (/^\/v[3-6]\//.test(url ?? '') ? new Promise<boolean>(() => undefined) : false);
    await world.open(node);
    expect(node.openedBranch?.failure).toBeUndefined();
    expect(world.list.servers[0]?.apiVersion).toBe('v7');
  });

  test('is kept once found, with that of the product', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    expect(world.list.servers[0]).toMatchObject({ apiVersion: 'v8', version: '8.0.2.159' });
    expect(node.item).toMatchObject({ apiVersion: 'v8', version: '8.0.2.159' });
    const anonymous = server.requests.filter(({ headers, method }) => method === 'GET' && !headers.authorization);
    expect(anonymous).toHaveLength(1);
  });
});

test.each([
  ['is not served any more', { versions: ['v6', 'v7'] }, { apiVersion: 'v8' }, 'v7'],
  ['never was one', { versions: ['v8'] }, { apiVersion: 'v9' }, 'v8'],
])('a saved version that %s is found out anew', async (_why, options, facts, found) => {
  const { world, node } = await World.with('vb365', startVb365(options), facts);
  await world.open(node);
  expect(node.openedBranch?.failure).toBeUndefined();
  expect(world.list.servers[0]?.apiVersion).toBe(found);
});

test('a saved version does not hide that another product answers now', async () => {
  const { world, node } = await World.with('vb365', startEnterpriseManager(), { apiVersion: 'v8' });
  await world.open(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'wrongProduct' });
  expect(node.openedBranch?.failure?.message).toContain('Veeam Backup Enterprise Manager');
});

describe.each(['v3', 'v4', 'v5', 'v6', 'v7', 'v8'])('API %s', version => {
  test('shows repositories and the organizations in each', async () => {
    const { server, world, node } = await start({ versions: [version] });
    const groups = await world.open(node);
    expect(labels(groups)).toEqual(['Backup Repositories', 'Organizations', 'Backup Proxies']);
    const repositories = await world.open(named(groups, 'Backup Repositories'));
    expect(labels(repositories)).toEqual([...server.data.repositories].map(({ name }) => name));
    const organizations = await world.open(named(repositories, 'Repo North'));
    expect(labels(organizations)).toEqual(['Contoso', 'Fabrikam']);
    const contoso = named(organizations, 'Contoso').item as Organization;
    expect(contoso.usedBytes).toBeTypeOf('number');
    expect(contoso.usedBytes).toBeGreaterThan(0);
  });

  test('shows every organization, however many pages they come in', async () => {
    const { server, world, node } = await start({ versions: [version], organizations: 1234, maxLimit: 100 });
    const rows = await world.openPath(node, 'Organizations');
    const group = named(world.inventory.childrenOf(node), 'Organizations');
    await world.inventory.complete(group, never);
    const all = world.inventory.childrenOf(named(world.inventory.childrenOf(node), 'Organizations'));
    expect(rows.length).toBeGreaterThanOrEqual(1000);
    expect(labels(all)).toEqual([...server.data.organizations].map(({ name }) => name));
  });
});

test.each(['absolute', 'rootRelative', 'relative', 'otherHost', 'v7'] as const)(
  'follows pages with links in the form %s',
  async linkForm => {
    const { world, node } = await start({ organizationsPerRepository: 95, linkForm, maxLimit: 30 });
    expect(await world.openPath(node, 'Backup Repositories', 'Repo North')).toHaveLength(95);
  },
);

test('follows pages without any links', async () => {
  const { world, node } = await start({ organizationsPerRepository: 90, omitLinks: true, maxLimit: 30 });
  expect(await world.openPath(node, 'Backup Repositories', 'Repo North')).toHaveLength(90);
});

test.each(['array', 'page'] as const)('reads any list as %s', async envelope => {
  const { world, node } = await start({
    versions: ['v7'],
    envelope: { BackupRepositories: envelope, BackedUpOrganizations: envelope, Organizations: envelope },
  });
  expect(labels(await world.openPath(node, 'Backup Repositories', 'Repo North'))).toEqual(['Contoso', 'Fabrikam']);
  expect(await world.openPath(node, 'Organizations')).toHaveLength(12);
});

test('tells a repository on object storage by its storage, not its cache', async () => {
  const { world, node } = await start();
  const repository = named(await world.openPath(node, 'Backup Repositories'), 'Repo S3').item as Repository;
  expect(repository.objectStorage).toBe(true);
  expect(repository.usedBytes).toBeGreaterThan(0);
});

test('says so where a repository holds no organization', async () => {
  const { server, world, node } = await start({ organizationsPerRepository: 0 });
  const rows = await world.openPath(node, 'Backup Repositories', [...server.data.repositories][0]?.name ?? '');
  expect(labels(rows)).toEqual(['(empty)']);
});

test('keeps apart the same organization in two repositories, and one with the id of its repository', async () => {
  const { world, node } = await start({ organizationsPerRepository: 12 });
  for (const row of await world.openPath(node, 'Backup Repositories')) {
    if (row.type === 'node') {
      await world.open(row);
    }
  }
  const all = [...world.inventory.loaded()];
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  const organizations = all.filter(({ item }) => item.kind === 'organization');
  const repositoryIds = all.filter(({ item }) => item.kind === 'repository').map(({ item }) => item.id);
  expect(new Set(organizations.map(({ item }) => item.id)).size).toBeLessThan(organizations.length);
  expect(organizations.some(({ item }) => repositoryIds.includes(item.id))).toBe(true);
});

describe('the session', () => {
  test('is renewed ahead of its end, without the password', async () => {
    const { server, world, node } = await start({ tokenLifetimeSeconds: 3600 });
    await world.open(node);
    vi.setSystemTime(Date.now() + 3500 * 1000);
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await world.openPath(node, 'Backup Repositories');
    const grants = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => grantOf(body));
    expect(grants).toEqual(['password', 'refresh_token']);
  });

  test('is renewed once for all that find it ended, and each answer is repeated', async () => {
    const { server, world, node } = await start({ repositories: 50, organizationsPerRepository: 1 });
    const repositories = await world.openPath(node, 'Backup Repositories');
    server.expireSessions();
    await Promise.all(repositories.map(row => row.type === 'node' && world.open(row)));
    expect(world.node(node.key).openedBranch?.state).toBe('ready');
    expect(repositories.every(row => row.type === 'node' && row.openedBranch?.state === 'ready')).toBe(true);
    const grants = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => grantOf(body));
    expect(grants).toEqual(['password', 'refresh_token']);
  });

  test('uses the password where the refresh token is refused', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    server.expireSessions();
    server.intercept = (request, response) => {
      if (request.method !== 'POST') {
        return false;
      }
      server.intercept = undefined;
      response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_grant"}');
      return true;
    };
    expect(labels(await world.openPath(node, 'Backup Repositories'))).toContain('Repo North');
  });

  test('is ended on the server at signing out, and its secrets are gone', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    await world.servers.signOut(node.item.id);
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', status: 204 });
    expect(server.requests.at(-1)?.path).toMatch(/^\/v8\/Token\/Logout$/i);
    expect(world.secrets.values.size).toBe(0);
    await world.inventory.refresh(node);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'signedOut', remedies: ['signIn'] });
  });

  test('never sends a refused password a second time', async () => {
    const { server, world, node } = await World.with('vb365', startVb365(), { password: 'wrong' });
    for (let attempt = 0; attempt < 3; attempt++) {
      await world.inventory.refresh(node);
      await world.open(node);
      expect(node.openedBranch?.failure?.kind).toBe('credentialsRefused');
    }
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await world.servers.signIn(world.saved(node.item.id), server.password, true, never);
    await world.inventory.refresh(node);
    expect(node.openedBranch?.state).toBe('ready');
  });

  test('respects a throttled token call', async () => {
    const { server, world, node } = await start();
    server.intercept = (request, response) => {
      if (request.method !== 'POST') {
        return false;
      }
      response.writeHead(429, { 'Retry-After': '17' }).end('{"message":"Quota exceeded"}');
      return true;
    };
    await world.open(node);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'throttled', retryAfterSeconds: 17 });
    server.intercept = undefined;
    const asked = server.requests.length;
    await Promise.all([world.inventory.refresh(node), world.inventory.refresh(node)]);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'throttled' });
    expect(server.requests.slice(asked).filter(({ method }) => method === 'POST')).toEqual([]);
    onTestFinished(() => {
      vi.useRealTimers();
    });
    vi.setSystemTime(Date.now() + 17_000);
    await world.inventory.refresh(node);
    expect(node.openedBranch?.state).toBe('ready');
  });
});

function grantOf(body: string): string | null {
  return new URLSearchParams(body).get('grant_type');
}
