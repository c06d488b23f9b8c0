import { createScanner } from 'jsonc-parser';
import { nextSlice } from '../../base/timeSlices';
import { endOfToken } from '../../base/xmlTokens';
import type { DocumentFormat } from '../product';

/** Stands in a document where a secret was. */
const removed = '[removed]';

/** Between two turns for others. */
const tokensAtOnce = 500;

/**
 * A document in which the values of secret members are replaced, wherever they stand. Everything else stays to the letter.
 * @param text well-formed; if it is not, it ends where that shows
 * @param names of members in JSON, of elements and attributes in XML; compared without case
 */
export async function withoutSecrets(text: string, format: DocumentFormat, names: readonly string[]): Promise<string> {
  const secrets = new Set(names.map(name => name.toLowerCase()));
  const isSecret = (name: string) => secrets.has(name.toLowerCase());
  if (secrets.size === 0) {
    return text;
  }
  return format === 'json' ? await jsonWithout(text, isSecret) : await xmlWithout(text, isSecret);
}

async function jsonWithout(text: string, isSecret: (name: string) => boolean): Promise<string> {
  const scanner = createScanner(text, true);
  const pieces: string[] = [];
  let keptTo = 0;
  let depth = 0;
  /** The last string, which is a name if a colon follows. */
  let name = '';
  /** Where the value begins that is left out, and how deep its member stands. */
  let cut: { readonly from: number; readonly depth: number } | undefined;
  for (let tokens = 1; ; tokens++) {
    if (tokens % tokensAtOnce === 0) {
      await nextSlice();
    }
    scanner.scan();
    if (scanner.getTokenLength() === 0) {
      return pieces.join('') + (cut ? '' : text.slice(keptTo));
    }
    const at = scanner.getTokenOffset();
    const sign = text[at] ?? '';
    if (cut && depth === cut.depth && '}],'.includes(sign)) {
      keptTo = at;
      cut = undefined;
    }
    if ('}]'.includes(sign)) {
      depth--;
    } else if ('{['.includes(sign)) {
      depth++;
    } else if (sign === '"') {
      name = scanner.getTokenValue();
    } else if (sign === ':' && !cut && isSecret(name) && !isEmpty(text, at + 1)) {
      cut = { from: at + 1, depth };
      pieces.push(text.slice(keptTo, cut.from), JSON.stringify(removed));
    }
  }
}

/** Whether the value that begins there is known to hold nothing: a secret that servers do not give back. */
function isEmpty(text: string, from: number): boolean {
  const value = /\s*(?:null|"")/y;
  value.lastIndex = from;
  return value.test(text);
}

async function xmlWithout(text: string, isSecret: (name: string) => boolean): Promise<string> {
  const pieces: string[] = [];
  /** How many elements are open, counted from the secret one; 0 outside of secrets. */
  let depth = 0;
  let tokens = 0;
  for (let at = 0; at < text.length; tokens++) {
    if (tokens % tokensAtOnce === 0) {
      await nextSlice();
    }
    const end = endOfToken(text, at);
    if (end === undefined) {
      break;
    }
    const token = text.slice(at, end);
    at = end;
    const name = /^<\/?([^\s/>!?]+)/.exec(token)?.[1];
    const closes = token.startsWith('</');
    const opens = name !== undefined && !closes && !token.endsWith('/>');
    if (depth > 0) {
      depth += opens ? 1 : closes ? -1 : 0;
      if (depth > 0) {
        continue;
      }
    } else if (opens && isSecret(localName(name))) {
      depth = 1;
    }
    pieces.push(name === undefined ? token : withoutAttributes(token, isSecret), depth > 0 ? removed : '');
  }
  return pieces.join('');
}

function withoutAttributes(tag: string, isSecret: (name: string) => boolean): string {
  let kept = '';
  for (let at = 0; at < tag.length; ) {
    let start = at;
    while (start < tag.length && tag[start] !== '"' && tag[start] !== "'") {
      start++;
    }
    const end = start < tag.length ? tag.indexOf(tag[start] ?? '', start + 1) : -1;
    if (end === -1) {
      return kept + tag.slice(at);
    }
    const before = tag.slice(at, start);
    const name = before.slice(0, before.lastIndexOf('=')).trimEnd().split(/\s/).at(-1) ?? '';
    kept += before + (isSecret(localName(name)) ? `"${removed}"` : tag.slice(start, end + 1));
    at = end + 1;
  }
  return kept;
}

/** `Password` for `n:Password`. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
