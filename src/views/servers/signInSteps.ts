import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import { oneLine } from '../../base/text';
import { hostAndPort } from '../../servers/discovery/address';
import { productOf, type SavedServer } from '../../servers/list/savedServer';
import { askPick, askText, type Frame, type Move, runSteps, type Step } from '../shared/multiStep';

/** Signs in with what the user gave. */
export type SignIn = (password: string, remember: boolean, signal: AbortSignal) => Promise<void>;

/**
 * Asks for the password of a saved server, and whether to keep it, until it has signed in.
 * @returns false if the user left
 * @throws {ServerChanged} if the server is not the one that was shown
 */
export async function askToSignIn(server: SavedServer, signIn: SignIn): Promise<boolean> {
  const steps = new SignInSteps(server, signIn).steps;
  return await runSteps(vscode.l10n.t('Sign in to {0}', oneLine(server.name, 40)), () => steps);
}

class SignInSteps {
  readonly #server: SavedServer;
  readonly #signIn: SignIn;
  #password = '';
  #remember: boolean | undefined;
  #problem: string | undefined;
  /** Not sent a second time. */
  #refused: string | undefined;

  constructor(server: SavedServer, signIn: SignIn) {
    this.#server = server;
    this.#signIn = signIn;
  }

  get steps(): readonly Step[] {
    return [
      { key: 'password', name: vscode.l10n.t('Password'), show: frame => this.#askPassword(frame) },
      { key: 'remember', name: vscode.l10n.t('Remember'), show: frame => this.#askWhetherToRemember(frame) },
    ];
  }

  async #askPassword(frame: Frame): Promise<Move> {
    const host = hostAndPort(this.#server.url);
    return await askText(frame, {
      value: this.#password,
      password: true,
      problem: this.#problem,
      prompt: vscode.l10n.t(
        'Password of {0} for {1} on {2}.',
        oneLine(this.#server.userName, 60),
        productOf(this.#server)?.name ?? oneLine(this.#server.product, 60),
        host,
      ),
      busyText: vscode.l10n.t('Signing in to {0}…', host),
      changed: text => {
        this.#password = text;
        this.#problem = undefined;
      },
      accept: (text, signal) => {
        if (text === '') {
          return { problem: vscode.l10n.t('Enter the password.') };
        }
        if (text === this.#refused) {
          return {
            problem: vscode.l10n.t("{0} rejected this password a moment ago, so it won't be sent again.", host),
          };
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
    try {
      await this.#signIn(this.#password, remember, signal);
      return 'done';
    } catch (error) {
      // The input names a server that is not there any more as it was.
      if (!isFailure(error) || error.kind === 'cancelled' || error.kind === 'serverChanged') {
        throw error;
      }
      this.#problem = error.message;
      this.#refused = error.kind === 'credentialsRefused' ? this.#password : undefined;
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
