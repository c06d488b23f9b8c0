import * as vscode from 'vscode';
import type { Failure } from '../../base/failure';
import { oneLine } from '../../base/text';
import { canBeElsewhere } from '../../everywhere/candidates';
import { prefixes } from '../../inventory/search/query';
import type { SearchResult } from '../../inventory/search/search';
import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import { kindName, kindNameOf } from '../../items/kinds';
import { descriptionOf } from './descriptions';
import { count } from './format';
import { nameIn, plain, withoutIcons } from './harmless';
import { iconOf } from './kinds';

/** Lines of a list that anybody reads. */
export const shownAtMost = 200;

/** A line of the list of what was found. */
export interface FindItem extends vscode.QuickPickItem {
  /** What was found. */
  readonly node?: Node;
  /** What could not be gone through: rows of one server. */
  readonly failed?: readonly Node[];
  /** What takes the place of the text. */
  readonly text?: string;
}

export const copyButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy ID') };
export const insertButton = {
  iconPath: new vscode.ThemeIcon('insert'),
  tooltip: vscode.l10n.t('Insert ID into Editor'),
};
export const copyAsButton = { iconPath: new vscode.ThemeIcon('clippy'), tooltip: vscode.l10n.t('Copy As…') };
export const detailsButton = { iconPath: new vscode.ThemeIcon('info'), tooltip: vscode.l10n.t('Open Details') };
export const everywhereButton = {
  iconPath: new vscode.ThemeIcon('references'),
  tooltip: vscode.l10n.t('Show Everywhere'),
};
export const retryButton = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Try Again') };
export const signInButton = { iconPath: new vscode.ThemeIcon('sign-in'), tooltip: vscode.l10n.t('Sign In') };
export const trustButton = { iconPath: new vscode.ThemeIcon('shield'), tooltip: vscode.l10n.t('Trust Certificate…') };

/** A line with what can be done with the node. */
export function foundItem(node: Node): FindItem {
  const hasEditor = vscode.window.activeTextEditor !== undefined;
  const buttons = [
    ...(hasId(node.item) ? [copyButton, ...(hasEditor ? [insertButton] : [])] : []),
    copyAsButton,
    ...(canBeElsewhere(node.item) ? [everywhereButton] : []),
    detailsButton,
  ];
  return { ...itemOf(node), buttons };
}

/** A line that stands for a node, with nothing to press. */
export function itemOf(node: Node): FindItem {
  const { item } = node;
  return {
    label: plain(item.name) || vscode.l10n.t('(no name)'),
    iconPath: iconOf(item),
    description: [kindNameOf(item), pathTextOf(node), withoutIcons(descriptionOf(node))].filter(Boolean).join(' · '),
    // A heading's is of this extension alone.
    detail: plain(item.kind === 'server' ? item.url : hasId(item) ? item.id : ''),
    // Which match and in which order is decided already.
    alwaysShow: true,
    node,
  };
}

/** `em-prod › Northwind`: where it is, without headings. */
function pathTextOf(node: Node): string {
  const names: string[] = [];
  for (let each = node.parent; each; each = each.parent) {
    if (each.item.kind !== 'group') {
      names.unshift(withoutIcons(oneLine(each.item.name, 60)));
    }
  }
  return names.join(' › ');
}

/** One line for all rows of a server that have failed. */
export function failedItems(failed: readonly { readonly node: Node; readonly failure: Failure }[]): FindItem[] {
  const servers = [...new Set(failed.map(({ node }) => node.root))];
  return servers.map(server => {
    const all = failed.filter(({ node }) => node.root === server);
    const [{ node, failure } = { node: server, failure: undefined }] = all;
    const remedies = failure?.remedies ?? [];
    const where = all.length > 1 ? vscode.l10n.t('{0}: {1} rows', nameOf(server), count(all.length)) : whereOf(node);
    return {
      label: vscode.l10n.t('Could not search {0}', where),
      iconPath: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
      description: plain(failure?.short ?? ''),
      detail: plain(failure?.message ?? ''),
      buttons: [
        ...(remedies.includes('signIn') ? [signInButton] : []),
        ...(remedies.includes('trust') ? [trustButton] : []),
        retryButton,
      ],
      alwaysShow: true,
      failed: all.map(each => each.node),
    };
  });
}

function whereOf(node: Node): string {
  return node === node.root ? nameOf(node) : `${nameOf(node.root)} › ${nameOf(node)}`;
}

function nameOf({ item }: Node): string {
  return plain(nameIn(item.name));
}

/** Tells of what has been found and not shown, if there is any. */
export function noteOfMore({ best, total }: SearchResult, shown = best.length): readonly FindItem[] {
  return total > shown
    ? [note('ellipsis', vscode.l10n.t('… and {0} more; keep typing to narrow down', count(total - shown)))]
    : [];
}

/** A line that only tells something. */
export function note(icon: string, label: string): FindItem {
  return { label, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true };
}

export function separator(label: string): FindItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** What can stand before the text, each to be chosen. */
export function prefixItems(): FindItem[] {
  return [...prefixes()].map(([letter, kinds]) => ({
    label: `${letter}:`,
    description: kinds.map(kindName).join(' · '),
    alwaysShow: true,
    text: `${letter}:`,
  }));
}
