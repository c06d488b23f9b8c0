import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { xmlOrJson } from '../../../../src/products/enterprise-manager/xml';
import {
  BodyParser,
  isWebPage,
  parseArriving,
  parseBody,
  parseJson,
  textOf,
} from '../../../../src/products/reading/bodyParser';

const host = 'em.example.com:9398';

/** The value, or what is told of its absence. */
async function outcome(parse: () => Promise<unknown>): Promise<unknown> {
  try {
    return await parse();
  } catch (error) {
    const { kind, detail, message } = error as { kind: string; detail: string; message: string };
    return { kind, detail, message };
  }
}

async function inChunks(chunks: readonly Buffer[]): Promise<unknown> {
  const parser = new BodyParser(host, xmlOrJson);
  for (const chunk of chunks) {
    await parser.write(chunk);
  }
  return await parser.end();
}

const padding = ' '.repeat(1500);
const bodies: Record<string, Buffer> = {
  JSON: Buffer.from('{"Name":"Größe 😀","Links":[{"Rel":"Up"}]}'),
  'JSON in UTF-16': Buffer.from('\uFEFF{"Name":"Größe 😀"}', 'utf16le'),
  XML: Buffer.from('\uFEFF<?xml version="1.0"?><Tenant Name="Größe 😀"><Links><Link Rel="Up"/></Links></Tenant>'),
  'long JSON': Buffer.from(`{${padding}"Name":${padding}"Größe 😀"}`),
  'long XML': Buffer.from(`<Tenant>${padding}<Name>Größe 😀${padding}</Name></Tenant>`),
  'a web page': Buffer.from(`<!DOCTYPE html><html>${padding}</html>`),
  'XML that is cut off': Buffer.from(`<Tenant>${padding}<Name>`),
  'JSON that is cut off': Buffer.from(`{${padding}"Name`),
  'text that is no UTF-8': Buffer.from(`<Tenant>${padding}R\xfcdiger</Tenant>`, 'latin1'),
  'half a character at the end': Buffer.from(`{}${padding}\xc3`, 'latin1'),
  nothing: Buffer.alloc(0),
  text: Buffer.from('hello'),
};

describe.each(Object.keys(bodies))('%s', name => {
  const body = bodies[name] ?? Buffer.alloc(0);

  test('means the same wherever it is cut', async () => {
    const whole = await outcome(() => parseBody(host, body, xmlOrJson));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(body.length), { maxLength: 12 }), async cuts => {
        const places = [0, ...cuts.sort((a, b) => a - b), body.length];
        const chunks = places.slice(1).map((place, index) => body.subarray(places[index], place));
        expect(await outcome(() => inChunks(chunks))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

test.each<[string, Buffer, unknown]>([
  ['UTF-8', Buffer.from('{"a":"ü"}'), { a: 'ü' }],
  ['UTF-8 with a mark', Buffer.from('\uFEFF{"a":"ü"}'), { a: 'ü' }],
  ['UTF-16', Buffer.from('\uFEFF{"a":"ü"}', 'utf16le'), { a: 'ü' }],
  ['UTF-16 the other way round', Buffer.from('\uFEFF{"a":"ü"}', 'utf16le').swap16(), { a: 'ü' }],
])('JSON is read from %s', async (_name, body, value) => {
  expect(await parseJson(host, body)).toEqual(value);
  expect(JSON.parse(textOf(body) ?? '')).toEqual(value);
});

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'empty, 0 bytes'],
  ['blanks', Buffer.from(' \n '.repeat(1000)), 'empty, 3000 bytes'],
  ['XML', Buffer.from(' <A/>'), 'XML, 5 bytes'],
  ['XML behind many blanks', Buffer.from(`${' '.repeat(40_000)}<A/>`), 'XML, 40004 bytes'],
  ['text', Buffer.from('hello'), 'text, 5 bytes'],
  ['JSON with a comma too many', Buffer.from('{"token":"secret",}'), 'text, 19 bytes, position 18'],
  ['half a character', Buffer.from('"\xc3', 'latin1'), 'not UTF-8'],
  ['half a mark of UTF-16', Buffer.from([0xff, 0x22, 0x22, 0x22]), 'not UTF-8'],
  ['the other half of it', Buffer.from([0x22, 0xfe, 0x22, 0x22]), 'not UTF-8'],
  ['half a mark the other way round', Buffer.from([0xfe, 0x22, 0x22, 0x22]), 'not UTF-8'],
  ['the other half of that', Buffer.from([0x22, 0xff, 0x22, 0x22]), 'not UTF-8'],
])('what is wrong with %s in the place of JSON is told without quoting it', async (_name, body, detail) => {
  await expect(parseJson(host, body)).rejects.toMatchObject({ kind: 'malformedBody', detail });
});

test('text that may have mistakes is read as far as it is text', () => {
  const body = Buffer.from('R\xfcdiger', 'latin1');
  expect(textOf(body)).toBeUndefined();
  expect(textOf(body, 'lenient')).toBe('R\uFFFDdiger');
});

test.each([
  ['<!DOCTYPE  html>', true],
  ['<html>', true],
  ['\n<!DOCTYPE html>', true],
  ['<?xml version="1.0"?>\n<!-- a --> <!---->\n<html lang="en">', true],
  ['<!---->'.repeat(40), false],
  [`${'<!---->'.repeat(100)}<body>`, true],
  ['<!-- <html>', false],
  ['<HtmlReport/>', false],
  ['<?xml version="1.0"?><Tenant/>', false],
  ['{"a":"<html>"}', false],
])('tells whether %j is a page for people', (text, isPage) => {
  expect(isWebPage(Buffer.from(text))).toBe(isPage);
});

test('says what is wrong at the end, and takes the rest until then', async () => {
  const parser = new BodyParser(host, xmlOrJson);
  await parser.write(Buffer.from(`<A>&nobody;${padding}`));
  await parser.write(Buffer.from('</A>'));
  await expect(parser.end()).rejects.toMatchObject({ kind: 'malformedBody', detail: '1515 bytes' });
});

test('forgets an answer that was broken off when another one takes its place', async () => {
  const value = await parseArriving(host, xmlOrJson, async reader => {
    await reader().write(Buffer.from(`<Half>${padding}`));
    await reader().write(Buffer.from('<Whole/>'));
  });
  expect(value).toEqual({ Whole: '' });
});
