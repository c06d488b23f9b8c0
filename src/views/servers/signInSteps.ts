import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import type { SecretWay } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import { productOf, type SavedServer } from '../../servers/list/savedServer';
import { AskedSignIn } from '../../servers/session/askedSignIn';
import type { AskPerson } from '../../servers/session/signInByHand';
import { nameIn } from '../shared/harmless';
import { askPick, askText, type Frame, type Move, runSteps, type Step } from '../shared/multiStep';
import { QuestionStep, toQuestion } from './questionStep';

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
  readonly #question: QuestionStep<void>;

  constructor(server: SavedServer, way: SecretWay, signIn: SignIn) {
    this.#server = server;
    this.#way = way;
    this.#signIn = signIn;
    this.#remember = way.secret.isKey ? true : undefined;
    this.#question = new QuestionStep(
      () => hostAndPort(server.url),
      () => ({ to: 'password' }),
      progress => this.#end(progress),
    );
  }

  get steps(): readonly Step[] {
    const { secret } = this.#way;
    const ask: Step = { key: 'password', name: secret.label(), show: frame => this.#askSecret(frame) };
    const remember: Step = {
      key: 'remember',
      name: vscode.l10n.t('Remember'),
      show: frame => this.#askWhetherToRemember(frame),
    };
    return this.#question.after(secret.isKey ? [ask] : [ask, remember]);
  }

  cancel(): void {
    this.#question.cancel();
  }

  async #askSecret(frame: Frame): Promise<Move> {
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
    return await askPick(frame, {
      items: rememberChoices(),
      placeholder: vscode.l10n.t('Remember the password on this computer?'),
      accept: ({ remember }, signal) => {
        this.#remember = remember;
        return this.#try(remember, signal);
      },
    });
  }

  async #try(remember: boolean, signal: AbortSignal): Promise<Move> {
    const signIn = new AskedSignIn<void>((ask, abort) => this.#signIn(this.#secret, remember, abort, ask));
    return await this.#end(() => this.#question.progress(signIn, signal));
  }

  async #end(progress: () => Promise<unknown>): Promise<Move> {
    try {
      return (await progress()) ? 'done' : toQuestion;
    } catch (error) {
      // The input names a server that is no longer as it was.
      if (!isFailure(error) || error.kind === 'cancelled' || error.kind === 'serverChanged') {
        throw error;
      }
      this.#problem = error.message;
      this.#refused = error.kind === 'credentialsRefused' ? this.#secret : undefined;
      return { to: 'password' };
    }
  }
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
