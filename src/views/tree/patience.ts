import { endsWithin } from '../../base/abort';

/** One short deadline for all questions that come in a row, never one each. */
export class Patience {
  readonly #milliseconds: number;
  #deadline = 0;
  #lastAsked = 0;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  async waitFor(promise: Promise<void>): Promise<void> {
    const now = performance.now();
    // A pause since the last question: somebody opened another node, or another refresh has begun.
    if (now - Math.max(this.#lastAsked, this.#deadline) > this.#milliseconds) {
      this.#deadline = now + this.#milliseconds;
    }
    const left = this.#deadline - now;
    if (left > 0) {
      await endsWithin(left, promise);
    }
    this.#lastAsked = performance.now();
  }
}
