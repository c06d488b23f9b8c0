import { expect, test } from 'vitest';
import type { NewServer } from '../../../../src/servers/list/savedServer';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { labels, World } from '../../support';

function draftOf(product: string, server: SampleServer<unknown>, facts: Partial<NewServer> = {}): NewServer {
  return {
    product,
    url: server.url,
    userName: server.username,
    name: product,
    trustedFingerprint: server.fingerprint,
    ...facts,
  };
}

function logins(server: SampleServer<unknown>): number {
  return server.requests.filter(({ method, path }) => method === 'POST' && /\/(Token|sessionMngr\/.*)$/i.test(path))
    .length;
}

/** All that came, to look for what must not be in it. */
function everythingSentTo(server: SampleServer<unknown>): string {
  return JSON.stringify(server.requests.map(({ path, headers, body }) => [path, headers, decodeURIComponent(body)]));
}

const products = [
  ['vb365', () => startVb365(), 'Backup Repositories'],
  ['enterprise-manager', () => startEnterpriseManager(), 'Cloud Tenants'],
] as const;

test.each(products)('tries and saves %s with one login', async (product, start, group) => {
  const server = await forThisTest<SampleServer<unknown>>(start());
  const world = new World();
  const draft = draftOf(product, server);
  const trial = await world.servers.test(draft, server.password, never);
  expect(world.list.servers).toEqual([]);
  expect(world.secrets.values.size).toBe(0);
  const id = await world.servers.addTested(draft, { password: server.password, remember: false, trial });
  expect(world.list.find(id)).toMatchObject({ ...draft, ...trial.facts });
  expect([...world.secrets.values.values()].join()).not.toContain(server.password);
  await world.openPath(world.node(id), group);
  expect(logins(server)).toBe(1);
});

test.each(products)('leaves no session of %s behind when what was tried is not saved', async (product, start) => {
  const server = await forThisTest<SampleServer<unknown>>(start());
  const world = new World();
  const trial = await world.servers.test(draftOf(product, server), server.password, never);
  await trial.discard();
  await trial.discard();
  expect(server.requests.filter(({ method, path }) => method === 'DELETE' || /Logout/.test(path))).toHaveLength(1);
  expect(world.list.servers).toEqual([]);
  expect(world.secrets.values.size).toBe(0);
});

test.each(products)('sends a refused password of %s once', async (product, start) => {
  const server = await forThisTest<SampleServer<unknown>>(start());
  const world = new World();
  await expect(world.servers.test(draftOf(product, server), 'wrong', never)).rejects.toMatchObject({
    kind: 'credentialsRefused',
  });
  expect(logins(server)).toBe(1);
});

test('sends nothing to a server whose certificate is not trusted', async () => {
  const server = await forThisTest(startVb365());
  const draft = draftOf('vb365', server, { trustedFingerprint: undefined });
  await expect(new World().servers.test(draft, server.password, never)).rejects.toMatchObject({ kind: 'certificate' });
  expect(server.requests).toEqual([]);
});

test('keeps the password beside the session if it is to be remembered', async () => {
  const server = await forThisTest(startVb365());
  const world = new World();
  const draft = draftOf('vb365', server);
  const trial = await world.servers.test(draft, server.password, never);
  await world.servers.addTested(draft, { password: server.password, remember: true, trial });
  const [stored] = world.secrets.values.values();
  expect(JSON.parse(stored ?? '')).toMatchObject({ password: server.password, session: expect.anything() });
});

test('ends the session of a server that cannot be saved', async () => {
  const server = await forThisTest(startVb365());
  const world = new World();
  const draft = draftOf('vb365', server);
  const trial = await world.servers.test(draft, server.password, never);
  world.list.add = () => Promise.reject(new Error('disk full'));
  await expect(world.servers.addTested(draft, { password: server.password, remember: true, trial })).rejects.toThrow(
    'disk full',
  );
  expect(world.secrets.values.size).toBe(0);
  expect(server.requests.at(-1)?.path).toMatch(/Logout/);
});

test('ends the session when the user leaves while the server is tried', async () => {
  const server = await forThisTest(startVb365());
  const leaving = new AbortController();
  server.intercept = request => {
    if (request.headers.authorization) {
      server.intercept = undefined;
      leaving.abort();
    }
    return false;
  };
  const trying = new World().servers.test(draftOf('vb365', server), server.password, leaving.signal);
  await expect(trying).rejects.toMatchObject({ kind: 'cancelled' });
  expect(server.requests.at(-1)?.path).toMatch(/Logout/);
});

test('sends nothing of what was stored to a changed address, and ends the session at the old one', async () => {
  const old = await forThisTest(startVb365());
  const other = await forThisTest(startVb365({ password: 'another' }));
  const world = new World();
  const node = await world.add('vb365', old);
  await world.open(node);
  const token = old.requests.at(-1)?.headers.authorization ?? '';
  expect(token).toMatch(/^Bearer ./);
  await world.servers.change(world.saved(node.item.id), draftOf('vb365', other));
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'signedOut' });
  expect(old.requests.at(-1)?.path).toMatch(/Logout/);
  expect(world.secrets.values.size === 0 || ![...world.secrets.values.values()].join().includes(old.password)).toBe(
    true,
  );
  const sent = everythingSentTo(other);
  expect(sent).not.toContain(old.password);
  expect(sent).not.toContain(token.replace('Bearer ', ''));
  expect(logins(other)).toBe(0);
});

test('signs out when the user of a server is changed', async () => {
  const server = await forThisTest(startVb365());
  const world = new World();
  const node = await world.add('vb365', server);
  await world.open(node);
  await world.servers.change(world.saved(node.item.id), draftOf('vb365', server, { userName: 'FABRIKAM\\other' }));
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'signedOut' });
  expect(logins(server)).toBe(1);
});

test('goes on with what is stored when only the name is changed', async () => {
  const server = await forThisTest(startVb365());
  const world = new World();
  const node = await world.add('vb365', server);
  await world.open(node);
  await world.servers.change(
    world.saved(node.item.id),
    draftOf('vb365', server, { name: 'm365-prod', apiVersion: 'v8' }),
  );
  expect(world.list.find(node.item.id)).toMatchObject({ name: 'm365-prod', version: '8.0.2.159' });
  expect(labels(await world.openPath(world.node(node.item.id), 'Backup Repositories'))).toContain('Repo North');
  expect(logins(server)).toBe(1);
});

test('takes a new login over when a server moves', async () => {
  const old = await forThisTest(startVb365());
  const other = await forThisTest(startVb365({ password: 'another' }));
  const world = new World();
  const node = await world.add('vb365', old);
  await world.open(node);
  const draft = draftOf('vb365', other);
  const trial = await world.servers.test(draft, other.password, never);
  await world.servers.change(world.saved(node.item.id), draft, { password: other.password, remember: false, trial });
  expect(labels(await world.openPath(world.node(node.item.id), 'Backup Repositories'))).toContain('Repo North');
  expect(logins(other)).toBe(1);
  expect([...world.secrets.values.values()].join()).not.toContain(old.password);
});

test('tries another version with what is stored, and only at the same address with the same user', async () => {
  const server = await forThisTest(startVb365());
  const world = new World();
  const { id } = (await world.add('vb365', server)).item;
  await world.servers.testChange(world.saved(id), draftOf('vb365', server, { apiVersion: 'v7' }), never);
  expect(server.requests.at(-1)?.path).toMatch(/^\/v7\//);
  expect(world.list.find(id)?.apiVersion).toBeUndefined();
  const moved = draftOf('vb365', server, { url: 'https://backup.example.com:4443' });
  await expect(world.servers.testChange(world.saved(id), moved, never)).rejects.toThrow(RangeError);
});

test('counts what is in a saved server', async () => {
  const server = await forThisTest(startEnterpriseManager());
  const world = new World();
  const { id } = (await world.add('enterprise-manager', server)).item;
  expect(await world.servers.testSaved(id, never)).toEqual([
    { name: 'Cloud Tenants', number: [...server.data.tenants].length, more: false },
    { name: 'Backup Servers', number: [...server.data.backupServers].length, more: false },
    { name: 'Cloud Gateways', number: [...server.data.gateways].length, more: false },
    { name: 'Hardware Plans', number: [...server.data.hardwarePlans].length, more: false },
  ]);
});
