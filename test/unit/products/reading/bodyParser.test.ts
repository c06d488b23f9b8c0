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
        expect(await outcome(() => inChunks(chunksOf(body, cuts)))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

/** Names as they are in JSON and in XML, with characters of one to four bytes. */
const name = fc.string({
  unit: fc.constantFrom('a', ' ', 'ü', '€', '😀', '\\"', '{', ']'),
  maxLength: 20,
  size: 'max',
});
/** Most are longer than the start by which a body is recognized. */
const names = fc.array(name, { maxLength: 120, size: 'max' });
const texts = fc.oneof(
  names.map(all => `[${all.map(each => `{"Name":"${each.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"}`).join()}]`),
  names.map(
    all => `<?xml version="1.0"?><All>${all.map(each => `<Name><![CDATA[${each}]]>€&#233;</Name>`).join('')}</All>`,
  ),
);

/** A text with some of its characters left out. */
const brokenTexts = fc.tuple(texts, fc.nat(), fc.nat({ max: 3 })).map(([text, at, length]) => {
  const characters = [...text];
  characters.splice(at % characters.length, length);
  return characters.join('');
});

const encodings: readonly ((text: string) => Buffer)[] = [
  text => Buffer.from(text),
  text => Buffer.from(`\uFEFF${text}`),
  text => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  text => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
];

function chunksOf(body: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map(cut => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
  return places.slice(1).map((place, index) => body.subarray(places[index], place));
}

test('any text, broken or not, means the same in each encoding and wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(brokenTexts, fc.array(fc.nat(), { maxLength: 30 }), async (text, cuts) => {
      const means = (body: Buffer) => outcome(() => parseBody(host, body, xmlOrJson));
      const values: unknown[] = [];
      for (const encoded of encodings) {
        const body = encoded(text);
        const whole = await means(body);
        expect(await outcome(() => inChunks(chunksOf(body, cuts)))).toEqual(whole);
        values.push(whole);
      }
      expect(values.map(isRefused)).toEqual(values.map(() => isRefused(values[0])));
      if (!isRefused(values[0])) {
        expect(values).toEqual(values.map(() => values[0]));
      }
    }),
    { numRuns: 60, interruptAfterTimeLimit: 10_000 },
  );
});

test('any bytes mean the same, or are refused as well, wherever they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(texts, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([text, at, bytes]) => {
        const body = Buffer.from(text);
        return Buffer.concat([body.subarray(0, at % (body.length + 1)), bytes, body.subarray(at % (body.length + 1))]);
      }),
      fc.array(fc.nat(), { maxLength: 30 }),
      async (body, cuts) => {
        const whole = await outcome(() => parseBody(host, body, xmlOrJson));
        const cut = await outcome(() => inChunks(chunksOf(body, cuts)));
        expect(isRefused(cut)).toBe(isRefused(whole));
        if (!isRefused(whole)) {
          expect(cut).toEqual(whole);
        }
      },
    ),
    { numRuns: 100, interruptAfterTimeLimit: 10_000 },
  );
});

function isRefused(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'kind' in result;
}

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
  const message = 'em.example.com:9398 sent an answer that is not valid JSON.';
  await expect(parseJson(host, body)).rejects.toMatchObject({ kind: 'malformedBody', message, detail });
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
