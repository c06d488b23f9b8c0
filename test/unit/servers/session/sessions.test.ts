import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { secretKey } from '../../../../src/servers/session/serverSecrets';
import { createCertificate, type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { labels, named } from '../../support';
import { Computer, endings, isSignIn, signIns } from '../computer';

const day = 24 * 60 * 60 * 1000;
const certificate = await createCertificate();

const products = [
  { product: 'vb365', start: startVb365, many: { repositories: 50 }, group: 'Backup Repositories' },
  { product: 'enterprise-manager', start: startEnterpriseManager, many: { tenants: 50 }, group: 'Cloud Tenants' },
] as const;

type StartOptions = Parameters<typeof startVb365>[0] & Parameters<typeof startEnterpriseManager>[0];

async function open(product: 'vb365' | 'enterprise-manager', options: StartOptions = {}) {
  const start: (all: StartOptions) => Promise<SampleServer<unknown>> =
    product === 'vb365' ? startVb365 : startEnterpriseManager;
  return await forThisTest(start({ certificate, ...options }));
}

describe.each(products)('$product: fifty lists with a session that has ended', ({ product, many, group }) => {
  async function fifty() {
    const server = await open(product, many);
    const window = new Computer().window();
    await window.add(product, server);
    await window.open(window.root);
    const rows = await window.open(named(window.inventory.childrenOf(window.root), group));
    // Those whose rows take a request; a tenant's shares alone are known already.
    const nodes = rows
      .filter(row => row.type === 'node')
      .filter(({ item }) => (item.kind === 'tenant' ? item.hasSubtenants : item.hasChildren));
    expect(nodes.length).toBeGreaterThanOrEqual(30);
    server.expireSessions();
    return { server, window, nodes, before: signIns(server) };
  }

  test('cause one sign-in', async () => {
    const { server, window, nodes, before } = await fifty();
    await Promise.all(nodes.map(node => window.open(node)));
    expect(nodes.map(node => node.openedBranch?.failure)).toEqual(nodes.map(() => undefined));
    expect(signIns(server) - before).toBe(1);
  });

  test('share the failure of the one sign-in', async () => {
    const { server, window, nodes, before } = await fifty();
    server.intercept = (request, response) => {
      if (isSignIn(request)) {
        response.writeHead(503).end();
      }
      return isSignIn(request);
    };
    await Promise.all(nodes.map(node => window.open(node)));
    const failures = new Set(nodes.map(node => node.openedBranch?.failure));
    expect([...failures]).toMatchObject([{ kind: 'serverFailed', status: 503 }]);
    expect(signIns(server) - before).toBe(1);
    server.intercept = undefined;
    await window.inventory.refresh(nodes[0]);
    expect(nodes[0]?.openedBranch?.failure).toBeUndefined();
  });
});

describe('when VS Code closes', () => {
  test('the session at Enterprise Manager is ended', async () => {
    const server = await open('enterprise-manager');
    const computer = new Computer();
    const window = computer.window();
    const { id } = (await window.add('enterprise-manager', server)).item;
    await window.open(window.root);
    await window.connections.exit();
    expect(endings(server)).toBe(1);
    expect(JSON.parse(computer.secrets.values.get(secretKey(id)) ?? '')).toEqual({
      owner: expect.any(String),
      password: server.password,
    });
  });

  test('also after the connection was made anew in the same window', async () => {
    const server = await open('enterprise-manager');
    const window = new Computer().window();
    await window.add('enterprise-manager', server);
    await window.open(window.root);
    await window.connections.reconnect();
    await window.inventory.refresh(window.root);
    await window.connections.exit();
    expect(signIns(server)).toBe(1);
    expect(endings(server)).toBe(1);
  });

  test('a session that is all the user has is left for the next start', async () => {
    const server = await open('enterprise-manager');
    const computer = new Computer();
    const window = computer.window();
    const { id } = (await window.add('enterprise-manager', server, { password: undefined })).item;
    await window.servers.signIn(window.saved(id), server.password, false, never);
    await window.open(window.root);
    await window.connections.exit();
    expect(endings(server)).toBe(0);
    const next = computer.window();
    expect(labels(await next.open(next.root))).toContain('Cloud Tenants');
    expect(signIns(server)).toBe(1);
  });

  test.each(['the one that opened it', 'the other one'])(
    'a session two windows use is not ended by %s',
    async which => {
      const server = await open('enterprise-manager');
      const computer = new Computer();
      const first = computer.window();
      await first.add('enterprise-manager', server);
      await first.open(first.root);
      const second = computer.window();
      await second.open(second.root);
      await first.heard();
      const [leaving, staying] = which === 'the other one' ? [second, first] : [first, second];
      await leaving.connections.exit();
      expect(endings(server)).toBe(0);
      await staying.inventory.refresh(staying.root);
      expect(staying.root.openedBranch?.failure).toBeUndefined();
      expect(signIns(server)).toBe(1);
    },
  );

  test('tokens of VB365 are kept for the next start', async () => {
    const server = await open('vb365');
    const computer = new Computer();
    const window = computer.window();
    await window.add('vb365', server);
    await window.open(window.root);
    await window.connections.exit();
    expect(endings(server)).toBe(0);
  });

  test('a server that does not answer holds it up for two seconds at most', async () => {
    const server = await open('enterprise-manager');
    const window = new Computer().window();
    await window.add('enterprise-manager', server);
    await window.open(window.root);
    server.intercept = () => true;
    const started = performance.now();
    await window.connections.exit();
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe.each(products)('$product in two windows', ({ product, group }) => {
  async function two(remembered = true) {
    const server = await open(product);
    const computer = new Computer();
    const first = computer.window();
    const { id } = (await first.add(product, server, { password: remembered ? server.password : undefined })).item;
    const second = computer.window();
    return { server, computer, first, second, id };
  }

  test('signs in once for both, and renews once', async () => {
    const { server, first, second } = await two();
    await Promise.all([first.open(first.root), second.open(second.root)]);
    expect(signIns(server)).toBe(1);
    server.expireSessions();
    await Promise.all(
      [first, second].map(window => window.open(named(window.inventory.childrenOf(window.root), group))),
    );
    expect(signIns(server)).toBe(2);
    for (const { inventory, root } of [first, second]) {
      expect(named(inventory.childrenOf(root), group).openedBranch?.failure).toBeUndefined();
    }
  });

  test('shows in one that the other has signed out, and in again', async () => {
    const { server, first, second, id } = await two();
    await first.open(first.root);
    await second.open(second.root);
    await first.servers.signOut(id);
    await second.heard();
    expect(second.root.openedBranch?.failure?.kind).toBe('signedOut');
    expect(labels(second.inventory.childrenOf(second.root))).toContain(group);
    expect(signIns(server)).toBe(1);
    await first.servers.signIn(first.saved(id), server.password, false, never);
    await second.heard();
    expect(second.root.openedBranch?.failure).toBeUndefined();
    expect(signIns(server)).toBe(2);
  });

  test('sends a refused password from one of them only', async () => {
    const { server, first, second, id } = await two();
    await first.servers.remove(id);
    await first.add(product, server, { password: 'wrong' });
    second.list.checkForChanges();
    await first.open(first.root);
    await second.open(second.root);
    await second.inventory.refresh(second.root);
    expect(second.root.openedBranch?.failure?.kind).toBe('credentialsRefused');
    expect(signIns(server)).toBe(1);
  });

  test('loads nothing in a window that has not looked at the server', async () => {
    const { server, first, second, id } = await two(false);
    await first.servers.signIn(first.saved(id), server.password, true, never);
    const asked = server.requests.length;
    await second.heard();
    expect(second.reloads).toEqual([]);
    expect(server.requests.length).toBe(asked);
  });

  test('respects in both that the server wants a pause', async () => {
    const { server, first, second } = await two();
    server.intercept = (request, response) => {
      if (isSignIn(request)) {
        response.writeHead(429, { 'Retry-After': '30' }).end('{"message":"Quota exceeded"}');
      }
      return isSignIn(request);
    };
    await first.open(first.root);
    await second.open(second.root);
    expect(second.root.openedBranch?.failure).toMatchObject({ kind: 'throttled' });
    expect(signIns(server)).toBe(1);
    server.intercept = undefined;
    onTestFinished(() => {
      vi.useRealTimers();
    });
    vi.setSystemTime(Date.now() + 30_000);
    await second.inventory.refresh(second.root);
    expect(second.root.openedBranch?.failure).toBeUndefined();
  });
});

describe('tokens of VB365', () => {
  test.each([
    ['v6', null],
    ['v7', 'true'],
    ['v8', 'true'],
  ])('are asked for in %s with disable_antiforgery_token %s', async (version, flag) => {
    const server = await open('vb365', { versions: [version] });
    const window = new Computer().window();
    await window.add('vb365', server);
    await window.open(window.root);
    server.expireSessions();
    await window.inventory.refresh(window.root);
    const sent = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => new URLSearchParams(body));
    expect(sent.map(form => form.get('grant_type'))).toEqual(['password', 'refresh_token']);
    expect(sent.map(form => form.get('disable_antiforgery_token'))).toEqual([flag, flag]);
    expect(window.root.openedBranch?.failure).toBeUndefined();
  });

  test.each([0, 0.001, 1, 29, 30, 1e9, 1e15, 2 ** 62, -1, 'never', '1e999', null])(
    'that are said to live for %s seconds cause no storm of renewals',
    async claimedLifetime => {
      const server = await open('vb365', { claimedLifetime });
      const window = new Computer().window();
      await window.add('vb365', server);
      for (let round = 0; round < 5; round++) {
        await window.open(window.root);
        await window.inventory.refresh(window.root);
      }
      expect(window.root.openedBranch?.failure).toBeUndefined();
      expect(signIns(server)).toBe(1);
    },
  );

  test.each([
    ['ahead, as after sleep', day, 1],
    ['back', -day, 0],
  ])('are renewed at most once when the clock is put a day %s', async (_name, jump, renewals) => {
    const server = await open('vb365', { clock: () => 0 });
    const window = new Computer().window();
    await window.add('vb365', server);
    await window.open(window.root);
    onTestFinished(() => {
      vi.useRealTimers();
    });
    vi.setSystemTime(Date.now() + jump);
    for (let round = 0; round < 3; round++) {
      await window.inventory.refresh(window.root);
    }
    expect(window.root.openedBranch?.failure).toBeUndefined();
    expect(signIns(server) - 1).toBe(renewals);
  });

  test('that expire while the clock is put back are renewed when they are refused', async () => {
    const server = await open('vb365');
    const window = new Computer().window();
    await window.add('vb365', server);
    await window.open(window.root);
    onTestFinished(() => {
      vi.useRealTimers();
    });
    vi.setSystemTime(Date.now() - day);
    server.expireSessions();
    await window.inventory.refresh(window.root);
    expect(window.root.openedBranch?.failure).toBeUndefined();
    expect(signIns(server)).toBe(2);
  });

  test('whose refresh is refused are replaced by means of the password, if there is one', async () => {
    const server = await open('vb365', { refreshRotation: 'singleUse' });
    const computer = new Computer();
    const window = computer.window();
    const { id } = (await window.add('vb365', server)).item;
    await window.open(window.root);
    const stored = JSON.parse(computer.secrets.values.get(secretKey(id)) ?? '') as { session: object };
    const session = { ...stored.session, renewal: 'used', renewAt: 0 };
    const next = computer.window();
    computer.secrets.values.set(secretKey(id), JSON.stringify({ ...stored, session }));
    await next.open(next.root);
    expect(next.root.openedBranch?.failure).toBeUndefined();
    const last = computer.window();
    computer.secrets.values.set(secretKey(id), JSON.stringify({ session }));
    await last.open(last.root);
    expect(last.root.openedBranch?.failure).toMatchObject({ kind: 'signedOut', remedies: ['signIn'] });
  });
});

test('changed settings count at once, and what is under way ends well', async () => {
  const server = await open('vb365');
  const window = new Computer().window();
  await window.add('vb365', server);
  await window.open(window.root);
  let release = () => {};
  const held = new Promise<void>(arrived => {
    server.intercept = async () => {
      server.intercept = undefined;
      arrived();
      await new Promise<void>(resolve => {
        release = resolve;
      });
      return false;
    };
  });
  const refreshed = window.inventory.refresh(window.root);
  await held;
  await window.connections.reconnect();
  release();
  await refreshed;
  expect(window.root.openedBranch?.failure).toBeUndefined();
  await window.inventory.refresh(window.root);
  expect(window.root.openedBranch?.failure).toBeUndefined();
  expect(signIns(server)).toBe(1);
});

test('keeps until when the certificate is good', async () => {
  const server = await open('enterprise-manager');
  const window = new Computer().window();
  await window.add('enterprise-manager', server);
  await window.open(window.root);
  const { certificateExpires } = window.list.servers[0] ?? {};
  expect(Date.parse(certificateExpires ?? '')).toBeGreaterThan(Date.now() + 300 * day);
  expect(window.root.item).toMatchObject({ certificateExpires });
});

test('keeps the passphrase of the client certificate when signing out, and not when the server is removed', async () => {
  const server = await open('vb365');
  const computer = new Computer();
  const window = computer.window();
  const { id } = (await window.add('vb365', server, { password: undefined })).item;
  computer.secrets.values.set(secretKey(id), JSON.stringify({ passphrase: 'open sesame' }));
  await window.servers.signIn(window.saved(id), server.password, true, never);
  await window.servers.signOut(id);
  expect(JSON.parse(computer.secrets.values.get(secretKey(id)) ?? '')).toEqual({ passphrase: 'open sesame' });
  await window.servers.remove(id);
  expect(computer.secrets.values.size).toBe(0);
});
