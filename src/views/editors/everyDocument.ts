import type * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';

/** Any document, wherever it is from. */
export const anywhere: vscode.DocumentSelector = { scheme: '*' };

/** Before that, no ID in a document is known. */
export function isAnythingLoaded({ servers }: Inventory): boolean {
  return servers.some(({ openedBranch }) => openedBranch?.nodes.length);
}
