import * as vscode from 'vscode';
import type { Node } from '../inventory/node';
import { plain } from './plain';
import { kindName } from './rowRenderer';

/** Asks for one of the nodes; undefined if the user does not choose. */
export async function pickNode(
  nodes: readonly Node[],
  title = vscode.l10n.t('Backup Tenancy'),
): Promise<Node | undefined> {
  const choice = await vscode.window.showQuickPick(
    nodes.map(node => ({ ...choiceOf(node), node })),
    {
      title,
      placeHolder:
        nodes.length === 0
          ? vscode.l10n.t('Nothing is loaded yet: open a server in the Backup Tenancy view first')
          : vscode.l10n.t('Choose an item'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return choice?.node;
}

export function choiceOf(node: Node): vscode.QuickPickItem {
  return {
    label: plain(node.item.name),
    description: plain([kindName(node.item.kind), ...ancestors(node)].join(' · ')),
    detail: plain(node.item.kind === 'server' ? node.item.url : node.item.id),
  };
}

function ancestors(node: Node): string[] {
  return node.parent
    ? [...ancestors(node.parent), ...(node.parent.item.kind === 'group' ? [] : [node.parent.item.name])]
    : [];
}
