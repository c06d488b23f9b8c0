// Readers for what servers send: strict about structure, lenient about how a value is written.

import * as v from 'valibot';
import { oneLine } from '../http/text';
import { UnexpectedShape } from './failures';
import { nextSlice } from './slices';

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
    throw new UnexpectedShape(host, expected, whereItFails(result.issues[0], ''));
  }
  return result.output;
}

/**
 * {@link expectShape} for a list of anything; a long one is read in slices.
 * @throws {UnexpectedShape}
 */
export async function expectList<Element>(
  host: string,
  expected: string,
  element: v.GenericSchema<unknown, Element>,
  value: unknown,
): Promise<Element[]> {
  if (!Array.isArray(value)) {
    throw new UnexpectedShape(host, expected, shapeOf(value));
  }
  const elements: Element[] = [];
  for (const each of value) {
    const result = v.safeParse(element, each, { abortEarly: true });
    if (!result.success) {
      throw new UnexpectedShape(host, expected, whereItFails(result.issues[0], String(elements.length)));
    }
    if (elements.push(result.output) % elementsAtOnce === 0) {
      await nextSlice();
    }
  }
  return elements;
}

/** Takes a fraction of a millisecond. */
const elementsAtOnce = 100;

/** @param place of what was to be read; nothing for the whole of a body */
function whereItFails(issue: v.BaseIssue<unknown>, place: string): string {
  const path = [place, v.getDotPath(issue) ?? ''].filter(Boolean).join('.');
  return path ? `${path}: ${shapeOf(issue.input)}` : shapeOf(issue.input);
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
  return value === undefined ? 'nothing' : `a ${typeof value}`;
}

/** A text, also where it came as a number or boolean; otherwise, and when empty, undefined. Half surrogates are mended. */
export const text = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): string | undefined =>
      typeof value === 'string'
        ? value.toWellFormed() || undefined
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined,
    ),
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

/** An ISO moment; undefined for the servers' ways of saying never (the years 1 and 1753). */
export const moment = v.optional(
  v.pipe(
    text,
    v.transform((value): string | undefined => {
      const time = value === undefined ? Number.NaN : Date.parse(value);
      return Number.isNaN(time) || time < Date.UTC(1970, 0, 2) ? undefined : value;
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

/** Parts in a list, which may be missing or something else and is empty then. */
export function partList<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.fallback(
    v.optional(v.array(v.object(entries)), () => []),
    [],
  );
}

/** Texts in a list, or a single one that stands without it; those that are empty or something else are left out. */
export const texts = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): readonly string[] =>
      (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
        typeof each === 'string' && each !== '' ? each.toWellFormed() : [],
      ),
    ),
  ),
  null,
);
