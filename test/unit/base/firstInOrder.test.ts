import { expect, test } from 'vitest';
import { firstInOrder } from '../../../src/base/firstInOrder';
import { never } from '../never';

const nothing = async () => undefined;

/** Answers nothing until it is given up. */
function hanging(given: AbortSignal[]) {
  return async (signal: AbortSignal): Promise<string> => {
    given.push(signal);
    return await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
}

test('takes the first answer in the order of the questions, and gives up the others', async () => {
  const given: AbortSignal[] = [];
  const late = async () => {
    await new Promise(setImmediate);
    return 'late';
  };
  expect(await firstInOrder([nothing, late, async () => 'soon', hanging(given)], never)).toBe('late');
  expect(given.map(({ aborted }) => aborted)).toEqual([true]);
});

test('asks all at once', async () => {
  const asked: number[] = [];
  const question = (number: number) => async () => {
    asked.push(number);
    await new Promise(setImmediate);
    return asked.length === 3 ? number : undefined;
  };
  expect(await firstInOrder([1, 2, 3].map(question), never)).toBe(1);
});

test('fails with the first failure that no answer stands before', async () => {
  const failing = async () => {
    throw new RangeError('odd');
  };
  await expect(firstInOrder<string>([nothing, failing, async () => 'answer'], never)).rejects.toThrow('odd');
  expect(await firstInOrder<string>([async () => 'answer', failing], never)).toBe('answer');
  expect(await firstInOrder([nothing, nothing], never)).toBeUndefined();
});
