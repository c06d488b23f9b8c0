import * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import type { Inventory } from '../../inventory/inventory';
import { reach } from '../../inventory/loading/reach';
import type { Node } from '../../inventory/tree/node';
import { hostAndPort } from '../../servers/discovery/address';
import type { Proposal } from '../servers/serverWizard';
import { showFailure } from '../shared/failureMessages';
import { nameIn, shortLine, withoutLinks } from '../shared/harmless';
import { pickNode } from '../shared/pickNode';
import { reachNode } from '../shared/reachNode';
import { withSlowProgress } from '../shared/slowProgress';
import { type AddLink, keyBelow, type OpenLink, readLink, serversOf } from './readLink';

/** What links to this extension do. Anybody can make one, so nothing is saved or sent before the user has agreed. */
export class LinkCommands {
  readonly #inventory: Inventory;
  readonly #show: (node: Node) => Promise<void>;
  readonly #propose: (proposed: Proposal) => Promise<unknown>;

  constructor(
    inventory: Inventory,
    show: (node: Node) => Promise<void>,
    propose: (proposed: Proposal) => Promise<unknown>,
  ) {
    this.#inventory = inventory;
    this.#show = show;
    this.#propose = propose;
  }

  readonly follow = async (uri: { readonly path: string; readonly query: string }): Promise<void> => {
    const link = readLink(uri);
    if (!link) {
      await vscode.window.showErrorMessage(vscode.l10n.t('Backup Tenancy cannot handle this link.'));
    } else if (link.type === 'open') {
      await this.#open(link);
    } else {
      await this.#add(link);
    }
  };

  /** `reveal(itemKey)`, or a pinned row: shows an item in the tree, and answers whether it is there. */
  readonly reveal = async (wanted?: unknown): Promise<boolean> => {
    const key = isObject(wanted) && 'key' in wanted ? wanted.key : wanted;
    const node = typeof key === 'string' ? await reachNode(this.#inventory, key) : undefined;
    if (node) {
      await this.#show(node);
    }
    return node !== undefined;
  };

  async #open(link: OpenLink): Promise<void> {
    const servers = serversOf(link, this.#inventory.servers);
    const server =
      servers.length > 1 ? await pickNode(servers, vscode.l10n.t('Which server do you want?')) : servers[0];
    if (!server) {
      if (servers.length === 0) {
        await vscode.window.showErrorMessage(
          withoutLinks(
            vscode.l10n.t(
              'The link refers to the server “{0}”, which is not in your list.',
              nameIn(link.server ?? '', 60),
            ),
          ),
        );
      }
      return;
    }
    const key = keyBelow(server, link);
    if (!this.#inventory.find(key) && !(await confirmLoading(server))) {
      return;
    }
    let node: Node | undefined;
    try {
      node = await withSlowProgress(vscode.l10n.t('Loading…'), signal => reach(this.#inventory, key, signal));
    } catch (error) {
      await showFailure(error);
      return;
    }
    if (node) {
      await this.#show(node);
    } else {
      await vscode.window.showErrorMessage(
        withoutLinks(vscode.l10n.t('The linked item was not found on {0}.', nameIn(server.item.name, 60))),
      );
    }
  }

  async #add({ product, address, name, userName }: AddLink): Promise<void> {
    const goOn = vscode.l10n.t('Continue');
    const line = (label: string, value: string | undefined) => (value ? [`${label}: ${shortLine(value)}`] : []);
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('A link asks you to add a backup server.'),
      {
        modal: true,
        detail: [
          `${vscode.l10n.t('Address')}: ${address}`,
          ...line(vscode.l10n.t('Product'), product?.name),
          ...line(vscode.l10n.t('Name'), name),
          ...line(vscode.l10n.t('User'), userName),
          '',
          vscode.l10n.t(
            'Anyone can create such a link. Continue only if you know where it comes from: you will be asked for a password, which is sent to this address.',
          ),
        ].join('\n'),
      },
      goOn,
    );
    if (answer === goOn) {
      await this.#propose({ address, name, userName });
    }
  }
}

/** What is not loaded yet is asked for, with a sign-in if there is no session, and some lists take a server minutes. */
async function confirmLoading({ item }: Node): Promise<boolean> {
  const goOn = vscode.l10n.t('Continue');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('A link asks you to show an item of {0}.', shortLine(item.name)),
    {
      modal: true,
      detail: [
        ...(item.kind === 'server' ? [`${vscode.l10n.t('Address')}: ${hostAndPort(item.url)}`] : []),
        ...(item.kind === 'server' && item.userName ? [`${vscode.l10n.t('User')}: ${shortLine(item.userName)}`] : []),
        '',
        vscode.l10n.t(
          'It is not loaded yet. You will be signed in to the server if necessary, and the lists that lead to the item will be loaded.',
        ),
      ].join('\n'),
    },
    goOn,
  );
  return answer === goOn;
}
