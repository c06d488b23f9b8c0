import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TransportOptions } from '../../../../src/http/transport';
import { kindOfCertificateFile } from '../../../../src/servers/connection/clientCertificate';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { secretKey } from '../../../../src/servers/session/serverSecrets';
import { startVb365 } from '../../../sample-servers';
import { createCertificate } from '../../../sample-servers/certificates';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { World } from '../../support';

const passphrase = 'open sesame';

/** A saved server, with all that its connections were made with. */
async function saved() {
  const sample = await forThisTest(startVb365());
  const asked: TransportOptions[] = [];
  const world = new World({
    transport: options => {
      asked.push(options);
      return options;
    },
  });
  const { servers, memory, secrets, list } = world;
  const { id } = (await world.add('vb365', sample)).item;
  return {
    ...{ id, servers, memory, asked, list },
    shown: world.saved(id),
    server: () => list.find(id),
    secrets: () => JSON.parse(secrets.values.get(secretKey(id)) ?? '{}') as Record<string, unknown>,
    logins: () => sample.requests.filter(({ method }) => method === 'POST').length,
  };
}

async function certificateFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'connection-options-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { cert, key } = await createCertificate({ commonName: 'svc-browse.example.com' });
  const locked = createPrivateKey(key)
    .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase })
    .toString();
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  return {
    cert: await write('svc.crt', cert),
    key: await write('svc.key', locked),
    both: await write('svc.pem', `${cert}\n${key}`),
    bothLocked: await write('locked.pem', `${cert}\n${locked}`),
    pfx: await write('svc.pfx', '\u0030\u0082'),
    folder,
  };
}

test('goes past the proxy over a new connection, and stays signed in', async () => {
  const { id, servers, server, asked, logins } = await saved();
  await servers.testSaved(id, never);
  await servers.setNoProxy(id, true);
  expect(server()).toMatchObject({ noProxy: true });
  await servers.testSaved(id, never);
  expect(asked.map(options => 'proxy' in options)).toEqual([false, true]);
  await servers.setNoProxy(id, false);
  expect(server()?.noProxy).toBeUndefined();
  await servers.testSaved(id, never);
  expect(asked.map(options => 'proxy' in options)).toEqual([false, true, false]);
  expect(logins()).toBe(1);
});

test('shows a client certificate over a new connection, and keeps its passphrase among the secrets alone', async () => {
  const { id, shown, servers, server, asked, memory, secrets } = await saved();
  const { cert, key } = await certificateFiles();
  await servers.testSaved(id, never);
  await servers.setClientCertificate(shown, { cert, key }, passphrase);
  expect(server()?.clientCertificate).toMatchObject({ cert, key });
  expect(secrets()).toMatchObject({ passphrase, session: {} });
  expect(JSON.stringify([...memory.values])).not.toContain(passphrase);
  await servers.testSaved(id, never);
  expect(asked.map(({ clientCertificate }) => clientCertificate?.passphrase)).toEqual([undefined, passphrase]);
});

test('shows no other address the certificate that was chosen for one, neither when tried nor when saved', async () => {
  const { id, shown, servers, server, asked, list } = await saved();
  const { both } = await certificateFiles();
  await servers.setClientCertificate(shown, { cert: both });
  await servers.testSaved(id, never);
  const sample = await forThisTest(startVb365());
  // As the wizard has it: the rest of what is saved goes along.
  const { clientCertificate } = server() ?? {};
  const { url, fingerprint: trustedFingerprint, username: userName, password } = sample;
  const draft = { product: 'vb365', name: 'moved', url, trustedFingerprint, userName, clientCertificate };
  const trial = await servers.test(draft, password, never, { edited: shown });
  await servers.change(shown, draft, { password, remember: false, trial });
  await servers.testSaved(id, never);
  expect(server()).toMatchObject({ url, clientCertificate: undefined });
  expect(asked.filter(({ origin }) => origin === url).length).toBeGreaterThan(1);
  for (const { origin, clientCertificate: sent } of asked) {
    expect([origin === url, sent !== undefined]).not.toEqual([true, true]);
  }
  // Another window or Settings Sync may move it without a word.
  await servers.setClientCertificate(server() as SavedServer, { cert: both });
  await list.change(id, { url: 'https://elsewhere.example.com:4443' });
  expect(server()?.clientCertificate).toBeUndefined();
});

test('reads a certificate from nothing but an ordinary file of this computer', async () => {
  const { shown, servers } = await saved();
  const { folder } = await certificateFiles();
  const large = join(folder, 'large.pem');
  await writeFile(large, Buffer.alloc(2_000_000));
  for (const pfx of [
    '//host.example.com/share/x.pfx',
    '\\\\host.example.com\\share\\x.pfx',
    folder,
    '/dev/zero',
    large,
  ]) {
    await expect(servers.setClientCertificate(shown, { pfx })).rejects.toMatchObject({ kind: 'clientCertificate' });
  }
});

test('takes a certificate off with its passphrase, and leaves the session', async () => {
  const { id, shown, servers, server, asked, secrets } = await saved();
  await servers.setClientCertificate(shown, { cert: (await certificateFiles()).bothLocked }, passphrase);
  await servers.testSaved(id, never);
  await servers.setClientCertificate(shown, undefined);
  expect(server()?.clientCertificate).toBeUndefined();
  expect(secrets()).toMatchObject({ session: {} });
  expect(secrets()).not.toHaveProperty('passphrase');
  await servers.testSaved(id, never);
  expect(asked.map(({ clientCertificate }) => clientCertificate !== undefined)).toEqual([true, false]);
});

test('forgets the passphrase of the files before', async () => {
  const { shown, servers, secrets } = await saved();
  const { bothLocked, both } = await certificateFiles();
  await servers.setClientCertificate(shown, { cert: bothLocked }, passphrase);
  await servers.setClientCertificate(shown, { cert: both });
  expect(secrets()).not.toHaveProperty('passphrase');
});

test('changes nothing for a certificate that cannot be used', async () => {
  const { id, shown, servers, server, secrets } = await saved();
  const { bothLocked, both, pfx, folder } = await certificateFiles();
  await servers.setClientCertificate(shown, { cert: bothLocked }, passphrase);
  const set = (files: object, given?: string) => servers.setClientCertificate(shown, files, given);
  await expect(set({ cert: bothLocked }, 'wrong')).rejects.toMatchObject({ name: 'WrongPassphrase' });
  await expect(set({ cert: bothLocked })).rejects.toMatchObject({ name: 'WrongPassphrase' });
  await expect(set({ pfx })).rejects.toMatchObject({ short: 'client certificate unusable' });
  await expect(set({ pfx: join(folder, 'none.pfx') })).rejects.toMatchObject({ short: 'client certificate missing' });
  expect(server()?.clientCertificate).toMatchObject({ cert: bothLocked });
  expect(secrets()).toMatchObject({ passphrase });
  await servers.remove(id);
  await expect(set({ cert: both }, 'of nobody')).rejects.toMatchObject({ kind: 'serverChanged' });
  expect(secrets()).toEqual({});
});

test('tells by its content whether a file holds a certificate, its key, or both', async () => {
  const { cert, both, bothLocked, pfx, folder } = await certificateFiles();
  expect(await Promise.all([cert, both, bothLocked, pfx].map(kindOfCertificateFile))).toEqual([
    'pemWithoutKey',
    'pem',
    'pem',
    'pfx',
  ]);
  await expect(kindOfCertificateFile(join(folder, 'none.pem'))).rejects.toMatchObject({ kind: 'clientCertificate' });
});
