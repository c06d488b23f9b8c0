import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import { expect, test } from 'vitest';
import * as network from '../../../../src/network';
import { products } from '../../../../src/products/registry';
import { discover } from '../../../../src/servers/discovery/discovery';
import { listen, selfSigned } from '../../http/support';
import { never } from '../../never';
import { KeptLog, World } from '../../support';

/** A TLS server of no product: it keeps all that comes out of the handshake. */
async function recorder() {
  const received: string[] = [];
  const server = tls.createServer(selfSigned, socket => {
    socket.on('error', () => undefined);
    socket.on('data', data => {
      received.push(data.toString('latin1'));
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    });
  });
  server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
  const { origin } = await listen(server as never);
  return { origin, received };
}

const usual = (origins: readonly string[]) => ({
  hostName: '127.0.0.1',
  origin: undefined,
  usualOrigins: origins,
  sharedOrigins: [],
});

test('four ports that are looked at side by side get no byte before their certificate is trusted, and no secret after', async () => {
  const servers = await Promise.all(products.map(recorder));
  const address = usual(servers.map(({ origin }) => origin));
  const untrusted = await discover(address, { network, log: new KeptLog() }, never);
  expect(untrusted.map(({ kind }) => kind)).toContain('untrusted');
  expect(servers.flatMap(({ received }) => received)).toEqual([]);
  const accepted = [selfSigned.fingerprint];
  await discover(address, { network, log: new KeptLog(), accepted }, never);
  const words = servers.flatMap(({ received }) => received).join('\n');
  expect(words).toMatch(/^GET /);
  expect(words).not.toMatch(/authorization|sessionid|cookie|password|grant_type|^POST /im);
});

test.each(products)('a sign-in at $id sends no byte before the certificate is trusted', async ({ id: product }) => {
  const { origin, received } = await recorder();
  const world = new World();
  for (const trustedFingerprint of [undefined, 'AB:'.repeat(32).slice(0, -1)]) {
    const facts = { product, url: origin, userName: 'ada', name: product, trustedFingerprint };
    const id = await world.servers.add(facts, 'planted');
    await world.open(world.node(id));
    const signingIn = world.servers.signIn(world.saved(id), 'planted', true, never);
    await expect(signingIn).rejects.toMatchObject({ kind: expect.stringMatching(/^certificate/) as string });
    await world.servers.remove(id);
  }
  expect(received).toEqual([]);
});
