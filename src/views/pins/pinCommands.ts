import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { chooseItem } from '../find/chooseItem';
import { reachNode } from '../shared/reachNode';
import type { Targets } from '../shared/targets';
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
    const nodes = await this.#nodes(argument, selected, vscode.l10n.t('Pin'));
    if (nodes.length > 0) {
      await (await this.#pins()).pinned.add(nodes);
    }
  };

  /** `unpin(itemKey)`, or the rows of the menu, or the selection; otherwise asks. */
  readonly unpin = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const { pinned } = await this.#pins();
    const keys = new Set(pinned.nodes.map(({ key }) => key));
    const nodes = await this.#nodes(argument, selected, vscode.l10n.t('Unpin'), ({ key }) => keys.has(key));
    await pinned.remove(nodes);
  };

  async #nodes(
    argument: unknown,
    selected: unknown,
    command: string,
    wanted?: (node: Node) => boolean,
  ): Promise<readonly Node[]> {
    if (typeof argument === 'string') {
      return [(await reachNode(this.#inventory, argument)) ?? []].flat();
    }
    const nodes = this.#targets.nodes(argument, selected);
    return nodes.length > 0 ? nodes : [(await chooseItem(this.#inventory, command, wanted)) ?? []].flat();
  }
}
