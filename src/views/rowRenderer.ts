import * as vscode from 'vscode';
import type { Failure } from '../http/failure';
import { oneLine } from '../http/text';
import type { Branch } from '../inventory/branch';
import type { Folder } from '../inventory/folder';
import type { Node, Notice, TreeRow } from '../inventory/node';
import { kindBelow } from '../inventory/order';
import type { Section } from '../inventory/section';
import {
  type Gateway,
  type Group,
  hasId,
  type Item,
  type ItemKind,
  type Job,
  type Label,
  type LabelColor,
  type Organization,
  type Repository,
  type Server,
  type Subtenant,
  type Tenant,
} from '../products/item';
import type { DocumentFormat } from '../products/product';
import { productOf } from '../servers/savedServer';
import { expiryWarning } from './certificateExpiry';
import { count, dateTime, locale, size } from './format';

/**
 * How a row looks. Tooltips are made later, for the row that is pointed at.
 * @param note what there is to say beside what the row tells of itself
 */
export function renderRow(row: Exclude<TreeRow, Section>, open: boolean, note?: string): vscode.TreeItem {
  switch (row.type) {
    case 'node':
      return renderNode(row, open, note);
    case 'folder':
      return renderFolder(row, open);
    default:
      return renderNotice(row, note);
  }
}

function renderFolder(folder: Folder, open: boolean): vscode.TreeItem {
  const treeItem = new vscode.TreeItem(oneLine(folder.name) || vscode.l10n.t('(no name)'), collapsible(open));
  treeItem.id = folder.key;
  const problems = problemsIn(folder);
  const description = parts(
    count(folder.servers.length),
    problems === 1 && vscode.l10n.t('1 problem'),
    problems > 1 && vscode.l10n.t('{0} problems', count(problems)),
  );
  treeItem.description = description;
  treeItem.iconPath = new vscode.ThemeIcon('folder-library');
  treeItem.contextValue = facets('kind=folder', 'has=name', folder.servers.length > 0 && 'can=load');
  treeItem.accessibilityInformation = {
    label: [vscode.l10n.t('Folder'), treeItem.label, description].filter(Boolean).join(', '),
  };
  return treeItem;
}

/** How many servers in the folder show a warning. */
export function problemsIn(folder: Folder): number {
  return folder.servers.filter(({ openedBranch }) => openedBranch?.failure).length;
}

function renderNode(node: Node, open: boolean, note: string | undefined): vscode.TreeItem {
  const { item } = node;
  const failure = item.kind === 'server' ? node.openedBranch?.failure : undefined;
  const treeItem = new vscode.TreeItem(
    // Server-supplied: one line of sane length, whatever it is.
    oneLine(item.name) || vscode.l10n.t('(no name)'),
    item.hasChildren ? collapsible(open) : vscode.TreeItemCollapsibleState.None,
  );
  treeItem.id = node.key;
  const label = item.kind === 'server' ? item.label : undefined;
  const description = parts(
    // The warning takes the icon, so the colour is told in words where it is all there is.
    failure ? labelText(label) : label?.text,
    failure?.short ?? descriptionOf(node),
    note,
  );
  if (description) {
    treeItem.description = description;
  }
  treeItem.iconPath = failure
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : iconOf(item);
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
    ...remediesOf(failure),
  );
  treeItem.accessibilityInformation = {
    label: [
      kindName(item.kind),
      treeItem.label,
      !description.startsWith(labelText(label)) && labelText(label),
      description,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return treeItem;
}

/** For rows that VS Code does not know yet; it remembers the others by itself. */
export function collapsible(open: boolean): vscode.TreeItemCollapsibleState {
  return open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** A label in words: its text, or else its colour. */
function labelText(label: Label | undefined): string {
  return oneLine(label?.text ?? (label?.color && colorName(label.color)) ?? '');
}

export function colorName(color: LabelColor): string {
  switch (color) {
    case 'red':
      return vscode.l10n.t('red');
    case 'orange':
      return vscode.l10n.t('orange');
    case 'yellow':
      return vscode.l10n.t('yellow');
    case 'green':
      return vscode.l10n.t('green');
    case 'blue':
      return vscode.l10n.t('blue');
    case 'purple':
      return vscode.l10n.t('purple');
  }
}

/** The theme's colour for a label. */
export function themeColor(color: LabelColor): vscode.ThemeColor {
  return new vscode.ThemeColor(`charts.${color}`);
}

function renderNotice(notice: Notice, note: string | undefined): vscode.TreeItem {
  const { parent, type } = notice;
  const branch = parent.openedBranch;
  const treeItem = new vscode.TreeItem('');
  treeItem.id = `${parent.key}/#${type}`;
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
      treeItem.accessibilityInformation = {
        label: vscode.l10n.t('Error: {0}', branch?.failure?.message ?? ''),
      };
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

/** In which an item can be read as its server gives it, as far as that is known without asking. */
export function documentFormats({ item, root }: Node): readonly DocumentFormat[] {
  return hasId(item) && root.item.kind === 'server' ? (productOf(root.item)?.formats ?? []) : [];
}

export function kindName(kind: ItemKind): string {
  switch (kind) {
    case 'server':
      return vscode.l10n.t('Server');
    case 'group':
      return vscode.l10n.t('Group');
    case 'repository':
      return vscode.l10n.t('Backup repository');
    case 'organization':
      return vscode.l10n.t('Organization');
    case 'tenant':
      return vscode.l10n.t('Tenant');
    case 'subtenant':
      return vscode.l10n.t('Subtenant');
    case 'protectedUser':
      return vscode.l10n.t('Protected user');
    case 'protectedGroup':
      return vscode.l10n.t('Protected group');
    case 'protectedSite':
      return vscode.l10n.t('Protected site');
    case 'protectedTeam':
      return vscode.l10n.t('Protected team');
    case 'usedRepository':
      return vscode.l10n.t('Repository in use');
    case 'job':
      return vscode.l10n.t('Backup job');
    case 'proxy':
      return vscode.l10n.t('Backup proxy');
    case 'backupResource':
      return vscode.l10n.t('Backup resource');
    case 'hardwarePlan':
      return vscode.l10n.t('Hardware plan');
    case 'gateway':
      return vscode.l10n.t('Cloud gateway');
    case 'backupServer':
      return vscode.l10n.t('Backup server');
  }
}

export function iconOf(item: Item): vscode.ThemeIcon {
  switch (item.kind) {
    case 'server':
      return new vscode.ThemeIcon(
        productOf(item)?.icon ?? 'question',
        item.label?.color && themeColor(item.label.color),
      );
    case 'group':
      return new vscode.ThemeIcon('folder');
    case 'repository':
      return item.problem ? warning('database') : new vscode.ThemeIcon('database');
    case 'organization':
      return new vscode.ThemeIcon('organization');
    case 'tenant':
      return new vscode.ThemeIcon(item.enabled === false ? 'circle-slash' : 'briefcase');
    case 'subtenant':
      return new vscode.ThemeIcon(item.enabled === false ? 'circle-slash' : 'person');
    case 'protectedUser':
      return new vscode.ThemeIcon('account');
    case 'protectedGroup':
      return new vscode.ThemeIcon('organization');
    case 'protectedSite':
      return new vscode.ThemeIcon('globe');
    case 'protectedTeam':
      return new vscode.ThemeIcon('comment-discussion');
    case 'usedRepository':
      return item.available === false ? warning('database') : new vscode.ThemeIcon('database');
    case 'job':
      return jobIcon(item);
    case 'proxy':
      return item.online === false ? warning('vm') : new vscode.ThemeIcon('vm');
    case 'backupResource':
      return new vscode.ThemeIcon('archive');
    case 'hardwarePlan':
      return new vscode.ThemeIcon('circuit-board');
    case 'gateway':
      return new vscode.ThemeIcon(item.enabled === false ? 'circle-slash' : 'radio-tower');
    case 'backupServer':
      return new vscode.ThemeIcon('server');
  }
}

function jobIcon({ enabled, lastResult }: Job): vscode.ThemeIcon {
  if (lastResult === 'Failed' || lastResult === 'Disconnected') {
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  }
  if (lastResult === 'Warning' || lastResult === 'NotConfigured') {
    return warning('warning');
  }
  return new vscode.ThemeIcon(enabled === false ? 'circle-slash' : lastResult === 'Running' ? 'sync' : 'play-circle');
}

function warning(icon: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor('list.warningForeground'));
}

/** What is told of an item beside its name. */
export function descriptionOf(node: Node): string {
  const { item, openedBranch } = node;
  switch (item.kind) {
    case 'server':
      return serverText(item);
    case 'group':
      return openedBranch?.loadedAt === undefined ? '' : rowCount(openedBranch);
    case 'repository':
      return parts(repositoryText(item), countBelow(node));
    case 'organization':
      return organizationText(item);
    case 'tenant':
      return parts(tenantText(item), countBelow(node));
    case 'subtenant':
      return subtenantText(item);
    case 'protectedUser':
    case 'protectedGroup':
    case 'protectedSite':
    case 'protectedTeam':
      return parts(item.email ?? item.url, item.lastBackup && dateTime(item.lastBackup));
    case 'usedRepository':
      return parts(usage(item.usedBytes, undefined), item.available === false && vscode.l10n.t('not available'));
    case 'job':
      return jobText(item);
    case 'proxy':
      return parts(
        item.online === false && vscode.l10n.t('offline'),
        item.maintenance && vscode.l10n.t('in maintenance'),
        item.version,
      );
    case 'backupResource':
      return parts(
        quota(item.usedBytes, item.quotaBytes),
        // Said already by its own name, or by that of the repository above it.
        item.repositoryName !== item.name && node.parent?.item.kind !== 'repository' && item.repositoryName,
      );
    case 'hardwarePlan':
      return parts(item.platform, item.backupServer);
    case 'gateway':
      return parts(addressText(item), item.enabled === false && vscode.l10n.t('disabled'), item.backupServer);
    case 'backupServer':
      return parts(item.version, countBelow(node));
  }
}

/** How many rows there are on the server apart from headings, or at least. */
export function rowCount({ nodes, next, total }: Branch): string {
  const headings = nodes.filter(({ item }) => item.kind === 'group').length;
  const known = count((total ?? nodes.length) - headings);
  return total === undefined && next !== undefined ? `${known}+` : known;
}

/** How many are below a parent that has been opened. */
function countBelow(node: Node): string | undefined {
  const { openedBranch } = node;
  if (openedBranch?.loadedAt === undefined || openedBranch.nodes.length === 0) {
    return undefined;
  }
  const below = rowCount(openedBranch);
  const isOne = below === '1';
  switch (kindBelow(node)) {
    case 'organization':
      return isOne ? vscode.l10n.t('1 organization') : vscode.l10n.t('{0} organizations', below);
    case 'subtenant':
      return isOne ? vscode.l10n.t('1 subtenant') : vscode.l10n.t('{0} subtenants', below);
    case 'repository':
      return isOne ? vscode.l10n.t('1 repository') : vscode.l10n.t('{0} repositories', below);
    default:
      return undefined;
  }
}

function jobText({ enabled, lastResult, lastRun }: Job): string {
  return parts(lastResult, lastRun && dateTime(lastRun), enabled === false && vscode.l10n.t('disabled'));
}

/** `host:port`, as far as it is known. */
export function addressText({ address, port }: Gateway): string {
  return [address, port].filter(each => each !== undefined).join(':');
}

function serverText({ product, version, apiVersion, certificateExpires }: Server): string {
  const info = productOf({ product });
  if (!info) {
    return vscode.l10n.t('product not supported by this version');
  }
  const name = version ? `${info.shortName} ${oneLine(version)}` : info.shortName;
  return parts(name, apiVersion && `API ${apiVersion}`, expiryWarning(certificateExpires));
}

function repositoryText({ objectStorage, usedBytes, capacityBytes, problem }: Repository): string {
  return parts(objectStorage && vscode.l10n.t('object storage'), usage(usedBytes, capacityBytes), problem);
}

function organizationText({ usedBytes, type }: Organization): string {
  return parts(usedBytes === undefined ? type : size(usedBytes));
}

function tenantText({ usedBytes, quotaBytes, enabled, backupServer }: Tenant): string {
  return parts(quota(usedBytes, quotaBytes), enabled === false && vscode.l10n.t('disabled'), backupServer);
}

function subtenantText({ usedBytes, quotaBytes, unlimited, enabled }: Subtenant): string {
  const space = unlimited
    ? usedBytes
      ? vscode.l10n.t('{0} used, unlimited', size(usedBytes))
      : vscode.l10n.t('unlimited')
    : quota(usedBytes, quotaBytes);
  return parts(space, enabled === false && vscode.l10n.t('disabled'));
}

export function usage(used: number | undefined, capacity: number | undefined): string | undefined {
  if (used === undefined) {
    return undefined;
  }
  return capacity === undefined
    ? vscode.l10n.t('{0} used', size(used))
    : vscode.l10n.t('{0} of {1} used', size(used), size(capacity));
}

function quota(used: number | undefined, limit: number | undefined): string | undefined {
  if (used === undefined || limit === undefined) {
    return usage(used, undefined) ?? (limit === undefined ? undefined : vscode.l10n.t('quota {0}', size(limit)));
  }
  return vscode.l10n.t('{0} of {1}', size(used), size(limit));
}

function emptyText(parent: Item): string {
  switch (parent.kind) {
    case 'repository':
      return vscode.l10n.t('No organizations in this repository');
    case 'tenant':
      return vscode.l10n.t('No subtenants');
    case 'backupServer':
      return vscode.l10n.t('No backup repositories');
    case 'group':
      return emptyGroupText(parent);
    default:
      return vscode.l10n.t('Nothing here');
  }
}

function emptyGroupText({ contains }: Group): string {
  switch (contains) {
    case 'protectedUser':
      return vscode.l10n.t('No users');
    case 'protectedGroup':
      return vscode.l10n.t('No groups');
    case 'protectedSite':
      return vscode.l10n.t('No sites');
    case 'protectedTeam':
      return vscode.l10n.t('No teams');
    case 'usedRepository':
      return vscode.l10n.t('No repositories');
    case 'job':
      return vscode.l10n.t('No backup jobs');
    case 'proxy':
      return vscode.l10n.t('No backup proxies');
    case 'gateway':
      return vscode.l10n.t('No cloud gateways');
    case 'hardwarePlan':
      return vscode.l10n.t('No hardware plans');
    default:
      return vscode.l10n.t('Nothing here');
  }
}

function remediesOf(failure: Failure | undefined): string[] {
  return failure?.remedies.map(remedy => `can=${remedy}`) ?? [];
}

/** `kind=tenant;has=id;can=load`: what menus match by regular expression. */
export function facets(...all: readonly (string | false)[]): string {
  return all.filter(Boolean).join(';');
}

export function parts(...all: readonly (string | false | undefined)[]): string {
  return all
    .filter(part => typeof part === 'string' && part !== '')
    .map(part => oneLine(String(part)))
    .join(' · ');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
