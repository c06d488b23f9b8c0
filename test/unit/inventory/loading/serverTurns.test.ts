import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ServerTurn, ServerTurns } from '../../../../src/inventory/loading/serverTurns';
import { never } from '../../never';

let turns: ServerTurns;
let taken: ServerTurn[];

beforeEach(() => {
  vi.useFakeTimers();
  turns = new ServerTurns();
  taken = [];
});

afterEach(() => {
  vi.useRealTimers();
});

async function ask(number: number, abort = never): Promise<void> {
  for (let asked = 0; asked < number; asked++) {
    turns.take(abort).then(turn => taken.push(turn), String);
  }
  await vi.advanceTimersByTimeAsync(0);
}

test('ten have their turn, others when one of these has ended', async () => {
  await ask(12);
  expect(taken).toHaveLength(10);
  taken[3]?.end();
  taken[3]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toHaveLength(11);
});

test('one that gives nothing for two seconds holds up no other, one that gives something does', async () => {
  await ask(12);
  await vi.advanceTimersByTimeAsync(1_900);
  for (const turn of taken.slice(1)) {
    turn.renew();
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(taken).toHaveLength(11);
  taken[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toHaveLength(11);
});

test('nobody waits longer than the signal', async () => {
  const controller = new AbortController();
  await ask(10);
  await ask(2, controller.signal);
  expect(taken).toHaveLength(10);
  controller.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toHaveLength(12);
  // Those after them still wait for one of the first.
  await ask(1);
  taken[10]?.end();
  taken[11]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toHaveLength(12);
  taken[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toHaveLength(13);
});
