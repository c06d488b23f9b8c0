import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { standingAlone } from '../../scripts/package';

test('the README of the package has all of the text, and no picture or file that its page could not find', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toMatch(/<img/);
  const packed = standingAlone(readme);
  expect(packed).not.toMatch(/<picture|<source|<img|!\[|\]\((?!https:|#)/);
  const words = (markdown: string) =>
    markdown
      .split('\n')
      .filter(line => line !== '' && !/^\s*<\/?(?:picture|source|img)/.test(line))
      .map(line => line.replace(/\]\([^)]*\)/g, ']').replace(/[[\]]/g, ''));
  expect(words(packed)).toEqual(words(readme));
});

test('no picture in any spelling stays', () => {
  expect(standingAlone('a\n\n![b](c.png)\n\n<img src="d.png">\n\ne\n')).toBe('a\n\ne\n');
});

test('links to other sites and to titles stay', () => {
  expect(standingAlone('[a](https://example.com) [b](#c) [d](docs/e.md#f)')).toBe('[a](https://example.com) [b](#c) d');
});
