import { unlessAborted } from './abort';

/** Work whose outcome several wait for. It goes on as long as one of them does, and is given up with the last one. */
export class SharedWork<T> {
  readonly outcome: Promise<T>;
  readonly #controller = new AbortController();
  #waiting = 0;
  #isDone = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.outcome = work(this.#controller.signal).finally(() => {
      this.#isDone = true;
    });
  }

  /** Nobody waited any more before it was done: its outcome is worth nothing. */
  get isGivenUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** @throws {Failure} the work's own, or Cancelled as soon as the signal aborts */
  async wait(signal: AbortSignal): Promise<T> {
    this.#waiting++;
    try {
      return await unlessAborted(this.outcome, signal);
    } finally {
      if (--this.#waiting === 0 && !this.#isDone) {
        this.#controller.abort();
      }
    }
  }
}
