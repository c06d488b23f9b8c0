/** What takes long to tell is told less often than that: the rest has this many times as long in between. */
const pauseTimes = 10;

/** Tells of the present state, once at a time. What changes while that is on its way is told in one more. */
export class PacedTelling {
  readonly #tellNow: () => Promise<void>;
  readonly #run: (work: Promise<void>) => void;
  /** There is something to tell that is not on its way yet. */
  #isDue = false;
  #telling: Promise<void> | undefined;
  /** By {@link performance.now}: until then, news can wait. */
  #restUntil = 0;
  #isOver = false;

  /** @param run runs work in the background, and shows a failure */
  constructor(tellNow: () => Promise<void>, run: (work: Promise<void>) => void) {
    this.#tellNow = tellNow;
    this.#run = run;
  }

  get isDue(): boolean {
    return this.#isDue;
  }

  /** Whether news that can wait may be told. */
  get isRested(): boolean {
    return !this.#telling && performance.now() >= this.#restUntil;
  }

  tell(): void {
    this.#isDue = true;
    if (!this.#telling) {
      this.#telling = this.#tellWhileDue();
      this.#run(this.#telling);
    }
  }

  /** No more is told. */
  end(): void {
    this.#isOver = true;
  }

  async #tellWhileDue(): Promise<void> {
    try {
      while (this.#isDue && !this.#isOver) {
        this.#isDue = false;
        const began = performance.now();
        await this.#tellNow();
        const now = performance.now();
        this.#restUntil = now + (now - began) * pauseTimes;
      }
    } finally {
      this.#telling = undefined;
    }
  }
}
