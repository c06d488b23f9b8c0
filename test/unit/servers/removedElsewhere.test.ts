import { expect, test, vi } from 'vitest';
import { ServerList, serversKey } from '../../../src/servers/list/serverList';
import { secretKey } from '../../../src/servers/session/serverSecrets';
import { type KeptMemory, World } from '../support';

const facts = { product: 'vb365', userName: 'EXAMPLE\\svc-browse' };
const kept = { ...facts, name: 'kept', url: 'https://kept.example.com:4443' };
const removed = { ...facts, name: 'removed', url: 'https://removed.example.com:4443' };

interface Stored {
  readonly servers: readonly { readonly id: string }[];
}

/** Two servers with secrets; the second one is also in the middle of a sign-in. */
async function scene() {
  const world = new World();
  const ids = [await world.servers.add(kept, 'one'), await world.servers.add(removed, 'two')] as const;
  await world.secrets.store(`${secretKey(ids[1])}.turn`, '{}');
  return { world, ids };
}

/** Settings Sync writes over the list, and over nothing else. */
function sync(memory: KeptMemory, change: (stored: Stored) => unknown): void {
  memory.values.set(serversKey, change(memory.get<Stored>(serversKey) ?? { servers: [] }));
}

const without = (id: string) => (stored: Stored) => ({
  ...stored,
  servers: stored.servers.filter(server => server.id !== id),
});

test('secrets of a server that another computer has removed are deleted, and no others', async () => {
  const { world, ids } = await scene();
  sync(world.memory, without(ids[1]));
  world.list.checkForChanges();
  await vi.waitFor(() => expect([...world.secrets.values.keys()]).toEqual([secretKey(ids[0])]));
  await vi.waitFor(() => expect(world.list.removedElsewhere).toEqual([]));
});

test('that happens at the next start, too', async () => {
  const { world, ids } = await scene();
  sync(world.memory, without(ids[1]));
  const next = new World({ memory: world.memory, secrets: world.secrets });
  await next.removed.forgetAll();
  expect([...world.secrets.values.keys()]).toEqual([secretKey(ids[0])]);
});

test('a server that came from another computer and goes again is forgotten like one of this computer', async () => {
  const { world } = await scene();
  sync(world.memory, stored => ({ ...stored, servers: [...stored.servers, { id: 'guest', ...removed }] }));
  world.list.checkForChanges();
  await world.secrets.store(secretKey('guest'), '{"password":"three"}');
  await world.removed.forgetAll();
  expect(world.secrets.values.has(secretKey('guest'))).toBe(true);
  sync(world.memory, without('guest'));
  await world.removed.forgetAll();
  expect(world.secrets.values.has(secretKey('guest'))).toBe(false);
});

test.each<[string, (stored: Stored) => unknown]>([
  ['is absent', () => undefined],
  ['is of a later version', stored => ({ ...stored, schema: 2, servers: [] })],
  ['has no servers where they should be', stored => ({ ...stored, servers: { count: 0 } })],
  ['has an entry that does not say which server it is', stored => ({ ...stored, servers: [{ name: 'removed' }] })],
  [
    'has the server in a form that cannot be shown',
    stored => ({ ...stored, servers: stored.servers.map(({ id }) => ({ id, address: 'removed.example.com' })) }),
  ],
])('nothing is deleted while the list %s', async (_what, change) => {
  const { world } = await scene();
  const before = new Map(world.secrets.values);
  sync(world.memory, change);
  world.list.checkForChanges();
  await world.removed.forgetAll();
  expect(world.secrets.values).toEqual(before);
});

test('a server that this computer removes is at no moment one that was removed elsewhere', async () => {
  const { world, ids } = await scene();
  const otherWindow = new ServerList(world.memory);
  const removing = world.list.remove(ids[1]);
  expect(otherWindow.servers).toHaveLength(1);
  expect(otherWindow.removedElsewhere).toEqual([]);
  await removing;
  expect(otherWindow.removedElsewhere).toEqual([]);
});
