import * as vscode from 'vscode';
import { products } from '../../products/registry';
import { hostAndPort } from '../../servers/discovery/address';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import type { SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { nameIn } from '../shared/harmless';
import { askText, type Frame, type Move, runSteps, type Step } from '../shared/multiStep';
import { AccountSteps } from './accountSteps';
import { AddressStep } from './addressStep';
import { DraftSaving, type Saved } from './draftSaving';
import { asFound, ServerDraft } from './serverDraft';
import { pickAboutDuplicate, pickServerFolder, pickVersion } from './wizardPicks';

/** How the wizard ended: a server was saved, or the user wants to edit one that is there already. */
export type Outcome = Saved | { readonly edit: string };

/** What somebody else proposes for a server; the user sees it in the steps and can change it. */
export interface Proposal {
  readonly address: string;
  readonly userName?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Asks for all that a server needs, tries it, and saves it: {@link ServerDraft} has the answers, {@link AddressStep} and
 * {@link AccountSteps} ask the questions that depend on the server, {@link DraftSaving} tries and saves.
 */
export class ServerWizard {
  readonly #servers: Servers;
  readonly #address: AddressStep;
  readonly #draft: ServerDraft;
  readonly #account: AccountSteps;
  readonly #saving: DraftSaving;
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
    this.#account = new AccountSteps(this.#draft, (signal, commit) => this.#saving.finish(signal, commit));
    this.#saving = new DraftSaving(this.#draft, { servers, address: this.#address, account: this.#account });
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
      const isDone = await runSteps(title, () => this.#saving.question.after(this.#steps));
      return isDone ? (this.#outcome ?? this.#saving.outcome) : undefined;
    } finally {
      this.#saving.question.cancel();
    }
  }

  get #steps(): readonly Step[] {
    const step = (key: string, name: string, show: Step['show']): Step => ({ key, name, show });
    return [
      ...this.#address.steps,
      ...(this.#draft.edited && this.#draft.versions.length > 0
        ? [step('version', vscode.l10n.t('API Version'), frame => this.#askVersion(frame))]
        : []),
      ...this.#account.nameSteps,
      ...(this.#draft.duplicate
        ? [step('duplicate', vscode.l10n.t('Already in the List'), frame => this.#askAboutDuplicate(frame))]
        : []),
      ...this.#account.secretSteps,
      ...(this.#servers.list.folders.length > 0
        ? [step('folder', vscode.l10n.t('Folder'), frame => this.#askFolder(frame))]
        : []),
      step('name', vscode.l10n.t('Name'), frame => this.#askName(frame)),
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

  async #askAboutDuplicate(frame: Frame): Promise<Move> {
    const duplicate = this.#draft.duplicate;
    if (!duplicate) {
      return 'next';
    }
    return await pickAboutDuplicate(frame, duplicate, this.#draft.secret.label(), () => {
      this.#outcome = { edit: duplicate.id };
    });
  }

  async #askFolder(frame: Frame): Promise<Move> {
    return await pickServerFolder(frame, this.#servers.list.folders, this.#draft.folder, folder => {
      this.#draft.folder = folder;
    });
  }

  async #askName(frame: Frame): Promise<Move> {
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
        text.trim() === '' ? { problem: vscode.l10n.t('Enter a name.') } : this.#saving.finish(signal, commit),
    });
  }
}
