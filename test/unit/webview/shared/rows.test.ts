import { describe, expect, test } from 'vitest';
import { filtered, pageOf, sorted } from '../../../../src/webview/shared/rows';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const itself = (value: string | number | undefined) => value;

describe('rows', () => {
  test('are sorted as people count, with what has no value last in both directions', () => {
    const rows = ['Tenant 10', undefined, 'tenant 9', 'Ärger'];
    expect(sorted(rows, itself, false, collator)).toEqual(['Ärger', 'tenant 9', 'Tenant 10', undefined]);
    expect(sorted(rows, itself, true, collator)).toEqual(['Tenant 10', 'tenant 9', 'Ärger', undefined]);
    const numbers = [1, Number.POSITIVE_INFINITY, undefined, -1, Number.POSITIVE_INFINITY];
    expect(sorted(numbers, itself, true, collator).slice(0, 2)).toEqual([numbers[1], numbers[1]]);
    expect(sorted(numbers, itself, false, collator).at(-1)).toBeUndefined();
  });

  test('keep their order where they are equal', () => {
    const rows = [
      { name: 'a', size: 1 },
      { name: 'b', size: 1 },
    ];
    expect(sorted(rows, ({ size }) => size, true, collator)).toEqual(rows);
  });

  test('are filtered by all words in any order', () => {
    const rows = ['north wind', 'northern lights', 'windy north'];
    expect(filtered(rows, ' WIND north ', row => row)).toEqual(['north wind', 'windy north']);
    expect(filtered(rows, '  ', row => row)).toBe(rows);
  });

  test('come in pages, and a page that is not there any more is the last one', () => {
    const rows = [1, 2, 3, 4, 5];
    expect(pageOf(rows, 1, 2)).toEqual({ rows: [3, 4], page: 1, pages: 3, start: 2 });
    expect(pageOf(rows, 9, 2)).toEqual({ rows: [5], page: 2, pages: 3, start: 4 });
    expect(pageOf(rows, Number.NaN, 2).page).toBe(0);
    expect(pageOf([], 3, 2)).toEqual({ rows: [], page: 0, pages: 1, start: 0 });
  });
});
