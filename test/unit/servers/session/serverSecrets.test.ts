import { describe, expect, onTestFinished, test } from 'vitest';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { CheckedSecretStore, type SecretsNotKept } from '../../../../src/servers/session/checkedSecretStore';
import { type SecretStore, ServerSecrets, secretKey } from '../../../../src/servers/session/serverSecrets';
import { startVb365 } from '../../../sample-servers';
import { TestServices } from '../../../services';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { KeptLog, KeptMemory, KeptSecrets } from '../../support';

/** As without a keyring. */
class ForgetfulSecrets extends KeptSecrets {
  override async store(): Promise<void> {}
}

class BrokenSecrets implements SecretStore {
  get = () => Promise.reject(new Error('The keychain is locked'));
  store = () => Promise.reject(new Error('The keychain is locked'));
  delete = () => Promise.reject(new Error('The keychain is locked'));
}

function checked(store: SecretStore, platform: NodeJS.Platform = 'linux') {
  const secrets = new CheckedSecretStore(store, platform);
  const notices: SecretsNotKept[] = [];
  secrets.onDidLose.listen(notice => notices.push(notice));
  return { secrets, notices };
}

describe.each([
  ['forgets', () => new ForgetfulSecrets()],
  ['fails', () => new BrokenSecrets()],
])('a secret store that %s', (_what, create) => {
  test('is told of once, with the remedy, and replaced by memory', async () => {
    const { secrets, notices } = checked(create());
    await secrets.store('one', '1');
    await secrets.store('two', '2');
    await secrets.store('one', '3');
    expect(await secrets.get('one')).toBe('3');
    expect(await secrets.get('two')).toBe('2');
    await secrets.delete('one');
    expect(await secrets.get('one')).toBeUndefined();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ kind: 'secretsNotKept' });
    expect(notices[0]?.message).toMatch(/keyring.*"password-store" in argv\.json/);
  });

  test('lets the extension work on: signed in as long as the window lasts', async () => {
    const server = await forThisTest(startVb365());
    const { secrets, notices } = checked(create());
    const { servers, connections } = new TestServices({
      memory: new KeptMemory(),
      secretStore: secrets,
      log: new KeptLog(),
    });
    onTestFinished(() => connections.close());
    const { url, username: userName, fingerprint: trustedFingerprint } = server;
    const id = await servers.add({ product: 'vb365', url, userName, name: 'm365', trustedFingerprint }, undefined);
    const [shown] = servers.list.servers;
    await servers.signIn(shown as SavedServer, server.password, true, never);
    expect(await servers.testSaved(id, never)).toMatchObject([{ number: 4 }, { number: 12 }, { number: 2 }]);
    server.expireSessions();
    expect(await servers.testSaved(id, never)).toHaveLength(3);
    await servers.remove(id);
    expect(notices).toHaveLength(1);
  });
});

test('outside Linux the remedy is another one', async () => {
  const { secrets, notices } = checked(new ForgetfulSecrets(), 'darwin');
  await secrets.store('one', '1');
  expect(notices[0]?.message).toMatch(/keychain or credential manager/);
});

test('a secret store that begins to forget, as when its keyring is locked, is noticed', async () => {
  const store = new KeptSecrets();
  let locked = false;
  const { secrets, notices } = checked({
    get: key => store.get(key),
    delete: key => store.delete(key),
    store: async (key, value) => (locked ? undefined : await store.store(key, value)),
  });
  await secrets.store('one', '1');
  locked = true;
  await secrets.store('two', '2');
  expect(await secrets.get('one')).toBe('1');
  expect(await secrets.get('two')).toBe('2');
  expect(notices).toHaveLength(1);
});

test('a secret store that keeps is not blamed for what another window writes', async () => {
  const store = new KeptSecrets();
  const { secrets, notices } = checked({
    get: key => store.get(key),
    delete: key => store.delete(key),
    store: async key => {
      await store.store(key, 'of another window');
    },
  });
  await secrets.store('one', '1');
  expect(await secrets.get('one')).toBe('of another window');
  expect(notices).toEqual([]);
});

test('what is stored and makes no sense counts as absent', async () => {
  const store = new KeptSecrets();
  for (const text of ['', '[', 'null', '7', '"x"']) {
    store.values.set(secretKey('id'), text);
    expect(await new ServerSecrets(store, server).read()).toEqual({});
  }
});

test('changes come one after another, and what comes out empty is deleted', async () => {
  const store = new KeptSecrets();
  const secrets = new ServerSecrets(store, server);
  const changes = [
    secrets.change(all => ({ ...all, password: 'a' })),
    secrets.change(all => ({ ...all, passphrase: `${all.password}b` })),
  ];
  expect(await secrets.read()).toMatchObject({ password: 'a', passphrase: 'ab' });
  await Promise.all(changes);
  await secrets.change(() => ({ password: undefined }));
  expect(store.values.size).toBe(0);
});

test('a window that has not heard of another address neither sees nor changes what belongs there', async () => {
  const store = new KeptSecrets();
  const here = new ServerSecrets(store, server);
  const there = new ServerSecrets(store, { ...server, url: 'https://b.example.com:4443' });
  await there.change(() => ({ password: 'of b', passphrase: 'of this computer' }));
  const stored = [...store.values];
  expect(await here.read()).toEqual({ passphrase: 'of this computer' });
  await here.change(() => ({ password: 'of a' }));
  expect([...store.values]).toEqual(stored);
  await there.change(({ passphrase }) => ({ passphrase }));
  await here.change(all => ({ ...all, password: 'of a' }));
  expect(await here.read()).toMatchObject({ password: 'of a', passphrase: 'of this computer' });
});

test('what the user does takes the place of what belongs to another address', async () => {
  const store = new KeptSecrets();
  const there = new ServerSecrets(store, { ...server, url: 'https://b.example.com:4443' });
  await there.change(() => ({ password: 'of b', passphrase: 'of this computer' }));
  const here = new ServerSecrets(store, server);
  await here.change(all => ({ ...all, password: 'of a' }), 'user');
  expect(await here.read()).toMatchObject({ password: 'of a', passphrase: 'of this computer' });
  expect([...store.values.values()].join()).not.toContain('of b');
});

const server = { id: 'id', product: 'vb365', url: 'https://a.example.com:4443', userName: 'user' };
