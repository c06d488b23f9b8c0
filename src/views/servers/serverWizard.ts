import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { Cancelled, type Failure, isFailure } from '../../base/failure';
import { oneLine } from '../../base/text';
import type { AccountKind } from '../../products/product';
import type { Trial } from '../../servers/connection/trial';
import { hostAndPort } from '../../servers/discovery/address';
import { type Found, isCertificateFailure } from '../../servers/discovery/discovery';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import { type NewServer, productOf, type SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { isElsewhere } from '../../servers/session/shownServer';
import { plain } from '../shared/harmless';
import { askPick, askText, type Frame, type Move, type Problem, runSteps, type Step } from '../shared/multiStep';
import { AddressStep } from './addressStep';
import { folderPath } from './folderInputs';
import { mayBeMicrosoft365 } from './microsoft365Inputs';
import { rememberChoices } from './signInSteps';
import { confirmTrust } from './trustDialog';

/** The id of a server that was saved, and how it is to be signed in to now, if it was saved signed out. */
export interface Saved {
  readonly saved: string;
  readonly signIn?: 'microsoft365';
}

/** How the wizard ended: a server was saved, or the user wants to edit one that is there already. */
export type Outcome = Saved | { readonly edit: string };

/** What somebody else proposes for a server; the user sees it in the steps and can change it. */
export interface Proposal {
  readonly address: string;
  readonly userName?: string | undefined;
  readonly name?: string | undefined;
}

/** Whom a password is for: the same words may be good for an administrator and not for a tenant. */
type Credentials = Pick<NewServer, 'url' | 'userName' | 'accountKind'> & { readonly password: string };

/** Asks for all that a server needs, tries it, and saves it. Until then nothing is stored anywhere. */
export class ServerWizard {
  readonly #servers: Servers;
  readonly #edited: SavedServer | undefined;
  readonly #address: AddressStep;
  #userName: string;
  #accountKind: AccountKind | undefined;
  #password = '';
  #passwordProblem: string | undefined;
  /** The user went on without a password. Typing alone changes nothing, so that the steps keep their numbers. */
  #leftEmpty = false;
  /** Sent and refused: not sent again as it is. */
  #refused: Credentials | undefined;
  #remember = true;
  #apiVersion: string | undefined;
  #name: string | undefined;
  #folder: string | undefined;
  /** The user has seen that this cannot be tried, and may save it all the same. */
  #untried: { readonly draft: string; readonly password: string } | undefined;
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
    this.#edited = edited;
    this.#address = new AddressStep(servers, recent, edited, edited && asFound(edited));
    this.#address.text ||= proposed?.address ?? '';
    this.#userName = edited?.userName ?? proposed?.userName ?? '';
    this.#accountKind = edited?.accountKind;
    this.#apiVersion = edited?.apiVersion;
    this.#name = edited?.name ?? proposed?.name;
    this.#folder = edited ? edited.folder : folder;
  }

  /** Undefined if the user left. */
  async run(): Promise<Outcome | undefined> {
    const title = this.#edited
      ? vscode.l10n.t('Edit {0}', oneLine(this.#edited.name, 40))
      : vscode.l10n.t('Add Server');
    return (await runSteps(title, () => this.#steps)) ? this.#outcome : undefined;
  }

  get #steps(): readonly Step[] {
    const step = (key: string, name: string, show: Step['show']): Step => ({ key, name, show });
    return [
      ...this.#address.steps,
      ...(this.#edited && this.#versions.length > 0
        ? [step('version', vscode.l10n.t('API Version'), frame => this.#askVersion(frame))]
        : []),
      step('account', vscode.l10n.t('Account'), frame => this.#askUserName(frame)),
      ...(this.#duplicate
        ? [step('duplicate', vscode.l10n.t('Already in the List'), frame => this.#askAboutDuplicate(frame))]
        : []),
      step('password', vscode.l10n.t('Password'), frame => this.#askPassword(frame)),
      ...(this.#keepsSecrets || this.#signsInLater
        ? []
        : [step('remember', vscode.l10n.t('Remember'), frame => this.#askWhetherToRemember(frame))]),
      ...(this.#servers.list.folders.length > 0
        ? [step('folder', vscode.l10n.t('Folder'), frame => this.#askFolder(frame))]
        : []),
      step('name', vscode.l10n.t('Name'), frame => this.#askName(frame)),
    ];
  }

  get #found(): Found {
    if (!this.#address.found) {
      throw new Error('the address comes first');
    }
    return this.#address.found;
  }

  get #draft(): NewServer {
    const { product, origin, apiVersions, trustedFingerprint } = this.#found;
    const apiVersion = this.#versions.includes(this.#apiVersion ?? '') ? this.#apiVersion : apiVersions[0];
    const { noProxy, clientCertificate, microsoft365 } = this.#edited ?? {};
    return {
      ...{ noProxy, clientCertificate, microsoft365 },
      product,
      url: origin,
      userName: this.#userName.trim(),
      accountKind: productOf({ product })?.tenantAccounts ? this.#accountKind : undefined,
      name: this.#name?.trim() || this.#proposedName,
      apiVersion,
      trustedFingerprint,
      folder: this.#folder,
    };
  }

  /** What is stored stays in use: it is asked for neither again, nor sent anywhere else. */
  get #keepsSecrets(): boolean {
    return this.#edited !== undefined && this.#password === '' && this.#staysWhereItIs;
  }

  get #staysWhereItIs(): boolean {
    return this.#edited !== undefined && this.#address.found !== undefined && !isElsewhere(this.#edited, this.#draft);
  }

  /** With a Microsoft 365 account, once the server is saved. */
  get #signsInLater(): boolean {
    return this.#leftEmpty && this.#offersMicrosoft365;
  }

  get #offersMicrosoft365(): boolean {
    const { signInMethods = {} } = this.#address.found ?? {};
    const { userName, apiVersion = '' } = this.#draft;
    return (
      !this.#staysWhereItIs &&
      mayBeMicrosoft365(userName) &&
      signInMethods[apiVersion]?.includes('microsoft365') === true
    );
  }

  get #versions(): readonly string[] {
    const { apiVersions = [], olderApiVersions = [] } = this.#address.found ?? {};
    return [...apiVersions, ...olderApiVersions];
  }

  get #duplicate(): SavedServer | undefined {
    const userName = this.#userName.trim().toLowerCase();
    return this.#servers.list.servers.find(
      server =>
        server.id !== this.#edited?.id &&
        server.url === this.#address.found?.origin &&
        server.userName.toLowerCase() === userName,
    );
  }

  /** The host, with the product if the host is there already. */
  get #proposedName(): string {
    const { hostname } = new URL(this.#found.origin);
    const taken = this.#servers.list.servers.some(({ name }) => name === hostname);
    return taken ? `${hostname} (${productOf(this.#found)?.shortName ?? this.#found.product})` : hostname;
  }

  async #askVersion(frame: Frame): Promise<Move> {
    const { apiVersions } = this.#found;
    const items = this.#versions.map(version => ({
      label: version,
      description: [
        version === apiVersions[0] ? vscode.l10n.t('newest') : undefined,
        version === this.#edited?.apiVersion ? vscode.l10n.t('in use') : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
      ...(apiVersions.includes(version) ? {} : { detail: vscode.l10n.t('May not be supported by this server') }),
    }));
    return await askPick(frame, {
      items,
      active: items.find(({ label }) => label === this.#draft.apiVersion),
      placeholder: vscode.l10n.t('Choose the API version to use. The newest is recommended.'),
      accept: ({ label }) => {
        this.#apiVersion = label;
        return 'next';
      },
    });
  }

  async #askUserName(frame: Frame): Promise<Move> {
    const { name, origin, apiVersions } = this.#found;
    const info = productOf(this.#found);
    const isTenant = this.#draft.accountKind === 'tenant';
    const otherKind: Move = { to: 'account' };
    const server = apiVersions[0]
      ? vscode.l10n.t('{0} (API {1}) at {2}.', name, apiVersions[0], hostAndPort(origin))
      : vscode.l10n.t('{0} at {1}.', name, hostAndPort(origin));
    const question = isTenant
      ? vscode.l10n.t('Which tenant? It sees only its own data.')
      : vscode.l10n.t('Which account should be used to sign in?');
    const move = await askText(frame, {
      value: this.#userName,
      prompt: `${server} ${question}`,
      placeholder: isTenant ? vscode.l10n.t('Tenant name') : (info?.userNameExample ?? ''),
      buttons: info?.tenantAccounts
        ? [
            isTenant
              ? { icon: 'account', tooltip: vscode.l10n.t('Sign in with an Administrator Account'), move: otherKind }
              : { icon: 'briefcase', tooltip: vscode.l10n.t('Sign in as a Tenant'), move: otherKind },
          ]
        : [],
      changed: text => {
        this.#userName = text;
        this.#passwordProblem = undefined;
      },
      accept: text => (text.trim() === '' ? { problem: vscode.l10n.t('Enter a user name.') } : 'next'),
    });
    if (move === otherKind) {
      this.#accountKind = isTenant ? undefined : 'tenant';
      this.#passwordProblem = undefined;
    }
    return move;
  }

  async #askAboutDuplicate(frame: Frame): Promise<Move> {
    const duplicate = this.#duplicate;
    if (!duplicate) {
      return 'next';
    }
    const edit = {
      label: vscode.l10n.t('Edit {0}', plain(duplicate.name)),
      detail: vscode.l10n.t('Discards this entry and edits the existing server'),
    };
    const add = {
      label: vscode.l10n.t('Continue anyway'),
      detail: vscode.l10n.t('The server will be listed twice'),
    };
    return await askPick(frame, {
      items: [edit, add],
      placeholder: vscode.l10n.t(
        '{0} at {1} is already in the list, as {2}',
        plain(duplicate.userName),
        hostAndPort(duplicate.url),
        plain(duplicate.name),
      ),
      accept: item => {
        if (item === add) {
          return 'next';
        }
        this.#outcome = { edit: duplicate.id };
        return 'done';
      },
    });
  }

  async #askPassword(frame: Frame): Promise<Move> {
    const host = hostAndPort(this.#found.origin);
    return await askText(frame, {
      value: this.#password,
      password: true,
      problem: this.#passwordProblem,
      prompt: this.#passwordPrompt,
      changed: text => {
        this.#password = text;
        this.#passwordProblem = undefined;
      },
      busyText: vscode.l10n.t('Signing in to {0}…', host),
      accept: (text, signal, commit) => {
        this.#leftEmpty = text === '' && this.#offersMicrosoft365;
        if (text === '') {
          return this.#staysWhereItIs || this.#leftEmpty ? 'next' : { problem: vscode.l10n.t('Enter the password.') };
        }
        if (this.#isRefused) {
          return {
            problem: vscode.l10n.t("{0} rejected this password a moment ago, so it won't be sent again.", host),
          };
        }
        // All else has been answered when a password was refused.
        return this.#refused ? this.#finish(signal, commit) : 'next';
      },
    });
  }

  get #passwordPrompt(): string {
    const host = hostAndPort(this.#found.origin);
    const userName = oneLine(this.#draft.userName, 60);
    if (this.#staysWhereItIs) {
      return vscode.l10n.t('Leave it empty to stay signed in as {0}, or enter a new password.', userName);
    }
    return [
      vscode.l10n.t('Password of {0} for {1}.', userName, host),
      this.#edited && vscode.l10n.t('The stored password belongs to another address or user and is not sent there.'),
      this.#offersMicrosoft365 &&
        vscode.l10n.t('Leave it empty to sign in with a Microsoft 365 account once the server is saved.'),
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
      accept: ({ remember }) => {
        this.#remember = remember;
        return 'next';
      },
    });
  }

  async #askFolder(frame: Frame): Promise<Move> {
    const { folders } = this.#servers.list;
    const items = [
      { label: vscode.l10n.t('No folder'), folder: undefined },
      ...folders.map(({ id }) => ({ label: `$(folder) ${plain(folderPath(folders, id))}`, folder: id })),
    ];
    return await askPick(frame, {
      items,
      active: items.find(({ folder }) => folder === this.#folder),
      placeholder: vscode.l10n.t('Where the server is shown'),
      accept: ({ folder }) => {
        this.#folder = folder;
        return 'next';
      },
    });
  }

  async #askName(frame: Frame): Promise<Move> {
    return await askText(frame, {
      value: this.#name ?? this.#proposedName,
      prompt: this.#keepsSecrets
        ? vscode.l10n.t('The name shown in the list.')
        : this.#signsInLater
          ? vscode.l10n.t('The name shown in the list. Enter saves the server; then you sign in at Microsoft.')
          : vscode.l10n.t('The name shown in the list. Enter signs in and saves the server.'),
      changed: text => {
        this.#name = text;
      },
      busyText: vscode.l10n.t('Signing in to {0}…', hostAndPort(this.#found.origin)),
      accept: (text, signal, commit) =>
        text.trim() === '' ? { problem: vscode.l10n.t('Enter a name.') } : this.#finish(signal, commit),
    });
  }

  get #credentials(): Credentials {
    const { url, userName, accountKind } = this.#draft;
    return { url, userName, accountKind, password: this.#password };
  }

  get #isRefused(): boolean {
    return isDeepStrictEqual(this.#refused, this.#credentials);
  }

  get #attempt(): { readonly draft: string; readonly password: string } {
    return { draft: JSON.stringify(this.#draft), password: this.#password };
  }

  /** Tries what was answered and saves it; otherwise says what to change. */
  async #finish(signal: AbortSignal, commit: () => void): Promise<Move | Problem> {
    if (!this.#keepsSecrets && this.#isRefused) {
      return { to: 'password' };
    }
    try {
      const trial = await this.#try(signal);
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

  async #try(signal: AbortSignal): Promise<Trial | undefined> {
    const draft = this.#draft;
    if (this.#signsInLater || isDeepStrictEqual(this.#untried, this.#attempt)) {
      return undefined;
    }
    if (!this.#keepsSecrets) {
      const trial = await this.#servers.test(draft, this.#password, signal, this.#edited);
      if (signal.aborted) {
        await trial.discard();
        throw new Cancelled();
      }
      return trial;
    }
    const edited = this.#edited;
    const { apiVersion, trustedFingerprint } = draft;
    if (edited && (apiVersion !== edited.apiVersion || trustedFingerprint !== edited.trustedFingerprint)) {
      await this.#servers.testChange(edited, draft, signal);
      if (signal.aborted) {
        throw new Cancelled();
      }
    }
    return undefined;
  }

  async #save(trial: Trial | undefined): Promise<void> {
    const login =
      this.#keepsSecrets || this.#signsInLater
        ? undefined
        : { password: this.#password, remember: this.#remember, trial };
    let saved: string;
    if (this.#edited) {
      await this.#servers.change(this.#edited, this.#draft, login);
      saved = this.#edited.id;
    } else {
      saved = login
        ? await this.#servers.addTested(this.#draft, login)
        : await this.#servers.add(this.#draft, undefined);
    }
    this.#outcome = this.#signsInLater ? { saved, signIn: 'microsoft365' } : { saved };
  }

  async #answerTo(failure: Failure, signal: AbortSignal, commit: () => void): Promise<Move | Problem> {
    if (failure.kind === 'credentialsRefused' && !this.#keepsSecrets) {
      this.#refused = this.#credentials;
      this.#passwordProblem = failure.message;
      return { to: 'password' };
    }
    if (isCertificateFailure(failure)) {
      // It was good, or was accepted, a moment ago.
      if (await confirmTrust(this.#draft.name, failure)) {
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

function asFound(server: SavedServer): Found {
  return {
    kind: 'found',
    origin: server.url,
    product: server.product,
    name: productOf(server)?.name ?? server.product,
    apiVersions: server.apiVersion === undefined ? [] : [server.apiVersion],
    olderApiVersions: [],
    signInMethods: {},
    trustedFingerprint: server.trustedFingerprint,
  };
}
