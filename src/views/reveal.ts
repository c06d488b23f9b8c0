import type * as vscode from 'vscode';
import type { Node, TreeRow } from '../inventory/node';

/** Shows a node in the tree, selected and with the focus; what lies above it opens. */
export async function revealNode(view: vscode.TreeView<TreeRow>, node: Node): Promise<void> {
  const reveal = () => view.reveal(node, { select: true, focus: true });
  // VS Code loses its way when rows on it change meanwhile, as they do when they have just been loaded.
  await Promise.resolve(reveal()).catch(reveal);
}
