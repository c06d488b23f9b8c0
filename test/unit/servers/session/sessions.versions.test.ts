import { describe, expect, test } from 'vitest';
import type { Product } from '../../../../src/products/product';
import { createCertificate, type SampleServer, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { labels, named, World } from '../../support';
import { Computer, isSignIn, signIns } from '../computer';

const certificate = await createCertificate();
const json = { 'Content-Type': 'application/json' };

const products = [
  { product: 'vb365', start: () => startVb365({ certificate }), apiVersion: 'v8' },
  { product: 'enterprise-manager', start: () => startEnterpriseManager({ certificate }), apiVersion: 'v1_7' },
] as const;

describe.each(products)('a saved version of $product is not doubted, and the password not sent again,', product => {
  test.each<[string, number, Record<string, string>, string]>([
    ['an error of the server', 500, {}, ''],
    ['a bad gateway', 502, {}, ''],
    ['"not found"', 404, {}, ''],
    ['"not allowed"', 405, {}, ''],
    ['a web page', 200, { 'Content-Type': 'text/html' }, '<html><body>Sign in</body></html>'],
    ['half a body', 200, json, '{"access_token":'],
    ['another body', 200, json, '{"hello":"world"}'],
    ['nothing', 200, json, ''],
  ])('when a sign-in is answered with %s', async (_what, status, headers, body) => {
    const server = await forThisTest<SampleServer<unknown>>(product.start());
    const window = new Computer().window();
    await window.add(product.product, server, { apiVersion: product.apiVersion });
    server.intercept = (request, response) => {
      if (isSignIn(request)) {
        response.writeHead(status, headers).end(body);
      }
      return isSignIn(request);
    };
    await window.open(window.root);
    expect(window.root.openedBranch?.failure).toBeDefined();
    expect(signIns(server)).toBe(1);
    server.intercept = undefined;
    await window.inventory.refresh(window.root);
    expect(window.root.openedBranch?.failure).toBeUndefined();
    expect(window.saved(window.root.item.id).apiVersion).toBe(product.apiVersion);
  });
});

describe('a server that is upgraded from v7 to v8', () => {
  /** Until the upgrade it speaks v7, from then on v8. */
  async function scene(password?: 'notRemembered') {
    const server = await forThisTest(startVb365({ certificate, versions: ['v7', 'v8'] }));
    let gone = '/v8/';
    server.intercept = (request, response) => {
      const isGone = request.url?.startsWith(gone) === true;
      if (isGone) {
        response.writeHead(404).end();
      }
      return isGone;
    };
    const window = new Computer().window();
    await window.add('vb365', server, password ? { password: undefined } : {});
    const upgrade = () => {
      gone = '/v7/';
    };
    return { server, window, upgrade, id: window.root.item.id };
  }

  test.each([false, true])(
    'while the window is open is found anew by whatever list is loaded (sessions lost: %s)',
    async lost => {
      const { server, window, upgrade, id } = await scene();
      await window.openPath(window.root, 'Backup Repositories', 'Repo North');
      expect(window.saved(id).apiVersion).toBe('v7');
      upgrade();
      if (lost) {
        server.expireSessions();
      }
      const before = signIns(server);
      const group = named(window.inventory.childrenOf(window.root), 'Backup Repositories');
      const repository = named(window.inventory.childrenOf(group), 'Repo North');
      await window.inventory.refresh(repository);
      expect(repository.openedBranch?.failure).toBeUndefined();
      expect(labels(window.inventory.childrenOf(repository))).toEqual(['Contoso', 'Fabrikam']);
      expect(window.saved(id).apiVersion).toBe('v8');
      expect(signIns(server) - before).toBe(lost ? 1 : 0);
    },
  );

  test('is found anew by the server row, once for many lists', async () => {
    const { server, window, upgrade, id } = await scene();
    const repositories = await window.openPath(window.root, 'Backup Repositories');
    upgrade();
    const before = server.requests.length;
    const nodes = repositories.filter(row => row.type === 'node');
    await Promise.all([window.inventory.refresh(window.root), ...nodes.map(node => window.open(node))]);
    expect([window.root, ...nodes].map(node => node.openedBranch?.failure)).toEqual(
      [window.root, ...nodes].map(() => undefined),
    );
    expect(window.saved(id).apiVersion).toBe('v8');
    const questions = server.requests.slice(before).filter(({ headers }) => headers.authorization === undefined);
    // One for each version that the extension reads, however many lists ask.
    expect(questions.length).toBeLessThanOrEqual(6);
  });

  test('lets a person sign in who was signed out before, with one password sent', async () => {
    const { server, window, upgrade, id } = await scene('notRemembered');
    await window.servers.signIn(window.saved(id), server.password, false, never);
    await window.open(window.root);
    await window.servers.signOut(id);
    upgrade();
    const next = new Computer();
    Object.assign(next, { secrets: window.secrets, memory: window.memory });
    const other = next.window();
    expect(other.saved(id).apiVersion).toBe('v7');
    const before = signIns(server);
    await other.servers.signIn(other.saved(id), server.password, false, never);
    await other.open(other.root);
    expect(other.root.openedBranch?.failure).toBeUndefined();
    expect(other.saved(id).apiVersion).toBe('v8');
    expect(signIns(server) - before).toBe(1);
  });

  test('is found anew at the next start, also where the password opens the session', async () => {
    const { server, window, upgrade, id } = await scene();
    await window.open(window.root);
    await window.connections.close();
    window.secrets.values.set(
      [...window.secrets.values.keys()][0] ?? '',
      JSON.stringify({ password: server.password }),
    );
    upgrade();
    const next = new Computer();
    Object.assign(next, { secrets: window.secrets, memory: window.memory });
    const other = next.window();
    const before = signIns(server);
    await other.open(other.root);
    expect(other.root.openedBranch?.failure).toBeUndefined();
    expect(other.saved(id).apiVersion).toBe('v8');
    expect(signIns(server) - before).toBe(1);
  });
});

test.each([
  ['says so in its own words, which its product knows', 'The API version is not supported', 'v8'],
  ['says something else', 'The parameter is not supported', 'v7'],
])('a version is found anew if the server %s', async (_what, message, expected) => {
  const server = await forThisTest(startVb365({ certificate, versions: ['v7', 'v8'] }));
  let isUpgraded = false;
  server.intercept = (request, response) => {
    const isGone = request.url?.startsWith(isUpgraded ? '/v7/' : '/v8/') === true;
    if (isGone) {
      response.writeHead(400, json).end(JSON.stringify({ message }));
    }
    return isGone;
  };
  const refusesVersion: Product['refusesVersion'] = ({ status, body }) =>
    status === 400 && body.toString().includes('API version');
  const world = new World({ product: product => ({ ...product, refusesVersion }) });
  const root = await world.add('vb365', server);
  const repositories = named(await world.open(root), 'Backup Repositories');
  await world.open(repositories);
  expect(world.saved(root.item.id).apiVersion).toBe('v7');
  isUpgraded = true;
  await world.inventory.refresh(repositories);
  expect(world.saved(root.item.id).apiVersion).toBe(expected);
  expect(repositories.openedBranch?.failure?.kind).toBe(expected === 'v8' ? undefined : 'serverFailed');
});

test('an older version that the user has chosen stays chosen as long as the server serves it', async () => {
  const server = await forThisTest(startVb365({ certificate }));
  const window = new Computer().window();
  await window.add('vb365', server, { apiVersion: 'v6' });
  await window.openPath(window.root, 'Backup Repositories');
  expect(window.saved(window.root.item.id).apiVersion).toBe('v6');
  expect(signIns(server)).toBe(1);
  expect(new Set(server.requests.map(({ path }) => path.split('/')[1]))).toEqual(new Set(['v6']));
});

test('an item that is gone is no doubt about the version', async () => {
  const server = await forThisTest(startVb365({ certificate }));
  const window = new Computer().window();
  await window.add('vb365', server);
  await window.openPath(window.root, 'Backup Repositories', 'Repo North');
  server.intercept = ({ url = '' }, response) => {
    const isGone = url.includes('BackedUpOrganizations');
    if (isGone) {
      response.writeHead(404).end();
    }
    return isGone;
  };
  const group = named(window.inventory.childrenOf(window.root), 'Backup Repositories');
  const repository = named(window.inventory.childrenOf(group), 'Repo North');
  const before = server.requests.length;
  await window.inventory.refresh(repository);
  expect(repository.openedBranch?.failure?.kind).toBe('notFound');
  expect(server.requests.length - before).toBe(2);
});
