import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Branch } from '../../inventory/tree/branch';
import { failingIn } from '../../inventory/tree/failing';
import type { Folder } from '../../inventory/tree/folder';
import type { Node, TreeRow } from '../../inventory/tree/node';
import { unreadableText } from '../../items/unreadable';
import { rowCount } from '../shared/descriptions';
import { factLinesOf, headOf } from '../shared/facts';
import { count, dateTime } from '../shared/format';
import { isolated, nameIn } from '../shared/harmless';

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
      ...factLinesOf(row.item).map(({ label, value }) => `${isolated(label)}: ${isolated(value)}`),
      ...stateOf(row),
    ].join('\n');
  }
  const branch = row.parent.openedBranch;
  switch (row.type) {
    case 'section':
      return [fact(nameIn(row.parent.item.name), row.name), ...countOf(branch, row.nodes.length)].join('\n');
    case 'more':
      return countOf(branch, branch?.nodes.length ?? 0).join('\n');
    case 'unreadable':
      return unreadableLines(branch).join('\n');
    case 'failure':
      return [branch?.failure?.message, branch?.failure?.detail].filter(Boolean).join('\n');
    default:
      return '';
  }
}

function countOf(branch: Branch | undefined, rows: number): string[] {
  return branch ? [vscode.l10n.t('{0} of {1} rows', count(rows), rowCount(branch)), ...asOf(branch)] : [];
}

/** What came instead, as far as there is room. */
function unreadableLines(branch: Branch | undefined): string[] {
  if (!branch?.unreadable) {
    return [];
  }
  const { count: all, came } = branch.unreadable;
  return [
    unreadableText(branch.unreadable),
    ...came.map(each => vscode.l10n.t('The server sent {0}', oneLine(each))),
    ...(all > came.length ? [vscode.l10n.t('and {0} more', count(all - came.length))] : []),
  ];
}

function folderText(folder: Folder): string {
  const names: string[] = [];
  for (let each: Folder | undefined = folder; each; each = each.parent) {
    names.unshift(nameIn(each.name));
  }
  return [
    `${vscode.l10n.t('Folder')}: ${names.join(' / ')}`,
    fact(vscode.l10n.t('Servers'), count(folder.servers.length)),
    ...failuresIn(folder),
  ]
    .filter(line => line !== undefined)
    .join('\n');
}

/** Why what is below a folder or a server did not come. */
function failuresIn(row: Folder | Node): (string | undefined)[] {
  return failingIn(row)
    .slice(0, longestList)
    .map(({ item, openedBranch }) => fact(nameIn(item.name), openedBranch?.failure?.short));
}

/** Lines of a tooltip about servers or lists with a problem. */
const longestList = 10;

function stateOf(node: Node): string[] {
  const { item, parent, openedBranch } = node;
  // A server and a heading tell of what is below them; what an item tells of itself came with those around it.
  const source = item.kind === 'server' || item.kind === 'group' ? openedBranch : parent?.openedBranch;
  const below = item.kind === 'server' && !openedBranch?.failure ? failuresIn(node) : [];
  return [openedBranch?.failure?.message, openedBranch?.failure?.detail, ...below, ...asOf(source)].filter(
    line => line !== undefined,
  );
}

function asOf(branch: Branch | undefined): string[] {
  const loaded = branch?.loadedAt;
  return loaded === undefined ? [] : [vscode.l10n.t('As of {0}', dateTime(new Date(loaded).toISOString()))];
}

function fact(label: string, value: string | undefined): string | undefined {
  return value ? `${label}: ${nameIn(value, 300)}` : undefined;
}
