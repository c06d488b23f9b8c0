import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { offerToAddServer } from '../shared/offerToAddServer';
import { type Choice, FindPicker, type Purpose } from './findPicker';

/** What a user has found, and has typed for that. */
interface FindOutcome {
  readonly choice: Choice | undefined;
  readonly text: string;
}

/**
 * Lets the user look for an item on all servers, loaded or not, and sign in to those that want it on the way.
 * @param text stands there at first
 */
export async function findItem(inventory: Inventory, purpose: Purpose, text = ''): Promise<FindOutcome> {
  if (inventory.servers.length === 0) {
    await offerToAddServer();
    return { choice: undefined, text };
  }
  for (let typed = text; ; ) {
    const picker = new FindPicker(inventory, purpose);
    const choice = await picker.ask(typed);
    typed = picker.text;
    switch (choice?.what) {
      case 'signIn':
        await vscode.commands.executeCommand('backupTenancy.signIn', choice.node);
        break;
      case 'trust':
        await vscode.commands.executeCommand('backupTenancy.trustCertificate', choice.node);
        break;
      default:
        return { choice, text: typed };
    }
  }
}

/**
 * Asks which item a command is for; undefined if the user leaves.
 * @param command its title
 * @param wanted whether an item is offered; by default all are but headings
 */
export async function chooseItem(
  inventory: Inventory,
  command: string,
  wanted?: (node: Node) => boolean,
): Promise<Node | undefined> {
  const { choice } = await findItem(inventory, { title: vscode.l10n.t('{0}: choose an item', command), wanted });
  return choice?.node;
}
