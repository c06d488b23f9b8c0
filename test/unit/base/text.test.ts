import { expect, test } from 'vitest';
import { idLine, oneLine } from '../../../src/base/text';

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
  expect(oneLine('x'.repeat(300))).toBe('x'.repeat(300));
  expect(oneLine(`😀${'x'.repeat(10)}`, 10)).toBe(`😀${'x'.repeat(7)}…`);
  expect(oneLine(`${'x'.repeat(8)}😀😀`, 10).isWellFormed()).toBe(true);
  expect(oneLine('\n'.repeat(1000).concat('x'), 10)).toHaveLength(0);
});

test.each([
  ['5f3a', '5f3a'],
  ['soft\u00adhyphen zero\u200bwidth jo\u200din\u200cer', 'soft\u00adhyphen zero\u200bwidth jo\u200din\u200cer'],
  [' ends ', ' ends '],
  ['x'.repeat(2_000), 'x'.repeat(2_000)],
  ['two\r\nlines\u2028three\u001b[31m', 'two lines three [31m'],
  ['\u200e5f3a\u202egpj\u2069', '5f3agpj'],
])('keeps the ID %j to the letter where it may be pasted like that', (id, line) => {
  expect(idLine(id)).toBe(line);
});
