import { expect, test, vi } from 'vitest';
import { Numbers } from '../../../../src/base/numbers';
import { clock, compareNames, count, dateTime, locale, size } from '../../../../src/views/shared/format';

vi.mock('vscode', () => ({ env: { language: 'de' } }));

const noon = new Date(2026, 9, 24, 12, 5).getTime();

test("numbers, sizes and moments are written as VS Code's language does", () => {
  expect(locale()).toBe('de');
  expect(count(1234567)).toBe('1.234.567');
  expect(size(12.5 * 1024 ** 3)).toBe('12,5 GB');
  expect(dateTime(new Date(noon).toISOString())).toBe('24.10.2026, 12:05');
  expect(clock(noon, noon)).toBe('12:05');
  expect(clock(noon, noon + 48 * 60 * 60 * 1000)).toBe('24.10.2026, 12:05');
  // Swedish has it behind Z.
  expect(['z', 'ä', 'a'].sort(compareNames)).toEqual(['a', 'ä', 'z']);
});

test('pages write them in the language that they are told', () => {
  expect(new Numbers('de').size(1.5 * 1024 ** 4)).toBe('1,5 TB');
  expect(new Numbers('en').size(1.5 * 1024 ** 4)).toBe('1.5 TB');
});
