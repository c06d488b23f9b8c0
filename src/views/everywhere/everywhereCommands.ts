import * as vscode from 'vscode';
import { canBeElsewhere } from '../../everywhere/candidates';
import type { Everywhere } from '../../everywhere/everywhere';
import type { Inventory } from '../../inventory/inventory';
import type { IdIndex } from '../../inventory/search/idIndex';
import type { Node } from '../../inventory/tree/node';
import type { Services } from '../../services';
import { chooseItem } from '../find/chooseItem';
import { reachNode } from '../shared/reachNode';
import type { Targets } from '../shared/targets';
import { EverywherePicker } from './everywherePicker';

/** Shows where the same tenant, organization or repository stands on all servers. */
export class EverywhereCommands {
  readonly #everywhere: Everywhere;
  readonly #inventory: Inventory;
  readonly #targets: Targets;
  readonly #ids: IdIndex;
  readonly #show: (node: Node) => Promise<void>;

  constructor(
    everywhere: Everywhere,
    { inventory, targets }: Services,
    ids: IdIndex,
    show: (node: Node) => Promise<void>,
  ) {
    this.#everywhere = everywhere;
    this.#inventory = inventory;
    this.#targets = targets;
    this.#ids = ids;
    this.#show = show;
  }

  /** `showEverywhere(itemKey | id)`, or the row of the menu, or the selected one; otherwise asks. */
  readonly showEverywhere = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const subject = typeof argument === 'string' ? this.#ids.named(argument) : await this.#chosen(argument, selected);
    if (!subject) {
      return;
    }
    if (!canBeElsewhere(subject.item)) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('Show Everywhere works for companies, tenants, subtenants, organizations and repositories.'),
      );
      return;
    }
    for (let choice = await this.#ask(subject); choice; choice = await this.#ask(subject)) {
      switch (choice.what) {
        case 'signIn':
          await vscode.commands.executeCommand('backupTenancy.signIn', choice.node);
          break;
        case 'copyAs':
          await vscode.commands.executeCommand('backupTenancy.copyAs', choice.node);
          return;
        default:
          await this.#reveal(choice.node);
          return;
      }
    }
  };

  async #ask(subject: Node) {
    return await new EverywherePicker(this.#everywhere, this.#inventory, subject).ask();
  }

  /** A place that a server has told of is loaded with what is above it. */
  async #reveal({ key }: Node): Promise<void> {
    const node = await reachNode(this.#inventory, key);
    if (node) {
      await this.#show(node);
    }
  }

  /** Undefined if the user leaves the question unanswered. */
  async #chosen(argument: unknown, selected: unknown): Promise<Node | undefined> {
    const [node] = this.#targets.nodes(argument, selected);
    return (
      node ?? (await chooseItem(this.#inventory, vscode.l10n.t('Show Everywhere'), ({ item }) => canBeElsewhere(item)))
    );
  }
}
