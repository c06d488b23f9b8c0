import { unlessAborted } from '../../base/abort';
import type { SecondQuestion } from '../../products/signIn';
import type { AskPerson } from './signInByHand';

/** How far a sign-in has come: it is over, or waits for an answer. */
export type Progress<T> = { readonly done: T } | { readonly question: SecondQuestion };

/**
 * A sign-in that may stop to ask the person, seen from dialogs that come and go: each of them waits until it is over or asks
 * the next question, and the next dialog answers.
 */
export class AskedSignIn<T> {
  readonly #controller = new AbortController();
  readonly #outcome: Promise<Progress<T>>;
  /** Ends the waiting of a dialog with the next question. */
  #show: ((progress: Progress<T>) => void) | undefined;
  /** The question that is open, for who comes to wait later than it. */
  #question: SecondQuestion | undefined;
  #answer: ((answer: string) => void) | undefined;

  /** @param start begins at once, and ends with `signal` */
  constructor(start: (ask: AskPerson, signal: AbortSignal) => Promise<T>) {
    this.#outcome = start(question => this.#ask(question), this.#controller.signal).then(done => ({ done }));
    // Whoever waits hears of it; between two dialogs nobody does.
    this.#outcome.catch(() => undefined);
  }

  /**
   * Goes on until it is over or asks.
   * @param signal cancels all of it if it is aborted while this waits
   * @throws what the sign-in throws
   */
  async progress(signal: AbortSignal): Promise<Progress<T>> {
    if (this.#question) {
      return { question: this.#question };
    }
    const asked = new Promise<Progress<T>>(resolve => {
      this.#show = resolve;
    });
    const cancel = () => this.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await Promise.race([this.#outcome, asked]);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Goes on with the answer to the question that was asked last. */
  async answer(answer: string, signal: AbortSignal): Promise<Progress<T>> {
    this.#question = undefined;
    this.#answer?.(answer);
    return await this.progress(signal);
  }

  /** The person has left: nothing of it is left behind. */
  cancel(): void {
    this.#controller.abort();
  }

  async #ask(question: SecondQuestion): Promise<string> {
    const answer = new Promise<string>(resolve => {
      this.#answer = resolve;
    });
    this.#question = question;
    this.#show?.({ question });
    return await unlessAborted(answer, this.#controller.signal);
  }
}
