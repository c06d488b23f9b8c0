import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { secretKey, turnKey } from '../../../../src/servers/session/serverSecrets';
import {
  createCertificate,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { Computer, endings, isSignIn } from '../computer';
import { pass, SharedStore, TokenServer, Window } from '../windows';

const certificate = await createCertificate();

/** With how many sessions are ended on the server: the calls of one product would end all of an account. */
const products = [
  ['vb365', () => startVb365({ certificate }), 1],
  ['enterprise-manager', () => startEnterpriseManager({ certificate }), 1],
  ['backup-replication', () => startBackupReplication({ certificate } as never), 1],
  ['service-provider-console', () => startServiceProviderConsole({ certificate, companies: 2 } as never), 0],
] as const;

/** Two windows; the second one's next sign-in is held until it is released. */
async function scene(product: string, start: () => Promise<SampleServer<unknown>>, password?: string) {
  const server = await forThisTest(start());
  const computer = new Computer();
  const first = computer.window();
  await first.add(product, server, { password });
  const second = computer.window();
  const id = first.root.item.id;
  let release = (_answer: 'as usual' | 'throttled') => {};
  const held = new Promise<void>(arrived => {
    server.intercept = async (request, response) => {
      if (!isSignIn(request)) {
        return false;
      }
      server.intercept = undefined;
      const released = new Promise<string>(resolve => {
        release = resolve;
      });
      arrived();
      const isThrottled = (await released) === 'throttled';
      if (isThrottled) {
        response.writeHead(429, { 'Retry-After': '600' }).end();
      }
      return isThrottled;
    };
  });
  return {
    server,
    computer,
    first,
    second,
    id,
    held,
    release: (answer: Parameters<typeof release>[0]) => release(answer),
  };
}

describe.each(products)('%s: a server that one window removes', (product, start, ends) => {
  test('while another one signs in by hand leaves nothing, there or here', async () => {
    const { server, computer, first, second, id, held, release } = await scene(product, start);
    const signingIn = second.servers.signIn(second.saved(id), server.password, true, never);
    await held;
    await first.servers.remove(id);
    release('as usual');
    await expect(signingIn).rejects.toMatchObject({ kind: 'serverChanged' });
    expect([...computer.secrets.values]).toEqual([]);
    expect(JSON.stringify([...computer.memory.values])).not.toContain(id);
    expect(endings(server)).toBe(ends);
  });

  test('while another one signs in with the stored password leaves nothing, there or here', async () => {
    const { server, computer, first, second, id, held, release } = await scene(product, start, 'p@ss+w%rd&"ü');
    const opened = second.open(second.root);
    await held;
    await first.servers.remove(id);
    release('as usual');
    await opened;
    await vi.waitFor(() => expect(endings(server)).toBe(ends));
    await vi.waitFor(() => expect([...computer.secrets.values]).toEqual([]));
    expect(JSON.stringify([...computer.memory.values])).not.toContain(id);
  });

  test('while another one is told to wait leaves no note of that', async () => {
    const { computer, first, second, id, held, release } = await scene(product, start, 'p@ss+w%rd&"ü');
    const opened = second.open(second.root);
    await held;
    await first.servers.remove(id);
    release('throttled');
    await opened;
    expect([...computer.secrets.values]).toEqual([]);
  });

  test('while it is told to wait itself leaves no note of that', async () => {
    const { computer, first, id, held, release } = await scene(product, start, 'p@ss+w%rd&"ü');
    const opened = first.open(first.root);
    await held;
    release('throttled');
    await opened;
    expect([...computer.secrets.values.keys()]).toContain(turnKey(id));
    await first.servers.remove(id);
    expect([...computer.secrets.values]).toEqual([]);
  });

  test('is forgotten a second time by a window that hears of it late', async () => {
    const { server, computer, first, second, id } = await scene(product, start, 'p@ss+w%rd&"ü');
    server.intercept = undefined;
    await second.open(second.root);
    await first.servers.remove(id);
    expect(endings(server)).toBe(ends);
    // As if the store had been slow.
    computer.secrets.values.set(secretKey(id), '{"password":"late"}');
    second.list.checkForChanges();
    await vi.waitFor(() => expect([...computer.secrets.values]).toEqual([]));
  });

  test('is told of, for what else is kept of it', async () => {
    const { first, id, server } = await scene(product, start);
    server.intercept = undefined;
    const forgotten: string[] = [];
    first.removed.onDidForget.listen(each => forgotten.push(each));
    await first.servers.remove(id);
    expect(forgotten).toEqual([id]);
  });
});

test('secrets stay while the list cannot be read', async () => {
  const { computer, first, second, id, held, release } = await scene('vb365', products[0][1], 'p@ss+w%rd&"ü');
  const opened = second.open(second.root);
  await held;
  const list = structuredClone(computer.memory.values.get('backupTenancy.servers')) as object;
  await computer.memory.update('backupTenancy.servers', { ...list, schema: 99 });
  release('as usual');
  await opened;
  await computer.memory.update('backupTenancy.servers', list);
  expect(computer.secrets.values.get(secretKey(id))).toContain('"session"');
  await first.open(first.root);
  expect(first.root.openedBranch?.failure).toBeUndefined();
});

describe('whatever the timing', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a removal leaves nothing in the store', async () => {
    vi.useFakeTimers();
    const scenes = fc.record({
      latency: fc.infiniteStream(fc.integer({ min: 0, max: 30 })),
      works: fc.array(fc.record({ at: fc.integer({ min: 0, max: 600 }), window: fc.nat(2), byHand: fc.boolean() }), {
        minLength: 1,
        maxLength: 10,
      }),
      removeAt: fc.integer({ min: 0, max: 700 }),
      expireAt: fc.integer({ min: 0, max: 600 }),
    });
    await fc.assert(
      fc.asyncProperty(scenes, async ({ latency, works, removeAt, expireAt }) => {
        const next = () => latency.next().value;
        const store = new SharedStore(next);
        const server = new TokenServer(next);
        let isListed = true;
        const windows = [0, 1, 2].map(index => new Window(`window-${index}`, store, server, 100, () => isListed));
        const [first] = windows as [Window, Window, Window];
        const ended = async (work: Promise<unknown>) => {
          const over = work.catch(() => undefined);
          await vi.runAllTimersAsync();
          await over;
        };
        await ended(first.secrets.change(() => ({ session: server.issue(), password: server.password })));
        const all = works.map(async ({ at, window, byHand }) => {
          await pass(at);
          const { keeper } = windows[window] as Window;
          const work = byHand ? keeper.signIn(async () => server.issue(), 'right', never) : windows[window]?.load();
          await work?.catch(() => undefined);
        });
        const removing = async () => {
          await pass(removeAt);
          await first.keeper.prepareRemoval();
          isListed = false;
          await first.keeper.signOut(never);
          await store.delete('backupTenancy.server.id');
          await store.delete('backupTenancy.server.id.turn');
        };
        const expiring = async () => {
          await pass(expireAt);
          server.expire();
        };
        await ended(Promise.all([...all, removing(), expiring()]));
        expect([...store.values]).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
