import { afterEach, expect, test, vi } from 'vitest';
import { oncePerClick } from '../../../../src/views/shared/oncePerClick';
import { serverNode } from '../nodes';

vi.mock('vscode', () => import('../vscode'));

afterEach(() => {
  vi.useRealTimers();
});

test.each(['failure', 'more'] as const)('a double click on a row of the type %s runs its command once', async type => {
  vi.useFakeTimers();
  const row = { type, parent: serverNode() };
  const run = vi.fn(async () => undefined);
  const command = oncePerClick(run);
  await Promise.all([command(row, [row]), command(row, [row])]);
  vi.advanceTimersByTime(300);
  await command(row);
  expect(run.mock.calls).toEqual([[row, [row]]]);
  vi.advanceTimersByTime(300);
  await command(row);
  expect(run).toHaveBeenCalledTimes(2);
  await command({ type, parent: serverNode() });
  expect(run).toHaveBeenCalledTimes(3);
});

test('as long as it asks something, it does not ask it a second time', async () => {
  vi.useFakeTimers();
  const row = { type: 'failure', parent: serverNode() };
  let answer: (() => void) | undefined;
  const run = vi.fn(() => new Promise<void>(resolve => (answer = resolve)));
  const command = oncePerClick(run);
  const first = command(row);
  vi.advanceTimersByTime(60_000);
  await command(row);
  expect(run).toHaveBeenCalledTimes(1);
  answer?.();
  await first;
  const again = command(row);
  answer?.();
  await again;
  expect(run).toHaveBeenCalledTimes(2);
});

test('what is called without such a row runs each time', async () => {
  const run = vi.fn(async () => undefined);
  const command = oncePerClick(run);
  const node = serverNode();
  for (const argument of [undefined, 'key', node]) {
    await command(argument);
    await command(argument);
  }
  expect(run).toHaveBeenCalledTimes(6);
});
