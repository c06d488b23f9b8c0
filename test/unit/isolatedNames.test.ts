// A name that is read from the right turns the rest of a sentence around, unless it is isolated: names come from servers, files
// and people, so each sentence says so of each name.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { isObject } from '../../src/base/isObject';
import { ServerChanged } from '../../src/servers/session/shownServer';

test('the sentence about a server that has changed isolates its name', () => {
  const hebrew = '\u05d7\u05d1\u05e8\u05d4';
  expect(new ServerChanged(hebrew).message).toContain(`\u2068${hebrew}\u2069 was changed`);
});

test('a name in a sentence is isolated, whichever sentence it is', async () => {
  const bare: string[] = [];
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    // The pages isolate each name as an element of its own.
    if (!name.endsWith('.ts') || name.startsWith('webview')) {
      continue;
    }
    const file = join('src', name);
    const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'ts', target: 'esnext' });
    for (const call of callsIn(parseAst(code))) {
      for (const argument of isTranslation(call) ? call.arguments.slice(1) : []) {
        const text = code
          .slice(argument.start, argument.end)
          .replaceAll(/\s+/g, ' ')
          .replaceAll('( ', '(')
          .replaceAll(' )', ')');
        if (namesSomething.test(text) && !isIsolated(text, code) && !ownWords.includes(text)) {
          bare.push(`${file}: ${text}`);
        }
      }
    }
  }
  expect(bare).toEqual([]);
});

/** Numbers aside. */
const namesSomething = /^(?!count\()[\s\S]*(?:name|label|oneLine)/i;
const isolating = '(?:withoutLinks\\()?(?:nameIn|plain|isolated|shortLine)';

/** Isolated right there, or where the variable gets its value. */
function isIsolated(text: string, code: string): boolean {
  return (
    new RegExp(`^${isolating}\\(`).test(text) ||
    (/^\w+$/.test(text) && new RegExp(`const ${text} = ${isolating}\\(`).test(code))
  );
}

/** What is no name from elsewhere, stands at the end of a sentence, or gets its names isolated already. */
const ownWords: readonly string[] = [
  // Why a server refuses, what it sent and where it points to: said by the server, at the end or in ASCII.
  ...['oneLine(said)', 'oneLine(each)', 'oneLine(target, 100)', 'oneLine(speaks.join(", "))', 'oneLine(version, 50)'],
  // Labels of facts, which are isolated as a whole where they are shown.
  ...['name', 'label', 'StorageName ?? l10n.t("replica storage")'],
  // Names of products, kinds, forms and steps.
  ...['signIn.name()', 'formName(form)', 'kindNameOf(item)', 'kindName(kind)', 'step.name', 'nameOf(change.fact)'],
  'oneLine(record.kind, 60)',
  ...['owner.name', 'finding.name', 'plainHttp.product.shortName', 'this.#draft.versionName(apiVersions[0])'],
  ...['versionName(server) ?? "?"'],
  'finding.apiVersions.map((apiVersion) => versionName({ ...finding, apiVersion })).join(", ")',
  // Numbers.
  ...['longestFolderName', 'longestLabel'],
  // Made of isolated names by a function of the same file.
  ...['names', 'named', 'nameOf(server)', 'userName'],
  '[...names, ...more].join(", ")',
  'few(keptCertificates.map((name) => nameIn(name, 60)), ", ")',
  ...[
    'namesOf(certificate.subject)',
    'alternativeNamesOf(certificate.alternativeNames)',
    'namesOf(certificate.issuer)',
  ],
];

interface Call {
  readonly callee: { readonly property?: { readonly name?: string }; readonly object?: unknown };
  readonly arguments: readonly { readonly start: number; readonly end: number }[];
}

function isTranslation({ callee }: Call): boolean {
  return callee.property?.name === 't' && JSON.stringify(callee.object).includes('"l10n"');
}

function* callsIn(value: unknown): Generator<Call> {
  if (isObject(value) && value.type === 'CallExpression') {
    yield value as unknown as Call;
  }
  if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) {
      yield* callsIn(each);
    }
  }
}
