import * as vscode from 'vscode';
import type { Inventory } from '../inventory/inventory';
import type { Node } from '../inventory/node';
import { type Choice, FindPicker } from '../views/findPicker';
import { revealNode } from '../views/reveal';
import type { ServersTree } from '../views/serversTree';
import { TreeFilter } from '../views/treeFilter';
import type { Services } from './services';

/** Getting to one row among thousands. */
export class FindCommands implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #tree: ServersTree;
  readonly #filter: TreeFilter;
  /** What was typed last. */
  #text = '';

  constructor({ inventory, tree, run }: Services) {
    this.#inventory = inventory;
    this.#tree = tree;
    this.#filter = new TreeFilter(inventory, tree, run);
  }

  dispose(): void {
    this.#filter.dispose();
  }

  /** Everything on all servers, loaded or not. `find(text)` begins with that text. */
  readonly find = async (text?: unknown): Promise<void> => {
    if (this.#inventory.servers.length === 0) {
      await offerToAdd();
      return;
    }
    if (typeof text === 'string') {
      this.#text = text;
    }
    const hasDetails = (await vscode.commands.getCommands(true)).includes('backupTenancy.openDetails');
    for (let again = true; again; ) {
      const picker = new FindPicker(this.#inventory, hasDetails);
      const choice = await picker.ask(this.#text);
      this.#text = picker.text;
      again = choice !== undefined && (await this.#follow(choice));
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
    await this.#filter.uncover(node);
    await revealNode(this.#tree.view, node);
  };

  /** Whether to go on looking afterwards. */
  async #follow({ what, node }: Choice): Promise<boolean> {
    switch (what) {
      case 'reveal':
        await this.reveal(node);
        return false;
      case 'details':
        await vscode.commands.executeCommand('backupTenancy.openDetails', node.key);
        return false;
      case 'signIn':
        await vscode.commands.executeCommand('backupTenancy.signIn', node);
        return true;
      case 'trust':
        await vscode.commands.executeCommand('backupTenancy.trustCertificate', node);
        return true;
    }
  }
}

async function offerToAdd(): Promise<void> {
  const add = vscode.l10n.t('Add Server…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no backup server yet in which to look.'),
    add,
  );
  if (answer === add) {
    await vscode.commands.executeCommand('backupTenancy.addServer');
  }
}
