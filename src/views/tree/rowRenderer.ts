import * as vscode from 'vscode';
import type { Failure, Remedy } from '../../base/failure';
import { oneLine } from '../../base/text';
import { failingIn } from '../../inventory/tree/failing';
import type { Folder } from '../../inventory/tree/folder';
import type { Node, Notice, TreeRow } from '../../inventory/tree/node';
import { kindBelow } from '../../inventory/tree/order';
import type { Section } from '../../inventory/tree/section';
import { attentionOf, type FillLimits, usualLimits } from '../../items/attention';
import { hasId, type Item, type Label } from '../../items/item';
import type { Tone } from '../../items/kind';
import { kindNameOf, kindOf } from '../../items/kinds';
import { colorName } from '../../items/server';
import { unreadableText } from '../../items/unreadable';
import { descriptionOf, joined, parts } from '../shared/descriptions';
import { documentFormats } from '../shared/documentFormats';
import { count, locale } from '../shared/format';
import { behind } from '../shared/harmless';
import { iconOf } from '../shared/kinds';
import { words } from '../shared/words';

/**
 * How a row looks. Tooltips are made later, for the row that is pointed at.
 * @param note what there is to say beside what the row tells of itself
 * @param limits from which on a quota or a capacity is nearly full
 */
export function renderRow(
  row: Exclude<TreeRow, Section>,
  open: boolean,
  note?: string,
  limits = usualLimits,
): vscode.TreeItem {
  switch (row.type) {
    case 'node':
      return renderNode(row, open, limits, note);
    case 'folder':
      return renderFolder(row, open);
    default:
      return renderNotice(row, note);
  }
}

function renderFolder(folder: Folder, open: boolean): vscode.TreeItem {
  const name = oneLine(folder.name) || vscode.l10n.t('(no name)');
  const treeItem = new vscode.TreeItem(name, collapsible(open));
  treeItem.id = folder.key;
  const problems = failingIn(folder).length;
  const description = parts(
    count(folder.servers.length),
    problems === 1 && vscode.l10n.t('1 problem'),
    problems > 1 && vscode.l10n.t('{0} problems', count(problems)),
  );
  treeItem.description = behind(name, description);
  treeItem.iconPath = new vscode.ThemeIcon('folder-library');
  treeItem.contextValue = facets('kind=folder', 'has=name', folder.servers.length > 0 && 'can=load');
  treeItem.accessibilityInformation = {
    label: [vscode.l10n.t('Folder'), treeItem.label, description].filter(Boolean).join(', '),
  };
  return treeItem;
}

function renderNode(node: Node, open: boolean, limits: FillLimits, note: string | undefined): vscode.TreeItem {
  const { item } = node;
  const failure = item.kind === 'server' ? node.openedBranch?.failure : undefined;
  /** Old rows stay below a list that could not be refreshed, and rows may be folded that do not tell all that they should. */
  const stale =
    failure === undefined
      ? (node.openedBranch?.failure?.short ?? node.openedBranch?.unreadable?.lacking?.short)
      : undefined;
  const treeItem = new vscode.TreeItem(
    // Server-supplied: one line of sane length, whatever it is.
    oneLine(item.name) || vscode.l10n.t('(no name)'),
    item.hasChildren ? collapsible(open) : vscode.TreeItemCollapsibleState.None,
  );
  treeItem.id = node.shortKey;
  const tone = failure ? 'warning' : attentionOf(item, limits, words);
  const label = item.kind === 'server' ? item.label : undefined;
  const description = joined(
    // The warning takes the icon, so the colour is told in words where it is all there is.
    parts(failure ? labelText(label) : label?.text),
    failure ? parts(failure.short) : joined(parts(stale, failedLists(node)), descriptionOf(node)),
    parts(attentionText(node, limits)),
    parts(note),
  );
  if (description) {
    treeItem.description = behind(item.name, description);
  }
  treeItem.iconPath = failure
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : iconOf(item, tone);
  treeItem.contextValue = facets(
    `kind=${item.kind}`,
    item.kind === 'group' && `of=${item.contains}`,
    hasId(item) && 'has=id',
    'has=name',
    ...documentFormats(node).map(format => `can=${format}`),
    item.hasChildren && 'can=load',
    node.openedBranch?.next !== undefined && 'can=loadMore',
    node.openedBranch?.load !== undefined && 'can=cancel',
    kindBelow(node) !== undefined && 'can=sort',
    isSignedIn(node) && 'has=session',
    ...remediesOf(failure),
  );
  treeItem.accessibilityInformation = {
    label: [
      kindNameOf(item),
      treeItem.label,
      tone && toneName(tone),
      !description.startsWith(labelText(label)) && labelText(label),
      description,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return treeItem;
}

/** A server that has let the user in. Of one that was not opened yet, nobody knows: a session may be left from before. */
function isSignedIn({ item, openedBranch }: Node): boolean {
  return (
    item.kind === 'server' && openedBranch?.loadedAt !== undefined && !openedBranch.failure?.remedies.includes('signIn')
  );
}

/** For a server that answers: how many of its lists did not come, as they may be folded. */
function failedLists(node: Node): string | undefined {
  const number = node.item.kind === 'server' ? failingIn(node).length : 0;
  return number === 0
    ? undefined
    : number === 1
      ? vscode.l10n.t('1 list failed to load')
      : vscode.l10n.t('{0} lists failed to load', count(number));
}

/** What the colour of an icon says to those who see it. */
function toneName(tone: Tone): string {
  return tone === 'error' ? vscode.l10n.t('error') : vscode.l10n.t('warning');
}

/** For a heading: how many of the rows below it need attention, as far as they are loaded. */
function attentionText({ item, openedBranch }: Node, limits: FillLimits): string | undefined {
  const number = item.kind === 'group' && openedBranch ? needingAttention(openedBranch.nodes, limits) : 0;
  return number === 0
    ? undefined
    : number === 1
      ? vscode.l10n.t('1 needs attention')
      : vscode.l10n.t('{0} need attention', count(number));
}

/** The numbers of lists that have not changed since: a heading is drawn far more often than its rows are loaded. */
const counted = new WeakMap<readonly Node[], { readonly limits: FillLimits; readonly number: number }>();

function needingAttention(nodes: readonly Node[], limits: FillLimits): number {
  const known = counted.get(nodes);
  if (known?.limits === limits) {
    return known.number;
  }
  const number = nodes.filter(({ item }) => attentionOf(item, limits, words) !== undefined).length;
  counted.set(nodes, { limits, number });
  return number;
}

/** For rows that VS Code does not know yet; it remembers the others by itself. */
export function collapsible(open: boolean): vscode.TreeItemCollapsibleState {
  return open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** A label in words: its text, or else its colour. */
function labelText(label: Label | undefined): string {
  return oneLine(label?.text ?? (label?.color && colorName(label.color)) ?? '');
}

function renderNotice(notice: Notice, note: string | undefined): vscode.TreeItem {
  const { parent, type } = notice;
  const branch = parent.openedBranch;
  const treeItem = new vscode.TreeItem('');
  treeItem.id = `${parent.shortKey}/#${type}`;
  switch (type) {
    case 'loading':
      treeItem.label = vscode.l10n.t('Loading…');
      treeItem.iconPath = new vscode.ThemeIcon('loading~spin');
      treeItem.contextValue = facets('kind=loading', 'can=cancel');
      break;
    case 'failure':
      treeItem.label = sentenceCase(branch?.failure?.short ?? '');
      treeItem.description = branch?.failure?.message ?? '';
      treeItem.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      treeItem.contextValue = facets('kind=failure', ...remediesOf(branch?.failure));
      Object.assign(treeItem, { command: firstRemedy(notice) });
      treeItem.accessibilityInformation = {
        label: vscode.l10n.t('Error: {0}', branch?.failure?.message ?? ''),
      };
      break;
    case 'unreadable':
      treeItem.label = branch?.unreadable ? unreadableText(branch.unreadable) : '';
      treeItem.iconPath = new vscode.ThemeIcon('info');
      treeItem.contextValue = facets('kind=unreadable');
      break;
    case 'empty':
      treeItem.label = branch?.note ?? emptyText(parent.item);
      treeItem.contextValue = facets('kind=empty');
      break;
    case 'more':
      treeItem.label =
        branch?.total === undefined
          ? vscode.l10n.t('Load More ({0} so far)', count(branch?.nodes.length ?? 0))
          : vscode.l10n.t('Load More ({0} of {1})', count(branch.nodes.length), count(branch.total));
      treeItem.description = note ?? '';
      treeItem.iconPath = new vscode.ThemeIcon('ellipsis');
      treeItem.contextValue = facets('kind=more', 'can=loadMore');
      treeItem.command = { command: 'backupTenancy.loadMore', title: '', arguments: [notice] };
  }
  return treeItem;
}

function emptyText(parent: Item): string {
  const text = parent.kind === 'group' ? kindOf(parent.contains).none?.() : kindOf(parent.kind).emptyBelow?.();
  return text ?? vscode.l10n.t('Nothing here');
}

/** What a click on the row does. */
function firstRemedy(notice: Notice): vscode.Command | undefined {
  const [remedy] = notice.parent.openedBranch?.failure?.remedies ?? [];
  return remedy && { command: `backupTenancy.${remedyCommands[remedy]}`, title: '', arguments: [notice] };
}

const remedyCommands: Readonly<Record<Remedy, string>> = {
  retry: 'refresh',
  signIn: 'signIn',
  trust: 'trustCertificate',
  edit: 'editServer',
  connectionOptions: 'connectionOptions',
  showLog: 'showLog',
};

function remediesOf(failure: Failure | undefined): string[] {
  return failure?.remedies.map(remedy => `can=${remedy}`) ?? [];
}

/** `kind=tenant;has=id;can=load`: what menus match by regular expression. */
export function facets(...all: readonly (string | false)[]): string {
  return all.filter(Boolean).join(';');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
