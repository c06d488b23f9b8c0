import { TextDecoder } from 'node:util';
import * as v from 'valibot';
import { longestError } from '../http/echo';
import type { Failure } from '../http/failure';
import { oneLine } from '../http/text';
import type { HttpResponse } from '../http/transport';
import {
  AccessDenied,
  NotFound,
  Redirected,
  ServerFailed,
  SessionRefused,
  Throttled,
  UnexpectedShape,
} from './failures';
import { nextSlice } from './slices';

/** Readers for what servers send: strict about structure, lenient about how a value is written. */

/** The text of a body. UTF-8 unless a byte-order mark says UTF-16; the mark itself is dropped. Undefined if it is neither. */
export function textOf(body: Buffer, mistakes: 'strict' | 'lenient' = 'strict'): string | undefined {
  try {
    return decoderOf(body, mistakes).decode(body);
  } catch {
    return undefined;
  }
}

export function decoderOf(body: Buffer, mistakes: 'strict' | 'lenient'): TextDecoder {
  const encoding =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: mistakes === 'strict' });
}

/** Whether a body is a page for people. */
export function isWebPage(body: Buffer): boolean {
  const start = textOf(body.subarray(0, 1024), 'lenient') ?? '';
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}

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

/** What the body of an error says, as far as `read` finds it there. */
export async function explanationIn(
  response: HttpResponse,
  read: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (response.body.length > longestError) {
    return undefined;
  }
  try {
    return await read();
  } catch {
    return undefined; // empty, or a page from a proxy
  }
}

/**
 * Why an answer tells nothing about which product is there: what is in front of the server gave it, or the server is in
 * trouble. Undefined for every other answer.
 */
export function inconclusive(host: string, response: HttpResponse): Failure | undefined {
  const { status } = response;
  const elsewhere = status >= 300 && status <= 399 && targetOf(response) !== undefined;
  // Statuses beyond the registered ones are a product's own language.
  return elsewhere || status === 407 || status === 429 || (status >= 500 && status <= 511)
    ? failureOf(host, response, undefined)
    : undefined;
}

/**
 * Whether an answer without credentials says that a token is needed. Web servers that guard everything they have answer
 * 401, too, with a page for people or by asking for a Windows account.
 */
export function wantsToken({ status, headers, body }: HttpResponse): boolean {
  return (
    (status === 401 || status === 403) &&
    !isWebPage(body) &&
    !/\b(?:basic|negotiate|ntlm)\b/i.test(headers['www-authenticate'] ?? '')
  );
}

/** What a status other than success means; `said` is the server's own explanation, if it gave one. */
export function failureOf(host: string, response: HttpResponse, said: string | undefined): Failure {
  if (response.status >= 300 && response.status <= 399) {
    return new Redirected(host, targetOf(response));
  }
  switch (response.status) {
    case 401:
      return new SessionRefused(host, said);
    case 403:
      return new AccessDenied(host, said);
    case 404:
      return new NotFound(host, said);
    case 429:
      return new Throttled(host, retryAfter(response), said);
    default:
      return new ServerFailed(host, response.status, said);
  }
}

/** The server that an answer points to, without the path, which may hold what is not for the log. */
function targetOf({ headers: { location } }: HttpResponse): string | undefined {
  return location !== undefined && URL.canParse(location) ? new URL(location).host : undefined;
}

function retryAfter(response: HttpResponse): number | undefined {
  const value = response.headers['retry-after'];
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
