import { TextDecoder } from 'node:util';
import { nextSlice } from '../../base/timeSlices';
import type { BodyReader } from '../../http/body';
import { AnswerTooLarge, MalformedBody, WebPage } from '../failures';
import { TooMuch } from './bounds';
import { JsonBounds } from './jsonBounds';
import { parseLargeJson } from './largeJson';

/** Makes a value of text that comes in pieces. */
export interface TextParser {
  readonly format: 'JSON' | 'XML';
  /** @throws {Error} if it cannot be of that format */
  write(piece: string): void;
  /** @throws {Error} if it was not of that format */
  end(): unknown;
  /** What is wrong, for the log, without quoting what may hold a token. */
  detailOf(error: unknown, bytes: number): string;
}

/** Enough to tell what a body is. */
const startBytes = 1024;

/** Takes a few milliseconds at most, what is made of it included; in the first body more, as its code is not warm yet. */
const bytesAtOnce = 16 * 1024;

/**
 * Parses a body while it arrives, in slices. UTF-8 unless a byte-order mark says UTF-16; the mark itself is dropped.
 */
export class BodyParser implements BodyReader {
  readonly #host: string;
  readonly #choose: (start: string) => TextParser;
  /** Until there is enough of it. */
  #start = Buffer.alloc(0);
  #begun: { readonly decoder: TextDecoder; readonly parser: TextParser } | undefined;
  #isWebPage = false;
  #bytes = 0;
  /** Why the rest is not parsed. */
  #wrong: { readonly error: unknown } | undefined;

  /** @param choose by how the text begins */
  constructor(host: string, choose: (start: string) => TextParser) {
    this.#host = host;
    this.#choose = choose;
  }

  async write(chunk: Buffer): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#begun) {
      await this.#parse(chunk);
      return;
    }
    this.#start = Buffer.concat([this.#start, chunk]);
    if (this.#start.length >= startBytes) {
      await this.#begin();
    }
  }

  /**
   * All of the body has come.
   * @throws {MalformedBody | WebPage | AnswerTooLarge}
   */
  async end(): Promise<unknown> {
    const { decoder, parser } = this.#begun ?? (await this.#begin());
    if (this.#isWebPage) {
      throw new WebPage(this.#host);
    }
    try {
      if (this.#wrong) {
        throw this.#wrong.error;
      }
      parser.write(decode(decoder, undefined));
      return await parser.end();
    } catch (error) {
      if (error instanceof TooMuch) {
        throw new AnswerTooLarge(this.#host, error.message);
      }
      const detail = error instanceof NoText ? error.message : parser.detailOf(error, this.#bytes);
      throw new MalformedBody(this.#host, parser.format, detail);
    }
  }

  async #begin() {
    const start = this.#start;
    this.#start = Buffer.alloc(0);
    this.#isWebPage = isWebPage(start);
    const parser = this.#choose(textOf(start.subarray(0, startBytes), 'lenient') ?? '');
    this.#begun = { decoder: decoderOf(start, 'strict'), parser };
    await this.#parse(start);
    return this.#begun;
  }

  async #parse(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length && !this.#wrong && !this.#isWebPage; from += bytesAtOnce) {
      await nextSlice();
      try {
        this.#begun?.parser.write(decode(this.#begun.decoder, chunk.subarray(from, from + bytesAtOnce)));
      } catch (error) {
        this.#wrong = { error };
      }
    }
  }
}

/**
 * @param piece undefined at the end, which may be in the middle of a character
 * @throws {NoText}
 */
function decode(decoder: TextDecoder, piece: Buffer | undefined): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch (error) {
    throw new NoText('not UTF-8', { cause: error });
  }
}

/** The bytes are no text in the encoding that they announce. */
class NoText extends Error {}

/** Reads JSON. What comes is counted at once, and parsed when all of it is there. */
export class JsonParser implements TextParser {
  readonly format = 'JSON';
  readonly #bounds = new JsonBounds();
  #pieces: string[] = [];
  /** The first that is not blank. */
  #start: string | undefined;

  /** @throws {TooMuch} */
  write(piece: string): void {
    this.#bounds.write(piece);
    this.#pieces.push(piece);
    this.#start ??= piece.trim() === '' ? undefined : piece;
  }

  // Parsing while it arrives would take a parser other than `JSON.parse`, all of which take longer than that and waiting.
  end(): Promise<unknown> {
    const text = this.#pieces.join('');
    this.#pieces = []; // the whole is enough in memory
    return parseLargeJson(text);
  }

  detailOf(error: unknown, bytes: number): string {
    // The parser's message quotes the body.
    const position = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
    return `${kindOf(this.#start ?? '')}, ${bytes} bytes${position ? `, ${position}` : ''}`;
  }
}

function kindOf(text: string): string {
  const start = text.trimStart();
  return start === '' ? 'empty' : start.startsWith('<') ? 'XML' : 'text';
}

/**
 * The value of a body that has come as a whole.
 * @throws {MalformedBody | WebPage | AnswerTooLarge}
 */
export async function parseBody(host: string, body: Buffer, choose: (start: string) => TextParser): Promise<unknown> {
  const parser = new BodyParser(host, choose);
  await parser.write(body);
  return await parser.end();
}

/**
 * The value of a body in JSON that has come as a whole.
 * @throws {MalformedBody | WebPage | AnswerTooLarge}
 */
export async function parseJson(host: string, body: Buffer): Promise<unknown> {
  return await parseBody(host, body, () => new JsonParser());
}

/**
 * The value of a body that is parsed while it arrives.
 * @param ask sends a request; a failure and all but a 200 are its own to tell
 * @throws {MalformedBody | WebPage | AnswerTooLarge}
 */
export async function parseArriving(
  host: string,
  choose: (start: string) => TextParser,
  ask: (reader: () => BodyReader) => Promise<unknown>,
): Promise<unknown> {
  let parser = new BodyParser(host, choose);
  await ask(() => {
    parser = new BodyParser(host, choose); // what an answer before this one has left is of no use
    return parser;
  });
  return await parser.end();
}

/** The text of a body. UTF-8 unless a byte-order mark says UTF-16; the mark itself is dropped. Undefined if it is neither. */
export function textOf(body: Buffer, mistakes: 'strict' | 'lenient' = 'strict'): string | undefined {
  try {
    return decoderOf(body, mistakes).decode(body);
  } catch {
    return undefined;
  }
}

function decoderOf(body: Buffer, mistakes: 'strict' | 'lenient'): TextDecoder {
  const encoding =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: mistakes === 'strict' });
}

/** Whether a body is a page for people. */
export function isWebPage(body: Buffer): boolean {
  let start = (textOf(body.subarray(0, startBytes), 'lenient') ?? '').replace(/^\s*(?:<\?xml[^>]*>)?\s*/i, '');
  while (start.startsWith('<!--')) {
    const end = start.indexOf('-->', '<!--'.length);
    start = end < 0 ? '' : start.slice(end + '-->'.length).trimStart();
  }
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}
