import { closeSync, openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** How long a timer has to wait for its turn, in milliseconds. */
export class Watch {
  longest = 0;
  /** In time that the processor has worked for this thread; NaN where the system does not tell it. */
  longestOfProcessor = 0;
  readonly #file = process.platform === 'linux' ? openSync(`/proc/self/task/${process.pid}/schedstat`, 'r') : undefined;
  #last = performance.now();
  #lastOfProcessor = this.#processorTime();
  readonly #timer = setInterval(() => this.#look(), 1);

  end(): void {
    this.#look();
    clearInterval(this.#timer);
    if (this.#file !== undefined) {
      closeSync(this.#file);
    }
  }

  #look(): void {
    const now = performance.now();
    const worked = this.#processorTime();
    this.longest = Math.max(this.longest, now - this.#last);
    this.longestOfProcessor = Math.max(this.longestOfProcessor, worked - this.#lastOfProcessor);
    this.#last = now;
    this.#lastOfProcessor = worked;
  }

  #processorTime(): number {
    if (this.#file === undefined) {
      return Number.NaN;
    }
    const text = Buffer.alloc(100);
    const length = readSync(this.#file, text, 0, text.length, 0);
    return Number(text.toString('latin1', 0, length).split(' ')[0]) / 1_000_000;
  }
}
