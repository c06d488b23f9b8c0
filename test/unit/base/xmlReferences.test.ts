import { expect, test } from 'vitest';
import { resolvedReferences, withReferences } from '../../../src/base/xmlReferences';

test.each([
  ['names, in either case', '&lt;&AMP;&quot;&apos;&gt;', `<&"'>`],
  ['numbers, however long they are written', '&#65;&#x42;&#X43;&#x0000000044;&#128512;', 'ABCD😀'],
  ['one level alone', '&amp;lt;', '&lt;'],
  ['nothing that stands for no character', '&x; &#x110000; &#; & &amp', '&x; &#x110000; &#; & &amp'],
])('resolves %s', (_name, text, expected) => {
  expect(resolvedReferences(text)).toBe(expected);
});

test('leaves what is not taken as it is written', () => {
  expect(resolvedReferences('a&#0;b&#65;', character => character !== '\0')).toBe('a&#0;bA');
});

test('writes what XML reads', () => {
  expect(withReferences('<a b="c">&')).toBe('&#60;a b=&#34;c&#34;&#62;&#38;');
  expect(resolvedReferences(withReferences('<a b="c">&'))).toBe('<a b="c">&');
});
