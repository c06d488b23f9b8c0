import * as vscode from 'vscode';
import { endsWithin } from '../../base/abort';
import type { Node, TreeRow } from '../../inventory/tree/node';
import { nameIn, withoutLinks } from './harmless';

/** How long VS Code may take to tell that a row it has shown is selected. */
const selectedWithinMs = 500;

/** A view that was hidden draws itself anew when it is shown, and may lose what it was just asked to open. */
const mostTries = 3;

/** Shows a node in the tree, selected and with the focus; what lies above it opens, and with `expand` the node itself. */
export async function revealNode(view: vscode.TreeView<TreeRow>, node: Node, expand = false): Promise<void> {
  const reveal = async () => view.reveal(node, { select: true, focus: true, expand });
  try {
    // VS Code loses its way when rows on it change meanwhile, as they do when they have just been loaded.
    for (let tries = 1; ; tries++) {
      await reveal().catch(reveal);
      if ((await isSelected(view, node)) || node.gone || tries === mostTries) {
        return;
      }
    }
  } catch (error) {
    if (!node.gone) {
      throw error;
    }
    await vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('{0} no longer exists.', nameIn(node.item.name))),
    );
  }
}

/** Whether the node is the selected one, or becomes so in a moment. */
async function isSelected(view: vscode.TreeView<TreeRow>, node: Node): Promise<boolean> {
  let listening: vscode.Disposable | undefined;
  const becomesSelected = new Promise<void>(resolve => {
    listening = view.onDidChangeSelection(({ selection }) => selection.includes(node) && resolve());
    if (view.selection.includes(node)) {
      resolve();
    }
  });
  try {
    return await endsWithin(selectedWithinMs, becomesSelected);
  } finally {
    listening?.dispose();
  }
}
