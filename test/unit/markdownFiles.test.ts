import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json';
import texts from '../../package.nls.json';

const pages = readdirSync('docs').map(file => `docs/${file}`);
const documents = [...readdirSync('.').filter(file => file.endsWith('.md')), ...pages];
const read = (file: string) => readFileSync(file, 'utf8');
const sourceNames = new Set(readdirSync('src', { recursive: true, encoding: 'utf8' }).map(file => basename(file)));

/** What the extension says, with `…` for what it fills in. */
const sentences = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file => [...readFileSync(join('src', file), 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)])
  .map(([, text = '']) => text.replace(/\{\d+\}/g, '…'));

test('what troubleshooting quotes is what the extension says', () => {
  const quoted = [...read('docs/troubleshooting.md').matchAll(/^- _([^_]+)_/gm)].map(([, text = '']) =>
    text.replace(/\s+/g, ' '),
  );
  expect(quoted.length).toBeGreaterThan(20);
  expect(quoted.filter(text => !sentences.some(sentence => sentence.startsWith(text)))).toEqual([]);
});

test('scripts are shown only commands that are there', () => {
  const shown = [...read('docs/scripts-and-api.md').matchAll(/executeCommand\('([\w.]+)'/g)].map(
    ([, command]) => command,
  );
  const declared: (string | undefined)[] = manifest.contributes.commands.map(({ command }) => command);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter(command => !declared.includes(command))).toEqual([]);
});

test('every command is documented with its title and its name, and none too many', () => {
  const listed = [...read('docs/settings-and-commands.md').matchAll(/^\| \*\*([^*]+)\*\* +\| `([\w.]+)` +\|/gm)];
  expect(listed.map(([, title, command]) => ({ title, command }))).toEqual(
    manifest.contributes.commands.map(({ command, title }) => ({ title: textOf(title), command })),
  );
});

test('every setting is documented with the values it may have', () => {
  const rows = new Map(
    [...read('docs/settings-and-commands.md').matchAll(/^\| `([\w.]+)` +\| (.+)$/gm)].map(([, name, text]) => [
      name,
      text,
    ]),
  );
  const settings = manifest.contributes.configuration.properties;
  const missing = Object.entries<{ readonly type: string; readonly enum?: readonly string[] }>(settings).flatMap(
    ([name, { enum: values = [] }]) =>
      values.filter(value => !rows.get(name)?.includes(`\`${value}\``)).map(value => `${name}: ${value}`),
  );
  expect(missing).toEqual([]);
});

test('every tool for language models is documented by the name people type', () => {
  const page = read('docs/browsing.md');
  const names = manifest.contributes.languageModelTools.map(({ toolReferenceName }) => `#${toolReferenceName}`);
  expect(names.filter(name => !page.includes(`\`${name}\``))).toEqual([]);
});

/** The English text that the manifest names by its key. */
function textOf(reference: string): string {
  return Object.entries(texts).find(([key]) => `%${key}%` === reference)?.[1] ?? '';
}

test('the README is short, and leads to every page of the documentation', () => {
  const readme = read('README.md');
  expect(readme.split('\n').length).toBeLessThanOrEqual(200);
  expect(pages.filter(page => !readme.includes(`](${page})`))).toEqual([]);
});

test.each(documents)('links and pictures of %s lead somewhere', file => {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? '',
  );
  const broken = links.filter(link => !/^https:/.test(link)).filter(link => !leadsSomewhere(file, link));
  expect(broken).toEqual([]);
});

test('npm runs what the documents name', () => {
  const named = documents.flatMap(file => [...read(file).matchAll(/`npm (?:run )?([\w:]+)[^`]*`/g)]);
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
  const target = path ? join(dirname(file), path) : file;
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
