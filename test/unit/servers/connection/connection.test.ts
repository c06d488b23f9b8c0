import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TransportOptions } from '../../../../src/http/transport';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { secretKey } from '../../../../src/servers/session/serverSecrets';
import { never } from '../../never';
import { World } from '../../support';

const proxy = { url: 'http://proxy.example.com:8080' };

/** What a saved server's connections are made with, where the settings name a proxy. */
async function optionsFor(facts: Partial<SavedServer>, secrets: object = {}) {
  const asked: TransportOptions[] = [];
  const { servers, secrets: store } = new World({
    transport: options => {
      asked.push({ proxy, ...options });
      return { ...options, limits: { connectMs: 50 } };
    },
  });
  // Nobody listens there.
  const server = { product: 'vb365', url: 'https://127.0.0.1:1', userName: 'u', name: 'm365', ...facts };
  const id = await servers.add(server, undefined);
  store.values.set(secretKey(id), JSON.stringify(secrets));
  const failure: unknown = await servers.testSaved(id, never).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { asked, failure };
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'client-certificate-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test('goes the way of the settings, unless the server is to be reached directly', async () => {
  expect((await optionsFor({})).asked).toMatchObject([{ proxy }]);
  const { asked } = await optionsFor({ noProxy: true });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.proxy).toBeUndefined();
});

test('shows the client certificate in the files, with the passphrase among the secrets', async () => {
  const path = await folder();
  await Promise.all(['cert', 'key', 'pfx'].map(name => writeFile(join(path, name), `the ${name}`)));
  const secrets = { passphrase: 'open sesame' };
  const pem = await optionsFor({ clientCertificate: { cert: join(path, 'cert'), key: join(path, 'key') } }, secrets);
  expect(pem.asked[0]?.clientCertificate).toEqual({ pem: { cert: 'the cert', key: 'the key' }, ...secrets });
  const pfx = await optionsFor({ clientCertificate: { pfx: join(path, 'pfx') } });
  expect(pfx.asked[0]?.clientCertificate).toEqual({ pfx: Buffer.from('the pfx') });
});

test('says that a file of the client certificate cannot be read, and connects to nothing', async () => {
  const { failure, asked } = await optionsFor({ clientCertificate: { pfx: join(await folder(), 'missing.pfx') } });
  expect(failure).toMatchObject({ kind: 'clientCertificate', short: 'client certificate missing' });
  expect(asked).toEqual([]);
});
