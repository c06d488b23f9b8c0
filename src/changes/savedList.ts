// A list that was exported as JSON, read from a file that anybody may have written.

import * as l10n from '@vscode/l10n';
import { Cancelled, Failure } from '../base/failure';
import { isObject } from '../base/isObject';
import { oneLine } from '../base/text';
import { nextSlice } from '../base/timeSlices';
import { kinds } from '../items/kinds';
import type { ListRecord } from './listRecord';

/** A row, and where in the text it stands. */
export interface SavedRow {
  readonly record: ListRecord;
  readonly start: number;
  readonly end: number;
}

export interface SavedList {
  readonly text: string;
  /** At least one, no two of them with the same key. */
  readonly rows: readonly SavedRow[];
}

/** Why a file is no exported list, in a sentence. */
export class NoSavedList extends Failure {
  readonly kind = 'noSavedList';
  readonly short = l10n.t('not an exported list');
}

/** In bytes and in characters. */
export const largestList = 128 * 1024 * 1024;

/** As many rows as a list of a server has at most. */
const mostRows = 250_000;

/** Characters of a row: what is longer takes too long to be parsed at once. */
const longestRow = 1024 * 1024;

/** A row has lists of parts in it, which have facts. */
const deepest = 8;

/**
 * @throws {NoSavedList}
 * @throws {Cancelled} if the signal aborts
 */
export async function readSavedList(text: string, signal: AbortSignal): Promise<SavedList> {
  if (text.length > largestList) {
    throw listTooLarge();
  }
  const rows: SavedRow[] = [];
  const numbers = new Map<string, number>();
  for (const { start, end } of elementsOf(text)) {
    const number = rows.length + 1;
    if (number > mostRows) {
      throw new NoSavedList(l10n.t('The list has more than {0} rows.', mostRows));
    }
    const record = recordIn(text.slice(start, end), number);
    const other = numbers.get(record.key);
    if (other !== undefined) {
      throw new NoSavedList(l10n.t('Rows {0} and {1} have the same key.', other, number));
    }
    numbers.set(record.key, number);
    rows.push({ record, start, end });
    await nextSlice();
    if (signal.aborted) {
      throw new Cancelled();
    }
  }
  if (rows.length === 0) {
    throw new NoSavedList(l10n.t('The list is empty, so there is nothing that says what to compare it with.'));
  }
  return { text, rows };
}

export function listTooLarge(): NoSavedList {
  return new NoSavedList(l10n.t('The file is larger than {0} MB.', largestList / 1024 / 1024));
}

/** @throws {NoSavedList} */
function recordIn(text: string, number: number): ListRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson(number);
  }
  const missing = isObject(value) ? missingIn(value) : 'key';
  if (missing !== undefined) {
    throw new NoSavedList(
      l10n.t('This is not a list exported as JSON: "{0}" is missing or invalid in row {1}.', missing, number),
    );
  }
  const record = value as ListRecord;
  if (!Object.hasOwn(kinds, record.kind)) {
    throw new NoSavedList(
      l10n.t(
        'Row {0} is of a kind that this version of the extension does not know: {1}',
        number,
        oneLine(record.kind, 60),
      ),
    );
  }
  return record;
}

const isText = (value: unknown): boolean => typeof value === 'string';
/** Parts of a key: trees are not nearly as deep, and each place above a row is looked at. */
const mostParts = 50;

function isKey(value: unknown): boolean {
  const parts = typeof value === 'string' ? value.split('/', mostParts + 1) : [''];
  return parts.length <= mostParts && !parts.includes('');
}

const isTextIfThere = (value: unknown): boolean => value === undefined || isText(value);

/** What a row must have, or may have in this form alone. */
const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  key: isKey,
  kind: isText,
  name: isText,
  server: isText,
  path: value => Array.isArray(value) && value.every(isText),
  id: isTextIfThere,
  incomplete: isTextIfThere,
  exportedFrom: isTextIfThere,
  onlyKinds: value => value === undefined || (Array.isArray(value) && value.every(isText)),
};

function missingIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const wrong = Object.keys(forms).find(name => !forms[name]?.(Object.hasOwn(value, name) ? value[name] : undefined));
  if (wrong !== undefined) {
    return wrong;
  }
  const { key, exportedFrom, onlyKinds } = value;
  const isFromAbove = exportedFrom === undefined || `${key}/`.startsWith(`${exportedFrom}/`);
  // Each says nothing without the other.
  return isFromAbove && (exportedFrom === undefined) === (onlyKinds === undefined) ? undefined : 'exportedFrom';
}

function notJson(number: number): NoSavedList {
  return new NoSavedList(
    number > 1
      ? l10n.t('The file is not valid JSON, in or before row {0}.', number)
      : l10n.t('The file is not valid JSON.'),
  );
}

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * Where the elements of the list stand. Whether each is JSON is left to whoever parses it.
 * @throws {NoSavedList}
 */
function* elementsOf(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let at = afterBlanks(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  if (text.charCodeAt(at) !== openList) {
    throw new NoSavedList(l10n.t('This is not a list exported as JSON.'));
  }
  at = afterBlanks(text, at + 1);
  let number = 1;
  for (let isFirst = true; ; isFirst = false, number++) {
    if (isFirst && text.charCodeAt(at) === closeList) {
      break;
    }
    const end = endOfObject(text, at);
    if (end === undefined) {
      throw notJson(number);
    }
    if (end - at > longestRow) {
      throw new NoSavedList(l10n.t('Row {0} is too long.', number));
    }
    yield { start: at, end };
    at = afterBlanks(text, end);
    if (text.charCodeAt(at) === closeList) {
      break;
    }
    if (text.charCodeAt(at) !== comma) {
      throw notJson(number);
    }
    at = afterBlanks(text, at + 1);
  }
  if (afterBlanks(text, at + 1) < text.length) {
    throw notJson(number);
  }
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
    code = text.charCodeAt(++at);
  }
  return at;
}

/** Undefined if there is no object, or none that ends, or one that is too deep; infinite if it does not end in a row's length. */
function endOfObject(text: string, start: number): number | undefined {
  if (text.charCodeAt(start) !== openObject) {
    return undefined;
  }
  let depth = 0;
  for (let at = start; at < text.length && at - start <= longestRow; at++) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfString(text, at);
        if (end === undefined) {
          return withoutEnd(text, start);
        }
        at = end;
        break;
      }
      case openObject:
      case openList:
        if (++depth > deepest) {
          return undefined;
        }
        break;
      case closeObject:
      case closeList:
        if (--depth === 0) {
          return at + 1;
        }
        break;
    }
  }
  return withoutEnd(text, start);
}

function withoutEnd(text: string, start: number): number | undefined {
  return text.length - start > longestRow ? Number.POSITIVE_INFINITY : undefined;
}

/** Where the quote is that ends the string. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length && at - start <= longestRow; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      return at;
    }
    if (code === backslash) {
      at++;
    }
  }
  return undefined;
}
