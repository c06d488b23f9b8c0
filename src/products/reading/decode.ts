// Readers for what servers send: strict about structure, lenient about how a value is written.

import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import { nextSlice } from '../../base/timeSlices';
import { mostTold } from '../../items/unreadable';
import { AnswerTooLarge, UnexpectedShape } from '../failures';
import type { ReadList } from './readList';

/**
 * @param expected becomes part of a sentence for the user: translated, or the name of a documented type
 * @throws {UnexpectedShape}
 */
export function expectShape<Schema extends v.GenericSchema>(
  host: string,
  expected: string,
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) {
    throw new UnexpectedShape(host, expected, whatCame(result.issues[0], value, ''));
  }
  return result.output;
}

/** Elements in one answer; no server's list comes near it, and what is made of them takes memory. */
const mostElements = 250_000;

/**
 * {@link expectShape} for a list of anything; a long one is read in slices. An element that is not what it should be is left
 * out and told of.
 * @param first the number of the first element in the whole list
 * @throws {UnexpectedShape} if it is no list, or one without a single good element that is not empty
 * @throws {AnswerTooLarge}
 */
export async function expectList<Element>(
  host: string,
  expected: string,
  element: v.GenericSchema<unknown, Element>,
  value: unknown,
  first = 0,
): Promise<ReadList<Element>> {
  if (!Array.isArray(value)) {
    throw new UnexpectedShape(host, expected, shapeOf(value));
  }
  if (value.length > mostElements) {
    throw new AnswerTooLarge(host, shapeOf(value));
  }
  const elements: Element[] = [];
  const came: string[] = [];
  let read = 0;
  for (const each of value as unknown[]) {
    const result = v.safeParse(element, each, { abortEarly: true });
    if (result.success) {
      elements.push(result.output);
    } else if (came.length < mostTold) {
      came.push(oneLine(whatCame(result.issues[0], each, String(first + read))));
    }
    if (++read % elementsAtOnce === 0) {
      await nextSlice();
    }
  }
  const [worst] = came;
  if (worst === undefined) {
    return { elements };
  }
  if (elements.length === 0) {
    throw new UnexpectedShape(host, expected, worst);
  }
  return { elements, unreadable: { count: value.length - elements.length, came } };
}

/**
 * {@link expectList} where it takes all elements to say anything.
 * @throws {UnexpectedShape} also if one of them is not what it should be
 * @throws {AnswerTooLarge}
 */
export async function expectWholeList<Element>(
  host: string,
  expected: string,
  element: v.GenericSchema<unknown, Element>,
  value: unknown,
): Promise<readonly Element[]> {
  const { elements, unreadable } = await expectList(host, expected, element, value);
  if (unreadable) {
    throw new UnexpectedShape(host, expected, unreadable.came.join('; '));
  }
  return elements;
}

/** Takes a fraction of a millisecond. */
const elementsAtOnce = 100;

/**
 * The place that is not what it should be, and what the server sent there.
 * @param value as it came: the issue has what was made of it, whose members are those that were looked for
 * @param place of the value; nothing for the whole of a body
 */
function whatCame(issue: v.BaseIssue<unknown>, value: unknown, place: string): string {
  const path = [place, v.getDotPath(issue) ?? ''].filter(Boolean).join('.');
  const came = shapeOf(issue.path ? issue.path.at(-1)?.value : value);
  return path ? `${path}: ${came}` : came;
}

/** Names a value's form without showing its content. */
export function shapeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'object') {
    const names = Object.keys(value);
    return names.length === 0 ? 'an empty object' : oneLine(`an object with ${names.slice(0, 8).join(', ')}`, 120);
  }
  if (typeof value === 'string' && value.length > longestText) {
    return `a text of ${value.length} characters`;
  }
  return value === undefined ? 'nothing' : `a ${typeof value}`;
}

/** No name, path or description of a server's comes near it. */
const longestText = 10_000;

/** Also where it came as a number or boolean; otherwise, and when empty, undefined. Half surrogates are mended. */
function textIn(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.toWellFormed() || undefined;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

/** The beginning of a text that is too long. Copied, as V8 would keep all of it for the sake of its part. */
function bounded(value: string): string {
  return value.length > longestText ? `${Buffer.from(value.slice(0, longestText - 1)).toString()}…` : value;
}

/** A text, see {@link textIn}; one that is too long is cut. */
export const text = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): string | undefined => {
      const all = textIn(value);
      return all && bounded(all);
    }),
  ),
  null,
);

/**
 * A text that is sent back to the server or compared: to the letter or not at all. One that is too long fails, and so does a
 * number that JSON.parse may have rounded.
 */
export const identifier = v.optional(
  v.pipe(
    v.unknown(),
    v.check(value => typeof value !== 'number' || Number.isSafeInteger(value)),
    v.transform(textIn),
    v.check(value => value === undefined || value.length <= longestText),
  ),
  null,
);

/** Servers count in 64 bits; what is beyond is no number of theirs. */
const largestAmount = 2 ** 63;

/** A count or size that cannot be negative, also where it came as a text; otherwise undefined. */
export const amount = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): number | undefined => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && number >= 0 && number <= largestAmount ? number : undefined;
    }),
  ),
  null,
);

/** A yes or no, also where it came as a text; otherwise undefined. */
export const flag = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): boolean | undefined => {
      if (typeof value === 'boolean') {
        return value;
      }
      const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
      return word === 'true' ? true : word === 'false' ? false : undefined;
    }),
  ),
  null,
);

// What JavaScript makes of other ways to write a date differs from server to server: 12/01/2024 is in January or December.
const isoMoment = /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** Earlier ones and those from {@link firstNever} on are the servers' ways of saying never: the years 1, 1753, 1970, 9999. */
const firstMoment = Date.UTC(1980, 0);
const firstNever = Date.UTC(9000, 0);

/** A moment of ISO 8601, in UTC unless it says otherwise; undefined for anything else, and for never. */
export const moment = v.optional(
  v.pipe(
    text,
    v.transform((value): string | undefined => {
      const [whole, , time, zone] = isoMoment.exec(value ?? '') ?? [];
      if (whole === undefined) {
        return undefined;
      }
      const iso = time !== undefined && zone === undefined ? `${whole}Z` : whole;
      const at = Date.parse(iso);
      return at >= firstMoment && at < firstNever ? iso : undefined;
    }),
  ),
  null,
);

/** A token or session id, which has to fit into a header. */
export const token = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/));

/** An element of a list, which must have at least one of the members that tell it from the others. */
export function identified<Entries extends v.ObjectEntries>(names: readonly (keyof Entries)[], entries: Entries) {
  return v.pipe(
    v.object(entries),
    v.check(element => names.some(name => (element as Partial<Record<keyof Entries, unknown>>)[name] !== undefined)),
  );
}

/** A part that may be missing, null, or not what it should be, which then counts as missing. */
export function part<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.fallback(v.optional(v.nullable(v.object(entries)), null), null);
}

/** Parts in a list, which may be missing or something else and is empty then. What is no part in it is left out. */
export function partList<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.fallback(
    v.optional(
      v.pipe(
        v.array(v.unknown()),
        v.transform(parts => parts.filter(isObject)),
        v.array(v.object(entries)),
      ),
      () => [],
    ),
    [],
  );
}

/** Texts in a list, or a single one that stands without it; those that are empty or something else are left out. */
export const texts = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): readonly string[] =>
      (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
        typeof each === 'string' && each !== '' ? bounded(each.toWellFormed()) : [],
      ),
    ),
  ),
  null,
);
