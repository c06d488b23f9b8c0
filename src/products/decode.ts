import * as v from 'valibot';
import type { Failure } from '../http/failure';
import { oneLine } from '../http/text';
import type { HttpResponse } from '../http/transport';
import { AccessDenied, MalformedBody, NotFound, ServerFailed, Throttled, UnexpectedShape } from './failures';

/** Readers for what servers send: strict about structure, lenient about how a value is written. */

/** The text of a body. UTF-8 unless a byte-order mark says UTF-16; the mark itself is dropped. Undefined if it is neither. */
export function textOf(body: Buffer): string | undefined {
  const encoding =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** @throws {MalformedBody} */
export function parseJson(host: string, body: Buffer): unknown {
  const text = textOf(body);
  if (text === undefined) {
    throw new MalformedBody(host, 'JSON', 'not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes the body, which may hold a token.
    const position = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
    throw new MalformedBody(host, 'JSON', `${kindOf(text)}, ${body.length} bytes${position ? `, ${position}` : ''}`);
  }
}

function kindOf(text: string): string {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (start === '') {
    return 'empty';
  }
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    return 'an HTML page';
  }
  return start.startsWith('<') ? 'XML' : 'text';
}

/** @throws {UnexpectedShape} */
export function expectShape<Schema extends v.GenericSchema>(
  host: string,
  expected: string,
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]);
    throw new UnexpectedShape(host, expected, path ? `${path}: ${shapeOf(valueAt(result.issues[0]))}` : shapeOf(value));
  }
  return result.output;
}

function valueAt(issue: v.BaseIssue<unknown>): unknown {
  return issue.input;
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

/** A count or size that cannot be negative, also where it came as a text; otherwise undefined. */
export const amount = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): number | undefined => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
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

/** A part that may be missing, null, or not what it should be, which then counts as missing. */
export function part<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.fallback(v.optional(v.nullable(v.object(entries)), null), null);
}

/** What a status other than success means; `said` is the server's own explanation, if it gave one. */
export function failureOf(host: string, response: HttpResponse, said: string | undefined): Failure {
  switch (response.status) {
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

function retryAfter(response: HttpResponse): number | undefined {
  const value = response.headers['retry-after'];
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
