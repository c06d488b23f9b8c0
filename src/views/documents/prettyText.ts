import { nextSlice } from '../../base/timeSlices';

/** Levels that are indented; beyond them the blanks alone would fill the memory. */
const deepestNesting = 200;

/** Characters of a text that is laid out at all, and of what may become of it. An item has a few thousand. */
const longestText = 6_000_000;
const longestResult = 24_000_000;

export function isTooLong(text: string): boolean {
  return text.length > longestText;
}

export function isTooDeep(depth: number): boolean {
  return depth > deepestNesting;
}

/** A text that is put together piece by piece, with an eye on how long it gets. */
export class Lines {
  readonly #pieces: string[] = [];
  #length = 0;

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Begins a line, two blanks a level. */
  begin(depth: number): void {
    this.add(`\n${'  '.repeat(depth)}`);
  }

  /** Lets others have their turn; false once the text has become too long. */
  async goesOn(): Promise<boolean> {
    await nextSlice();
    return this.#length <= longestResult;
  }

  get text(): string {
    return this.#pieces.join('');
  }
}
