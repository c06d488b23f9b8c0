import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { XmlParser } from '../../../../src/products/enterprise-manager/xml';
import { parseBody } from '../../../../src/products/reading/bodyParser';
import { turnsDuring } from '../../eventLoop';

const read = (xml: string | Buffer) => parseBody('em.example.com:9398', Buffer.from(xml), () => new XmlParser());

test.each<[string, string, unknown]>([
  ['an empty element', '<Links />', { Links: '' }],
  ['text', '<Name> Northwind  GmbH </Name>', { Name: ' Northwind  GmbH ' }],
  [
    'numbers and truths',
    '<A><B>0012</B><C>9007199254740993</C><D>true</D></A>',
    {
      A: { B: '0012', C: '9007199254740993', D: 'true' },
    },
  ],
  ['references', '<A B="&lt;&#38;&quot;">&gt;&#x41;&apos;&#128512;</A>', { A: { B: '<&"' } }],
  ['references in text', '<A>&gt;&#x41;&apos;&#128512;&amp;lt;</A>', { A: ">A'😀&lt;" }],
  ['references to what XML has no character for', '<A>Laptop&#xB;of&#0;</A>', { A: 'Laptop&#xB;of&#0;' }],
  ['CDATA and comments', '<A>a<!-- <b> --><![CDATA[<!DOCTYPE & ]]>c</A>', { A: 'a<!DOCTYPE & c' }],
  ['a declaration and an instruction', '<?xml version="1.0" encoding="utf-8"?><?x y?><A/>', { A: '' }],
  ['blanks around the root', '<?xml version="1.0"?>\r\n<A/>\r\n', { A: '' }],
  ['comments around the root', '<!-- a --><A>b</A><!-- c -->', { A: 'b' }],
  [
    'comments that together are longer than a text may be',
    `<A>${`<!--${' '.repeat(400_000)}-->`.repeat(3)}b</A>`,
    { A: 'b' },
  ],
  [
    'a list of one',
    '<CloudTenants><CloudTenant>a</CloudTenant></CloudTenants>',
    {
      CloudTenants: { CloudTenant: ['a'] },
    },
  ],
  ['a list of two', '<Links><Link Rel="Up"/><Link/></Links>', { Links: { Link: [{ Rel: 'Up' }, ''] } }],
  ['a list that is not known as one', '<A><B>1</B><B>2</B><B>3</B></A>', { A: { B: ['1', '2', '3'] } }],
  ['attributes, which are no list', '<A Link="1" Repository="2"/>', { A: { Link: '1', Repository: '2' } }],
  ['an attribute that is called like an element', '<A Name="a"><Name>b</Name></A>', { A: { Name: 'a' } }],
  ['blanks between elements', '<A>\r\n  <B>\n</B>\r\n</A>', { A: { B: '\n' } }],
  ['namespaces', '<v:A xmlns:v="urn:a" xmlns="urn:b" v:B="1"><v:C>2</v:C></v:A>', { A: { C: '2', B: '1' } }],
  [
    'names that objects have',
    '<A><constructor>1</constructor><toString/></A>',
    { A: { constructor: '1', toString: '' } },
  ],
])('reads %s', async (_name, xml, expected) => {
  expect(await read(xml)).toEqual(expected);
  for (const encoding of ['utf16le', 'utf8'] as const) {
    expect(await read(Buffer.from(`\uFEFF${xml}`, encoding))).toEqual(expected);
  }
  expect(await read(Buffer.from(`\uFEFF${xml}`, 'utf16le').swap16())).toEqual(expected);
});

test('keeps attributes behind elements', async () => {
  const { A } = (await read('<A Z="1"><B/><C/></A>')) as { A: object };
  expect(Object.keys(A)).toEqual(['B', 'C', 'Z']);
});

const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;

describe('refuses', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['nothing', '', /^0 bytes$/],
    ['blanks', ' \n', /bytes$/],
    ['text', 'hello', /bytes$/],
    ['a document type', '<!DOCTYPE A><A/>', /^a document type declaration$/],
    ['an entity of its own', '<!DOCTYPE A [<!ENTITY e "x">]><A>&e;</A>', /^a document type declaration$/],
    [
      'an entity out of a file',
      '<!DOCTYPE A [<!ENTITY e SYSTEM "file:///etc/hostname">]><A/>',
      /^a document type decl/,
    ],
    ['a document type in small letters', '<!doctype A><A/>', /bytes$/],
    ['an entity that nobody knows', '<A>&e;</A>', /bytes$/],
    ['an entity of HTML', '<A>&nbsp;</A>', /bytes$/],
    ['two roots', '<A/><B/>', /bytes$/],
    ['text behind the root', '<A/>x', /bytes$/],
    ['an element that is not closed', '<A><B></A>', /bytes$/],
    ['an element that closes twice', '<A></A></A>', /bytes$/],
    ['a bare ampersand', '<A>a & b</A>', /bytes$/],
    ['a control character', '<A>\u0001</A>', /bytes$/],
    ['an attribute without quotes', '<A B=1/>', /bytes$/],
    ['a tag in an attribute', '<A B="<C/>"/>', /bytes$/],
    ['a comment that is not closed', '<A/><!-- b', /bytes$/],
    ['two hyphens in a comment', '<A><!-- b -- c --></A>', /bytes$/],
    ['CDATA that is not closed', '<A><![CDATA[b</A>', /bytes$/],
    ['CDATA outside of the root', '<![CDATA[b]]><A/>', /bytes$/],
    ['the end of CDATA alone', '<A>]]></A>', /bytes$/],
    ['a declaration in the root', '<A><!ENTITY e "x"></A>', /bytes$/],
    ['a reference in an attribute that nobody knows', '<A B="&e;"/>', /bytes$/],
    ['an attribute without a name and a value', '<A B="1"= />', /bytes$/],
    ['a declaration in the middle', '<A><?xml version="1.0"?></A>', /bytes$/],
    ['a declaration behind a blank', ' <?xml version="1.0"?><A/>', /bytes$/],
    ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><A/>', /bytes$/],
    ['a declaration without a version', '<?xml ?><A/>', /bytes$/],
    ['an instruction without a name', '<A><? b ?></A>', /bytes$/],
    ['a second root of two tags', '<A></A><B></B>', /bytes$/],
    ['an attribute twice', '<A B="1" B="2"/>', /bytes$/],
    ['__proto__ as an element', '<A><__proto__><b>1</b></__proto__></A>', /bytes$/],
    ['__proto__ as an attribute', '<A x:__proto__="1"/>', /bytes$/],
    ['what is not UTF-8', Buffer.from('<A>R\xfcdiger</A>', 'latin1'), /^not UTF-8$/],
    ['half a character at the end', Buffer.from('<A/>\xc3', 'latin1'), /^not UTF-8$/],
  ])('%s', async (_name, xml, detail) => {
    await expect(read(xml)).rejects.toMatchObject({ kind: 'malformedBody', detail: expect.stringMatching(detail) });
  });

  test.each<[string, string, string]>([
    ['101 elements within each other', nested(101), 'more than 100 levels'],
    ['a million elements within each other', nested(1_000_000), 'more than 100 levels'],
    [
      'a million elements with others in them',
      `<A>${'<B><C/></B>'.repeat(1_000_000)}</A>`,
      'more than 1000000 objects and lists',
    ],
    [
      'a million elements with attributes',
      `<A>${'<B C=""/>'.repeat(1_000_001)}</A>`,
      'more than 1000000 objects and lists',
    ],
    ['four million elements', `<A>${'<B/>'.repeat(4_000_000)}</A>`, 'more than 4000000 values'],
    ['a text of two megabytes', `<A>${'x'.repeat(2 * 1024 * 1024)}</A>`, 'a text of more than 1048576 characters'],
  ])('%s', { timeout: 120_000 }, async (_name, xml, detail) => {
    await expect(read(xml)).rejects.toMatchObject({ kind: 'tooLarge', detail });
  });

  test('a document that is cut off anywhere', async () => {
    const xml = '<?xml version="1.0"?><A B="&lt;1"><!-- c --><Name>é</Name><![CDATA[x]]></A>';
    const body = Buffer.from(xml);
    for (let length = 0; length < body.length; length++) {
      await expect(read(body.subarray(0, length))).rejects.toMatchObject({ kind: 'malformedBody' });
    }
    expect(await read(body)).toEqual({ A: { Name: 'é', B: '<1' } });
  });
});

describe('an element that is not to be read', () => {
  const withoutLinks = (xml: string) =>
    parseBody('em.example.com:9398', Buffer.from(xml), () => new XmlParser(['Links']));

  test.each<[string, string, unknown]>([
    ['is left out', '<A>a<Links>b</Links>c</A>', { A: 'ac' }],
    ['is left out beside others', '<A><B>1</B><Links><Link Rel="&lt;"/></Links><C/></A>', { A: { B: '1', C: '' } }],
    ['is left out with its attributes', '<A><Links a="1"/><Links b="2" ></Links></A>', { A: '' }],
    ['is left out in a namespace', '<v:A xmlns:v="urn:a"><v:Links><v:B/></v:Links><v:C/></v:A>', { A: { C: '' } }],
    ['is left out with one in it', '<A><Links><Links><B/></Links></Links><C/></A>', { A: { C: '' } }],
    [
      'is left out with what looks like its end',
      '<A><Links><![CDATA[</Links>]]><!-- </Links> --></Links></A>',
      { A: '' },
    ],
    ['has nothing to do with attributes', '<A Links="1"/>', { A: { Links: '1' } }],
  ])('%s', async (_name, xml, expected) => {
    expect(await withoutLinks(xml)).toEqual(expected);
  });

  test.each([
    'a & b',
    '&nbsp;',
    '<B C="&e;"/>',
    ']]>',
    '<B>',
    '</B>',
    '<B></C>',
    '<B C=1/>',
    '<B C="1" C="2"/>',
    '<!DOCTYPE A>',
    '<!-- -- -->',
    '\u0001',
  ])('is well-formed, too: %s is refused', async wrong => {
    await expect(withoutLinks(`<A><Links>${wrong}</Links></A>`)).rejects.toMatchObject({ kind: 'malformedBody' });
  });

  test('is left out wherever the body is cut', async () => {
    const links = Array.from(
      { length: 300 },
      (_, index) => `<Link Href="https://em.example.com/${index}"><B>x</B></Link>`,
    );
    const row = (id: number) => `<Row Id="${id}"><Name>${id}</Name><Links>${links.join('')}</Links></Row>`;
    const rows = Array.from({ length: 50 }, (_, id) => row(id));
    expect(await withoutLinks(`<A>${rows.join('')}</A>`)).toEqual({
      A: { Row: rows.map((_, id) => ({ Name: String(id), Id: String(id) })) },
    });
  });
});

test('reads a hundred elements within each other', async () => {
  expect(JSON.stringify(await read(nested(100)))).toMatch(/^(\{"a":){100}""\}{100}$/);
});

type Content = string | { readonly attributes: Record<string, string>; readonly elements: Record<string, Content> };

function written(name: string, content: Content): string {
  if (typeof content === 'string') {
    return `<${name}>${escaped(content)}</${name}>`;
  }
  const attributes = Object.entries(content.attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const elements = Object.entries(content.elements).map(([key, value]) => written(key, value));
  return `<${name}${attributes.join('')}>${elements.join(' ')}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

function meant(content: Content): unknown {
  if (typeof content === 'string') {
    return content;
  }
  const elements = Object.entries(content.elements).map(([key, value]) => [key, meant(value)] as const);
  return { ...Object.fromEntries(elements), ...content.attributes };
}

const anyName = fc.stringMatching(/^[A-Za-z_][\w.-]{0,8}$/).filter(each => each !== '__proto__' && each !== 'xmlns');
// What XML has no character for, and what it takes for another one, is not of interest here.
const anyText = fc.string({ unit: 'grapheme', maxLength: 40 }).filter(each => !/[\p{Cc}\p{Cs}\p{Cn}]/u.test(each));
const { content } = fc.letrec<{ content: Content }>(tie => ({
  content: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyText,
    fc
      .record({
        attributes: fc.dictionary(anyName, anyText, { maxKeys: 3, noNullPrototype: true }),
        elements: fc.dictionary(anyName, tie('content'), { maxKeys: 4, noNullPrototype: true }),
      })
      .filter(({ attributes, elements }) => Object.keys({ ...attributes, ...elements }).length > 0),
  ),
}));

test('reads whatever was written', async () => {
  await fc.assert(
    fc.asyncProperty(content, async any => {
      expect(await read(written('Root', any))).toEqual({ Root: meant(any) });
    }),
  );
});

describe('a long body', () => {
  // No length of a character, an element or a reference divides that of a slice.
  const names = Array.from({ length: 60_000 }, (_, index) => `${'€'.repeat(index % 7)}😀 & ${index}`);
  const xml = `<Tenants>${names.map(each => `<CloudTenant><Name>${escaped(each)}</Name></CloudTenant>`).join('')}</Tenants>`;
  const expected = { Tenants: { CloudTenant: names.map(each => ({ Name: each })) } };

  test.each(['utf8', 'utf16le'] as const)('is read from %s to the letter', async encoding => {
    expect(await read(Buffer.from(`\uFEFF${xml}`, encoding))).toEqual(expected);
  });

  test('lets others have a turn while it is read', async () => {
    const body = Buffer.from(xml);
    expect(await turnsDuring(() => read(body))).toBeGreaterThan(3);
  });

  test('is not kept in memory by the texts in it', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const blanks = Buffer.alloc(100_000, ' ');
    const element = Buffer.concat([Buffer.from('<B C="as long as an ID of the server" />'), blanks]);
    const body = Buffer.concat([Buffer.from('<A>'), ...Array(400).fill(element), Buffer.from('</A>')]);
    collect();
    const before = process.memoryUsage().heapUsed;
    const { A } = (await read(body)) as { A: { B: { C: string }[] } };
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(body.length / 10);
    expect(A.B).toHaveLength(400);
  });
});
