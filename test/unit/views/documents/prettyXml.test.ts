import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { prettyXml } from '../../../../src/views/documents/prettyXml';
import { turnsDuring } from '../../eventLoop';

test('puts each element on a line of its own, values beside their tags', async () => {
  const text =
    '<?xml version="1.0" encoding="utf-8"?><!-- one --><CloudTenant Id="a>b" Name=\'"x"\'><Links><Link Rel="Up" /></Links>\n\n' +
    '<Name>Northwind</Name><Password/><Description></Description></CloudTenant>';
  expect(await prettyXml(text)).toBe(
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<!-- one -->',
      '<CloudTenant Id="a>b" Name=\'"x"\'>',
      '  <Links>',
      '    <Link Rel="Up" />',
      '  </Links>',
      '  <Name>Northwind</Name>',
      '  <Password/>',
      '  <Description></Description>',
      '</CloudTenant>',
    ].join('\n'),
  );
});

test.each([
  ['blanks around a value', '<Name>  both ends  </Name>'],
  ['a value of blanks alone', '<Name>\n  </Name>'],
  ['a value in several lines', '<Description>one\n   two\r\n</Description>'],
  ['mixed content', '<Note>see <b>this</b> <i> and </i>that</Note>'],
  ['sections', '<Note> <![CDATA[<b> & ]] > ]]> <b/> </Note>'],
  ['references', '<Name>&#32;R&#252;diger &amp; S&#xF6;hne &lt;b&gt;</Name>'],
  ['a reference to a blank', '<Name>&#32;<b/></Name>'],
  ['space that is to be kept', '<Note xml:space="preserve"> <b/> <b/> </Note>'],
  ['the sign that ends a tag in a value', '<Name a="/>" b=\'>\' c="</Name>">x</Name>'],
])('keeps %s', async (_what, element) => {
  expect(await prettyXml(`<Root>${element}</Root>`)).toBe(`<Root>\n  ${element}\n</Root>`);
});

test.each([
  ['no XML', 'Contoso'],
  ['text behind the element', '<a/>x'],
  ['tags that do not match', '<a><b></a></b>'],
  ['a tag without an end', '<a><b></b>'],
  ['a tag that is cut off', '<a><b x="1'],
  ['a section without an end', '<a><![CDATA[ x</a>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['an end without a begin', '</a>'],
  ['nothing', ''],
  ['too deep a nesting', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
  ['what is too long', `<a>${'<b/>'.repeat(1_500_000)}</a>`],
  ['what would become too long', `${'<a>'.repeat(190)}${'<b/>'.repeat(100_000)}${'</a>'.repeat(190)}`],
])('leaves %s as it is', async (_what, text) => {
  expect(await prettyXml(text)).toBe(text);
});

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, trimValues: false, parseTagValue: false });

/** What whitespace between elements is not part of. */
function meaning(nodes: Record<string, unknown>[]): unknown {
  const isBlank = (node: Record<string, unknown>) => /^[ \t\r\n]*$/.test(String(node['#text'] ?? 'x'));
  const kept = nodes.length > 1 && nodes.every(node => !('#text' in node) || isBlank(node));
  return nodes
    .filter(node => !(kept && '#text' in node))
    .map(node =>
      Object.fromEntries(
        Object.entries(node).map(([name, value]) => [name, Array.isArray(value) ? meaning(value) : value]),
      ),
    );
}

const text = fc.constantFrom('', ' ', '\n  ', 'x', ' x\n', '&amp;', '<![CDATA[ <y> ]]>', '<!-- c -->');
const { element } = fc.letrec<{ element: string }>(tie => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('<v/>', '<v a="1 > 0" />', '<v></v>', '<v>7</v>'),
    fc
      .array(fc.tuple(text, tie('element')), { maxLength: 4 })
      .map(children => `<e b='"'>${children.flat().join('')}</e >`),
  ),
}));

test('changes nothing that means anything, whatever is written however', async () => {
  await fc.assert(
    fc.asyncProperty(element, async written => {
      const pretty = await prettyXml(written);
      expect(meaning(parser.parse(pretty))).toEqual(meaning(parser.parse(written)));
      expect(pretty.replace(/[ \t\r\n]+/g, '')).toBe(written.replace(/[ \t\r\n]+/g, ''));
      expect(await prettyXml(pretty)).toBe(pretty);
    }),
  );
});

test('lays out 5 MB', async () => {
  const item =
    '<Item Id="7a7a0000-0000-4000-8000-000000000001"><Name>Contoso</Name><Used>12345678901234567890</Used></Item>';
  const written = `<Items>${item.repeat(50_000)}</Items>`;
  expect(written.length).toBeGreaterThan(5_000_000);
  const pretty = await prettyXml(written);
  expect(pretty.split('\n')).toHaveLength(50_000 * 4 + 2);
  expect(pretty.replace(/\n */g, '')).toBe(written);
});

test('lets others have their turn meanwhile', async () => {
  const text = `<a>${'<b><c/></b>'.repeat(100_000)}</a>`;
  expect(await turnsDuring(() => prettyXml(text))).toBeGreaterThan(5);
});
