import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TransportOptions } from '../../../../src/http/transport';
import { loadProduct } from '../../../../src/products/loadProduct';
import { products } from '../../../../src/products/registry';
import { Arrivals } from '../../../../src/servers/discovery/arrivals';
import {
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../../sample-servers';
import { Line } from '../../faults/line';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { labels, named, World } from '../../support';

// As the wizard does before it asks for an address.
beforeAll(async () => {
  await Promise.all(products.map(({ id }) => loadProduct(id)));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const starts: readonly (() => Promise<SampleServer<unknown>>)[] = [
  startVb365,
  startEnterpriseManager,
  startBackupReplication,
  startServiceProviderConsole,
];

/** A person enters an address, and a server is found there. */
async function find(start: () => Promise<SampleServer<unknown>>, options?: ConstructorParameters<typeof World>[0]) {
  const server = await forThisTest(start());
  const line = await Line.to(server.port);
  const world = new World(options);
  const arrivals = new Arrivals();
  const origin = `https://127.0.0.1:${line.port}`;
  const address = { hostName: '127.0.0.1', origin, usualOrigins: [], sharedOrigins: [] };
  const [found] = await world.servers.discover(address, { accepted: [server.fingerprint], arrivals }, never);
  if (found?.kind !== 'found') {
    throw new Error(`found ${found?.kind}`);
  }
  // The four products are looked for side by side; what is not needed any more is given up once it is connected.
  await vi.waitFor(() => expect(line.connections).toBe(4));
  const { product, trustedFingerprint, apiVersions } = found;
  const [apiVersion] = apiVersions;
  const draft = { product, url: origin, name: product, userName: server.username, trustedFingerprint, apiVersion };
  const asked = () => server.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  const trial = () => world.servers.test(draft, server.password, never, { arrival: arrivals.at(origin) });
  const add = async (remember = false) => {
    const login = { password: server.password, remember, trial: await trial() };
    return world.node(await world.servers.addTested(draft, login));
  };
  return { server, line, world, arrivals, asked, trial, add };
}

test.each(starts)(
  'from an address to the rows no socket is opened twice and nothing is asked twice (%o)',
  async start => {
    const { server, line, world, arrivals, asked, add } = await find(start);
    const node = await add();
    await arrivals.close();
    const tried = asked();
    expect(labels(await world.open(node))).not.toContain('(failure)');
    expect(asked()).toEqual(tried);
    expect(line.connections).toBe(4);
    const questions = server.requests
      .filter(({ method, headers }) => method === 'GET' && !headers.authorization && !headers['x-restsvcsessionid'])
      .map(({ path }) => path);
    expect(questions).toEqual([...new Set(questions)]);
    expect(tried.filter(each => each.startsWith('POST'))).toHaveLength(1);
    await world.inventory.refresh(node);
    expect(asked().length).toBeGreaterThan(tried.length);
  },
);

test('the console is asked for its version once without a session, and twice with the first one', async () => {
  const { server, arrivals, add, world } = await find(startServiceProviderConsole);
  const node = await add();
  await arrivals.close();
  await world.open(node);
  const asked = server.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v3/'));
  const told = (isSignedIn: boolean) =>
    asked.filter(({ headers }) => (headers.authorization !== undefined) === isSignedIn).map(({ path }) => path);
  expect(told(false)).toEqual(['/api/v3/about']);
  // What signing in takes, and what shows that the session is good.
  expect(told(true).toSorted()).toEqual(['/api/v3/about', '/api/v3/about', '/api/v3/users/me']);
});

test.each(starts)('a session that has ended after the trial is replaced without a word (%o)', async start => {
  const { server, world, add } = await find(start);
  const node = await add(true);
  const rows = await world.open(node);
  server.expireSessions();
  const [first = ''] = labels(rows);
  await world.open(named(rows, first));
  expect(named(rows, first).openedBranch?.failure).toBeUndefined();
});

test('rows of the trial do not count for long', async () => {
  const { world, asked, add } = await find(startEnterpriseManager);
  const node = await add();
  const tried = asked().length;
  const later = performance.now() + 31_000;
  vi.spyOn(performance, 'now').mockImplementation(() => later);
  await world.open(node);
  expect(asked()).toHaveLength(tried + 1);
});

test('rows of the trial are not shown to who has signed out since', async () => {
  const { world, add } = await find(startVb365);
  const node = await add();
  world.secrets.values.clear();
  await world.open(node);
  expect(node.openedBranch?.failure).toMatchObject({ kind: 'signedOut' });
});

test('a server that signs in anew is asked for its rows', async () => {
  const { server, world, asked, add } = await find(startVb365);
  const node = await add();
  await world.servers.signIn(world.saved(node.item.id), server.password, false, never);
  const before = asked().length;
  await world.open(node);
  expect(asked().length).toBeGreaterThan(before);
});

test('settings that change on the way count: sockets that were opened before are closed', async () => {
  let options: Partial<TransportOptions> = {};
  const transport = (given: TransportOptions) => ({ ...given, ...options });
  const { line, arrivals, trial } = await find(startVb365, { transport });
  options = { authorities: [(await forThisTest(startVb365())).certificate] };
  const tried = await trial();
  expect(line.connections).toBe(5);
  await vi.waitFor(() => expect(line.open).toBe(1));
  await tried.discard();
  await arrivals.close();
  await vi.waitFor(() => expect(line.open).toBe(0));
});

test('a server that was added and is never opened keeps no socket longer than the window', async () => {
  const { line, world, arrivals, add } = await find(startBackupReplication);
  await add();
  await arrivals.close();
  expect(line.open).toBeGreaterThan(0);
  await world.connections.close();
  await vi.waitFor(() => expect(line.open).toBe(0));
});

test('a trial of a server that has a connection by then gives its sockets up', async () => {
  const { server, line, world, arrivals, trial } = await find(startVb365);
  const tried = await trial();
  const node = await world.add('vb365', server);
  await world.open(node);
  await tried.keep(node.item.id);
  await arrivals.close();
  await vi.waitFor(() => expect(line.open).toBe(0));
});
