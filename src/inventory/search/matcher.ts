import { oneLine } from '../../base/text';
import type { Item } from '../../items/item';
import { kindOf } from '../../items/kinds';
import type { Node } from '../tree/node';
import { fold, hashOf, type Query } from './query';

/** An item with what a search needs of it, worked out once. */
export interface Entry {
  readonly node: Node;
  /** Folded. */
  readonly name: string;
  /** Which letters and digits the name has; see {@link lettersOf}. */
  readonly letters: number;
  /** The ID in small letters. */
  readonly id: string;
  /** The hash of the ID, or of the name that stands for it in the key; see {@link hashOf}. */
  readonly hash: number;
  /** Whether it is what another item holds of a thing; see `Kind.isShare`. */
  readonly isShare: boolean;
}

/** By item, as a refresh gives a node another one. */
const known = new WeakMap<Item, Entry>();

/** What a search needs of a node. */
export function entryOf(node: Node): Entry {
  const { item } = node;
  let entry = known.get(item);
  if (entry?.node !== node) {
    const shown = oneLine(item.name);
    const folded = fold(shown);
    // One text in memory where it is the same.
    const name = folded === item.name ? item.name : folded;
    const id = item.id.toLowerCase();
    entry = {
      node,
      name,
      letters: lettersOf(name),
      // As above: where nothing changes, it is the same text.
      id: id === item.id ? item.id : id,
      hash: hashOf(id || item.name.toLowerCase()),
      isShare: kindOf(item.kind).isShare?.(item) ?? false,
    };
    known.set(item, entry);
  }
  return entry;
}

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

const a = 97;
const z = 122;
const zero = 48;

function isDigit(code: number): boolean {
  return code >= zero && code < zero + 10;
}

// How good a match is: by the kind of match first, then by length and place.
const exactId = 9_000_000;
const wholeName = 8_000_000;
const beginOfName = 7_000_000;
const beginOfWord = 6_000_000;
const insideOfWord = 5_000_000;
const beginOfId = 4_000_000;
const allWords = 3_000_000;
const initials = 2_000_000;
const scattered = 1_000_000;
const insideOfId = 500_000;
/** Less than any difference between these, and than one between names. */
const asShare = 0.001;

/** How well names match a query. */
export class Matcher {
  readonly #query: Query;
  readonly #letters: number;

  constructor(query: Query) {
    this.#query = query;
    this.#letters = lettersOf(query.text);
  }

  /** Whether the text is the item's ID, or another word that means this item alone. */
  isNamed({ node, hash: ownHash }: Entry): boolean {
    const { ids, kinds } = this.#query;
    return (
      ids.some(
        ({ text, hash, mayBeOther }) =>
          (ownHash === hash && isKnownAs(node, text)) || (mayBeOther && isAlso(node, text)),
      ) &&
      (!kinds || kinds.has(node.item.kind))
    );
  }

  /** The score of what {@link isNamed}. */
  scoreOfNamed({ isShare }: Entry): number {
    return isShare ? exactId - asShare : exactId;
  }

  /**
   * More than 0 if the item matches; the more the better.
   * @param least where no more than this comes of it, any number up to it will do
   */
  score(entry: Entry, least = 0): number {
    const { kinds, text } = this.#query;
    if (kinds && !kinds.has(entry.node.item.kind)) {
      return 0;
    }
    const ofName = this.scoreOfName(entry, least);
    const score = ofName > beginOfId ? ofName : Math.max(ofName, this.#scoreOfId(entry));
    return entry.isShare && score > 0 && text !== '' ? score - asShare : score;
  }

  /** The same for the name alone. */
  scoreOfName({ name, letters }: Entry, least = 0): number {
    const { text, words } = this.#query;
    if ((letters & this.#letters) !== this.#letters) {
      return 0;
    }
    if (text === '') {
      return 1; // all alike: the order of the tree
    }
    const together = scoreTogether(text, name);
    if (together > 0 || words.length === 1) {
      return together > 0 ? together : scoreScattered(text, name, least);
    }
    const leastOfWord = least >= allWords + wholeName / 10 ? Number.POSITIVE_INFINITY : 0;
    let sum = 0;
    for (const word of words) {
      const score = scoreTogether(word, name) || scoreScattered(word, name, leastOfWord);
      if (score === 0) {
        return 0;
      }
      sum += score;
    }
    // Below every name that has the text as it was typed.
    return allWords + sum / words.length / 10;
  }

  #scoreOfId({ id }: Entry): number {
    const { partOfId } = this.#query;
    const at = partOfId === undefined ? -1 : id.indexOf(partOfId);
    return at < 0 ? 0 : at === 0 ? beginOfId : insideOfId;
  }

  /** Whether the name has all words of the query, each in one piece, or the query is the item's ID or a part of it. */
  contains(entry: Entry): boolean {
    const { kinds, words } = this.#query;
    if (this.isNamed(entry)) {
      return true;
    }
    return (
      (!kinds || kinds.has(entry.node.item.kind)) &&
      (this.#scoreOfId(entry) > 0 ||
        ((entry.letters & this.#letters) === this.#letters && words.every(word => entry.name.includes(word))))
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

/**
 * The letters of the word one after another, the first one at the begin of a word of the name.
 * @param least see {@link Matcher.score}
 */
function scoreScattered(word: string, name: string, least: number): number {
  const length = Math.min(name.length, longestAbbreviated);
  if (word.length > longestAbbreviation || !isSpread(word, name, length)) {
    return 0;
  }
  const perfect = 20 * (word.length - 1);
  if (initials + (perfect + 10) * 1000 <= least) {
    return scattered;
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
  return (most >= perfect ? initials : scattered) + most * 1000 - name.length;
}

/**
 * Whether the letters of the word stand one after another in the name, the first one at the begin of a word: rules out most
 * names at little cost.
 */
function isSpread(word: string, name: string, length: number): boolean {
  let index = name.indexOf(word.charAt(0));
  while (index >= 0 && !isBegin(name, index)) {
    index = name.indexOf(word.charAt(0), index + 1);
  }
  for (let letter = 1; letter < word.length && index >= 0; letter++) {
    index = name.indexOf(word.charAt(letter), index + 1);
  }
  return index >= 0 && index < length;
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
