import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Branch } from '../../inventory/tree/branch';
import type { Node } from '../../inventory/tree/node';
import { kindBelow } from '../../inventory/tree/order';
import type {
  Proxy as BackupProxy,
  Gateway,
  Job,
  Organization,
  Repository,
  Server,
  Subtenant,
  Tenant,
} from '../../items/item';
import { productOf } from '../../servers/list/savedServer';
import { expiryWarning } from './certificateExpiry';
import { count, dateTime, size } from './format';
import { isolated } from './harmless';

/** What is told of an item beside its name. */
export function descriptionOf(node: Node): string {
  const { item, openedBranch } = node;
  switch (item.kind) {
    case 'server':
      return serverText(item);
    case 'group':
      return openedBranch?.loadedAt === undefined ? '' : rowCount(openedBranch);
    case 'repository':
      return joined(repositoryText(item), parts(countBelow(node)));
    case 'organization':
      return organizationText(item);
    case 'tenant':
      return joined(tenantText(item), parts(countBelow(node)));
    case 'subtenant':
      return subtenantText(item);
    case 'protectedUser':
    case 'protectedGroup':
    case 'protectedSite':
    case 'protectedTeam':
      return parts(item.email ?? item.url, item.lastBackup && dateTime(item.lastBackup));
    case 'usedRepository':
      return parts(usageText(item.usedBytes, undefined), item.available === false && vscode.l10n.t('not available'));
    case 'job':
      return jobText(item);
    case 'proxy':
      return parts(item.online !== true && proxyState(item), proxyMaintenance(item), item.version);
    case 'backupResource':
      return parts(
        quotaText(item.usedBytes, item.quotaBytes),
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

/** A word that is not known is shown as it came. */
export function proxyState({ online, state }: BackupProxy): string | undefined {
  return online === undefined ? state : online ? vscode.l10n.t('online') : vscode.l10n.t('offline');
}

/** Nothing, where there is none. */
export function proxyMaintenance({ maintenance, maintenanceState }: BackupProxy): string | undefined {
  if (maintenance) {
    return vscode.l10n.t('in maintenance');
  }
  return maintenance === undefined && maintenanceState
    ? vscode.l10n.t('maintenance: {0}', maintenanceState)
    : undefined;
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
  return parts(objectStorage && vscode.l10n.t('object storage'), usageText(usedBytes, capacityBytes), problem);
}

function organizationText({ usedBytes, type }: Organization): string {
  return parts(usedBytes === undefined ? type : size(usedBytes));
}

function tenantText({ usedBytes, quotaBytes, enabled, backupServer }: Tenant): string {
  return parts(quotaText(usedBytes, quotaBytes), enabled === false && vscode.l10n.t('disabled'), backupServer);
}

function subtenantText({ usedBytes, quotaBytes, unlimited, enabled }: Subtenant): string {
  const space = unlimited
    ? usedBytes
      ? vscode.l10n.t('{0} used, unlimited', size(usedBytes))
      : vscode.l10n.t('unlimited')
    : quotaText(usedBytes, quotaBytes);
  return parts(space, enabled === false && vscode.l10n.t('disabled'));
}

export function usageText(used: number | undefined, capacity: number | undefined): string | undefined {
  if (used === undefined) {
    return undefined;
  }
  return capacity === undefined
    ? vscode.l10n.t('{0} used', size(used))
    : vscode.l10n.t('{0} of {1} used', size(used), size(capacity));
}

function quotaText(used: number | undefined, limit: number | undefined): string | undefined {
  if (used === undefined || limit === undefined) {
    return usageText(used, undefined) ?? (limit === undefined ? undefined : vscode.l10n.t('quota {0}', size(limit)));
  }
  return vscode.l10n.t('{0} of {1}', size(used), size(limit));
}

/** Texts side by side, each on one line. */
export function parts(...all: readonly (string | false | undefined)[]): string {
  return joined(...all.map(part => (typeof part === 'string' ? isolated(oneLine(part)) : '')));
}

/** What {@link parts} made, side by side. */
export function joined(...all: readonly string[]): string {
  return all.filter(part => part !== '').join(' · ');
}
