import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { never } from '../../never';
import { pass, SharedStore, TokenServer, Window } from '../windows';

const settleMs = 100;
/** Reading the store and then writing to it stays below the time to settle: three of these. */
const latencies = fc.infiniteStream(fc.integer({ min: 0, max: 30 }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Scene {
  readonly store: SharedStore;
  readonly server: TokenServer;
  readonly windows: readonly Window[];
}

function sceneOf(next: () => number, windows: number): Scene {
  const store = new SharedStore(next);
  const server = new TokenServer(next);
  return {
    store,
    server,
    windows: Array.from({ length: windows }, (_, index) => new Window(`window-${index}`, store, server, settleMs)),
  };
}

/** Lets time run until all is done. */
async function ended<T>(work: Promise<T>): Promise<T> {
  const outcome = work.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  );
  await vi.runAllTimersAsync();
  const settled = await outcome;
  if ('error' in settled) {
    throw settled.error;
  }
  return settled.value;
}

describe('whatever the timing, windows', () => {
  const scenes = fc.record({
    windows: fc.integer({ min: 2, max: 4 }),
    latency: latencies,
    /** When which window loads something, and when the server forgets its access tokens. */
    loads: fc.array(fc.record({ at: fc.integer({ min: 0, max: 900 }), window: fc.nat(3) }), {
      minLength: 2,
      maxLength: 14,
    }),
    expiries: fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 2 }),
  });

  test('use no refresh token twice, lose no session, and sign in once', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.boolean(), async ({ windows, latency, loads, expiries }, remembered) => {
        const scene = sceneOf(() => latency.next().value, windows);
        const { server } = scene;
        const first = scene.windows[0] as Window;
        // Either a session is there and no password, or the reverse.
        await ended(
          first.secrets.change(() => (remembered ? { password: server.password } : { session: server.issue() })),
        );
        const work = [
          ...loads.map(async ({ at, window }) => {
            await pass(at);
            await (scene.windows[window % windows] as Window).load();
          }),
          ...expiries.map(async at => {
            await pass(at);
            server.expire();
          }),
        ];
        await ended(Promise.all(work));
        expect(new Set(server.refreshTokensSeen).size).toBe(server.refreshTokensSeen.length);
        expect(server.logins.length).toBeLessThanOrEqual(remembered ? 1 : 0);
        expect(await ended(first.load())).toBe(true);
        expect([...scene.store.values.keys()]).toEqual(['backupTenancy.server.id']);
      }),
      { numRuns: 300 },
    );
  });

  test('stay signed out when one of them signs out while others renew', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.integer({ min: 0, max: 600 }), async ({ windows, latency, loads }, signOutAt) => {
        const scene = sceneOf(() => latency.next().value, windows);
        const { server } = scene;
        const first = scene.windows[0] as Window;
        await ended(first.secrets.change(() => ({ session: server.issue(), password: server.password })));
        server.expire();
        const work = [
          ...loads.map(async ({ at, window }) => {
            await pass(Math.min(at, signOutAt));
            await (scene.windows[window % windows] as Window).load().catch(kindOf);
          }),
          (async () => {
            await pass(signOutAt);
            await first.keeper.signOut(never);
          })(),
        ];
        await ended(Promise.all(work));
        expect([...scene.store.values]).toEqual([]);
        for (const window of scene.windows) {
          await expect(ended(window.load())).rejects.toMatchObject({ kind: 'signedOut' });
        }
      }),
      { numRuns: 200 },
    );
  });
});

function kindOf(error: unknown): unknown {
  return (error as { kind?: unknown }).kind;
}

describe('two windows', () => {
  test('a session that one opens is found by the other, that had none to begin with', async () => {
    const { server, windows } = sceneOf(() => 5, 2);
    const [one, two] = windows as [Window, Window];
    await expect(ended(two.load())).rejects.toMatchObject({ kind: 'signedOut' });
    await ended(one.keeper.signIn(async () => server.issue(), undefined, never));
    expect(await ended(two.load())).toBe(true);
    expect(server.logins).toEqual([]);
  });

  test('a refresh token that was used without a turn is looked for once more before the session counts as lost', async () => {
    const { store, server, windows } = sceneOf(() => 5, 1);
    const [one] = windows as [Window];
    const lost = server.issue();
    await ended(one.secrets.change(() => ({ session: lost })));
    server.expire();
    // A window on another computer, which sees the store late.
    await ended(server.product.renew(undefined as never, 'v8', lost, never));
    const fresh = server.issue();
    const { renew } = server.product;
    Object.defineProperty(server, 'product', {
      value: {
        ...server.product,
        renew: async (...asked: Parameters<typeof renew>) => {
          store.values.set('backupTenancy.server.id', JSON.stringify({ session: fresh }));
          return await renew(...asked);
        },
      },
    });
    expect(await ended(one.load())).toBe(true);
    expect(server.logins).toEqual([]);
  });

  test('one that vanishes in the middle of its turn holds up the other for a quarter of a minute at most', async () => {
    const { store, server, windows } = sceneOf(() => 5, 1);
    const [one] = windows as [Window];
    await ended(one.secrets.change(() => ({ session: server.issue() })));
    server.expire();
    store.values.set('backupTenancy.server.id.turn', JSON.stringify({ owner: 'gone', until: Date.now() + 15_000 }));
    const started = Date.now();
    expect(await ended(one.load())).toBe(true);
    expect(Date.now() - started).toBeLessThan(16_000);
  });

  test('a turn written before the clock was put back holds up nobody', async () => {
    const { store, server, windows } = sceneOf(() => 5, 1);
    const [one] = windows as [Window];
    await ended(one.secrets.change(() => ({ session: server.issue() })));
    server.expire();
    store.values.set(
      'backupTenancy.server.id.turn',
      JSON.stringify({ owner: 'gone', until: Date.now() + 86_400_000, notBefore: Date.now() + 86_400_000 }),
    );
    const started = Date.now();
    expect(await ended(one.load())).toBe(true);
    expect(Date.now() - started).toBeLessThan(1000);
  });

  test.each(['{"owner":7}', 'null', '[', '{"owner":"x","until":"soon"}'])('a turn of %s counts as none', async turn => {
    const { store, server, windows } = sceneOf(() => 5, 1);
    const [one] = windows as [Window];
    await ended(one.secrets.change(() => ({ session: server.issue() })));
    server.expire();
    store.values.set('backupTenancy.server.id.turn', turn);
    expect(await ended(one.load())).toBe(true);
  });
});
