import { randomUUID } from 'node:crypto';
import { nextSlice } from '../../base/timeSlices';
import { TooMuch } from './bounds';

/** What cannot be cut takes some ten milliseconds up to this length. No element of a list comes near it. */
const longestPiece = 1024 * 1024;

/** So many characters are parsed within a few milliseconds. */
const usualPiece = 512 * 1024;

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * What `JSON.parse` gives, or refuses. The lists of a long text are cut between elements and parsed piece by piece, so that
 * nothing else has to wait for the whole of it.
 *
 * Wherever it is cut, that cannot make valid what is not: each piece has to be elements of a list, and what is around the
 * lists has to be JSON with another list in the place of each.
 * @param piece so many characters are parsed at once
 * @throws {SyntaxError}
 * @throws {TooMuch} if an element is too long to be parsed at once, or what is around the lists
 */
export async function parseLargeJson(text: string, piece = usualPiece): Promise<unknown> {
  // What is no JSON at all is refused at its first character.
  if (text.length <= piece || /^\s*[^\s[{"\-\dtfn]/.test(text)) {
    return JSON.parse(text);
  }
  try {
    return await parseInPieces(text, piece);
  } catch (error) {
    throw error instanceof TooMuch ? error : new SyntaxError('in one of its pieces'); // a place in a piece would mislead
  }
}

async function parseInPieces(text: string, piece: number): Promise<unknown> {
  await nextSlice();
  /** Is the one element of a list in `around` that stands for another one. */
  const mark = randomUUID();
  const lists: unknown[][] = [];
  let around = '';
  /** Up to here, the text is in `around` or in `lists`. */
  let taken = 0;
  let list: unknown[] | undefined;
  /** How deep in the list; 0 is outside of any. */
  let depth = 0;
  const take = (end: number) => {
    const elements: unknown[] = JSON.parse(`[${checked(text.slice(taken, end))}]`);
    if (elements.length === 0) {
      throw new SyntaxError('no element');
    }
    for (const element of elements) {
      list?.push(element);
    }
  };
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case openList:
        if (++depth === 1) {
          start = at;
        }
        break;
      case openObject:
        depth += depth > 0 ? 1 : 0;
        break;
      case comma:
        if (depth === 1 && at - (list ? taken : start) >= piece) {
          if (!list) {
            list = [];
            around += `${text.slice(taken, start)}["${mark}${lists.push(list) - 1}"]`;
            taken = start + 1;
          }
          take(at);
          taken = at + 1;
          await nextSlice();
        }
        break;
      case closeObject:
        depth -= depth > 1 ? 1 : 0;
        break;
      case closeList:
        if (depth === 1 && list) {
          take(at);
          taken = at + 1;
          list = undefined;
        }
        depth -= depth > 0 ? 1 : 0;
        break;
    }
  }
  if (list) {
    throw new SyntaxError('the end within a list');
  }
  if (lists.length === 0) {
    return JSON.parse(checked(text));
  }
  around += text.slice(taken);
  return JSON.parse(checked(around), (_name, value: unknown) => {
    const [first] = Array.isArray(value) ? value : [];
    return typeof first === 'string' && first.startsWith(mark) ? lists[Number(first.slice(mark.length))] : value;
  });
}

/** @throws {TooMuch} */
function checked(text: string): string {
  if (text.length > longestPiece) {
    throw new TooMuch(`an element of ${text.length} characters`);
  }
  return text;
}

/** Where the string that begins there ends; the end of the text if it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) {
      before--;
    }
    if ((end - before) % 2 === 1) {
      return end;
    }
  }
  return text.length;
}
