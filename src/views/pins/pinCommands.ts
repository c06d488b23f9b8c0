import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { chooseItem } from '../find/chooseItem';
import { count } from '../shared/format';
import { pickNode } from '../shared/pickNode';
import { reachNode } from '../shared/reachNode';
import type { Targets } from '../shared/targets';
import { pinnedAtMost } from './pinnedKey';
import type { Pins } from './pins';

/** Keeping rows at hand. */
export class PinCommands {
  readonly #pins: () => Promise<Pins>;
  readonly #inventory: Inventory;
  readonly #targets: Targets;

  constructor(pins: () => Promise<Pins>, inventory: Inventory, targets: Targets) {
    this.#pins = pins;
    this.#inventory = inventory;
    this.#targets = targets;
  }

  /** `pin(itemKey)`, or the rows of the menu, or the selection; otherwise asks. */
  readonly pin = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const nodes = await this.#toPin(argument, selected);
    const dropped = nodes.length > 0 ? await (await this.#pins()).pinned.add(nodes) : 0;
    if (dropped > 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('At most {0} rows stay pinned. No longer pinned: {1}', count(pinnedAtMost), count(dropped)),
      );
    }
  };

  /** `unpin(itemKey)`, or the rows of the menu, or the selection; otherwise asks. */
  readonly unpin = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const { pinned } = await this.#pins();
    // What is pinned may be gone, or on a server that nobody has opened: nothing is loaded for that.
    const nodes =
      typeof argument === 'string'
        ? pinned.nodes.filter(({ key }) => key === argument)
        : this.#targets.nodes(argument, selected);
    await pinned.remove(nodes.length > 0 || typeof argument === 'string' ? nodes : await choosePinned(pinned.nodes));
  };

  async #toPin(argument: unknown, selected: unknown): Promise<readonly Node[]> {
    if (typeof argument === 'string') {
      return [(await reachNode(this.#inventory, argument)) ?? []].flat();
    }
    const nodes = this.#targets.nodes(argument, selected);
    return nodes.length > 0 ? nodes : [(await chooseItem(this.#inventory, vscode.l10n.t('Pin'))) ?? []].flat();
  }
}

async function choosePinned(pinned: readonly Node[]): Promise<readonly Node[]> {
  if (pinned.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is pinned.'));
    return [];
  }
  return [(await pickNode(pinned, vscode.l10n.t('Unpin'))) ?? []].flat();
}
