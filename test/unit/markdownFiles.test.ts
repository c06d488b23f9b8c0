import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json';

const readme = readFileSync('README.md', 'utf8');
const sourceNames = new Set(readdirSync('src', { recursive: true, encoding: 'utf8' }).map(file => basename(file)));

/** What the extension says, with `…` for what it fills in. */
const sentences = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file => [...readFileSync(join('src', file), 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)])
  .map(([, text = '']) => text.replace(/\{\d+\}/g, '…'));

test('what troubleshooting quotes is what the extension says', () => {
  const section = readme.slice(readme.indexOf('\n## Troubleshooting\n'), readme.indexOf('\n## Limits\n'));
  const quoted = [...section.matchAll(/^- _([^_]+)_/gm)].map(([, text = '']) => text.replace(/\s+/g, ' '));
  expect(quoted.length).toBeGreaterThan(20);
  expect(quoted.filter(text => !sentences.some(sentence => sentence.startsWith(text)))).toEqual([]);
});

test('scripts are shown only commands that are there', () => {
  const shown = [...readme.matchAll(/executeCommand\('([\w.]+)'/g)].map(([, command]) => command);
  const declared: (string | undefined)[] = manifest.contributes.commands.map(({ command }) => command);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter(command => !declared.includes(command))).toEqual([]);
});

test.each(readdirSync('.').filter(file => file.endsWith('.md')))('links of %s lead somewhere', file => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter(link => !/^https:/.test(link)).filter(link => !leadsSomewhere(file, link));
  expect(broken).toEqual([]);
});

test('npm runs what the documents name', () => {
  const named = ['README.md', 'CONTRIBUTING.md'].flatMap(file => [
    ...readFileSync(file, 'utf8').matchAll(/`npm (?:run )?([\w:]+)[^`]*`/g),
  ]);
  const scripts = [...Object.keys(manifest.scripts), 'ci', 'install'];
  expect(named.map(([, script = '']) => script).filter(script => !scripts.includes(script))).toEqual([]);
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('paths that %s names are there', file => {
  const named = [...readFileSync(file, 'utf8').matchAll(/`([\w.<>-]+(?:\/[\w.<>-]+)*\/?)`/g)]
    .map(([, path = '']) => path)
    .filter(path => (path.includes('/') ? !path.includes('<') : /\.(?:ts|mjs|json|md)$/.test(path)))
    .filter(path => !path.startsWith('dist/') && !path.startsWith('out/') && !path.startsWith('coverage/'));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter(path => !isThere(path))).toEqual([]);
});

/** A path from the top or from `src`; a name without a folder may be anywhere in `src`. */
function isThere(path: string): boolean {
  return existsSync(path) || existsSync(join('src', path)) || (!path.includes('/') && sourceNames.has(path));
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path || file;
  return existsSync(target) && (anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(anchor));
}

/** As sites that show Markdown make them of titles. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
