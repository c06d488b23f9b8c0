import { expect, test, vi } from 'vitest';
import type { Node } from '../../../src/inventory/tree/node';
import { serversKey } from '../../../src/servers/list/serverList';
import { secretKey } from '../../../src/servers/session/serverSecrets';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { labels, World } from '../support';

async function sample() {
  const server = await forThisTest(startVb365());
  return server;
}

test('sends nothing when a server is added, and keeps what is secret in the secret store', async () => {
  const server = await sample();
  const world = new World();
  const node = await world.add('vb365', server);
  expect(server.requests).toHaveLength(0);
  expect(JSON.stringify([...world.memory.values])).not.toContain(server.password);
  expect(world.secrets.values.get(secretKey(node.item.id))).toContain(JSON.stringify(server.password));
});

test('a change of the list looks at each server a few times, however many are connected', async () => {
  const world = new World();
  const ids = Array.from({ length: 50 }, (_, index) => `server-${index}`);
  const saved = ids.map(id => ({
    id,
    product: 'vb365',
    name: id,
    url: `https://${id}.example.com:4443`,
    userName: 'a',
  }));
  world.memory.values.set(serversKey, { schema: 1, servers: saved });
  for (const id of ids) {
    await world.connections.of(id);
  }
  let looks = 0;
  const { servers } = world.list;
  const counted = servers.map(server =>
    Object.defineProperty({ ...server }, 'id', {
      get: () => {
        looks++;
        return server.id;
      },
    }),
  );
  vi.spyOn(world.list, 'servers', 'get').mockReturnValue(counted);
  world.list.onDidChange.emit();
  expect(looks).toBeLessThan(10 * ids.length);
});

test('keeps the session for the next window, which needs no password', async () => {
  const server = await sample();
  const first = new World();
  const node = await first.add('vb365', server);
  await first.open(node);
  const second = new World();
  for (const [key, value] of first.secrets.values) {
    const { session } = JSON.parse(value) as { session: unknown };
    second.secrets.values.set(key, JSON.stringify({ session }));
  }
  second.memory.values.set(serversKey, first.memory.values.get(serversKey));
  await second.list.change(node.item.id, {});
  expect(labels(await second.openPath(second.node(node.item.id), 'Backup Repositories'))).toContain('Repo North');
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('tells two windows apart from a stolen refresh token: the one that comes late takes what the other has stored', async () => {
  const server = await sample();
  const first = new World();
  const node = await first.add('vb365', server);
  await first.open(node);
  const second = new World();
  second.memory.values.set(serversKey, first.memory.values.get(serversKey));
  for (const [key, value] of first.secrets.values) {
    second.secrets.values.set(key, value);
  }
  await second.list.change(node.item.id, {});
  await second.open(second.node(node.item.id));
  server.expireSessions();
  await first.openPath(node, 'Backup Repositories');
  for (const [key, value] of first.secrets.values) {
    second.secrets.values.set(key, value); // the store is one and the same for both windows
  }
  expect(labels(await second.openPath(second.node(node.item.id), 'Backup Repositories'))).toContain('Repo North');
  const grants = server.requests.flatMap(({ method, body }) =>
    method === 'POST' ? [new URLSearchParams(body).get('grant_type')] : [],
  );
  expect(grants).toEqual(['password', 'refresh_token']);
});

test('removes a server with its session and its secrets', async () => {
  const { server, world, node } = await World.with('enterprise-manager', startEnterpriseManager());
  await world.open(node);
  await world.servers.remove(node.item.id);
  expect(world.inventory.servers).toEqual([]);
  expect(world.secrets.values.size).toBe(0);
  expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
});

test('removes a server that cannot be reached', async () => {
  const server = await sample();
  const world = new World();
  const node = await world.add('vb365', server);
  await world.open(node);
  await server.close();
  await world.servers.remove(node.item.id);
  expect(world.inventory.servers).toEqual([]);
  expect(world.secrets.values.size).toBe(0);
});

test('trusts from then on the certificate that was accepted, and sends nothing before', async () => {
  const server = await sample();
  const world = new World();
  const node = await world.add('vb365', server, { trustedFingerprint: undefined });
  await world.open(node);
  expect(node.openedBranch?.failure).toMatchObject({
    kind: 'certificate',
    problems: ['selfSigned'],
    certificate: { fingerprint: server.fingerprint },
  });
  expect(server.requests).toHaveLength(0);
  await world.servers.trust(world.saved(node.item.id), server.fingerprint);
  await world.inventory.refresh(node);
  expect(node.openedBranch?.state).toBe('ready');
});

test('leaves a list alone that a later version has written', async () => {
  const world = new World();
  const later = { schema: 99, servers: [{ id: 'x' }] };
  world.memory.values.set(serversKey, later);
  expect(world.list.servers).toEqual([]);
  await expect(
    world.servers.add({ product: 'vb365', url: 'https://a.example.com', userName: 'u', name: 'a' }, 'secret'),
  ).rejects.toThrow('later version');
  expect(world.memory.values.get(serversKey)).toEqual(later);
  expect(world.secrets.values.size).toBe(0);
});

test.each(['vb365', 'enterprise-manager'])(
  'writes no secret of %s into the log, from signing in to signing out',
  async product => {
    const starting: Promise<SampleServer<unknown>> = product === 'vb365' ? startVb365() : startEnterpriseManager();
    const { server, world, node } = await World.with(product, starting);
    for (const group of await world.open(node)) {
      await world.open(group as Node);
    }
    const { session } = JSON.parse(world.secrets.values.get(secretKey(node.item.id)) ?? '{}') as {
      session: { token: string; renewal?: string; reference?: string };
    };
    await world.servers.signOut(node.item.id);
    const log = world.log.lines.join('\n');
    expect(log).toMatch(/-> \d+ 127\.0\.0\.1:\d+ GET \/(v8|api)\//);
    expect(log).toMatch(/-> \d+ 127\.0\.0\.1:\d+ (POST|DELETE) .*(Logout|logonSessions)/i);
    for (const secret of [server.password, ...Object.values(session)].filter(value => typeof value === 'string')) {
      expect(log).not.toContain(secret);
      expect(log).not.toContain(encodeURIComponent(secret));
    }
  },
);

test('follows a server that was moved elsewhere, and takes no secret along', async () => {
  const [old, now] = [await sample(), await sample()];
  const world = new World();
  const node = await world.add('vb365', old);
  await world.open(node);
  const before = old.requests.length;
  // As another window does it, or a file that is imported.
  await world.list.change(node.item.id, { url: now.url, trustedFingerprint: now.fingerprint });
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'signedOut' });
  expect(old.requests).toHaveLength(before);
  expect(now.requests.filter(({ method, headers }) => method === 'POST' || headers.authorization)).toEqual([]);
});
