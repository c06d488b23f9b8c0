import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withoutPictures } from '../../scripts/package';

test('the README of the package has all of the text and none of the pictures, which its page could not load', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toMatch(/<img/);
  const packed = withoutPictures(readme);
  expect(packed).not.toMatch(/<picture|<source|<img|!\[/);
  const words = (markdown: string) =>
    markdown.split('\n').filter(line => line !== '' && !/^\s*<\/?(?:picture|source|img)/.test(line));
  expect(words(packed)).toEqual(words(readme));
});

test('no picture in any spelling stays', () => {
  expect(withoutPictures('a\n\n![b](c.png)\n\n<img src="d.png">\n\ne\n')).toBe('a\n\ne\n');
});
