import { Bounds } from './bounds';

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Counts what JSON consists of while it arrives. */
export class JsonBounds {
  readonly #bounds = new Bounds();
  #depth = 0;
  #inText = false;
  /** How much has come, before this piece, of the text that is not at its end yet. */
  #textLength = 0;
  /** Whether the next character is escaped. */
  #escaped = false;

  /** @throws {TooMuch} */
  write(piece: string): void {
    let depth = this.#depth;
    let containers = 0;
    let values = 0;
    let at = this.#inText ? this.#behindText(piece, 0) : 0;
    for (; at < piece.length; at++) {
      switch (piece.charCodeAt(at)) {
        case quote:
          at = this.#behindText(piece, at + 1) - 1;
          break;
        case comma:
          values++;
          break;
        case openList:
        case openObject:
          containers++;
          this.#bounds.checkDepth(++depth);
          break;
        case closeList:
        case closeObject:
          depth--;
          break;
      }
    }
    this.#depth = depth;
    this.#bounds.add(containers, values);
  }

  /** Where a text ends in which the piece stands at `from`. */
  #behindText(piece: string, from: number): number {
    let start = this.#escaped ? from + 1 : from;
    const before = this.#inText ? this.#textLength : 0;
    this.#escaped = false;
    for (let end = piece.indexOf('"', start); end >= 0; end = piece.indexOf('"', start)) {
      const isEscaped = backslashesBefore(piece, start, end) % 2 === 1;
      start = end + 1;
      if (!isEscaped) {
        this.#inText = false;
        this.#bounds.checkText(before + end - from);
        return start;
      }
    }
    this.#inText = true;
    this.#textLength = before + piece.length - from;
    this.#bounds.checkText(this.#textLength);
    this.#escaped = start > piece.length || backslashesBefore(piece, start, piece.length) % 2 === 1;
    return piece.length;
  }
}

function backslashesBefore(piece: string, start: number, end: number): number {
  let at = end;
  while (at > start && piece.charCodeAt(at - 1) === backslash) {
    at--;
  }
  return end - at;
}
