import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import type { Services } from '../../services';
import { reachNode } from '../shared/reachNode';
import { revealNode } from '../shared/reveal';
import type { ServersTree } from '../tree/serversTree';
import { findItem } from './chooseItem';
import type { Choice } from './findPicker';
import { TreeFilter } from './treeFilter';

/** Getting to one row among thousands. */
export class FindCommands implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #tree: ServersTree;
  readonly #pins: Services['pins'];
  readonly #filter: TreeFilter;
  /** What was typed last. */
  #text = '';

  constructor({ inventory, tree, pins, run }: Services) {
    this.#inventory = inventory;
    this.#pins = pins;
    this.#tree = tree;
    this.#filter = new TreeFilter(inventory, tree, run);
  }

  dispose(): void {
    this.#filter.dispose();
  }

  /** Everything on all servers, loaded or not. `find(text)` begins with that text. */
  readonly find = async (text?: unknown): Promise<void> => {
    const { pinned, recent } = await this.#pins();
    const atHand = () => ({ pinned: pinned.nodes, recent: recent.nodes });
    const found = await findItem(this.#inventory, { atHand }, typeof text === 'string' ? text : this.#text);
    this.#text = found.text;
    if (found.choice) {
      await recent.add([found.choice.node]);
      await this.#follow(found.choice);
    }
  };

  readonly filter = async (): Promise<void> => {
    if (!this.#tree.view.visible) {
      await vscode.commands.executeCommand('backupTenancy.servers.focus');
    }
    await this.#filter.ask();
  };

  readonly clearFilter = async (): Promise<void> => {
    await this.#filter.clear();
  };

  /** Shows a node in the tree, wherever it is and whatever hides it. */
  readonly reveal = async (node: Node): Promise<void> => {
    await this.#show(node, false);
  };

  /** The same, and opens it, which loads what is below. */
  readonly open = async (node: Node): Promise<void> => {
    await this.#show(node, true);
  };

  async #show(node: Node, expand: boolean): Promise<void> {
    // A row that is pinned may not have been loaded at its place yet.
    const there = node.gone ? node : await reachNode(this.#inventory, node.key);
    if (there) {
      await this.#filter.uncover(there);
      await revealNode(this.#tree.view, there, expand ? this.#tree : undefined);
    }
  }

  async #follow({ what, node }: Choice): Promise<void> {
    switch (what) {
      case 'details':
        await vscode.commands.executeCommand('backupTenancy.openDetails', node.key);
        break;
      case 'insert':
        await vscode.commands.executeCommand('backupTenancy.insertId', node.key);
        break;
      case 'copyAs':
        await vscode.commands.executeCommand('backupTenancy.copyAs', node);
        break;
      case 'everywhere':
        await vscode.commands.executeCommand('backupTenancy.showEverywhere', node);
        break;
      default:
        await this.reveal(node);
    }
  }
}
