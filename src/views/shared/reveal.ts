import * as vscode from 'vscode';
import { endsWithin } from '../../base/abort';
import type { Node, TreeRow } from '../../inventory/tree/node';
import { nameIn, withoutLinks } from './harmless';

/** How long VS Code may take to tell that a row it has shown is selected or open. */
const toldWithinMs = 500;

/** A view that was hidden draws itself anew when it is shown, and may lose what it was just asked to open. */
const mostTries = 3;

/** Which rows of a view are open. */
export interface OpenRows {
  readonly isOpen: (node: Node) => boolean;
  readonly onDidOpen: vscode.Event<TreeRow>;
}

/**
 * Shows a node in the tree, selected and with the focus; what lies above it opens.
 * @param opens for a node that is to be opened, too
 */
export async function revealNode(view: vscode.TreeView<TreeRow>, node: Node, opens?: OpenRows): Promise<void> {
  const expand = opens !== undefined && node.item.hasChildren;
  const reveal = async () => view.reveal(node, { select: true, focus: true, expand });
  try {
    // VS Code loses its way when rows on it change meanwhile, as they do when they have just been loaded.
    for (let tries = 1; ; tries++) {
      await reveal().catch(reveal);
      const isDone = (await isSelected(view, node)) && (!expand || (await isOpen(opens, node)));
      if (isDone || node.gone || tries === mostTries) {
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
  return await becomes(view.onDidChangeSelection, () => view.selection.includes(node));
}

async function isOpen(rows: OpenRows, node: Node): Promise<boolean> {
  return await becomes(rows.onDidOpen, () => rows.isOpen(node));
}

/** Whether the condition holds, or does so in a moment, when the event is told. */
async function becomes(event: vscode.Event<unknown>, holds: () => boolean): Promise<boolean> {
  let listening: vscode.Disposable | undefined;
  const held = new Promise<void>(resolve => {
    listening = event(() => holds() && resolve());
    if (holds()) {
      resolve();
    }
  });
  try {
    return await endsWithin(toldWithinMs, held);
  } finally {
    listening?.dispose();
  }
}
