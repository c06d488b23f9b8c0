import { oneLine } from '../http/text';
import type { Item, ItemKind } from '../products/item';
import { nextSlice } from '../products/slices';
import type { Node } from './node';

/** What stands before the colon of `t:north`, and the kinds that it leaves. */
export const prefixes: Readonly<Record<string, readonly ItemKind[]>> = {
  t: ['tenant'],
  s: ['subtenant'],
  o: ['organization'],
  r: ['repository', 'usedRepository'],
  u: ['protectedUser'],
  g: ['protectedGroup'],
  w: ['protectedSite'],
  m: ['protectedTeam'],
  j: ['job'],
  b: ['backupServer'],
  p: ['proxy'],
  q: ['backupResource'],
  h: ['hardwarePlan'],
  c: ['gateway'],
  v: ['server'],
};

/** What is looked for. */
export interface Query {
  /** All kinds without it. */
  readonly kinds: ReadonlySet<ItemKind> | undefined;
  /** Folded, with single blanks. */
  readonly text: string;
  readonly words: readonly string[];
  /** The IDs that the text may be, in small letters. */
  readonly ids: readonly Id[];
}

interface Id {
  readonly text: string;
  /** Of the ID that an item has if the text means it. */
  readonly hash: number;
  /** Whether it may be a URN or an e-mail address. */
  readonly mayBeOther: boolean;
}

export function parseQuery(input: string): Query {
  const line = oneLine(input);
  const [, prefix = '', rest = ''] = /^([a-z]):(.*)$/iu.exec(line) ?? [];
  const kinds = prefixes[prefix.toLowerCase()];
  const text = (kinds ? rest : line).trim();
  const folded = fold(text).replace(/\s+/g, ' ').trim();
  return {
    kinds: kinds && new Set(kinds),
    text: folded,
    words: folded === '' ? [] : folded.split(' '),
    ids: idsIn(text.toLowerCase()).flatMap(id =>
      [id, ...idsInKey(id)].map(each => ({ text: id, hash: hashOf(each), mayBeOther: /^urn:|@/.test(id) })),
    ),
  };
}

/** `{5a…}`, `"5a…"` and `urn:veeam:cloudtenant:5a…` all name `5a…`. */
function idsIn(text: string): readonly string[] {
  const bare = text.replace(/^["'{(<]+|[>)}"',;]+$/g, '');
  const last = bare.startsWith('urn:') ? bare.slice(bare.lastIndexOf(':') + 1) : bare;
  return [...new Set([text, bare, last])].filter(id => id !== '');
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

/** An item with what a search needs of it, worked out once. */
export interface Entry {
  readonly node: Node;
  /** Folded. */
  readonly name: string;
  /** Which letters and digits the name has; see {@link lettersOf}. */
  readonly letters: number;
  /** Of the ID, or of the name that stands for it in the key; see {@link hashOf}. */
  readonly id: number;
}

/** By item, as a refresh gives a node another one. */
const known = new WeakMap<Item, Entry>();

export function entryOf(node: Node): Entry {
  const { item } = node;
  let entry = known.get(item);
  if (entry?.node !== node) {
    const shown = oneLine(item.name);
    const folded = fold(shown);
    // One text in memory where it is the same.
    const name = folded === item.name ? item.name : folded;
    entry = { node, name, letters: lettersOf(name), id: hashOf((item.id || item.name).toLowerCase()) };
    known.set(item, entry);
  }
  return entry;
}

/** In the order of the nodes; without headings, unless they are `wanted`. */
export async function entriesOf(
  nodes: Iterable<Node>,
  wanted: (node: Node) => boolean = ({ item }) => item.kind !== 'group',
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let steps = 0;
  for (const node of nodes) {
    if (wanted(node)) {
      entries.push(entryOf(node));
    }
    if (++steps % stepsBetweenLooks === 0) {
      await nextSlice();
    }
  }
  return entries;
}

/** So many items take a fraction of a millisecond. */
const stepsBetweenLooks = 1000;

/** A bit for each letter of the alphabet, four for the digits; others have none. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= a && code <= z) {
      letters |= 1 << (code - a);
    } else if (isDigit(code)) {
      letters |= 1 << (26 + ((code - zero) & 3));
    }
  }
  return letters;
}

/** A number that other texts hardly ever have: comparing it spares looking at each text. */
function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) & 0x3fffffff;
  }
  return hash;
}

const a = 97;
const z = 122;
const zero = 48;

function isDigit(code: number): boolean {
  return code >= zero && code < zero + 10;
}

/** What a search has found. */
export interface Found {
  /** The best, best first; equally good ones in the order of the tree. */
  readonly best: readonly Entry[];
  /** Of all that match. */
  readonly total: number;
}

/** Goes through entries again and again while somebody types. */
export class Search {
  readonly #limit: number;
  /** The last one that came to its end; a longer text leaves some of its matches and no others. */
  #last: { readonly entries: readonly Entry[]; readonly query: Query; readonly matches: readonly Entry[] } | undefined;

  /** @param limit how many of the best are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined if the signal has aborted. */
  async find(query: Query, entries: readonly Entry[], signal?: AbortSignal): Promise<Found | undefined> {
    const matcher = new Matcher(query);
    const best = new Best(this.#limit);
    const exact = new Set<Entry>();
    const named = (entry: Entry) => {
      if (matcher.isNamed(entry)) {
        exact.add(entry);
        best.add(entry, exactId);
      }
    };
    const matches: Entry[] = [];
    let others = 0;
    const scored = (entry: Entry) => {
      const score = matcher.score(entry);
      if (score > 0) {
        matches.push(entry);
        if (exact.size === 0 || !exact.has(entry)) {
          others++;
          best.add(entry, score);
        }
      }
    };
    const done =
      (query.ids.length === 0 || (await inSlices(entries, named, signal))) &&
      (await inSlices(this.#candidates(query, entries), scored, signal));
    if (!done) {
      return undefined;
    }
    this.#last = { entries, query, matches };
    return { best: best.entries, total: exact.size + others };
  }

  #candidates(query: Query, entries: readonly Entry[]): readonly Entry[] {
    const last = this.#last;
    const narrower =
      last?.entries === entries &&
      query.text.startsWith(last.query.text) &&
      [...(query.kinds ?? ['all'])].join() === [...(last.query.kinds ?? ['all'])].join();
    return narrower ? last.matches : entries;
  }
}

/** Whether it came to the end. */
async function inSlices(
  entries: readonly Entry[],
  step: (entry: Entry) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (let from = 0; from < entries.length; from += stepsBetweenLooks) {
    const to = Math.min(from + stepsBetweenLooks, entries.length);
    for (let index = from; index < to; index++) {
      step(entries[index] as Entry);
    }
    await nextSlice();
    if (signal?.aborted) {
      return false;
    }
  }
  return true;
}

/** The best so far. */
class Best {
  readonly entries: Entry[] = [];
  readonly #scores: number[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: Entry, score: number): void {
    const scores = this.#scores;
    if (scores.length === this.#limit && score <= (scores[scores.length - 1] ?? 0)) {
      return;
    }
    // Behind those that are as good.
    let low = 0;
    let high = scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((scores[middle] ?? 0) >= score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    scores.splice(low, 0, score);
    this.entries.splice(low, 0, entry);
    if (scores.length > this.#limit) {
      scores.pop();
      this.entries.pop();
    }
  }
}

// How good a match is: by the kind of match first, then by length and place.
const exactId = 9_000_000;
const wholeName = 8_000_000;
const beginOfName = 7_000_000;
const beginOfWord = 6_000_000;
const insideOfWord = 5_000_000;
const allWords = 3_000_000;
const initials = 2_000_000;
const scattered = 1_000_000;

/** How well names match a query. */
export class Matcher {
  readonly #query: Query;
  readonly #letters: number;

  constructor(query: Query) {
    this.#query = query;
    this.#letters = lettersOf(query.text);
  }

  /** Whether the text is the item's ID, or another word that means this item alone. */
  isNamed({ node, id }: Entry): boolean {
    const { ids, kinds } = this.#query;
    return (
      ids.some(
        ({ text, hash, mayBeOther }) => (id === hash && isKnownAs(node, text)) || (mayBeOther && isAlso(node, text)),
      ) &&
      (!kinds || kinds.has(node.item.kind))
    );
  }

  /** More than 0 if the item matches; the more the better. */
  score({ node, name, letters }: Entry): number {
    const { kinds, text, words } = this.#query;
    if ((letters & this.#letters) !== this.#letters || (kinds && !kinds.has(node.item.kind))) {
      return 0;
    }
    if (text === '') {
      return 1; // all alike: the order of the tree
    }
    const together = scoreTogether(text, name);
    if (together > 0 || words.length === 1) {
      return together > 0 ? together : scoreScattered(text, name);
    }
    let sum = 0;
    for (const word of words) {
      const score = scoreTogether(word, name) || scoreScattered(word, name);
      if (score === 0) {
        return 0;
      }
      sum += score;
    }
    // Below every name that has the text as it was typed.
    return allWords + sum / words.length / 10;
  }

  /** Whether the name has all words of the query, each in one piece, or the query is the item's ID. */
  contains(entry: Entry): boolean {
    const { kinds, words } = this.#query;
    if (this.isNamed(entry)) {
      return true;
    }
    return (
      (entry.letters & this.#letters) === this.#letters &&
      (!kinds || kinds.has(entry.node.item.kind)) &&
      words.every(word => entry.name.includes(word))
    );
  }
}

function isKnownAs({ item, key }: Node, text: string): boolean {
  return item.id.toLowerCase() === text || key.toLowerCase() === text;
}

function isAlso({ item }: Node, text: string): boolean {
  return ('urn' in item && item.urn?.toLowerCase() === text) || ('email' in item && item.email?.toLowerCase() === text);
}

/** The word in one piece. */
function scoreTogether(word: string, name: string): number {
  let index = name.indexOf(word);
  if (index < 0) {
    return 0;
  }
  if (index === 0) {
    return (name.length === word.length ? wholeName : beginOfName) - name.length;
  }
  const first = index;
  while (index >= 0 && !isBegin(name, index)) {
    index = name.indexOf(word, index + 1);
  }
  return (index >= 0 ? beginOfWord - index * 300 : insideOfWord - first * 300) - name.length;
}

/** Longer words are no abbreviations, and more of a name than this nobody abbreviates. */
const longestAbbreviation = 24;
const longestAbbreviated = 120;

// Reused, as this runs for many names in a row: the best way that ends at each character of the name.
let points = new Int32Array(longestAbbreviated);
let before = new Int32Array(longestAbbreviated);
const none = -1_000_000;

/** The letters of the word one after another, the first one at the begin of a word of the name. */
function scoreScattered(word: string, name: string): number {
  const length = Math.min(name.length, longestAbbreviated);
  if (word.length > longestAbbreviation || !isSpread(word, name, length)) {
    return 0;
  }
  for (let letter = 0; letter < word.length; letter++) {
    const code = word.charCodeAt(letter);
    [before, points] = [points, before];
    // The best way of the letters before that ends further to the left, less one point for each character in between.
    let reach = none;
    for (let index = 0; index < length; index++) {
      const along = index > 0 && letter > 0 ? (before[index - 1] ?? none) : none;
      let score = none;
      if (name.charCodeAt(index) === code) {
        if (letter === 0) {
          score = isBegin(name, index) ? 10 - Math.min(index, 9) : none;
        } else {
          score = Math.max(along + 20, reach + (isBegin(name, index) ? 20 : 0));
        }
      }
      points[index] = score > none / 2 ? score : none;
      reach = Math.max(reach - 1, along);
    }
  }
  let most = none;
  for (let index = 0; index < length; index++) {
    most = Math.max(most, points[index] ?? none);
  }
  if (most <= none / 2) {
    return 0;
  }
  const perfect = 20 * (word.length - 1);
  return (most >= perfect ? initials : scattered) + most * 1000 - name.length;
}

/** Whether the letters of the word stand one after another in the name: rules out most names at little cost. */
function isSpread(word: string, name: string, length: number): boolean {
  let index = -1;
  for (let letter = 0; letter < word.length; letter++) {
    index = name.indexOf(word.charAt(letter), index + 1);
    if (index < 0 || index >= length) {
      return false;
    }
  }
  return true;
}

/** Whether a word of the name begins there, or a number. */
function isBegin(name: string, index: number): boolean {
  if (index === 0) {
    return true;
  }
  const here = name.charCodeAt(index);
  const left = name.charCodeAt(index - 1);
  return isWord(here) && (!isWord(left) || isDigit(here) !== isDigit(left));
}

function isWord(code: number): boolean {
  return (code >= a && code <= z) || isDigit(code) || code > 127;
}
