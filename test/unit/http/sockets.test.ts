import type { ServerResponse } from 'node:http';
import * as net from 'node:net';
import { expect, test, vi } from 'vitest';
import type { TransportOptions } from '../../../src/http/transport';
import { authority, failureOf, listen, selfSigned, startHttps, transportTo } from './support';

const pinned = { pinnedFingerprint: selfSigned.fingerprint };

test('a transport goes on with the sockets of an earlier one that leads the same way', async () => {
  const server = await startHttps(selfSigned);
  const { http: earlier } = transportTo(server.origin, { ...pinned, limits: { connectMs: 5_000, totalMs: 20_000 } });
  await earlier.request({ method: 'GET', path: '/1' });
  const { http: later } = transportTo(server.origin, { ...pinned, proxy: undefined, continues: earlier });
  expect(later.certificate).toMatchObject({ fingerprint: selfSigned.fingerprint });
  await earlier.close(); // has none any more
  expect(await failureOf(earlier.request({ method: 'GET', path: '/2' }))).toMatchObject({ kind: 'cancelled' });
  await later.request({ method: 'GET', path: '/3' });
  expect(server.requests.map(({ path }) => path)).toEqual(['/1', '/3']);
  expect(server.connections()).toBe(1);
});

test.each<[string, Partial<TransportOptions>]>([
  ['certificate', { pinnedFingerprint: undefined, authorities: [selfSigned.cert] }],
  ['set of authorities', { ...pinned, authorities: [authority.cert] }],
  ['number of connections', { ...pinned, limits: { connections: 2 } }],
  ['client certificate', { ...pinned, clientCertificate: { pem: { cert: authority.cert, key: authority.key } } }],
])('a transport with another %s opens sockets of its own', async (_what, options) => {
  const server = await startHttps(selfSigned);
  const { http: earlier } = transportTo(server.origin, pinned);
  await earlier.request({ method: 'GET', path: '/1' });
  const { http: later } = transportTo(server.origin, { ...options, continues: earlier });
  await later.request({ method: 'GET', path: '/2' });
  await earlier.request({ method: 'GET', path: '/3' });
  expect(server.connections()).toBe(2);
});

test('a transport with another proxy, or to another port, opens sockets of its own', async () => {
  const server = await startHttps(selfSigned);
  const other = await startHttps(selfSigned);
  const { http: earlier } = transportTo(server.origin, pinned);
  await earlier.request({ method: 'GET', path: '/1' });
  const proxy = { url: 'http://127.0.0.1:1' };
  const { http: proxied } = transportTo(server.origin, { ...pinned, proxy, continues: earlier });
  expect(await failureOf(proxied.request({ method: 'GET', path: '/2' }))).toMatchObject({ kind: 'proxy' });
  const { http: elsewhere } = transportTo(other.origin, { ...pinned, continues: earlier });
  await elsewhere.request({ method: 'GET', path: '/3' });
  expect([server.connections(), other.connections()]).toEqual([1, 1]);
});

test('a transport whose earlier one is closed by then opens a socket', async () => {
  const server = await startHttps(selfSigned);
  const { http: earlier } = transportTo(server.origin, pinned);
  await earlier.request({ method: 'GET', path: '/1' });
  await earlier.close();
  const { http: later } = transportTo(server.origin, { ...pinned, continues: earlier });
  await later.request({ method: 'GET', path: '/2' });
  expect(server.connections()).toBe(2);
});

test('sockets that are opened later have as long as the transport that goes on with them allows', async () => {
  const { port } = await listen(net.createServer());
  const origin = `https://127.0.0.1:${port}`;
  const { http: earlier } = transportTo(origin, { limits: { connectMs: 60_000 } });
  const { http: later } = transportTo(origin, { limits: { connectMs: 100 }, continues: earlier });
  expect(await failureOf(later.request({ method: 'GET', path: '/' }))).toMatchObject({ kind: 'timedOut' });
});

test('no socket is opened for requests that nobody waits for any more', async () => {
  const server = await startHttps(selfSigned, (request, response) => {
    if (request.url !== '/silent') {
      response.end('ok');
    }
  });
  const { http } = transportTo(server.origin, pinned);
  const leaving = new AbortController();
  const left = [1, 2, 3].map(() => failureOf(http.request({ method: 'GET', path: '/silent', signal: leaving.signal })));
  await vi.waitFor(() => expect(server.requests).toHaveLength(3));
  leaving.abort();
  expect(await Promise.all(left)).toMatchObject([{ kind: 'cancelled' }, { kind: 'cancelled' }, { kind: 'cancelled' }]);
  for (const path of ['/1', '/2', '/3', '/4', '/5']) {
    await http.request({ method: 'GET', path });
  }
  expect(server.connections()).toBe(4);
});

test('the socket of an urgent request that does not wait for others is closed behind it', async () => {
  const { server, waiting, open } = await startSlow();
  const { http } = transportTo(server.origin, { ...pinned, limits: { connections: 1 } });
  const slow = http.request({ method: 'GET', path: '/slow' });
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  expect(await http.request({ method: 'POST', path: '/urgent', urgent: true })).toMatchObject({ status: 200 });
  await vi.waitFor(() => expect(open.size).toBe(1));
  expect(server.connections()).toBe(2);
  waiting[0]?.end('ok');
  expect(await slow).toMatchObject({ status: 200 });
});

test('beyond forty sockets to all servers, those that have been idle for longest are closed', async () => {
  const { server, waiting, open } = await startSlow();
  const [busy, oldest, recent, ...others] = Array.from({ length: 50 }, () => transportTo(server.origin, pinned).http);
  const slow = busy?.request({ method: 'GET', path: '/slow' });
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  for (const http of [oldest, recent, ...others.slice(0, 30), recent, ...others.slice(30)]) {
    await http?.request({ method: 'GET', path: '/' });
  }
  await vi.waitFor(() => expect(open.size).toBe(40));
  expect(server.connections()).toBe(50);
  await recent?.request({ method: 'GET', path: '/' });
  expect(server.connections()).toBe(50);
  await oldest?.request({ method: 'GET', path: '/' }); // opens one again
  expect(server.connections()).toBe(51);
  waiting[0]?.end('ok');
  expect(await slow).toMatchObject({ status: 200 });
});

/** A server that leaves one path waiting, with the answers to it and the sockets that are open. */
async function startSlow() {
  const waiting: ServerResponse[] = [];
  const open = new Set<net.Socket>();
  const server = await startHttps(selfSigned, (request, response) => {
    open.add(request.socket);
    request.socket.once('close', () => open.delete(request.socket));
    if (request.url === '/slow') {
      waiting.push(response);
    } else {
      response.end('ok');
    }
  });
  return { server, waiting, open };
}
