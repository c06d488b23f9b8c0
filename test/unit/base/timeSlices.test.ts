import { beforeEach, expect, test, vi } from 'vitest';
import { nextSlice } from '../../../src/base/timeSlices';
import { turnsDuring } from '../eventLoop';

let now = performance.now();

beforeEach(() => {
  // A slice that began long ago.
  now += 1_000_000;
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => spy.mockRestore();
});

test('a slice goes on until it has been long enough', async () => {
  await nextSlice();
  expect(nextSlice()).toBeUndefined();
  now += 5;
  expect(nextSlice()).toBeUndefined();
  now += 5;
  expect(nextSlice()).toBeInstanceOf(Promise);
});

test('works that are under way at the same time have no turn one right after the other', async () => {
  const order: string[] = [];
  const work = async (name: string) => {
    for (let step = 0; step < 4; step++) {
      await nextSlice();
      order.push(name);
      now += 20;
    }
  };
  let over = false;
  const others = () => {
    order.push('others');
    if (!over) {
      setImmediate(others);
    }
  };
  setImmediate(others);
  await Promise.all(['a', 'b', 'c'].map(work));
  over = true;
  const works = order.flatMap((each, index) => (each === 'others' ? [] : index));
  expect(works).toHaveLength(12);
  expect(works.every((at, index) => index === 0 || at - (works[index - 1] ?? 0) > 1)).toBe(true);
  // In turn, not one after the other.
  expect(order.filter(each => each !== 'others').join('')).toBe('abcabcabcabc');
});

test('short steps of many works share a slice', async () => {
  const step = async () => {
    await nextSlice();
    now += 1;
  };
  const turns = await turnsDuring(() => Promise.all(Array.from({ length: 100 }, step)));
  expect(turns).toBeGreaterThan(5);
  expect(turns).toBeLessThan(20);
});
