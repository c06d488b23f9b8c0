import { expect, test } from 'vitest';
import { together, unreadableText } from '../../../src/items/unreadable';

const unreadable = (...came: string[]) => ({ count: came.length, came });

test('two parts of a list count together, and tell of the first few', () => {
  expect(together(unreadable('1: null', '2: null', '3: null'), unreadable('a', 'b', 'c'))).toEqual({
    count: 6,
    came: ['1: null', '2: null', '3: null', 'a', 'b'],
  });
});

test('a part in which all could be read adds nothing', () => {
  expect(together(undefined, unreadable('a'))).toEqual(unreadable('a'));
  expect(together(unreadable('a'), undefined)).toEqual(unreadable('a'));
  expect(together(undefined, undefined)).toBeUndefined();
});

test('one is told of as one', () => {
  expect(unreadableText({ count: 1, came: [] })).toBe('1 item could not be read');
  expect(unreadableText({ count: 2, came: [] })).toBe('2 items could not be read');
});

test('facts that are lacking are told with their reason, before items', () => {
  const lacking = { message: 'Quotas could not be read: why.', short: 'no quotas' };
  const none = { count: 0, came: [], lacking };
  expect(unreadableText(none)).toBe('Quotas could not be read: why.');
  expect(unreadableText(together(none, unreadable('a')) ?? none)).toBe(
    'Quotas could not be read: why. 1 item could not be read',
  );
  expect(together(unreadable('a'), none)).toEqual({ count: 1, came: ['a'], lacking });
});
