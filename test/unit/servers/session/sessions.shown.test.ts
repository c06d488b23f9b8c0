import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { microsoft365 } from '../../../../src/products/vb365/accountKinds';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { createCertificate, type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { Computer, isSignIn, signIns, type Window } from '../computer';

// A person looks at a server and gives a secret for it; meanwhile another window, or Settings Sync, changes the server.

const certificate = await createCertificate();
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const secret = 'only for the server that was shown';

const products = [
  ['vb365', () => startVb365({ certificate })],
  ['enterprise-manager', () => startEnterpriseManager({ certificate })],
] as const;

type Change = (window: Window, id: string, other: SampleServer<unknown>) => Promise<void>;

const changes: readonly (readonly [string, Change])[] = [
  ['moved to another address', (window, id, { url }) => window.list.change(id, { url })],
  ['given another user', (window, id) => window.list.change(id, { userName: 'FABRIKAM\\other' })],
  ['given another kind of account', (window, id) => window.list.change(id, { accountKind: 'tenant' })],
  ['given another certificate to trust', (window, id) => window.list.change(id, { trustedFingerprint: fingerprint })],
  ['removed', (window, id) => window.list.remove(id)],
];

async function scene(product: string, start: () => Promise<SampleServer<unknown>>) {
  const server = await forThisTest(start());
  const other = await forThisTest(start());
  const computer = new Computer();
  const window = computer.window();
  await window.add(product, server, { password: undefined });
  const id = window.root.item.id;
  const shown = window.saved(id);
  const elsewhere = computer.window();
  return { server, other, computer, window, id, shown, elsewhere };
}

function sentTo(...servers: readonly SampleServer<unknown>[]): string {
  return JSON.stringify(
    servers.map(({ requests }) => requests.map(({ path, headers, body }) => [path, headers, body])),
  );
}

function expectSecretNowhere({ server, other, computer }: Awaited<ReturnType<typeof scene>>): void {
  expect([signIns(server), signIns(other)]).toEqual([0, 0]);
  const encoded = Buffer.from(`${server.username}:${secret}`).toString('base64');
  for (const text of [sentTo(server, other), [...computer.secrets.values.values()].join()]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encoded);
  }
}

describe.each(products)('%s: a password for a server that was meanwhile', (product, start) => {
  test.each(changes)('%s is sent nowhere', async (_what, change) => {
    const all = await scene(product, start);
    const { window, shown, other, elsewhere, id } = all;
    await change(elsewhere, id, other);
    const signingIn = window.servers.signIn(shown, secret, true, never);
    await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
    expectSecretNowhere(all);
  });

  test.each(changes)('%s while its version is asked for is sent nowhere', async (_what, change) => {
    const all = await scene(product, start);
    const { server, window, shown, other, elsewhere, id } = all;
    server.intercept = async () => {
      server.intercept = undefined;
      await change(elsewhere, id, other);
      return false;
    };
    const signingIn = window.servers.signIn(shown, secret, true, never);
    await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
    expect(server.requests.length).toBeGreaterThan(0);
    expectSecretNowhere(all);
  });

  test('renamed, or moved to a folder, signs in', async () => {
    const { server, window, shown, elsewhere, id } = await scene(product, start);
    await elsewhere.list.change(id, { name: 'renamed', noProxy: true });
    await window.servers.signIn(shown, server.password, true, never);
    expect(signIns(server)).toBe(1);
  });
});

test.each(changes)(
  'what Microsoft issues for a server that was %s while the code is entered goes nowhere',
  async (_what, change) => {
    const { window, shown, server, other, elsewhere, id, computer } = await scene('vb365', products[0][1]);
    const { browser } = microsoft365;
    const { requestProof } = browser;
    onTestFinished(() => {
      Object.assign(browser, { requestProof });
    });
    Object.assign(browser, {
      requestProof: async () => {
        await change(elsewhere, id, other);
        return secret;
      },
    });
    const account = { clientId: '6c1f3c1e-0000-4000-8000-000000000001', tenant: 'contoso.onmicrosoft.com' };
    const signingIn = window.servers.signInWithBrowser(shown, 'microsoft365', account, () => undefined, never);
    await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
    expectSecretNowhere({ window, shown, server, other, elsewhere, id, computer });
    expect(elsewhere.list.find(id)?.microsoft365).toBeUndefined();
  },
);

test.each(changes)(
  'a passphrase for a server that was %s is not kept, nor its certificate shown',
  async (_what, change) => {
    const all = await scene('vb365', products[0][1]);
    const { window, shown, other, elsewhere, id } = all;
    const folder = await mkdtemp(join(tmpdir(), 'shown-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'both.pem');
    const { cert, key } = await createCertificate();
    await writeFile(file, `${cert}\n${key}`);
    await change(elsewhere, id, other);
    const setting = window.servers.setClientCertificate(shown, { cert: file }, secret);
    await expect(setting).rejects.toMatchObject({ kind: 'serverChanged' });
    expectSecretNowhere(all);
    expect(elsewhere.list.find(id)?.clientCertificate).toBeUndefined();
  },
);

test.each(changes)('a certificate is not pinned for a server that was %s', async (_what, change) => {
  const { window, shown, other, elsewhere, id } = await scene('vb365', products[0][1]);
  await change(elsewhere, id, other);
  const before = elsewhere.list.find(id)?.trustedFingerprint;
  const pinned = Array.from({ length: 32 }, () => 'CD').join(':');
  await expect(window.servers.trust(shown, pinned)).rejects.toMatchObject({ kind: 'serverChanged' });
  expect(elsewhere.list.find(id)?.trustedFingerprint).toBe(before);
});

test.each(products)(
  '%s: secrets that are stored are not tried on a server that was changed while it was edited',
  async (product, start) => {
    const all = await scene(product, start);
    const { server, other, window, elsewhere, id } = all;
    await window.servers.signIn(all.shown, server.password, true, never);
    const shown: SavedServer = window.saved(id);
    await elsewhere.list.change(id, { url: other.url });
    const { id: _id, ...draft } = { ...shown, apiVersion: undefined };
    await expect(window.servers.testChange(shown, draft, never)).rejects.toMatchObject({ kind: 'serverChanged' });
    expect(signIns(other)).toBe(0);
  },
);

describe.each(products)('%s in two windows: editing', (product, start) => {
  test('stores no login for an address that the server has no more, and ends its session', async () => {
    const all = await scene(product, start);
    const { server, other, window, elsewhere, id, computer } = all;
    await window.servers.signIn(all.shown, server.password, true, never);
    const shown = window.saved(id);
    const { id: _id, ...draft } = { ...shown, name: 'edited', userName: other.username, url: other.url };
    const trial = await window.servers.test(draft, other.password, never, { edited: shown });
    // The session at the old address is ended first: that is when the other window comes in.
    server.intercept = async () => {
      server.intercept = undefined;
      await elsewhere.list.change(id, { userName: 'FABRIKAM\\third' });
      return false;
    };
    const login = { password: other.password, remember: true, trial };
    await expect(window.servers.change(shown, draft, login)).rejects.toMatchObject({ kind: 'serverChanged' });
    expect(elsewhere.saved(id)).toMatchObject({ url: server.url, userName: 'FABRIKAM\\third' });
    expect([...computer.secrets.values.values()].join()).not.toContain(JSON.stringify(other.password));
    expect(other.requests.filter(({ method, path }) => method === 'DELETE' || /logout/i.test(path))).toHaveLength(1);
    await elsewhere.open(elsewhere.root);
    expect(elsewhere.root.openedBranch?.failure?.kind).toBe('signedOut');
    expect(other.requests.filter(({ method, path }) => isSignIn({ method, url: path }))).toHaveLength(1);
  });

  test('stores no login when the server moves in the moment of storing', async () => {
    const all = await scene(product, start);
    const { server, window, elsewhere, id, computer } = all;
    const shown = window.saved(id);
    const { id: _id, ...draft } = { ...shown, name: 'edited' };
    const trial = await window.servers.test(draft, server.password, never, { edited: shown });
    const store = computer.secrets.store.bind(computer.secrets);
    computer.secrets.store = async (key, value) => {
      await elsewhere.list.change(id, { userName: 'FABRIKAM\\third' });
      await store(key, value);
    };
    const login = { password: server.password, remember: true, trial };
    await expect(window.servers.change(shown, draft, login)).rejects.toMatchObject({ kind: 'serverChanged' });
    expect(computer.secrets.values.size).toBe(0);
    expect(server.requests.filter(({ method, path }) => method === 'DELETE' || /logout/i.test(path))).toHaveLength(1);
  });
});
