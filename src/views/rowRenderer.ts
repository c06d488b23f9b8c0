import * as vscode from 'vscode';
import type { Failure } from '../http/failure';
import { oneLine } from '../http/text';
import type { Node, Notice, Row } from '../inventory/node';
import type { Item, ItemKind, Organization, Repository, Server, Subtenant, Tenant } from '../products/item';
import { productOf } from '../servers/savedServer';
import { count, size } from './format';

/** How a row looks. Tooltips are made later, for the row that is pointed at. */
export function renderRow(row: Row): vscode.TreeItem {
  return row.type === 'node' ? renderNode(row) : renderNotice(row);
}

function renderNode(node: Node): vscode.TreeItem {
  const { item } = node;
  const failure = item.kind === 'server' ? node.openedBranch?.failure : undefined;
  const treeItem = new vscode.TreeItem(
    // Server-supplied: one line of sane length, whatever it is.
    oneLine(item.name) || vscode.l10n.t('(no name)'),
    item.hasChildren ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  treeItem.id = node.key;
  const description = failure?.short ?? descriptionOf(node);
  if (description) {
    treeItem.description = description;
  }
  treeItem.iconPath = failure
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : iconOf(item);
  treeItem.contextValue = facets(
    `kind=${item.kind}`,
    hasId(item) && 'has=id',
    'has=name',
    item.hasChildren && 'can=load',
    node.openedBranch?.next !== undefined && 'can=loadMore',
    ...remediesOf(failure),
  );
  treeItem.accessibilityInformation = {
    label: [kindName(item.kind), treeItem.label, description].filter(Boolean).join(', '),
  };
  return treeItem;
}

function renderNotice(notice: Notice): vscode.TreeItem {
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
      treeItem.iconPath = new vscode.ThemeIcon('ellipsis');
      treeItem.contextValue = facets('kind=more', 'can=loadMore');
      treeItem.command = { command: 'backupTenancy.loadMore', title: '', arguments: [notice] };
  }
  return treeItem;
}

/** Whether the item has an ID of the server's that can be copied. */
export function hasId(item: Item): boolean {
  return item.id !== '' && item.kind !== 'server' && item.kind !== 'group';
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
    case 'backupServer':
      return vscode.l10n.t('Backup server');
  }
}

function iconOf(item: Item): vscode.ThemeIcon {
  switch (item.kind) {
    case 'server':
      return new vscode.ThemeIcon(productOf(item)?.icon ?? 'question');
    case 'group':
      return new vscode.ThemeIcon('folder');
    case 'repository':
      return item.problem
        ? new vscode.ThemeIcon('database', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('database');
    case 'organization':
      return new vscode.ThemeIcon('organization');
    case 'tenant':
      return new vscode.ThemeIcon(item.enabled === false ? 'circle-slash' : 'briefcase');
    case 'subtenant':
      return new vscode.ThemeIcon(item.enabled === false ? 'circle-slash' : 'person');
    case 'backupServer':
      return new vscode.ThemeIcon('server');
  }
}

function descriptionOf(node: Node): string {
  const { item, openedBranch } = node;
  switch (item.kind) {
    case 'server':
      return serverText(item);
    case 'group': {
      const number = openedBranch?.total ?? openedBranch?.nodes.length;
      return openedBranch?.loadedAt === undefined || number === undefined ? '' : count(number);
    }
    case 'repository':
      return repositoryText(item);
    case 'organization':
      return organizationText(item);
    case 'tenant':
      return tenantText(item);
    case 'subtenant':
      return subtenantText(item);
    case 'backupServer':
      return oneLine(item.version ?? '');
  }
}

function serverText({ product, version, apiVersion }: Server): string {
  const info = productOf({ product });
  if (!info) {
    return vscode.l10n.t('product not supported by this version');
  }
  const name = version ? `${info.shortName} ${oneLine(version)}` : info.shortName;
  return apiVersion ? `${name} · API ${apiVersion}` : name;
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

function usage(used: number | undefined, capacity: number | undefined): string | undefined {
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
    default:
      return vscode.l10n.t('Nothing here');
  }
}

function remediesOf(failure: Failure | undefined): string[] {
  return failure?.remedies.map(remedy => `can=${remedy}`) ?? [];
}

/** `kind=tenant;has=id;can=load`: what menus match by regular expression. */
function facets(...all: readonly (string | false)[]): string {
  return all.filter(Boolean).join(';');
}

function parts(...all: readonly (string | false | undefined)[]): string {
  return all
    .filter(part => typeof part === 'string' && part !== '')
    .map(part => oneLine(String(part)))
    .join(' · ');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase(vscode.env.language) + text.slice(1);
}
