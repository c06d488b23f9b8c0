import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { AccountKind } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import type { NewServer } from '../../servers/list/savedServer';
import { nameIn } from '../shared/harmless';
import {
  type Answered,
  askPick,
  askText,
  type Frame,
  type Move,
  type Step,
  type TextOptions,
} from '../shared/multiStep';
import type { ServerDraft } from './serverDraft';
import { rememberChoices } from './signInSteps';

/** Whom a secret is for: the same words may be good for an administrator and not for a tenant. */
type EnteredCredentials = Pick<NewServer, 'url' | 'userName' | 'accountKind'> & { readonly password: string };

/** How steps end. */
export interface StepEnds {
  /** Goes on, or finishes if the step of this key is the last one. */
  after(key: string, signal: AbortSignal, commit: () => void): Answered;
  /** Signs in and saves, as all else has been answered. */
  finish(signal: AbortSignal, commit: () => void): Answered;
}

/** The account to sign in with, its password or key, and whether to keep that. */
export class AccountSteps {
  readonly #draft: ServerDraft;
  readonly #ends: StepEnds;
  #problem: string | undefined;
  /** Sent and refused: not sent again as it is. */
  #refused: EnteredCredentials | undefined;
  #remember = true;

  constructor(draft: ServerDraft, ends: StepEnds) {
    this.#draft = draft;
    this.#ends = ends;
  }

  get nameSteps(): readonly Step[] {
    return this.#draft.hasUserName
      ? [{ key: 'account', name: vscode.l10n.t('Account'), show: frame => this.#askUserName(frame) }]
      : [];
  }

  get secretSteps(): readonly Step[] {
    const { secret, keepsSecrets, signsInLater } = this.#draft;
    const password: Step = { key: 'password', name: secret.label(), show: frame => this.#askSecret(frame) };
    const remember: Step = {
      key: 'remember',
      name: vscode.l10n.t('Remember'),
      show: frame => this.#askWhetherToRemember(frame),
    };
    return keepsSecrets || signsInLater || secret.isKey ? [password] : [password, remember];
  }

  /** A key is its own session, so it is kept in any case. */
  get remember(): boolean {
    return this.#remember || this.#draft.secret.isKey === true;
  }

  /** The server has refused what is entered now. */
  refuse(problem: string): void {
    this.#refused = this.#credentials;
    this.#problem = this.#withWayBack(problem);
  }

  /** Whether the server has refused what is entered now. */
  get isRefused(): boolean {
    return isDeepStrictEqual(this.#refused, this.#credentials);
  }

  get #credentials(): EnteredCredentials {
    const { url, userName, accountKind } = this.#draft.server;
    return { url, userName, accountKind, password: this.#draft.password };
  }

  async #askUserName(frame: Frame): Promise<Move> {
    const { name, origin, apiVersions } = this.#draft.found;
    const { userName } = this.#draft.kind ?? {};
    const server = apiVersions[0]
      ? vscode.l10n.t('{0} (API {1}) at {2}.', name, this.#draft.versionName(apiVersions[0]), hostAndPort(origin))
      : vscode.l10n.t('{0} at {1}.', name, hostAndPort(origin));
    return await this.#withOtherKinds(buttons =>
      askText(frame, {
        value: this.#draft.userName,
        prompt: [server, userName?.question()].filter(Boolean).join(' '),
        placeholder: userName?.example() ?? '',
        buttons,
        changed: text => {
          this.#draft.userName = text;
          this.#problem = undefined;
        },
        accept: text => (text.trim() === '' ? { problem: vscode.l10n.t('Enter a user name.') } : 'next'),
      }),
    );
  }

  /** Asks with a button for each other kind of account that the product has. */
  async #withOtherKinds(
    ask: (buttons: readonly { icon: string; tooltip: string; move: Move }[]) => Promise<Move>,
  ): Promise<Move> {
    const others = this.#draft.kinds
      .filter(({ id }) => id !== this.#draft.kind?.id)
      .map(kind => {
        const to: Move = { to: kind.userName ? 'account' : 'password' };
        return { kind, button: { icon: kind.icon, tooltip: kind.offer(), move: to } };
      });
    const move = await ask(others.map(({ button }) => button));
    const chosen = others.find(({ button }) => button.move === move)?.kind;
    if (chosen) {
      this.chooseKind(chosen);
    }
    return move;
  }

  chooseKind({ id }: AccountKind): void {
    const before = this.#draft.secret;
    this.#draft.accountKind = id;
    this.#problem = undefined;
    if (this.#draft.secret !== before) {
      this.#draft.password = ''; // a password is not meant for where a key goes
    }
  }

  async #askSecret(frame: Frame): Promise<Move> {
    const host = hostAndPort(this.#draft.found.origin);
    const ask = (buttons: TextOptions['buttons'] = []) =>
      askText(frame, {
        value: this.#draft.password,
        password: true,
        problem: this.#problem,
        prompt: this.#prompt,
        buttons,
        changed: text => {
          this.#draft.password = text;
          this.#problem = undefined;
        },
        busyText: vscode.l10n.t('Signing in to {0}…', host),
        accept: (text, signal, commit) => this.#acceptSecret(text, signal, commit),
      });
    // Where an account has a name, its kind is chosen there.
    const move = await (this.#draft.kind?.userName ? ask() : this.#withOtherKinds(ask));
    return move === 'back' && this.isRefused && this.#draft.hasUserName ? { to: 'account' } : move;
  }

  /** The name may be what is wrong. */
  #withWayBack(problem: string): string {
    return this.#draft.hasUserName
      ? `${problem} ${vscode.l10n.t('To change the user name, go back one step.')}`
      : problem;
  }

  #acceptSecret(text: string, signal: AbortSignal, commit: () => void): Answered {
    const { secret } = this.#draft;
    this.#draft.leftEmpty = text === '' && this.#draft.browserWay !== undefined;
    if (text === '') {
      return this.#draft.staysWhereItIs || this.#draft.leftEmpty
        ? this.#ends.after('password', signal, commit)
        : { problem: secret.missing() };
    }
    if (this.isRefused) {
      return { problem: this.#withWayBack(secret.refusedBefore(hostAndPort(this.#draft.found.origin))) };
    }
    const problem = secret.problem?.(text);
    if (problem !== undefined) {
      return { problem };
    }
    // All else has been answered when a password was refused.
    return this.#refused ? this.#ends.finish(signal, commit) : this.#ends.after('password', signal, commit);
  }

  get #prompt(): string {
    const host = hostAndPort(this.#draft.found.origin);
    const userName = nameIn(this.#draft.server.userName, 60);
    if (this.#draft.staysWhereItIs) {
      return userName
        ? vscode.l10n.t('Leave it empty to stay signed in as {0}, or enter a new password.', userName)
        : vscode.l10n.t('Leave it empty to stay signed in, or enter a new API key.');
    }
    return [
      this.#draft.secret.prompt({ host, userName }),
      this.#draft.edited &&
        vscode.l10n.t('The stored password belongs to another address or user and is not sent there.'),
      this.#draft.browserWay?.browser.invitation(),
    ]
      .filter(Boolean)
      .join(' ');
  }

  async #askWhetherToRemember(frame: Frame): Promise<Move> {
    const items = rememberChoices();
    return await askPick(frame, {
      items,
      active: items.find(({ remember }) => remember === this.#remember),
      placeholder: vscode.l10n.t('Remember the password on this computer?'),
      accept: ({ remember }, signal, commit) => {
        this.#remember = remember;
        return this.#ends.after('remember', signal, commit);
      },
    });
  }
}
