import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from '../../../../src/views/documents/prettyJson';
import { turnsDuring } from '../../eventLoop';

test('puts each member and element on a line of its own', async () => {
  expect(await prettyJson('{"name":"Contoso","sizes":[1,2],"none":[ ],"nothing":{\n}}')).toBe(
    [
      '{',
      '  "name": "Contoso",',
      '  "sizes": [',
      '    1,',
      '    2',
      '  ],',
      '  "none": [],',
      '  "nothing": {}',
      '}',
    ].join('\n'),
  );
});

test.each([
  ['a number of 20 digits', '{"usedSpaceBytes":12345678901234567890}', '12345678901234567890'],
  ['a number with a zero behind the point', '{"version":1.0}', '1.0'],
  ['an exponent', '[1E+2]', '1E+2'],
  ['a reference to a character', '{"name":"R\\u00fcdiger \\/ S\\u00F6hne"}', '"R\\u00fcdiger \\/ S\\u00F6hne"'],
  ['an escaped quote before a comma', '{"name":"a\\",\\"b\\\\"}', '"a\\",\\"b\\\\"'],
])('keeps %s as it is', async (_what, text, kept) => {
  expect(await prettyJson(text)).toContain(kept);
});

test('keeps members of the same name', async () => {
  expect(await prettyJson('{"a":1,"a":2}')).toBe('{\n  "a": 1,\n  "a": 2\n}');
});

test.each([
  ['no JSON', '{"name": Contoso}'],
  ['two values', '1 2'],
  ['a comment', '{"a":1 /* note */}'],
  ['nothing', ''],
  ['too deep a nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['what is too long', `[${'1,'.repeat(3_000_000)}1]`],
  ['what would become too long', `${'['.repeat(190)}${'1,'.repeat(100_000)}1${']'.repeat(190)}`],
])('leaves %s as it is', async (_what, text) => {
  expect(await prettyJson(text)).toBe(text);
});

test('changes whitespace alone, whatever is written however', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', '\r\n '), async (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), undefined, indent);
      const pretty = await prettyJson(written);
      expect(JSON.parse(pretty)).toEqual(JSON.parse(written));
      expect(JSON.stringify(JSON.parse(pretty))).toBe(JSON.stringify(JSON.parse(written)));
      expect(await prettyJson(pretty)).toBe(pretty);
    }),
  );
});

test('lays out 5 MB', async () => {
  const item = '{"id":"7a7a0000-0000-4000-8000-000000000001","name":"Contoso","usedSpaceBytes":12345678901234567890}';
  const text = `[${Array(50_000).fill(item).join(',')}]`;
  expect(text.length).toBeGreaterThan(5_000_000);
  const pretty = await prettyJson(text);
  expect(pretty.split('\n')).toHaveLength(50_000 * 5 + 2);
  expect(pretty.replace(/\n */g, '').replaceAll('": ', '":')).toBe(text);
});

test('lets others have their turn meanwhile', async () => {
  const text = `[${'1,'.repeat(1_000_000)}1]`;
  expect(await turnsDuring(() => prettyJson(text))).toBeGreaterThan(5);
});
