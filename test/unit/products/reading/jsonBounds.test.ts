import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonBounds } from '../../../../src/products/reading/jsonBounds';

function read(text: string, piece = 65_536): void {
  const bounds = new JsonBounds();
  for (let from = 0; from < text.length; from += piece) {
    bounds.write(text.slice(from, from + piece));
  }
}

test.each([
  ['a list of empty objects', `[${'{},'.repeat(1_000_000)}{}]`, 'more than 1000000 objects and lists'],
  ['a list of empty lists', `[${'[],'.repeat(1_000_000)}[]]`, 'more than 1000000 objects and lists'],
  ['a list of numbers', `[${'0,'.repeat(4_000_001)}0]`, 'more than 4000000 values'],
  ['members', `{${'"a":0,'.repeat(4_000_001)}"a":0}`, 'more than 4000000 values'],
  ['a text of two megabytes', `["${'x'.repeat(2 * 1024 * 1024)}"]`, 'a text of more than 1048576 characters'],
  ['101 levels', '['.repeat(101), 'more than 100 levels'],
  ['101 levels behind an empty text', `["",${'['.repeat(100)}`, 'more than 100 levels'],
  ['a million levels', '{"a":'.repeat(1_000_000), 'more than 100 levels'],
])('refuses %s', (_name, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test.each([
  ['a hundred levels', '['.repeat(100) + ']'.repeat(100)],
  ['a hundred levels again and again', `[${'[[]],'.repeat(1000)}${'['.repeat(99)}${']'.repeat(99)}]`],
  ['a text of brackets', `["${'['.repeat(1_000_000)}"]`],
  ['texts of commas', `[${`"${','.repeat(1_000_000)}",`.repeat(10)}0]`],
  ['escaped quotes', `["${'\\"[{,'.repeat(200_000)}"]`],
  ['backslashes', `["${'\\\\'.repeat(400_000)}","[[[","\\\\"]`],
])('has nothing against %s', (_name, text) => {
  read(text);
});

test('an escaped quote is one, also if the piece ends right before it', () => {
  read(`["\\"${'['.repeat(100)}"]`, '["\\'.length);
});

test('means the same wherever it is cut', async () => {
  const texts = fc
    .array(fc.constantFrom('"', '\\', '[', '{', ']', '}', ',', 'a'), { maxLength: 300 })
    .map(all => all.join(''));
  const verdict = (text: string, piece: number) => {
    try {
      // Deep enough for the rest to make a difference.
      read(`${'['.repeat(95)}${text}`, piece);
      return 'good';
    } catch {
      return 'too much';
    }
  };
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 20 }), async (text, piece) => {
      expect(verdict(text, piece)).toBe(verdict(text, 1_000_000));
    }),
    { numRuns: 2000 },
  );
});
