import * as vscode from 'vscode';
import { products } from '../../products/registry';
import { hostAndPort } from '../../servers/discovery/address';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import type { SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { nameIn } from '../shared/harmless';
import { askText, type Frame, type Move, runSteps, type Step } from '../shared/multiStep';
import { AccountSteps, type StepEnds } from './accountSteps';
import { AddressStep } from './addressStep';
import { DraftSaving, type Saved } from './draftSaving';
import { asFound, ServerDraft } from './serverDraft';
import { pickAboutDuplicate, pickAccountKind, pickServerFolder, pickVersion } from './wizardPicks';

/** How the wizard ended: a server was saved, or the user wants to edit one that is there already. */
export type Outcome = Saved | { readonly edit: string };

/** What somebody else proposes for a server; the user sees it in the steps and can change it. */
export interface Proposal {
  readonly address: string;
  readonly userName?: string | undefined;
  readonly name?: string | undefined;
}

/** What of a saved server is asked for. */
export type EditedPart = 'name' | 'address' | 'version' | 'kind' | 'account' | 'folder';

/** A new server, or one part of a saved one. */
export type WizardTask =
  | { readonly folder?: string | undefined; readonly proposed?: Proposal | undefined; readonly edited?: undefined }
  | { readonly edited: SavedServer; readonly part: EditedPart };

/**
 * Asks for all that a server needs, tries it, and saves it: {@link ServerDraft} has the answers, {@link AddressStep} and
 * {@link AccountSteps} ask the questions that depend on the server, {@link DraftSaving} tries and saves. It may run again
 * after the user has left: what was typed is still there.
 */
export class ServerWizard {
  readonly #servers: Servers;
  readonly #part: EditedPart | undefined;
  readonly #address: AddressStep;
  readonly #draft: ServerDraft;
  readonly #account: AccountSteps;
  readonly #saving: DraftSaving;
  readonly #ends: StepEnds;
  #outcome: Outcome | undefined;

  constructor(servers: Servers, recent: RecentAddresses, task: WizardTask) {
    const { edited } = task;
    const { folder, proposed } = task.edited ? {} : task;
    this.#servers = servers;
    this.#part = task.edited && task.part;
    const ends: StepEnds = {
      after: (key, signal, commit) => (this.#steps.at(-1)?.key === key ? this.#saving.finish(signal, commit) : 'next'),
      finish: (signal, commit) => this.#saving.finish(signal, commit),
    };
    this.#address = new AddressStep(servers, recent, edited, edited && asFound(edited), ends.after);
    this.#address.text ||= proposed?.address ?? '';
    this.#draft = new ServerDraft(servers.list, this.#address, edited, { ...proposed, folder });
    this.#account = new AccountSteps(this.#draft, ends);
    this.#ends = ends;
    this.#saving = new DraftSaving(this.#draft, {
      servers,
      address: this.#address,
      account: this.#account,
      lastKey: () => this.#steps.at(-1)?.key ?? 'name',
    });
  }

  /**
   * Undefined if the user left.
   * @throws {Failure} if the server cannot say what there is to choose from
   */
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
      const isDone = await runSteps(title, () => this.#saving.question.after(this.#shown));
      return isDone ? (this.#outcome ?? this.#saving.outcome) : undefined;
    } finally {
      this.#saving.question.cancel();
      await this.#address.leave();
    }
  }

  /** See {@link AddressStep.lookAgain}. */
  lookAgain(signal: AbortSignal): Promise<string | undefined> {
    return this.#address.lookAgain(signal);
  }

  /** From the first step of a part one can go back, too: to the list of parts. */
  get #shown(): readonly Step[] {
    const [first, ...others] = this.#steps;
    if (!first || !this.#part) {
      return this.#steps;
    }
    const show = async (frame: Frame): Promise<Move> => {
      const move = await first.show({ ...frame, canGoBack: true });
      return move === 'back' ? 'leave' : move;
    };
    return [{ ...first, show }, ...others];
  }

  get #steps(): readonly Step[] {
    const step = (key: string, label: string, show: Step['show']): Step => ({ key, name: label, show });
    const folder = step('folder', vscode.l10n.t('Folder'), frame => this.#askFolder(frame));
    const name = step('name', vscode.l10n.t('Name'), frame => this.#askName(frame));
    const account = [
      ...this.#account.nameSteps,
      ...(this.#draft.duplicate
        ? [step('duplicate', vscode.l10n.t('Already in the List'), frame => this.#askAboutDuplicate(frame))]
        : []),
      ...this.#account.secretSteps,
    ];
    // What is stored is good for the account at its address alone.
    const accountElsewhere = this.#draft.staysWhereItIs ? [] : account;
    switch (this.#part) {
      case 'name':
        return [name];
      case 'folder':
        return [folder];
      case 'version':
        return [step('version', vscode.l10n.t('API Version'), frame => this.#askVersion(frame))];
      case 'account':
        return account;
      case 'kind':
        return [step('kind', vscode.l10n.t('Way of Signing In'), frame => this.#askKind(frame)), ...accountElsewhere];
      case 'address':
        return [...this.#address.steps, ...accountElsewhere];
      default:
        return [...this.#address.steps, ...account, ...(this.#servers.list.folders.length > 0 ? [folder] : []), name];
    }
  }

  async #askVersion(frame: Frame): Promise<Move> {
    const versions = this.#draft.versions.map(version => ({
      version,
      name: this.#draft.versionName(version),
      isNewest: version === this.#draft.found.apiVersions[0],
      isInUse: version === this.#draft.edited?.apiVersion,
      isServed: this.#draft.found.apiVersions.includes(version),
    }));
    return await pickVersion(frame, versions, this.#draft.server.apiVersion, (version, signal, commit) => {
      this.#draft.apiVersion = version;
      return this.#ends.after('version', signal, commit);
    });
  }

  async #askKind(frame: Frame): Promise<Move> {
    return await pickAccountKind(frame, this.#draft.kinds, this.#draft.kind, (kind, signal, commit) => {
      if (kind.id !== this.#draft.kind?.id) {
        this.#account.chooseKind(kind);
      }
      return this.#ends.after('kind', signal, commit);
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
    return await pickServerFolder(frame, this.#servers.list.folders, this.#draft.folder, (folder, signal, commit) => {
      this.#draft.folder = folder;
      return this.#ends.after('folder', signal, commit);
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
