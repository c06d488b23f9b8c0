import { expect, test } from 'vitest';
import { type EnterpriseManagerOptions, startEnterpriseManager } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { labels, named, World } from '../../support';

async function signedIn(options: Partial<EnterpriseManagerOptions> = {}, facts: { password?: string } = {}) {
  const tenant = { userName: 'Northwind', accountKind: 'tenant', ...facts } as const;
  const all = await World.with('enterprise-manager', startEnterpriseManager(options), tenant);
  return { ...all, rows: await all.world.open(all.node) };
}

test.each(['p@ss+w%rd&"ü', `<&>"' %41;`])('a tenant signs in with its own account and password %j', async password => {
  const { server, node, rows } = await signedIn({ password });
  expect(node.openedBranch?.failure).toBeUndefined();
  expect(labels(rows)).toEqual(['Cloud Tenants']);
  const logon = server.requests.find(({ method }) => method === 'POST');
  expect(logon?.headers.authorization).toBeUndefined();
  expect(logon?.headers['content-type']).toContain('xml');
});

test('a tenant sees itself and its subtenants, and nothing that it may not', async () => {
  const { server, world, node } = await signedIn();
  const tenants = await world.openPath(node, 'Cloud Tenants');
  expect(labels(tenants)).toEqual(['Northwind']);
  expect((await world.open(named(tenants, 'Northwind'))).length).toBeGreaterThan(0);
  expect(server.requests.filter(({ status }) => status === 403)).toEqual([]);
  expect(server.requests.filter(({ path }) => path.includes('backupServers'))).toEqual([]);
});

test('a tenant that may not even look at its session is let in', async () => {
  const server = await forThisTest(startEnterpriseManager());
  const world = new World();
  server.intercept = (request, response) => {
    const refused = request.method === 'GET' && /logonSessions/.test(request.url ?? '');
    if (refused) {
      response.writeHead(403, { 'Content-Type': 'application/json' }).end('{"Message":"Access denied"}');
    }
    return refused;
  };
  const node = await world.add('enterprise-manager', server, { userName: 'Northwind', accountKind: 'tenant' });
  expect(labels(await world.open(node))).toEqual(['Cloud Tenants']);
});

test.each([403, 404])(
  'the row says what a tenant may not read where the list of tenants is answered with %i',
  async status => {
    const { server, world, node } = await signedIn();
    server.intercept = (request, response) => {
      const isList = /cloud\/tenants/.test(request.url ?? '');
      if (isList) {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"Message":"Not for tenants"}');
      }
      return isList;
    };
    const group = named(await world.open(node), 'Cloud Tenants');
    await world.open(group);
    expect(group.openedBranch?.failure).toMatchObject({
      kind: 'accessDenied',
      detail: 'Not for tenants',
      remedies: ['edit', 'retry', 'showLog'],
    });
    expect(group.openedBranch?.failure?.message).toContain("does not let a tenant's own account read the tenant");
  },
);

test('the session is renewed as the tenant that it was', async () => {
  const { server, world, node } = await signedIn();
  server.expireSessions();
  expect(labels(await world.openPath(node, 'Cloud Tenants'))).toEqual(['Northwind']);
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test("a tenant's refused password is sent once, and quoted nowhere", async () => {
  const password = 'wrong & "secret"';
  const { server, world, node } = await signedIn({}, { password });
  expect(node.openedBranch?.failure?.kind).toBe('credentialsRefused');
  server.intercept = (request, response) => {
    if (request.method === 'POST') {
      response.writeHead(500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ Message: `Bad ${server.requests.at(-1)?.body} ${password}` }));
    }
    return request.method === 'POST';
  };
  await world.inventory.refresh(node);
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  await world.servers.signIn(world.saved(node.item.id), password, false, never).catch((error: unknown) => {
    expect(String(error)).toContain('Bad');
    expect(String(error)).not.toContain('secret');
  });
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  expect(world.log.lines.join('\n')).not.toContain('secret"');
});
