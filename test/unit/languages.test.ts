import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import manifestTexts from '../../package.nls.json';

type Texts = Readonly<Record<string, string>>;

const bundleFolder = manifest.l10n;
const languages = ['de'];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name, text: readFileSync(join('src', name), 'utf8') }));

/** All texts of the sources that are to be translated, by the keys that they have in a bundle. Finding them takes long. */
const sourceTexts = await getL10nJson(sources.map(({ text }) => ({ extension: '.ts', contents: text })));

test('each language has both its files, and no other is there', () => {
  const inManifest = readdirSync('.').flatMap(name => /^package\.nls\.(.+)\.json$/.exec(name)?.[1] ?? []);
  const inBundles = readdirSync(bundleFolder).map(name => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? name);
  expect(inManifest.sort()).toEqual(languages);
  expect(inBundles.sort()).toEqual(languages);
});

test('the package holds the files of each language', async () => {
  const files = await listFiles({ cwd: '.', packageManager: PackageManager.None });
  const packed = files.map(file => basename(file));
  expect(packed).toEqual(expect.arrayContaining(languages.flatMap(language => fileNames(language))));
});

describe.each(languages)('%s', language => {
  const [ofManifest = '', ofBundle = ''] = fileNames(language);
  const translatedManifest = textsIn(ofManifest);
  const bundle = textsIn(join(bundleFolder, ofBundle));

  test('has every text of the manifest, and none too many', () => {
    expect(difference(manifestTexts, translatedManifest)).toEqual({ missing: [], leftOver: [] });
  });

  test('has every text of the sources, and none too many', () => {
    expect(difference(sourceTexts, bundle)).toEqual({ missing: [], leftOver: [] });
  });

  test('leaves out no placeholder, and adds none', () => {
    const messages = Object.entries(sourceTexts).map(
      ([key, text]) => [key, typeof text === 'string' ? text : text.message] as const,
    );
    const wrong = messages.filter(([key, text]) => !sameMarks(text, bundle[key], placeholder));
    expect(wrong).toEqual([]);
  });

  test('keeps the links, the code and the paragraphs of the manifest', () => {
    const wrong = Object.entries(manifestTexts).filter(
      ([key, text]) => !sameMarks(text, translatedManifest[key], linkCodeOrParagraph),
    );
    expect(wrong).toEqual([]);
  });

  test('says something everywhere', () => {
    const all = [...Object.entries(translatedManifest), ...Object.entries(bundle)];
    expect(all.filter(([, text]) => typeof text !== 'string' || text.trim() !== text || text === '')).toEqual([]);
  });
});

test('every text of the sources can be found in them', () => {
  const made = sources.filter(({ text }) => /\bl10n\.t\((?!\s*['"{])/.test(text)).map(({ name }) => name);
  expect(made).toEqual([]);
});

test('whatever the manifest shows to people can be translated', () => {
  const { displayName, description, contributes } = manifest;
  expect(shownIn({ displayName, description, contributes }).filter(text => !/^%.+%$/.test(text))).toEqual([]);
});

function fileNames(language: string): readonly string[] {
  return [`package.nls.${language}.json`, `bundle.l10n.${language}.json`];
}

function textsIn(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function difference(texts: object, translated: object) {
  return {
    missing: Object.keys(texts).filter(key => !Object.hasOwn(translated, key)),
    leftOver: Object.keys(translated).filter(key => !Object.hasOwn(texts, key)),
  };
}

const placeholder = /\{\w+\}/g;
const linkCodeOrParagraph = /\]\([^)]+\)|`[^`]+`|\n/g;

/** Whether both have the same marks, in any order. What is not there at all is another test's business. */
function sameMarks(text: string, translated: string | undefined, marks: RegExp): boolean {
  const of = (each: string) => (each.match(marks) ?? []).sort().join(' ');
  return translated === undefined || of(text) === of(translated);
}

/** Properties of contributions that VS Code shows. */
const shown: ReadonlySet<string> = new Set([
  ...[
    'title',
    'shortTitle',
    'contextualTitle',
    'category',
    'displayName',
    'description',
    'userDescription',
    'label',
    'contents',
  ],
  ...['altText', 'markdownDescription', 'deprecationMessage', 'markdownDeprecationMessage'],
  ...['enumItemLabels', 'enumDescriptions', 'markdownEnumDescriptions'],
]);

function shownIn(value: unknown, place: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') {
    const [name = ''] = place.filter(each => Number.isNaN(Number(each))).slice(-1);
    return shown.has(name) || (name === 'name' && place.includes('views')) ? [value] : [];
  }
  // What language models read is said in one language.
  return Object.entries(value ?? {}).flatMap(([name, each]) =>
    name === 'inputSchema' ? [] : shownIn(each, [...place, name]),
  );
}
