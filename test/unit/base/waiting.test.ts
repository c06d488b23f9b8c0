import { expect, test, vi } from 'vitest';
import { delay, endsWithin, unlessAborted, untilAborted } from '../../../src/base/abort';
import { inTurn } from '../../../src/base/inTurn';
import { once } from '../../../src/base/once';
import { SharedWork } from '../../../src/base/sharedWork';
import { never } from '../never';

/** Work that ends when the test says so. */
function work<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((...ends) => {
    [resolve, reject] = ends;
  });
  return { promise, resolve, reject };
}

test('waiting for work ends with it or with the signal', async () => {
  const silent = work<void>();
  await untilAborted(silent.promise, AbortSignal.abort());
  const { signal, abort } = aborting();
  const waiting = untilAborted(silent.promise, signal);
  abort();
  await waiting;
  await untilAborted(Promise.resolve(), never);
  await untilAborted(undefined, never);
  await expect(untilAborted(Promise.reject(new Error('broken')), never)).rejects.toThrow('broken');
});

test('a cancelled wait for an outcome is a failure of its own kind', async () => {
  expect(await unlessAborted(Promise.resolve(1), never)).toBe(1);
  const { signal, abort } = aborting();
  const waiting = unlessAborted(work<void>().promise, signal);
  abort();
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
});

test('work is late, in time, or broken', async () => {
  expect(await endsWithin(0, work<void>().promise)).toBe(false);
  expect(await endsWithin(60_000, Promise.resolve())).toBe(true);
  await expect(endsWithin(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('works in turn begin one after the other, also behind one that has failed', async () => {
  const run = inTurn();
  const first = work<string>();
  const begun: string[] = [];
  const outcomes = ['first', 'second', 'third'].map(name =>
    run(async () => {
      begun.push(name);
      return name === 'first' ? await first.promise : name;
    }),
  );
  await new Promise(setImmediate);
  expect(begun).toEqual(['first']);
  first.reject(new Error('broken'));
  expect(await Promise.allSettled(outcomes)).toMatchObject([
    { status: 'rejected' },
    { value: 'second' },
    { value: 'third' },
  ]);
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('what is done once is done again only where it has failed', async () => {
  let calls = 0;
  const get = once(async () => {
    calls++;
    if (calls === 1) {
      throw new Error('broken');
    }
    return calls;
  });
  await expect(Promise.all([get(), get()])).rejects.toThrow('broken');
  expect(await Promise.all([get(), get()])).toEqual([2, 2]);
  expect(await get()).toBe(2);
});

test('a delay ends in time or with the signal, and leaves no timer behind', async () => {
  vi.useFakeTimers();
  try {
    let ended = 0;
    const end = () => {
      ended++;
    };
    const { signal, abort } = aborting();
    void delay(1000).then(end);
    void delay(1000, signal).then(end);
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).toBe(0);
    abort();
    await vi.advanceTimersByTimeAsync(0);
    expect([ended, vi.getTimerCount()]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toBe(2);
    await Promise.all([delay(0), delay(-1), delay(1000, signal)]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
  ['a delay', signal => delay(1, signal)],
  ['a wait for work', signal => untilAborted(Promise.resolve(), signal)],
  ['a wait for an outcome', signal => unlessAborted(Promise.resolve(), signal)],
])('%s that is over no longer listens to the signal', async (_what, wait) => {
  const { signal } = aborting();
  const started = vi.spyOn(signal, 'addEventListener');
  const stopped = vi.spyOn(signal, 'removeEventListener');
  await wait(signal);
  const [type, listener] = started.mock.calls[0] ?? [];
  expect(type).toBe('abort');
  expect(stopped).toHaveBeenCalledWith('abort', listener);
});

test('work that ends in time leaves no timer behind', async () => {
  vi.useFakeTimers();
  try {
    await endsWithin(60_000, Promise.resolve());
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

/** Shared work that ends when the test says so, and two who wait for it. */
function shared() {
  const inner = work<string>();
  let given: AbortSignal = never;
  const all = new SharedWork(signal => {
    given = signal;
    return inner.promise;
  });
  const [one, other] = [aborting(), aborting()];
  return { ...inner, all, signal: () => given, one, other, waits: [all.wait(one.signal), all.wait(other.signal)] };
}

test('shared work is given up with the last one that waits for it', async () => {
  const { all, signal, one, other, waits } = shared();
  one.abort();
  await expect(waits[0]).rejects.toMatchObject({ kind: 'cancelled' });
  expect([signal().aborted, all.isGivenUp]).toEqual([false, false]);
  other.abort();
  await expect(waits[1]).rejects.toMatchObject({ kind: 'cancelled' });
  expect([signal().aborted, all.isGivenUp]).toEqual([true, true]);
});

test('shared work that is done is not given up', async () => {
  const { all, signal, waits, resolve } = shared();
  resolve('outcome');
  expect(await Promise.all(waits)).toEqual(['outcome', 'outcome']);
  expect(await all.wait(never)).toBe('outcome');
  expect([signal().aborted, all.isGivenUp]).toEqual([false, false]);
});

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
