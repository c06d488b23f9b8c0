import * as vscode from 'vscode';
import type { Node, TreeRow } from '../../inventory/tree/node';
import { nameIn, withoutLinks } from './harmless';

/** Shows a node in the tree, selected and with the focus; what lies above it opens. */
export async function revealNode(view: vscode.TreeView<TreeRow>, node: Node): Promise<void> {
  const reveal = async () => view.reveal(node, { select: true, focus: true });
  try {
    // VS Code loses its way when rows on it change meanwhile, as they do when they have just been loaded.
    await reveal().catch(reveal);
  } catch (error) {
    if (!node.gone) {
      throw error;
    }
    await vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('{0} no longer exists.', nameIn(node.item.name))),
    );
  }
}
