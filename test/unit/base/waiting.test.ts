import { expect, test } from 'vitest';
import { endsWithin, unlessAborted, untilAborted } from '../../../src/base/abort';
import { inTurn } from '../../../src/base/inTurn';
import { once } from '../../../src/base/once';
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

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
