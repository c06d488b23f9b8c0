import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import { reach } from '../../inventory/loading/reach';
import type { Node } from '../../inventory/tree/node';
import { showFailure } from './failureMessages';
import { withSlowProgress } from './slowProgress';

/** The item that a script or link names by its key, with what lies above it loaded as needed; says why if it cannot be. */
export async function reachNode(inventory: Inventory, key: string): Promise<Node | undefined> {
  try {
    return await withSlowProgress(vscode.l10n.t('Loading…'), signal => reach(inventory, key, signal));
  } catch (error) {
    await showFailure(error);
    return undefined;
  }
}
