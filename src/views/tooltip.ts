import * as vscode from 'vscode';
import { oneLine } from '../http/text';
import type { Folder } from '../inventory/folder';
import type { Node, TreeRow } from '../inventory/node';
import { factsOf, headOf } from './facts';
import { count, dateTime } from './format';

/**
 * All that is known of a row. Plain text on purpose: most of it comes from a server, and plain text cannot hold a link, a
 * command or markup.
 */
export function tooltipOf(row: TreeRow): string {
  if (row.type === 'folder') {
    return folderText(row);
  }
  if (row.type === 'node') {
    return [
      headOf(row.item),
      ...factsOf(row.item).map(({ label, value }) => `${label}: ${value}`),
      ...stateOf(row),
    ].join('\n');
  }
  const failure = row.type === 'failure' ? row.parent.openedBranch?.failure : undefined;
  return failure ? [failure.message, failure.detail].filter(Boolean).join('\n') : '';
}

function folderText(folder: Folder): string {
  const names: string[] = [];
  for (let each: Folder | undefined = folder; each; each = each.parent) {
    names.unshift(oneLine(each.name, 60));
  }
  return [
    fact(vscode.l10n.t('Folder'), names.join(' / ')),
    fact(vscode.l10n.t('Servers'), count(folder.servers.length)),
    ...folder.servers
      .filter(({ openedBranch }) => openedBranch?.failure)
      .slice(0, longestList)
      .map(({ item, openedBranch }) => fact(oneLine(item.name, 60), openedBranch?.failure?.short)),
  ]
    .filter(line => line !== undefined)
    .join('\n');
}

/** Lines of a tooltip about servers with a problem. */
const longestList = 10;

function stateOf({ openedBranch }: Node): string[] {
  const loaded = openedBranch?.loadedAt;
  return [
    openedBranch?.failure?.message,
    openedBranch?.failure?.detail,
    loaded === undefined ? undefined : vscode.l10n.t('As of {0}', dateTime(new Date(loaded).toISOString())),
  ].filter(line => line !== undefined);
}

function fact(label: string, value: string | undefined): string | undefined {
  return value ? `${label}: ${oneLine(value)}` : undefined;
}
