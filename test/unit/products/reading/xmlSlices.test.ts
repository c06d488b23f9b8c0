import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { XmlParser } from '../../../../src/products/enterprise-manager/xml';
import { XmlSlices } from '../../../../src/products/reading/xmlSlices';

/** Longer than what is looked through at once. */
const padding = ' '.repeat(40_000);

/** By the parser of the product, or undefined if it refuses. */
function read(pieces: readonly string[]): unknown {
  try {
    const parser = new XmlParser();
    for (const piece of pieces) {
      parser.write(piece);
    }
    return parser.end();
  } catch {
    return undefined;
  }
}

function isXml(text: string): boolean {
  try {
    const parser = new SaxesParser();
    parser.on('error', error => {
      // .NET writes these, and the product leaves them as they are.
      if (!error.message.includes('malformed character entity')) {
        throw error;
      }
    });
    parser.on('doctype', () => {
      throw new Error('a document type');
    });
    parser.write(text).close();
    return true;
  } catch {
    return false;
  }
}

interface Element {
  readonly name: string;
  readonly attribute: string | undefined;
  readonly content: readonly (string | Element)[];
}

const anyName = fc.constantFrom('A', 'B', 'Link', 'x:C', 'constructor', 'toString');
const anyText = fc.constantFrom('', ' ', 'a', ' & ', '</A>', "it's", '"', '>', '😀', '\n', ']]', '--');
const { element } = fc.letrec<{ element: Element }>(tie => ({
  element: fc.record({
    name: anyName,
    attribute: fc.option(anyText, { nil: undefined }),
    content: fc.oneof(
      { maxDepth: 4 },
      fc.array(anyText, { maxLength: 2 }),
      fc.array(fc.oneof(anyText, tie('element')), { maxLength: 4 }),
    ),
  }),
}));

const escaped = (text: string) => text.replace(/[&<>"]/g, each => `&#${each.charCodeAt(0)};`);

/** With a comment that looks like tags, an instruction and CDATA where there can be some. */
function written({ name, attribute, content }: Element): string {
  const parts = content.map(each =>
    typeof each !== 'string'
      ? `<!-- <A> ' </B> -->${written(each)}<?x <A> ?>`
      : each.includes('<') || each === ' & '
        ? `<![CDATA[${each}]]>`
        : escaped(each),
  );
  return `<${name}${attribute === undefined ? '' : ` a="${escaped(attribute)}>" `}>${parts.join('')}</${name} >`;
}

/** What saxes reads, made in the simplest way: an element is its name, its attributes, and what is in it. */
function seenBySaxes(text: string): unknown {
  const open: unknown[][] = [[]];
  const add = (value: string) => open.at(-1)?.push(value);
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const list: unknown[] = [name, { ...attributes }];
    open.at(-1)?.push(list);
    open.push(list);
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return open[0]?.filter(each => typeof each !== 'string');
}

const joined = (value: unknown): unknown => {
  if (!Array.isArray(value)) {
    return value;
  }
  const [name, attributes, ...content] = value;
  const parts: unknown[] = [];
  for (const part of content.map(joined)) {
    const before = parts.at(-1);
    if (typeof part === 'string' && typeof before === 'string') {
      parts[parts.length - 1] = before + part;
    } else if (part !== '') {
      parts.push(part);
    }
  }
  return [name, attributes, ...parts];
};

test('means the same wherever it is cut', async () => {
  await fc.assert(
    fc.property(element, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (root, places) => {
      const text = written(root);
      const tags = [...text.matchAll(/(?<=^|>)(?=<)/g)].map(({ index }) => index);
      const cuts = [...new Set(places.map(place => tags[place % tags.length] ?? 0))].sort((a, b) => a - b);
      const pieces = [0, ...cuts].map((cut, index) => text.slice(cut, cuts[index] ?? text.length));
      // Blanks in an end tag mean nothing: they make a piece long enough to be looked at.
      const long = pieces.map(piece => piece.replace(/ >$/, `${padding}>`));
      expect(read([text])).toBeDefined();
      expect(read(long)).toEqual(read([text]));
    }),
    { numRuns: 300 },
  );
});

test('means the same if a tag, a comment or the like comes in two pieces', () => {
  const parts = ['<!-- c -->', '<?x y?>', '<![CDATA[d]]>', '<B e="f>" />', '<C>&amp;</C>'];
  for (const part of parts) {
    const text = `<A>${padding}${part}<D/></A>`;
    const whole = read([text]);
    expect(whole).toBeDefined();
    const start = text.indexOf(part);
    for (let at = start; at <= start + part.length; at++) {
      expect(read([text.slice(0, at), text.slice(at)]), text.slice(start, at)).toEqual(whole);
    }
  }
});

test('refuses two hyphens in a comment, also if the piece ends there', () => {
  expect(read([`<A>${padding}<!-- b --`, ' c --></A>'])).toBeUndefined();
});

test('waits for more than a few elements', () => {
  expect(new XmlSlices().add('<A><B/>')).toBeUndefined();
});

test('slices are documents that have in them what the whole has, for another parser too', () => {
  const row = (id: number) =>
    `<x:Row Id="${id}>"><!-- <Row> --><Name>${id} &amp; <![CDATA[</Row>]]></Name><Empty/></x:Row>`;
  const rows = Array.from({ length: 3000 }, (_, id) => row(id)).join('');
  const text = `<?xml version="1.0"?><Page><Rows>${rows}</Rows></Page>`;
  for (const size of [1, 1000, 32_768, 65_537]) {
    const slices = new XmlSlices();
    const all = [];
    for (let at = 0; at < text.length; at += size) {
      all.push(slices.add(text.slice(at, at + size)) ?? []);
    }
    const documents = [...all.flat(), slices.end()].map(each => each.text);
    expect(documents.length).toBeGreaterThan(3);
    expect(documents.map(isXml)).not.toContain(false);
    expect(documents.join('').match(/<Empty\/>/g)).toHaveLength(3000);
    expect(Math.max(...documents.map(each => each.length))).toBeLessThan(100_000);
  }
});

test('is refused whatever saxes refuses', async () => {
  const parts = [
    '<',
    '>',
    '</A>',
    '<A>',
    '<A/>',
    '&',
    ';',
    '"',
    "'",
    '=',
    '/',
    '!',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '?',
    ' ',
  ];
  await fc.assert(
    fc.property(element, fc.nat(), fc.nat(8), fc.constantFrom('', ...parts), (root, place, length, part) => {
      const text = written(root);
      const at = place % text.length;
      const broken = text.slice(0, at) + part + text.slice(at + length);
      fc.pre(!isXml(broken));
      expect(read([broken])).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

test('reads what saxes reads', async () => {
  const rebuilt = (value: unknown): unknown => {
    const [name, attributes, ...content] = value as [string, Record<string, string>, ...unknown[]];
    const local = (each: string) => each.slice(each.indexOf(':') + 1);
    const members = new Map<string, unknown[]>();
    for (const child of content.filter(each => Array.isArray(each))) {
      const [key, inner] = rebuilt(child) as [string, unknown];
      members.set(key, [...(members.get(key) ?? []), inner]);
    }
    const elements = [...members].map(([key, all]) => [key, all.length > 1 || key === 'Link' ? all : all[0]] as const);
    const own = Object.entries(attributes);
    const isText = elements.length === 0 && own.length === 0;
    return [local(name), isText ? content.join('') : Object.fromEntries([...elements, ...own])];
  };
  await fc.assert(
    fc.property(element, root => {
      const text = written(root);
      const [name, value] = rebuilt(joined((seenBySaxes(text) as unknown[])[0])) as [string, unknown];
      expect(read([text])).toEqual({ [name]: name === 'Link' ? [value] : value });
    }),
    { numRuns: 500 },
  );
});
