import type { DocumentFormat } from '../product';
import { lettersOf, type Sounds, soundsOf } from './secretNames';
import { jsonWithout } from './secretsInJson';
import { xmlWithout } from './secretsInXml';

/** Stands in a document where a secret was. */
const removed = '[removed]';

/** Documents in texts of documents. Nobody writes more of them into each other. */
const deepest = 5;

/** Characters. A sentence about a password is none. */
const longestName = 50;

/** How secrets are found. */
export interface SecretSearch {
  /** What a member of that name holds, or `listed` if its product says that it is a secret as a whole. */
  readonly soundsOf: (name: string) => Sounds | 'listed';
  /** Whether a text, of a member beside the one that holds the value, is the name of a secret. */
  readonly isSecretName: (text: string) => boolean;
  /** A text of a document, which may hold another document; undefined if there is no secret in it. */
  readonly cleanText: (text: string) => Promise<string | undefined>;
}

/** A document or text without its secrets. */
export interface Cleaned {
  readonly text: string;
  /** Whether there were any. */
  readonly hasCut: boolean;
}

/**
 * A document in which the values of secret members are replaced, wherever they stand, also in documents that stand in texts.
 * Everything else stays to the letter.
 * @param text well-formed; if it is not, it ends where that shows
 * @param names of members in JSON, of elements and attributes in XML, that hold secrets and do not sound like it
 */
export async function withoutSecrets(text: string, format: DocumentFormat, names: readonly string[]): Promise<string> {
  const listed = new Set(names.map(lettersOf));
  return (await cleanDocument(text, format, listed, 0)).text;
}

async function cleanDocument(
  text: string,
  format: DocumentFormat,
  listed: ReadonlySet<string>,
  depth: number,
): Promise<Cleaned> {
  const sounds: SecretSearch['soundsOf'] = name => (listed.has(lettersOf(name)) ? 'listed' : soundsOf(name));
  const search: SecretSearch = {
    soundsOf: sounds,
    isSecretName: text => text.length <= longestName && !['harmless', 'credentials'].includes(sounds(text)),
    cleanText: async inner => {
      // A quotation mark begins a text that was written as JSON once more.
      const from = inner.startsWith('"') ? 0 : inner.search(/[{[<]/);
      if (from === -1 || !/[:=>]/.test(inner)) {
        return undefined;
      }
      if (depth === deepest) {
        return removed;
      }
      const innerFormat = inner[from] === '<' ? 'xml' : 'json';
      const cleaned = await cleanDocument(inner.slice(from), innerFormat, listed, depth + 1);
      return cleaned.hasCut ? inner.slice(0, from) + cleaned.text : undefined;
    },
  };
  return format === 'json' ? await jsonWithout(text, search, removed) : await xmlWithout(text, search, removed);
}
