import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from '../../../src/views/prettyJson';

test('puts each member and element on a line of its own', () => {
  expect(prettyJson('{"name":"Contoso","sizes":[1,2],"none":[ ],"nothing":{\n}}')).toBe(
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
])('keeps %s as it is', (_what, text, kept) => {
  expect(prettyJson(text)).toContain(kept);
});

test('keeps members of the same name', () => {
  expect(prettyJson('{"a":1,"a":2}')).toBe('{\n  "a": 1,\n  "a": 2\n}');
});

test.each([
  ['no JSON', '{"name": Contoso}'],
  ['two values', '1 2'],
  ['a comment', '{"a":1 /* note */}'],
  ['nothing', ''],
  ['too deep a nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('leaves %s as it is', (_what, text) => {
  expect(prettyJson(text)).toBe(text);
});

test('changes whitespace alone, whatever is written however', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', '\r\n '), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), undefined, indent);
      const pretty = prettyJson(written);
      expect(JSON.parse(pretty)).toEqual(JSON.parse(written));
      expect(JSON.stringify(JSON.parse(pretty))).toBe(JSON.stringify(JSON.parse(written)));
      expect(prettyJson(pretty)).toBe(pretty);
    }),
  );
});

test('lays out 5 MB', () => {
  const item = '{"id":"7a7a0000-0000-4000-8000-000000000001","name":"Contoso","usedSpaceBytes":12345678901234567890}';
  const text = `[${Array(50_000).fill(item).join(',')}]`;
  expect(text.length).toBeGreaterThan(5_000_000);
  const pretty = prettyJson(text);
  expect(pretty.split('\n')).toHaveLength(50_000 * 5 + 2);
  expect(pretty.replace(/\n */g, '').replaceAll('": ', '":')).toBe(text);
});
