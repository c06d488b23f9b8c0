import { expect, test } from 'vitest';
import type { Item } from '../../../../src/items/item';
import { startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { World } from '../../support';

test('headers of a version go with sign-in, renewal, each request and sign-out, and with what is copied', async () => {
  const server = await forThisTest(startVb365());
  const versionHeaders = (apiVersion: string) => ({ 'x-api-version': `1.${apiVersion}-rev2` });
  const { connections, servers, list } = new World({ product: product => ({ ...product, versionHeaders }) });
  const { url, username: userName, password, fingerprint: trustedFingerprint } = server;
  const id = await servers.add({ product: 'vb365', url, userName, name: 'm365', trustedFingerprint }, password);
  const item: Item = { kind: 'server', id, name: 'm365', product: 'vb365', url, hasChildren: true };
  await connections.children(id, item, undefined, never);
  server.expireSessions();
  await connections.children(id, item, undefined, never);
  expect((await connections.resource(id, item, never))?.versionHeaders).toEqual({ 'x-api-version': '1.v8-rev2' });
  await servers.signOut(id);
  expect(list.find(id)).toMatchObject({ apiVersion: 'v8' });
  const sent = server.requests.slice(server.requests.findIndex(({ path }) => path.startsWith('/v8/Token')));
  expect(sent.filter(({ path }) => path.startsWith('/v8/Token'))).toHaveLength(3);
  expect(new Set(sent.map(({ headers }) => headers['x-api-version']))).toEqual(new Set(['1.v8-rev2']));
});
