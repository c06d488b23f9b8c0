import * as vscode from 'vscode';
import type { CertificateChanged, CertificateNotTrusted } from '../../http/failures';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { accountKindIn, type SecretWay, type SignInWay } from '../../products/signIn';
import { isCertificateFailure } from '../../servers/discovery/discovery';
import { productOf, type SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { withSignal } from '../shared/cancellation';
import { chosenServers } from '../shared/chosenServers';
import { remediesOf, showFailure, showOutcome } from '../shared/failureMessages';
import { nameIn, withoutLinks } from '../shared/harmless';
import type { Targets } from '../shared/targets';
import { signInWithBrowser } from './browserSignIn';
import { askToSignIn } from './signInSteps';
import { askForWay } from './signInWayInputs';
import { testOutcome } from './testOutcome';
import { confirmTrust } from './trustDialog';

/** Being let in, and finding out whether one is. */
export class SignInCommands {
  readonly #servers: Servers;
  readonly #inventory: Inventory;
  readonly #targets: Targets;

  constructor(servers: Servers, inventory: Inventory, targets: Targets) {
    this.#servers = servers;
    this.#inventory = inventory;
    this.#targets = targets;
  }

  /** Says in one message per server whether it is there and lets us in, and what is in it. */
  readonly testServer = async (argument?: unknown, selected?: unknown): Promise<void> => {
    await Promise.all(
      (await this.#chosen(vscode.l10n.t('Test Server'), argument, selected)).map(node => this.#test(node)),
    );
  };

  readonly signIn = async (argument?: unknown, selected?: unknown): Promise<void> => {
    for (const node of await this.#chosen(vscode.l10n.t('Sign In'), argument, selected)) {
      await this.#signIn(node);
    }
  };

  readonly signOut = async (argument?: unknown, selected?: unknown): Promise<void> => {
    for (const node of await this.#chosen(vscode.l10n.t('Sign Out'), argument, selected)) {
      await this.#servers.signOut(node.item.id);
      await this.#inventory.refresh(node);
    }
  };

  /** Shows the certificate that was refused and, if the user agrees, pins it. */
  readonly trustCertificate = async (argument?: unknown, selected?: unknown): Promise<void> => {
    for (const node of await this.#chosen(vscode.l10n.t('Trust Certificate'), argument, selected)) {
      const refusal = this.#refusedCertificate(node);
      const server = this.#servers.list.find(node.item.id);
      if (server && refusal && (await confirmTrust(node.item.name, refusal))) {
        await this.#servers.trust(server, refusal.certificate.fingerprint);
        await this.#inventory.refresh(node);
      }
    }
  };

  async #test(node: Node): Promise<void> {
    const { id, name } = node.item;
    const server = this.#servers.list.find(id);
    try {
      const counts = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: withoutLinks(vscode.l10n.t('Testing {0}…', nameIn(name, 60))),
          cancellable: true,
        },
        (_progress, token) => withSignal(token, signal => this.#servers.testSaved(id, signal)),
      );
      const tested = this.#servers.list.find(id);
      if (tested) {
        await showOutcome(testOutcome(tested, counts));
      }
    } catch (error) {
      await this.#showTestFailure(node, server, error);
    }
  }

  /** The sentence, with buttons for what can be done about it. */
  async #showTestFailure(node: Node, server: SavedServer | undefined, error: unknown): Promise<void> {
    if (server && isCertificateFailure(error)) {
      if (await confirmTrust(node.item.name, error)) {
        await this.#servers.trust(server, error.certificate.fingerprint);
        await this.#test(node);
      }
      return;
    }
    await showFailure(error, remediesOf(error, node));
  }

  async #signIn(node: Node): Promise<void> {
    const server = this.#servers.list.find(node.item.id);
    const way = server && (await this.#chooseWay(server));
    if (!server || !way) {
      return;
    }
    const signedIn =
      'browser' in way
        ? await signInWithBrowser(this.#servers, server, way)
        : await this.#signInWithSecret(node, server, way);
    if (signedIn) {
      await this.#inventory.refresh(node);
    }
  }

  async #signInWithSecret(node: Node, server: SavedServer, way: SecretWay): Promise<boolean> {
    try {
      return await askToSignIn(server, way, (secret, remember, signal, ask) =>
        this.#servers.signIn(server, secret, remember, signal, ask),
      );
    } catch (error) {
      await showFailure(error, remediesOf(error, node));
      return false;
    }
  }

  async #chooseWay(server: SavedServer): Promise<SignInWay | undefined> {
    try {
      if (!productOf(server)) {
        return undefined;
      }
      const product = await this.#servers.product(server.product);
      const known = accountKindIn(product.accountKinds(product.apiVersions[0] ?? ''), server.accountKind);
      return await askForWay(
        server,
        known,
        async () =>
          // Takes a moment where the version of the API has to be found out.
          await vscode.window.withProgress({ location: { viewId: 'backupTenancy.servers' } }, () =>
            this.#servers.accountKind(server.id, new AbortController().signal),
          ),
      );
    } catch (error) {
      await showFailure(error);
      return undefined;
    }
  }

  /** The certificate that stands in the way, wherever below the server it showed. */
  #refusedCertificate(server: Node): CertificateNotTrusted | CertificateChanged | undefined {
    for (const { root, openedBranch } of this.#inventory.loaded()) {
      const failure = root === server ? openedBranch?.failure : undefined;
      if (failure?.kind === 'certificate' || failure?.kind === 'certificateChanged') {
        return failure as CertificateNotTrusted | CertificateChanged;
      }
    }
    return undefined;
  }

  #chosen(command: string, argument: unknown, selected: unknown): Promise<readonly Node[]> {
    return chosenServers(this.#inventory, this.#targets.servers(argument, selected), command);
  }
}
