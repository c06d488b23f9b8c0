import { expect, test } from 'vitest';
import { stopAfter } from '../../../../src/webview/shared/walk';

/** The second row has one button only, the third one none. */
const rows = [[0, 1], [0], [], [1], [0, 1]];

test('leads from button to button within a row, and not beyond its ends', () => {
  expect(stopAfter('ArrowRight', rows, { row: 0, action: 0 })).toEqual({ row: 0, action: 1 });
  expect(stopAfter('ArrowRight', rows, { row: 0, action: 1 })).toBeUndefined();
  expect(stopAfter('ArrowLeft', rows, { row: 0, action: 1 })).toEqual({ row: 0, action: 0 });
  expect(stopAfter('ArrowLeft', rows, { row: 3, action: 1 })).toBeUndefined();
});

test('leads to the same button of the next row, or to the one that is there', () => {
  expect(stopAfter('ArrowDown', rows, { row: 0, action: 0 })).toEqual({ row: 1, action: 0 });
  expect(stopAfter('ArrowDown', rows, { row: 0, action: 1 })).toEqual({ row: 1, action: 0 });
  expect(stopAfter('ArrowUp', rows, { row: 4, action: 0 })).toEqual({ row: 3, action: 1 });
});

test('passes by rows without buttons', () => {
  expect(stopAfter('ArrowDown', rows, { row: 1, action: 0 })).toEqual({ row: 3, action: 1 });
  expect(stopAfter('ArrowUp', rows, { row: 3, action: 1 })).toEqual({ row: 1, action: 0 });
  expect(stopAfter('ArrowDown', rows, { row: 4, action: 1 })).toBeUndefined();
  expect(stopAfter('End', [...rows, []], { row: 0, action: 1 })).toEqual({ row: 4, action: 1 });
  expect(stopAfter('Home', [[], ...rows], { row: 4, action: 1 })).toEqual({ row: 1, action: 1 });
  expect(stopAfter('Enter', rows, { row: 0, action: 0 })).toBeUndefined();
});
