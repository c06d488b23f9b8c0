import * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import type { RecentAddresses } from '../../servers/list/recentAddresses';
import { ListFromLaterVersion } from '../../servers/list/serverList';
import type { Servers } from '../../servers/servers';
import { chosenServers } from '../shared/chosenServers';
import { showFailure } from '../shared/failureMessages';
import { count } from '../shared/format';
import { nameIn } from '../shared/harmless';
import type { Targets } from '../shared/targets';
import { isAddServerArguments, newServerOf } from './addServerArguments';
import { signInWithBrowser } from './browserSignIn';
import { askForConnectionOptions, type ConnectionChanges } from './connectionOptions';
import type { Saved } from './draftSaving';
import { editServer } from './editServer';
import { type Proposal, ServerWizard } from './serverWizard';
import { confirmGivenFingerprint } from './trustDialog';
import { WebConsoles } from './webConsole';

/** Shows a server's row in the tree with the focus, closed or open. */
export interface ServerRows {
  reveal(node: Node): Promise<void>;
  open(node: Node): Promise<void>;
}

/** Adding, changing and removing servers, and how they are reached. */
export class ServerCommands {
  readonly #servers: Servers;
  readonly #inventory: Inventory;
  readonly #targets: Targets;
  readonly #recent: RecentAddresses;
  readonly #rows: ServerRows;
  readonly #consoles: WebConsoles;

  constructor(servers: Servers, inventory: Inventory, targets: Targets, recent: RecentAddresses, rows: ServerRows) {
    this.#recent = recent;
    this.#rows = rows;
    this.#servers = servers;
    this.#consoles = new WebConsoles(servers);
    this.#inventory = inventory;
    this.#targets = targets;
  }

  /** With arguments asks about a given fingerprint alone, from a folder proposes that folder; answers with the server's id. */
  readonly addServer = async (argument?: unknown): Promise<string | undefined> => {
    if (isAddServerArguments(argument)) {
      const server = newServerOf(argument);
      if (server.trustedFingerprint !== undefined && !(await confirmGivenFingerprint(server))) {
        return undefined;
      }
      return await this.#servers.add(server, argument.password);
    }
    this.#checkThatListCanChange();
    const [folder] = argument === undefined ? [] : this.#targets.folders(argument, undefined);
    const proposed = isProposal(argument) ? argument.proposed : undefined;
    const outcome = await new ServerWizard(this.#servers, this.#recent, { folder: folder?.id, proposed }).run();
    if (outcome && 'edit' in outcome) {
      await this.#edit(outcome.edit);
      return undefined;
    }
    if (outcome) {
      await this.#showAdded(outcome);
    }
    return outcome?.saved;
  };

  readonly editServer = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const [node] = await this.#chosen(vscode.l10n.t('Edit Server'), argument, selected);
    if (node) {
      await this.#edit(node.item.id);
    }
  };

  /** How the server is reached: past the proxy, with a client certificate. */
  readonly connectionOptions = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const [node] = await this.#chosen(vscode.l10n.t('Connection Options'), argument, selected);
    if (node) {
      await this.#changeConnection(node);
    }
  };

  /** Each in the browser, or where it has no address yet, asks for one. */
  readonly openWebConsole = async (argument?: unknown, selected?: unknown): Promise<void> => {
    for (const node of await this.#chosen(vscode.l10n.t('Open in Web Console'), argument, selected)) {
      const server = this.#servers.list.find(node.item.id);
      if (server) {
        await this.#consoles.open(server);
      }
    }
  };

  readonly removeServer = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const rows = this.#targets.rows(argument, selected);
    // A row below a server is not meant to take the server with it.
    const nodes =
      rows.length === 0
        ? await this.#chosen(vscode.l10n.t('Remove Server'), argument, selected)
        : rows.filter(row => row.type === 'node').filter(node => node.item.kind === 'server');
    const [first] = nodes;
    if (!first) {
      return;
    }
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      nodes.length === 1
        ? vscode.l10n.t('Remove {0} from the list?', nameIn(first.item.name, 60))
        : vscode.l10n.t('Remove {0} servers from the list?', count(nodes.length)),
      {
        modal: true,
        detail: vscode.l10n.t(
          'You will be signed out, and the stored password and tokens will be deleted. Nothing changes on the server.',
        ),
      },
      remove,
    );
    if (answer === remove) {
      await Promise.all(nodes.map(node => this.#servers.remove(node.item.id)));
    }
  };

  /**
   * Before the first question, as the answers would be lost.
   * @throws {ListFromLaterVersion}
   */
  #checkThatListCanChange(): void {
    if (this.#servers.list.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
  }

  async #edit(id: string): Promise<void> {
    this.#checkThatListCanChange();
    const refreshes: Promise<void>[] = [];
    const outcome = await editServer(id, {
      servers: this.#servers,
      recent: this.#recent,
      connection: this.#connectionChanges(id, refreshes),
      consoles: this.#consoles,
      saved: saved => refreshes.push(this.#afterEdit(saved)),
    });
    if (outcome && 'edit' in outcome) {
      await this.#edit(outcome.edit);
    } else if (outcome) {
      await this.#afterEdit(outcome);
    }
    await Promise.all(refreshes);
  }

  /** Opens the row once the account is signed in; one that was saved untried would only show what the wizard has said. */
  async #showAdded({ saved, isSignedIn, signIn }: Saved): Promise<void> {
    const node = this.#inventory.find(saved);
    const server = this.#servers.list.find(saved);
    if (!node || !server) {
      return;
    }
    if (!isSignedIn) {
      await this.#rows.reveal(node);
    }
    if (isSignedIn || (signIn && (await signInWithBrowser(this.#servers, server, signIn)))) {
      if (node.openedBranch?.failure) {
        // Somebody has looked at it while the sign-in took its time in the browser.
        await this.#inventory.refresh(node);
      }
      await this.#rows.open(node);
    }
  }

  /** The rows of a server that was changed, or that is signed in to only now, are loaded again. */
  async #afterEdit({ saved, signIn }: Saved): Promise<void> {
    const node = this.#inventory.find(saved);
    if (node?.openedBranch) {
      await this.#inventory.refresh(node);
    }
    const server = this.#servers.list.find(saved);
    if (node && server && signIn && (await signInWithBrowser(this.#servers, server, signIn))) {
      await this.#inventory.refresh(node);
    }
  }

  async #changeConnection(node: Node): Promise<void> {
    const { id } = node.item;
    const refreshes: Promise<void>[] = [];
    try {
      await askForConnectionOptions(() => this.#servers.list.find(id), this.#connectionChanges(id, refreshes));
    } catch (error) {
      await showFailure(error);
    }
    await Promise.all(refreshes);
  }

  /** @param refreshes of the server's row, which shows whether it answers now, while the options stay open */
  #connectionChanges(id: string, refreshes: Promise<void>[]): ConnectionChanges {
    const refresh = () => {
      const node = this.#inventory.find(id);
      if (node) {
        refreshes.push(this.#inventory.refresh(node));
      }
    };
    return {
      setNoProxy: async noProxy => {
        await this.#servers.setNoProxy(id, noProxy);
        refresh();
      },
      forgetTrust: async shown => {
        await this.#servers.trust(shown, undefined);
        refresh();
      },
      setClientCertificate: async (shown, files, passphrase) => {
        await this.#servers.setClientCertificate(shown, files, passphrase);
        refresh();
      },
    };
  }

  #chosen(command: string, argument: unknown, selected: unknown): Promise<readonly Node[]> {
    return chosenServers(this.#inventory, this.#targets.servers(argument, selected), command);
  }
}

/** What links pass; it is only proposed, and asks all that the wizard asks. */
function isProposal(value: unknown): value is { readonly proposed: Proposal } {
  return isObject(value) && 'proposed' in value;
}
