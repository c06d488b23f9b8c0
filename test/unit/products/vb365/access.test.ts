import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Organization } from '../../../../src/items/item';
import { type SampleServer, startEnterpriseManager, startVb365, type Vb365Options } from '../../../sample-servers';
import { never } from '../../never';
import { labels, named, World } from '../../support';

// What an account may read, and what it makes of the rest.

const versions = ['v3', 'v4', 'v5', 'v6', 'v7', 'v8'] as const;
const denied = { message: 'Access is denied.' };

async function start(options: Partial<Vb365Options> = {}) {
  return await World.with('vb365', startVb365(options));
}

/** Answers what `is` meant instead of the server, once it has been signed in to. */
function answer(
  server: SampleServer<unknown>,
  is: (request: IncomingMessage) => boolean,
  status: number,
  body: unknown,
): void {
  server.intercept = (request, response) => {
    const mine = request.headers.authorization !== undefined && is(request);
    if (mine) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
    }
    return mine;
  };
}

const isServiceInstance = ({ url }: IncomingMessage) => /\/ServiceInstance$/i.test(url ?? '');

describe('a server that does not tell of itself', () => {
  test.each([
    [403, denied],
    [404, denied],
    [500, denied],
    [400, ''],
    [200, '<xml/>'],
    [200, 'null'],
  ])('for status %i and %j shows its rows all the same', async (status, body) => {
    const { server, world, node } = await start({ versions: ['v8'] });
    answer(server, isServiceInstance, status, body);
    const groups = await world.open(node);
    expect(labels(groups)).toEqual(['Backup Repositories', 'Organizations', 'Backup Proxies']);
    expect(labels(await world.openPath(node, 'Backup Repositories'))).toContain('Repo North');
    expect(node.item).toMatchObject({ apiVersion: 'v8', version: undefined });
  });

  test('can be added, tried and tested', async () => {
    const { server, world, node } = await start();
    answer(server, isServiceInstance, 403, denied);
    expect(await world.servers.testSaved(node.item.id, never)).toMatchObject([
      { name: 'Backup Repositories' },
      { name: 'Organizations' },
      { name: 'Backup Proxies' },
    ]);
    const { url, username: userName, fingerprint: trustedFingerprint } = server;
    const draft = { product: 'vb365', name: 'm365', url, userName, trustedFingerprint };
    const trial = await world.servers.test(draft, server.password, never);
    expect(trial.facts.apiVersion).toBe('v8');
    expect(trial.facts.version).toBeUndefined();
    await trial.discard();
  });

  test('keeps what it told before', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    expect(node.item).toMatchObject({ version: '8.0.2.159' });
    answer(server, isServiceInstance, 403, denied);
    await world.inventory.refresh(node);
    expect(node.openedBranch?.failure).toBeUndefined();
    expect(node.item).toMatchObject({ apiVersion: 'v8', version: '8.0.2.159' });
  });

  test('is found in another version where that is why', async () => {
    const { world, node } = await World.with('vb365', startVb365({ versions: ['v7'] }), { apiVersion: 'v8' });
    await world.open(node);
    expect(world.list.servers[0]?.apiVersion).toBe('v7');
  });

  test.each([502, 503, 504])('is not there where it answers %i', async status => {
    const { server, world, node } = await start();
    answer(server, () => true, status, '');
    await world.open(node);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'serverFailed', status });
  });

  test('still says so where the session is not accepted', async () => {
    const { server, world, node } = await start();
    answer(server, () => true, 401, '');
    await world.open(node);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'sessionRefused' });
  });

  test('still says so where the password has been changed meanwhile', async () => {
    const { server, world, node } = await start();
    await world.open(node);
    server.expireSessions();
    server.intercept = (request, response) => {
      const isToken = request.method === 'POST';
      if (isToken) {
        response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_grant"}');
      }
      return isToken;
    };
    await world.inventory.refresh(node);
    expect(node.openedBranch?.failure).toMatchObject({ kind: 'credentialsRefused' });
  });

  test('is read where it is Enterprise Manager, too', async () => {
    const { server, world, node } = await World.with('enterprise-manager', startEnterpriseManager());
    server.intercept = (request, response) => {
      const isCourtesy = request.method === 'GET' && /\/logonSessions/i.test(request.url ?? '');
      if (isCourtesy) {
        response.writeHead(500).end();
      }
      return isCourtesy;
    };
    expect(labels(await world.open(node))).toContain('Cloud Tenants');
  });
});

describe.each(versions)('an account of one organization, at API %s', version => {
  async function startTenant() {
    const { server, world, node } = await start({ versions: [version], role: 'tenant' });
    return { server, world, node, contoso: server.data.organizations.at(0) };
  }

  test('sees that organization', async () => {
    const { server, world, node, contoso } = await startTenant();
    answer(server, isServiceInstance, 403, denied);
    const groups = await world.open(node);
    const rows = await world.open(named(groups, 'Organizations'));
    expect(labels(rows)).toEqual([contoso.name]);
    const { item } = named(rows, contoso.name) as Node & { item: Organization };
    expect(item).toMatchObject({
      kind: 'organization',
      id: contoso.id,
      type: contoso.type,
      lastBackup: '2026-03-01T21:00:09.7000000Z',
    });
    expect(item.repositoryId).toBeUndefined();
  });

  test('is told what else it may not see, row by row', async () => {
    const { world, node } = await startTenant();
    await world.open(node);
    for (const name of ['Backup Repositories', 'Backup Proxies']) {
      const group = named(world.inventory.childrenOf(node), name);
      expect(labels(await world.open(group))).toEqual(['(failure)']);
      expect(group.openedBranch?.failure).toMatchObject({ kind: 'accessDenied' });
    }
    const rows = await world.openPath(node, 'Organizations', 'Contoso', 'Used Repositories');
    expect(labels(rows)).toEqual(['(failure)']);
  });

  test('gets its details, its document and a test of the server', async () => {
    const { world, node, contoso } = await startTenant();
    const { item } = named(await world.openPath(node, 'Organizations'), 'Contoso');
    expect(await world.connections.details(node.item.id, item, never)).toContainEqual({
      label: 'Backup',
      value: 'backed up',
      unit: undefined,
    });
    const text = await world.connections.document(node.item.id, item, 'json', never);
    expect(JSON.parse(text ?? '')).toMatchObject({ id: contoso.id, name: contoso.name });
    const resource = await world.connections.resource(node.item.id, item, never);
    expect(resource?.path).toBe(`/${version}/Organization`);
    const counts = await world.servers.testSaved(node.item.id, never);
    expect(counts).toEqual([{ name: 'Organizations', number: 1, more: false }]);
  });
});

/** As it was reported from the field. */
const ownOrganization = {
  id: '7a7a0000-0000-4000-8000-000000000001',
  name: 'contoso.onmicrosoft.com',
  type: 'Office365',
  isBackedup: true,
  firstBackuptime: '2024-01-01T00:00:00Z',
  lastBackuptime: '2026-03-01T00:00:00Z',
};

test.each(['v5', 'v8'])('the own organization is read as %s sends it', async version => {
  const { server, world, node } = await start({ versions: [version] });
  server.intercept = (request, response) => {
    const isOwn = /\/Organization$/i.test(request.url ?? '');
    if (request.headers.authorization !== undefined) {
      response.writeHead(isOwn ? 200 : 403, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(isOwn ? ownOrganization : denied));
    }
    return request.headers.authorization !== undefined;
  };
  const rows = await world.openPath(node, 'Organizations');
  expect(labels(rows)).toEqual(['contoso.onmicrosoft.com']);
  expect(rows[0]?.type === 'node' && rows[0].item).toMatchObject({ lastBackup: '2026-03-01T00:00:00Z' });
});

test('an account that may see no organization at all is told so by the list', async () => {
  const { server, world, node } = await start();
  answer(server, ({ url }) => /\/Organizations?(\?|$)/i.test(url ?? ''), 403, { message: 'Operators only.' });
  await world.openPath(node, 'Organizations');
  const group = named(world.inventory.childrenOf(node), 'Organizations');
  expect(group.openedBranch?.failure).toMatchObject({
    kind: 'accessDenied',
    detail: 'Operators only.',
    remedies: ['edit', 'retry', 'showLog'],
  });
});

test('a test of a server whose every list is refused says why', async () => {
  const { server, world, node } = await start();
  answer(server, () => true, 403, denied);
  await expect(world.servers.testSaved(node.item.id, never)).rejects.toMatchObject({ kind: 'accessDenied' });
});
