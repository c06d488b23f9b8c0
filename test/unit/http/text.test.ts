import { expect, test } from 'vitest';
import { oneLine } from '../../../src/http/text';

test.each([
  ['plain', 'plain'],
  ['  ends  ', 'ends'],
  ['two\r\nlines\u2028three\u0085four', 'two lines three four'],
  ['\u001b[31mred\u001b[0m', '[31mred [0m'],
  ['\u202Egnp.exe\u202C', 'gnp.exe'],
  ['zero\u200bwidth', 'zero width'],
  ['', ''],
])('makes one line of %j', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test('cuts what is long, and never through a character', () => {
  expect(oneLine('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  expect(oneLine('x'.repeat(300))).toHaveLength(300);
  expect(oneLine(`${'x'.repeat(8)}😀😀`, 10).isWellFormed()).toBe(true);
  expect(oneLine('\n'.repeat(1000).concat('x'), 10)).toHaveLength(0);
});
