import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { Cancelled, type Failure, isFailure } from '../../base/failure';
import { products } from '../../products/registry';
import type { BrowserWay, SecondQuestion } from '../../products/signIn';
import type { Trial } from '../../servers/connection/trial';
import { hostAndPort } from '../../servers/discovery/address';
import { isCertificateFailure } from '../../servers/discovery/discovery';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import type { NewServer, SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { AskedSignIn, type Progress } from '../../servers/session/askedSignIn';
import { nameIn } from '../shared/harmless';
import {
  askPick,
  askText,
  type Frame,
  type InputProblem,
  type Move,
  runSteps,
  type Step,
  type TextOptions,
} from '../shared/multiStep';
import { AddressStep } from './addressStep';
import { asFound, ServerDraft } from './serverDraft';
import { askSecondQuestion, rememberChoices } from './signInSteps';
import { confirmTrust } from './trustDialog';
import { pickAboutDuplicate, pickServerFolder, pickVersion } from './wizardPicks';

/** The id of a server that was saved, and how it is to be signed in to now, if it was saved signed out. */
export interface Saved {
  readonly saved: string;
  readonly signIn?: BrowserWay;
}

/** How the wizard ended: a server was saved, or the user wants to edit one that is there already. */
export type Outcome = Saved | { readonly edit: string };

/** What somebody else proposes for a server; the user sees it in the steps and can change it. */
export interface Proposal {
  readonly address: string;
  readonly userName?: string | undefined;
  readonly name?: string | undefined;
}

/** Whom a secret is for: the same words may be good for an administrator and not for a tenant. */
type EnteredCredentials = Pick<NewServer, 'url' | 'userName' | 'accountKind'> & { readonly password: string };

/** Asks for all that a server needs, tries it, and saves it. Until then nothing is stored anywhere. */
export class ServerWizard {
  readonly #servers: Servers;
  readonly #address: AddressStep;
  readonly #draft: ServerDraft;
  #passwordProblem: string | undefined;
  /** Sent and refused: not sent again as it is. */
  #refused: EnteredCredentials | undefined;
  #remember = true;
  /** The user has seen that this cannot be tried, and may save it all the same. */
  #untried: { readonly draft: string; readonly password: string } | undefined;
  /** Under way, and waiting for an answer to its question. */
  #asked: { readonly signIn: AskedSignIn<Trial>; readonly question: SecondQuestion } | undefined;
  #outcome: Outcome | undefined;

  /**
   * @param edited the server to change; without it a new one is added
   * @param folder the folder to propose for a new one
   */
  constructor(
    servers: Servers,
    recent: RecentAddresses,
    edited?: SavedServer,
    folder?: string,
    proposed?: Proposal | undefined,
  ) {
    this.#servers = servers;
    this.#address = new AddressStep(servers, recent, edited, edited && asFound(edited));
    this.#address.text ||= proposed?.address ?? '';
    this.#draft = new ServerDraft(servers.list, this.#address, edited, { ...proposed, folder });
  }

  /** Undefined if the user left. */
  async run(): Promise<Outcome | undefined> {
    const title = this.#draft.edited
      ? vscode.l10n.t('Edit {0}', nameIn(this.#draft.edited.name, 40))
      : vscode.l10n.t('Add Server');
    await Promise.all(
      products.map(async ({ id }) => {
        this.#draft.products.set(id, await this.#servers.product(id));
      }),
    );
    try {
      return (await runSteps(title, () => this.#steps)) ? this.#outcome : undefined;
    } finally {
      this.#cancel();
    }
  }

  get #steps(): readonly Step[] {
    const step = (key: string, name: string, show: Step['show']): Step => ({ key, name, show });
    return [
      ...this.#address.steps,
      ...(this.#draft.edited && this.#draft.versions.length > 0
        ? [step('version', vscode.l10n.t('API Version'), frame => this.#askVersion(frame))]
        : []),
      ...(this.#address.found && !this.#draft.kind?.userName
        ? []
        : [step('account', vscode.l10n.t('Account'), frame => this.#askUserName(frame))]),
      ...(this.#draft.duplicate
        ? [step('duplicate', vscode.l10n.t('Already in the List'), frame => this.#askAboutDuplicate(frame))]
        : []),
      step('password', this.#draft.secret.label(), frame => this.#askPassword(frame)),
      ...(this.#draft.keepsSecrets || this.#draft.signsInLater || this.#draft.secret.isKey
        ? []
        : [step('remember', vscode.l10n.t('Remember'), frame => this.#askWhetherToRemember(frame))]),
      ...(this.#servers.list.folders.length > 0
        ? [step('folder', vscode.l10n.t('Folder'), frame => this.#askFolder(frame))]
        : []),
      step('name', vscode.l10n.t('Name'), frame => this.#askName(frame)),
      ...(this.#asked ? [step('question', this.#asked.question.label, frame => this.#askQuestion(frame))] : []),
    ];
  }

  async #askVersion(frame: Frame): Promise<Move> {
    const versions = this.#draft.versions.map(version => ({
      version,
      name: this.#draft.versionName(version),
      isNewest: version === this.#draft.found.apiVersions[0],
      isInUse: version === this.#draft.edited?.apiVersion,
      isServed: this.#draft.found.apiVersions.includes(version),
    }));
    return await pickVersion(frame, versions, this.#draft.server.apiVersion, version => {
      this.#draft.apiVersion = version;
    });
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
          this.#passwordProblem = undefined;
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
      const before = this.#draft.secret;
      this.#draft.accountKind = chosen.id;
      this.#passwordProblem = undefined;
      if (this.#draft.secret !== before) {
        this.#draft.password = ''; // a password is not meant for where a key goes
      }
    }
    return move;
  }

  async #askAboutDuplicate(frame: Frame): Promise<Move> {
    const duplicate = this.#draft.duplicate;
    if (!duplicate) {
      return 'next';
    }
    return await pickAboutDuplicate(frame, duplicate, this.#draft.secret.label(), () => {
      this.#outcome = { edit: duplicate.id };
    });
  }

  async #askPassword(frame: Frame): Promise<Move> {
    this.#cancel();
    const host = hostAndPort(this.#draft.found.origin);
    const secret = this.#draft.secret;
    const ask = (buttons: TextOptions['buttons'] = []) =>
      askText(frame, {
        value: this.#draft.password,
        password: true,
        problem: this.#passwordProblem,
        prompt: this.#passwordPrompt,
        buttons,
        changed: text => {
          this.#draft.password = text;
          this.#passwordProblem = undefined;
        },
        busyText: vscode.l10n.t('Signing in to {0}…', host),
        accept: (text, signal, commit) => {
          this.#draft.leftEmpty = text === '' && this.#draft.browserWay !== undefined;
          if (text === '') {
            return this.#draft.staysWhereItIs || this.#draft.leftEmpty ? 'next' : { problem: secret.missing() };
          }
          if (this.#isRefused) {
            return { problem: secret.refusedBefore(host) };
          }
          const problem = secret.problem?.(text);
          if (problem !== undefined) {
            return { problem };
          }
          // All else has been answered when a password was refused.
          return this.#refused ? this.#finish(signal, commit) : 'next';
        },
      });
    // Where an account has a name, its kind is chosen there.
    return this.#draft.kind?.userName ? await ask() : await this.#withOtherKinds(ask);
  }

  get #passwordPrompt(): string {
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
    this.#cancel();
    const items = rememberChoices();
    return await askPick(frame, {
      items,
      active: items.find(({ remember }) => remember === this.#remember),
      placeholder: vscode.l10n.t('Remember the password on this computer?'),
      accept: ({ remember }) => {
        this.#remember = remember;
        return 'next';
      },
    });
  }

  async #askFolder(frame: Frame): Promise<Move> {
    this.#cancel();
    return await pickServerFolder(frame, this.#servers.list.folders, this.#draft.folder, folder => {
      this.#draft.folder = folder;
    });
  }

  async #askName(frame: Frame): Promise<Move> {
    this.#cancel();
    return await askText(frame, {
      value: this.#draft.name ?? this.#draft.proposedName,
      prompt: this.#draft.keepsSecrets
        ? vscode.l10n.t('The name shown in the list.')
        : this.#draft.signsInLater
          ? (this.#draft.browserWay?.browser.announcement() ?? '')
          : vscode.l10n.t('The name shown in the list. Enter signs in and saves the server.'),
      changed: text => {
        this.#draft.name = text;
      },
      busyText: vscode.l10n.t('Signing in to {0}…', hostAndPort(this.#draft.found.origin)),
      accept: (text, signal, commit) =>
        text.trim() === '' ? { problem: vscode.l10n.t('Enter a name.') } : this.#finish(signal, commit),
    });
  }

  /** What the server wants to know besides: all else has been answered. */
  async #askQuestion(frame: Frame): Promise<Move> {
    const asked = this.#asked;
    if (!asked) {
      return { to: 'name' };
    }
    const host = hostAndPort(this.#draft.found.origin);
    return await askSecondQuestion(frame, asked.question, host, async (answer, signal, commit) => {
      if (!this.#asked) {
        return { to: 'name' }; // stopped while it was being answered
      }
      const move = await this.#finishWith(asked.signIn, asked.signIn.answer(answer, signal), signal, commit);
      return this.#asked && typeof move === 'object' && 'to' in move && move.to === 'question'
        ? { problem: this.#asked.question.problem ?? '' }
        : move;
    });
  }

  /** Nothing is left of a sign-in that waits for an answer. */
  #cancel(): void {
    this.#asked?.signIn.cancel();
    this.#asked = undefined;
  }

  get #credentials(): EnteredCredentials {
    const { url, userName, accountKind } = this.#draft.server;
    return { url, userName, accountKind, password: this.#draft.password };
  }

  get #isRefused(): boolean {
    return isDeepStrictEqual(this.#refused, this.#credentials);
  }

  get #attempt(): { readonly draft: string; readonly password: string } {
    return { draft: JSON.stringify(this.#draft.server), password: this.#draft.password };
  }

  /** Tries what was answered and saves it; otherwise says what to change. */
  async #finish(signal: AbortSignal, commit: () => void): Promise<Move | InputProblem> {
    if (!this.#draft.keepsSecrets && this.#isRefused) {
      return { to: 'password' };
    }
    if (this.#draft.signsInLater || this.#draft.keepsSecrets || isDeepStrictEqual(this.#untried, this.#attempt)) {
      return await this.#attempted(signal, commit, async () => {
        await this.#tryChange(signal);
        return undefined;
      });
    }
    const draft = this.#draft.server;
    const signIn = new AskedSignIn((ask, abort) =>
      this.#servers.test(draft, this.#draft.password, abort, this.#draft.edited, ask),
    );
    return await this.#finishWith(signIn, signIn.progress(signal), signal, commit);
  }

  async #finishWith(
    signIn: AskedSignIn<Trial>,
    going: Promise<Progress<Trial>>,
    signal: AbortSignal,
    commit: () => void,
  ): Promise<Move | InputProblem> {
    return await this.#attempted(signal, commit, async () => {
      this.#asked = undefined;
      const progress = await going;
      if ('done' in progress) {
        if (signal.aborted) {
          await progress.done.discard();
          throw new Cancelled();
        }
        return progress.done;
      }
      this.#asked = { signIn, question: progress.question };
      return { to: 'question' };
    });
  }

  /** Saves what an attempt leads to, or goes where it says. */
  async #attempted(
    signal: AbortSignal,
    commit: () => void,
    attempt: () => Promise<Trial | { readonly to: string } | undefined>,
  ): Promise<Move | InputProblem> {
    try {
      const trial = await attempt();
      if (trial && 'to' in trial) {
        return trial;
      }
      // From here on the server is as good as saved: leaving or typing would come too late.
      commit();
      await this.#save(trial);
      return 'done';
    } catch (error) {
      if (!isFailure(error) || error.kind === 'cancelled') {
        throw error;
      }
      return await this.#answerTo(error, signal, commit);
    }
  }

  /** What is stored may not be good for what has changed. */
  async #tryChange(signal: AbortSignal): Promise<void> {
    const edited = this.#draft.edited;
    const draft = this.#draft.server;
    const { apiVersion, trustedFingerprint } = draft;
    if (
      edited &&
      this.#draft.keepsSecrets &&
      !isDeepStrictEqual(this.#untried, this.#attempt) &&
      (apiVersion !== edited.apiVersion || trustedFingerprint !== edited.trustedFingerprint)
    ) {
      await this.#servers.testChange(edited, draft, signal);
      if (signal.aborted) {
        throw new Cancelled();
      }
    }
  }

  async #save(trial: Trial | undefined): Promise<void> {
    const login =
      this.#draft.keepsSecrets || this.#draft.signsInLater
        ? undefined
        : { password: this.#draft.password, remember: this.#remember || this.#draft.secret.isKey === true, trial };
    let saved: string;
    if (this.#draft.edited) {
      await this.#servers.change(this.#draft.edited, this.#draft.server, login);
      saved = this.#draft.edited.id;
    } else {
      saved = login
        ? await this.#servers.addTested(this.#draft.server, login)
        : await this.#servers.add(this.#draft.server, undefined);
    }
    const signIn = this.#draft.signsInLater ? this.#draft.browserWay : undefined;
    this.#outcome = signIn ? { saved, signIn } : { saved };
  }

  async #answerTo(failure: Failure, signal: AbortSignal, commit: () => void): Promise<Move | InputProblem> {
    if (failure.kind === 'credentialsRefused' && !this.#draft.keepsSecrets) {
      this.#refused = this.#credentials;
      this.#passwordProblem = failure.message;
      return { to: 'password' };
    }
    if (isCertificateFailure(failure)) {
      // It was good, or was accepted, a moment ago.
      if (await confirmTrust(this.#draft.server.name, failure)) {
        this.#address.trust(failure.certificate.fingerprint);
        return signal.aborted ? 'leave' : await this.#finish(signal, commit);
      }
      return { problem: failure.message };
    }
    if (failure.kind === 'serverChanged') {
      return { problem: failure.message };
    }
    this.#untried = this.#attempt;
    return {
      problem: `${failure.message} ${vscode.l10n.t('Press Enter again to save it anyway.')}`,
    };
  }
}
