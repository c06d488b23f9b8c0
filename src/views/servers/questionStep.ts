import * as vscode from 'vscode';
import type { SecondQuestion } from '../../products/signIn';
import type { AskedSignIn, Progress } from '../../servers/session/askedSignIn';
import { askText, type Frame, type InputProblem, type Move, type Step } from '../shared/multiStep';

/** Ends the steps with what a sign-in leads to. `progress` waits for that; undefined says that the server asks a question. */
export type EndSteps<T> = (
  progress: () => Promise<{ readonly done: T } | undefined>,
  signal: AbortSignal,
  commit: () => void,
) => Promise<Move | InputProblem>;

type Restart = (signal: AbortSignal, commit: () => void) => Move | Promise<Move | InputProblem>;

/** Where {@link EndSteps} goes when the server asks a question. */
export const toQuestion = { to: 'question' } as const satisfies Move;

/** The last of the steps that sign in: what the server wants to know besides a password, such as a one-time code. */
export class QuestionStep<T> {
  readonly #host: () => string;
  readonly #restart: Restart;
  readonly #end: EndSteps<T>;
  /** Under way, and waiting for an answer to its question. */
  #asked: { readonly signIn: AskedSignIn<T>; readonly question: SecondQuestion } | undefined;

  /**
   * @param host for the text while the answer is on its way
   * @param restart what Enter does once the sign-in was stopped, or has failed, while it was being answered
   */
  constructor(host: () => string, restart: Restart, end: EndSteps<T>) {
    this.#host = host;
    this.#restart = restart;
    this.#end = end;
  }

  /** Those steps, and the question if there is one. Whoever goes back from it stops the sign-in. */
  after(steps: readonly Step[]): readonly Step[] {
    const before = steps.map(step => ({
      ...step,
      show: async (frame: Frame) => {
        this.cancel();
        return await step.show(frame);
      },
    }));
    return this.#asked
      ? [...before, { key: 'question', name: this.#asked.question.label, show: frame => this.#ask(frame) }]
      : before;
  }

  /** Waits until the sign-in is over; undefined if the server asks a question, which is then the last of the steps. */
  async progress(signIn: AskedSignIn<T>, signal: AbortSignal): Promise<{ readonly done: T } | undefined> {
    return await this.#follow(signIn, signIn.progress(signal));
  }

  /** Nothing is left of a sign-in that waits for an answer. */
  cancel(): void {
    this.#asked?.signIn.cancel();
    this.#asked = undefined;
  }

  async #ask(frame: Frame): Promise<Move> {
    const asked = this.#asked;
    if (!asked) {
      throw new Error('nothing was asked');
    }
    const { prompt, problem } = asked.question;
    return await askText(frame, {
      value: '',
      prompt,
      problem,
      busyText: vscode.l10n.t('Signing in to {0}…', this.#host()),
      changed: () => undefined,
      accept: (text, signal, commit) =>
        text.trim() === ''
          ? { problem: vscode.l10n.t('Enter a value') }
          : this.#answer(asked.signIn, text.trim(), signal, commit),
    });
  }

  async #answer(
    signIn: AskedSignIn<T>,
    answer: string,
    signal: AbortSignal,
    commit: () => void,
  ): Promise<Move | InputProblem> {
    if (!this.#asked) {
      return await this.#restart(signal, commit);
    }
    const move = await this.#end(() => this.#follow(signIn, signIn.answer(answer, signal)), signal, commit);
    // The same question again stays on the screen.
    return this.#asked && move === toQuestion ? { problem: this.#asked.question.problem ?? '' } : move;
  }

  async #follow(signIn: AskedSignIn<T>, going: Promise<Progress<T>>): Promise<{ readonly done: T } | undefined> {
    this.#asked = undefined;
    const progress = await going;
    if ('done' in progress) {
      return progress;
    }
    this.#asked = { signIn, question: progress.question };
    return undefined;
  }
}
