import { expect, test, vi } from 'vitest';
import { Cancelled } from '../../../../src/base/failure';
import { readFile, writeFile } from '../../../../src/servers/list/exportedList';
import { secretKey } from '../../../../src/servers/session/serverSecrets';
import type { AskPerson } from '../../../../src/servers/session/signInByHand';
import { MadeUpServer } from '../../made-up/server';
import { never } from '../../never';
import { labels, World } from '../../support';

// Servers that ask a second question, and accounts that are a key alone: a product made up for it has both.

const server = vi.hoisted(() => ({ current: undefined as unknown as { transport: unknown } }));

vi.mock('../../../../src/products/registry', async original => {
  const actual = await original<typeof import('../../../../src/products/registry')>();
  return { ...actual, products: [...actual.products, (await import('../../made-up/product')).info] };
});
vi.mock('../../../../src/products/loadProduct', async () => ({
  loadProduct: async () => (await import('../../made-up/product')).product,
}));
vi.mock('../../../../src/http/transport', () => ({ createTransport: () => server.current.transport }));

async function scene(facts: { accountKind?: string; password?: string | undefined } = {}, code?: string) {
  const madeUp = new MadeUpServer();
  madeUp.code = code;
  server.current = madeUp;
  const world = new World();
  const { password, accountKind } = facts;
  const id = await world.servers.add(
    {
      ...{ product: 'made-up', url: madeUp.origin, name: 'made-up' },
      ...(accountKind ? { accountKind, userName: '' } : { userName: 'ada' }),
    },
    password,
  );
  const stored = () => world.secrets.values.get(secretKey(id)) ?? '';
  return { server: madeUp, world, id, node: world.node(id), stored };
}

/** A person who answers with these codes, one after another, and then leaves. */
function answering(...codes: string[]) {
  const asked: (string | undefined)[] = [];
  const ask: AskPerson = async ({ problem }) => {
    asked.push(problem);
    const code = codes.shift();
    if (code === undefined) {
      throw new Cancelled();
    }
    return code;
  };
  return { asked, ask };
}

test('a code is asked for after the password, and again with the reason when it is wrong', async () => {
  const { server, world, id, node } = await scene({}, '123');
  const { asked, ask } = answering('000', '123');
  await world.servers.signIn(world.saved(id), 'right', false, never, ask);
  expect(asked).toEqual([undefined, 'The code is wrong.']);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([1, 2]);
  expect(labels(await world.open(node))).toEqual(['one', 'two', 'three']);
});

test('a code that is not given leaves nothing behind', async () => {
  const { server, world, id, stored } = await scene({}, '123');
  const { asked, ask } = answering();
  const signingIn = world.servers.signIn(world.saved(id), 'right', true, never, ask);
  await expect(signingIn).rejects.toMatchObject({ kind: 'cancelled' });
  expect(asked).toHaveLength(1);
  expect(server.sent('/code')).toBe(0);
  expect(stored()).toBe('');
});

test('a code for a server that was moved meanwhile goes nowhere', async () => {
  const { server, world, id, stored } = await scene({}, '123');
  const elsewhere = new World({ memory: world.memory, secrets: world.secrets });
  const signingIn = world.servers.signIn(world.saved(id), 'right', true, never, async () => {
    await elsewhere.list.change(id, { userName: 'grace' });
    return '123';
  });
  await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
  expect(server.sent('/code')).toBe(0);
  expect(stored()).toBe('');
});

test('a remembered password is sent once to a server that then wants a code, and the row asks', async () => {
  const { server, world, id, node, stored } = await scene({ password: 'right' }, '123');
  const loads = () =>
    Promise.allSettled([1, 2, 3].map(() => world.connections.children(id, node.item, undefined, never)));
  const failed = { status: 'rejected', reason: { kind: 'codeWanted', remedies: ['signIn'] } };
  expect(await loads()).toMatchObject([failed, failed, failed]);
  expect(await loads()).toMatchObject([failed, failed, failed]);
  expect(server.sent('/token')).toBe(1);
  expect(stored()).toContain('"password":"right"');
  expect(labels(await world.open(node))).toEqual(['(failure)']);
});

test('a code is asked for once although three loads wait, and an ended session does not send the password', async () => {
  const { server, world, id, node, stored } = await scene({}, '123');
  const first = answering('123');
  await world.servers.signIn(world.saved(id), 'right', true, never, first.ask);
  const load = () => world.connections.children(id, node.item, undefined, never);
  await load();
  server.expire();
  const failed = { status: 'rejected', reason: { kind: 'codeWanted' } };
  expect(await Promise.allSettled([load(), load(), load()])).toMatchObject([failed, failed, failed]);
  expect(server.sent('/token')).toBe(1);
  const requests = server.requests.length;
  expect(await Promise.allSettled([load(), load()])).toMatchObject([failed, failed]);
  expect(server.requests).toHaveLength(requests);
  const second = answering('123');
  await world.servers.signIn(world.saved(id), 'right', true, never, second.ask);
  const pages = await Promise.all([load(), load(), load()]);
  expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 3]);
  expect([first.asked, second.asked]).toEqual([[undefined], [undefined]]);
  expect(server.sent('/token')).toBe(2);
  expect(stored()).not.toContain('123"');
});

test('other windows have their turns while the person looks for a code', async () => {
  const { server, world, id, node } = await scene({ password: 'right' });
  await world.connections.children(id, node.item, undefined, never);
  server.code = '123';
  await world.servers.signIn(world.saved(id), 'right', true, never, async () => {
    const turns = [...world.secrets.values].filter(([key]) => key.endsWith('.turn'));
    expect(turns).toEqual([]);
    return '123';
  });
  expect(server.sent('/code')).toBe(1);
});

test('an API key goes with each request, signs in again by itself, and is not ended on the server', async () => {
  const { server, world, id, node, stored } = await scene({ accountKind: 'apiKey', password: 'key-1' });
  expect(labels(await world.open(node))).toEqual(['one', 'two', 'three']);
  expect(server.requests.at(-1)?.token).toBe('key-1');
  server.refusals = 1;
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toBeUndefined();
  expect(server.sent('/about')).toBe(2);
  server.key = 'another';
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toMatchObject({
    kind: 'credentialsRefused',
    message: `${server.host} does not accept this API key.`,
  });
  const tries = server.requests.length;
  await world.inventory.refresh(node);
  expect(server.requests.slice(tries).map(({ token }) => token)).not.toContain('key-1');
  expect(node.openedBranch?.failure?.message).toBe(`${server.host} does not accept this API key.`);
  await world.servers.signIn(world.saved(id), 'another', true, never);
  await world.inventory.refresh(node);
  expect(node.openedBranch?.failure).toBeUndefined();
  await world.servers.signOut(id);
  expect(server.sent('/session')).toBe(0);
  expect(stored()).toBe('');
});

test('a key is not sent as a password, nor a password as a key, when another window changes the kind of account', async () => {
  const { server, world, id } = await scene({ accountKind: 'apiKey', password: 'key-1' });
  const shown = world.saved(id);
  await world.list.change(id, { accountKind: undefined });
  const signingIn = world.servers.signIn(shown, 'key-1', true, never);
  await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
  const load = world.connections.children(id, world.node(id).item, undefined, never);
  await expect(load).rejects.toMatchObject({ kind: 'signedOut' });
  expect(JSON.stringify(server.requests)).not.toContain('key-1');
});

test('a server with an API key stands in a file without the key and without a user name', async () => {
  const { world } = await scene({ accountKind: 'apiKey', password: 'key-1' });
  const file = writeFile(world.list.content);
  expect(file).not.toContain('key-1');
  expect(readFile(file)).toMatchObject({ servers: [{ userName: '', accountKind: 'apiKey' }], refused: [] });
  expect(readFile(file.replace('"apiKey"', '"administrator"'))).toMatchObject({ servers: [] });
});

test.each(['right', undefined])('a version that the server refuses at sign-in is found anew: %s', async password => {
  const { server, world, id, node } = await scene({ password });
  await world.connections.children(id, node.item, undefined, never).catch(() => undefined);
  expect(world.saved(id).apiVersion).toBe(password && 'v1');
  server.expire();
  // Between the look at its version and the sign-in.
  server.before = async path => {
    if (path.endsWith('/token')) {
      server.before = undefined;
      server.versions = ['v2'];
    }
  };
  if (password) {
    await world.connections.children(id, node.item, undefined, never);
  } else {
    await world.servers.signIn(world.saved(id), 'right', true, never);
    await world.connections.children(id, node.item, undefined, never);
  }
  expect(world.saved(id).apiVersion).toBe('v2');
  expect(server.requests.filter(({ path }) => path === '/v2/token')).toHaveLength(1);
});

test('a version is shown as its product names it', async () => {
  const { world, id, node } = await scene({ password: 'right' });
  await world.open(node);
  expect(world.saved(id).apiVersion).toBe('v1');
  expect(world.node(id).item).toMatchObject({ apiVersion: 'v1 of 1.2' });
});
