import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { standingAlone } from '../../scripts/package';

test('the README of the package has no picture, file or page that its reader could not find', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toMatch(/<img/);
  const packed = standingAlone(readme);
  expect(packed).not.toMatch(/<picture|<source|<img|!\[|\]\((?!https:|#)|<!--|\.md\b|npm /);
  // What only leads to a page is not left as its bare title.
  const titles = [...readme.matchAll(/(?:\. |: |^|\n)\[([^\]]+)\]\((?!https:|#)/g)].map(([, title = '']) => title);
  expect(titles.length).toBeGreaterThan(6);
  expect(titles.filter(title => new RegExp(`(?:[.:] |\\n)${title}\\.?$`, 'm').test(packed))).toEqual([]);
  const headings = (markdown: string) => markdown.match(/^#+ .+$/gm);
  const onlyThere = ['## Try it without a backup server', '## Documentation'];
  expect(headings(packed)).toEqual(headings(readme)?.filter(heading => !onlyThere.includes(heading)));
});

test('a link that is a sentence of its own goes with its title, one within a sentence leaves its words', () => {
  expect(standingAlone('Do it. [More](docs/a.md)\n\nIt has [tools](docs/b.md) for\nthat. [All](docs/c.md)\n')).toBe(
    'Do it.\n\nIt has tools for\nthat.\n',
  );
  expect(standingAlone('a\n\n<!-- only here -->\n\n## b\n\n<!-- /only here -->\n\nc\n')).toBe('a\n\nc\n');
});

test('no picture in any spelling stays', () => {
  expect(standingAlone('a\n\n![b](c.png)\n\n<img src="d.png">\n\ne\n')).toBe('a\n\ne\n');
});

test('links to other sites and to titles stay', () => {
  expect(standingAlone('[a](https://example.com) [b](#c) [d](docs/e.md#f)')).toBe('[a](https://example.com) [b](#c) d');
});
