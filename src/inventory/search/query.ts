import { idLine, oneLine } from '../../base/text';
import type { ItemKind } from '../../items/item';
import { allKinds, kindOf } from '../../items/kinds';

/** What stands before the colon of `t:north`, and the kinds that it leaves. */
export function prefixes(): ReadonlyMap<string, readonly ItemKind[]> {
  const found = new Map<string, readonly ItemKind[]>();
  for (const kind of allKinds()) {
    const { prefix } = kindOf(kind);
    if (prefix !== undefined) {
      found.set(prefix, [...(found.get(prefix) ?? []), kind]);
    }
  }
  return found;
}

/** What is looked for. */
export interface Query {
  /** All kinds without it. */
  readonly kinds: ReadonlySet<ItemKind> | undefined;
  /** Folded, with single blanks. */
  readonly text: string;
  readonly words: readonly string[];
  /** As it was typed, with single blanks: servers fold letters in their own ways. */
  readonly typed: string;
  /** What may be a part of an ID, in small letters: at least four letters and digits in one piece. */
  readonly partOfId: string | undefined;
  /** The IDs that the text may be, in small letters. */
  readonly ids: readonly Id[];
}

interface Id {
  readonly text: string;
  /** The hash of the ID that an item has if the text means it. */
  readonly hash: number;
  /** Whether it may be a URN or an e-mail address. */
  readonly mayBeOther: boolean;
}

/** What a person or program looks for by a line of text, which may be an ID, a key, a prefix with a colon, or words. */
export function parseQuery(input: string): Query {
  const { kinds, text } = withoutPrefix(oneLine(input));
  // An ID may have characters that no line shows.
  const exact = withoutPrefix(idLine(input)).text;
  const folded = fold(text).replace(/\s+/g, ' ').trim();
  return {
    kinds: kinds && new Set(kinds),
    text: folded,
    words: folded === '' ? [] : folded.split(' '),
    typed: text.replace(/\s+/g, ' '),
    partOfId: partOfId.test(text) ? text.toLowerCase() : undefined,
    ids: [...new Set([...idsIn(text.toLowerCase()), ...idsIn(exact.toLowerCase())])].flatMap(id =>
      [id, ...idsInKey(id)].map(each => ({ text: id, hash: hashOf(each), mayBeOther: /^urn:|@/.test(id) })),
    ),
  };
}

/** Names without a digit are looked for far more often: for them, IDs are not gone through. */
const partOfId = /^(?:[a-f-]{4,}|(?=[a-z_-]*\d)[a-z\d_-]{4,})$/i;

function withoutPrefix(line: string): { readonly kinds: readonly ItemKind[] | undefined; readonly text: string } {
  const [, prefix = '', rest = ''] = /^([a-z]):(.*)$/iu.exec(line) ?? [];
  const kinds = prefixes().get(prefix.toLowerCase());
  return { kinds, text: (kinds ? rest : line).trim() };
}

/** `{5a…}`, `"5a…"` and `urn:veeam:cloudtenant:5a…` all name `5a…`. */
function idsIn(text: string): readonly string[] {
  const bare = stripped(text, `"'{(<`, `>)}"',;`);
  const last = bare.startsWith('urn:') ? bare.slice(bare.lastIndexOf(':') + 1) : bare;
  return [...new Set([text, bare, last])].filter(id => id !== '');
}

function stripped(text: string, leading: string, trailing: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && leading.includes(text.charAt(start))) {
    start++;
  }
  while (start < end && trailing.includes(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

/** The ID of the item, if the text is a key. */
function idsInKey(text: string): readonly string[] {
  const [, id = ''] = /\/\w+:([^/#]+)(?:#\d+)?$/.exec(text) ?? [];
  try {
    return id === '' ? [] : [decodeURIComponent(id).toLowerCase()];
  } catch {
    return [];
  }
}

const marks = /\p{M}+/gu;
const notAscii = /[\u0080-\uffff]/;

/** As people type it: small letters without accents. */
export function fold(text: string): string {
  if (!notAscii.test(text)) {
    return text.toLowerCase();
  }
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(wholeLetters, letter => plainLetters[letter] ?? letter);
}

/** Letters that Unicode does not take for another one with an accent, but people type as such. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const wholeLetters = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** A number that other texts hardly ever have: comparing it spares looking at each text. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) & 0x3fffffff;
  }
  return hash;
}
