import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import type { SecondQuestion, SecretWay } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import { productOf, type SavedServer } from '../../servers/list/savedServer';
import { AskedSignIn, type Progress } from '../../servers/session/askedSignIn';
import type { AskPerson } from '../../servers/session/signInByHand';
import { nameIn } from '../shared/harmless';
import { askPick, askText, type Frame, type InputProblem, type Move, runSteps, type Step } from '../shared/multiStep';

/** Signs in with what the user gave. */
export type SignIn = (secret: string, remember: boolean, signal: AbortSignal, ask: AskPerson) => Promise<void>;

/**
 * Asks for the password of a saved server, or for the key in its place, and whether to keep it, until it has signed in; and
 * for what the server wants to know besides.
 * @returns false if the user left
 * @throws {ServerChanged} if the server is not the one that was shown
 */
export async function askToSignIn(server: SavedServer, way: SecretWay, signIn: SignIn): Promise<boolean> {
  const steps = new SignInSteps(server, way, signIn);
  try {
    return await runSteps(vscode.l10n.t('Sign in to {0}', nameIn(server.name, 40)), () => steps.steps);
  } finally {
    steps.cancel();
  }
}

class SignInSteps {
  readonly #server: SavedServer;
  readonly #way: SecretWay;
  readonly #signIn: SignIn;
  #secret = '';
  #remember: boolean | undefined;
  #problem: string | undefined;
  /** Not sent a second time. */
  #refused: string | undefined;
  /** Under way, and waiting for an answer to its question. */
  #asked: { readonly signIn: AskedSignIn<void>; question: SecondQuestion } | undefined;

  constructor(server: SavedServer, way: SecretWay, signIn: SignIn) {
    this.#server = server;
    this.#way = way;
    this.#signIn = signIn;
    this.#remember = way.secret.isKey ? true : undefined;
  }

  get steps(): readonly Step[] {
    const { secret } = this.#way;
    return [
      { key: 'password', name: secret.label(), show: frame => this.#askSecret(frame) },
      ...(secret.isKey
        ? []
        : [
            {
              key: 'remember',
              name: vscode.l10n.t('Remember'),
              show: (frame: Frame) => this.#askWhetherToRemember(frame),
            },
          ]),
      ...(this.#asked
        ? [{ key: 'question', name: this.#asked.question.label, show: (frame: Frame) => this.#askQuestion(frame) }]
        : []),
    ];
  }

  /** Nothing is left of a sign-in that waits for an answer. */
  cancel(): void {
    this.#asked?.signIn.cancel();
    this.#asked = undefined;
  }

  async #askSecret(frame: Frame): Promise<Move> {
    this.cancel();
    const host = hostAndPort(this.#server.url);
    const { secret } = this.#way;
    return await askText(frame, {
      value: this.#secret,
      password: true,
      problem: this.#problem,
      prompt: secret.prompt({
        host,
        userName: nameIn(this.#server.userName, 60),
        product: productOf(this.#server)?.name ?? nameIn(this.#server.product, 60),
      }),
      busyText: vscode.l10n.t('Signing in to {0}…', host),
      changed: text => {
        this.#secret = text;
        this.#problem = undefined;
      },
      accept: (text, signal) => {
        if (text === '') {
          return { problem: secret.missing() };
        }
        if (text === this.#refused) {
          return { problem: secret.refusedBefore(host) };
        }
        const problem = secret.problem?.(text);
        if (problem !== undefined) {
          return { problem };
        }
        // The other question was answered before a password was refused.
        return this.#remember === undefined ? 'next' : this.#try(this.#remember, signal);
      },
    });
  }

  async #askWhetherToRemember(frame: Frame): Promise<Move> {
    this.cancel();
    return await askPick(frame, {
      items: rememberChoices(),
      placeholder: vscode.l10n.t('Remember the password on this computer?'),
      accept: ({ remember }, signal) => {
        this.#remember = remember;
        return this.#try(remember, signal);
      },
    });
  }

  async #askQuestion(frame: Frame): Promise<Move> {
    const asked = this.#asked;
    if (!asked) {
      return { to: 'password' };
    }
    return await askSecondQuestion(frame, asked.question, hostAndPort(this.#server.url), async (answer, signal) => {
      if (!this.#asked) {
        return { to: 'password' }; // stopped while it was being answered
      }
      const move = await this.#follow(asked.signIn, asked.signIn.answer(answer, signal));
      return this.#asked && typeof move === 'object' && 'to' in move && move.to === 'question'
        ? { problem: this.#asked.question.problem ?? '' }
        : move;
    });
  }

  async #try(remember: boolean, signal: AbortSignal): Promise<Move> {
    const signIn = new AskedSignIn((ask, abort) => this.#signIn(this.#secret, remember, abort, ask));
    return await this.#follow(signIn, signIn.progress(signal));
  }

  async #follow(signIn: AskedSignIn<void>, going: Promise<Progress<void>>): Promise<Move> {
    try {
      const progress = await going;
      this.#asked = 'question' in progress ? { signIn, question: progress.question } : undefined;
      return this.#asked ? { to: 'question' } : 'done';
    } catch (error) {
      this.#asked = undefined;
      // The input names a server that is not there any more as it was.
      if (!isFailure(error) || error.kind === 'cancelled' || error.kind === 'serverChanged') {
        throw error;
      }
      this.#problem = error.message;
      this.#refused = error.kind === 'credentialsRefused' ? this.#secret : undefined;
      return { to: 'password' };
    }
  }
}

/** Asks what a server wants to know besides a password, such as a one-time code. */
export async function askSecondQuestion(
  frame: Frame,
  { prompt, problem }: SecondQuestion,
  host: string,
  accept: (answer: string, signal: AbortSignal, commit: () => void) => Promise<Move | InputProblem>,
): Promise<Move> {
  return await askText(frame, {
    value: '',
    prompt,
    problem,
    busyText: vscode.l10n.t('Signing in to {0}…', host),
    changed: () => undefined,
    accept: (text, signal, commit) =>
      text.trim() === '' ? { problem: vscode.l10n.t('Enter a value') } : accept(text.trim(), signal, commit),
  });
}

/** The items of a quick pick that asks whether to keep the password. */
export function rememberChoices(): readonly (vscode.QuickPickItem & { readonly remember: boolean })[] {
  return [
    {
      label: vscode.l10n.t('Remember the password'),
      detail: vscode.l10n.t('Kept in the secret store of this computer; sessions are renewed without asking.'),
      remember: true,
    },
    {
      label: vscode.l10n.t('Do not remember the password'),
      detail: vscode.l10n.t('Only the session is kept; you will be asked again when it ends.'),
      remember: false,
    },
  ];
}
