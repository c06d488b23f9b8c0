import * as vscode from 'vscode';
import { oneLine } from '../http/text';
import type { Folder } from '../inventory/folder';
import type { Node, TreeRow } from '../inventory/node';
import type { Item, Server } from '../products/item';
import { productOf } from '../servers/savedServer';
import { expiryWarning } from './certificateExpiry';
import { count, dateTime, size } from './format';
import { colorName, hasId, kindName } from './rowRenderer';

/**
 * All that is known of a row. Plain text on purpose: most of it comes from a server, and plain text cannot hold a link, a
 * command or markup.
 */
export function tooltipOf(row: TreeRow): string {
  if (row.type === 'folder') {
    return folderText(row);
  }
  if (row.type === 'node') {
    return [headOf(row.item), ...factsOf(row.item), ...stateOf(row)].join('\n');
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

function headOf(item: Item): string {
  const name = oneLine(item.name);
  return item.kind === 'group' ? name : `${kindName(item.kind)}: ${name}`;
}

function factsOf(item: Item): string[] {
  return [
    fact(vscode.l10n.t('Description'), item.description),
    hasId(item) && fact(vscode.l10n.t('ID'), item.id),
    'urn' in item && fact('URN', item.urn),
    ...specificFactsOf(item),
  ].filter(line => typeof line === 'string');
}

function specificFactsOf(item: Item): (string | undefined)[] {
  switch (item.kind) {
    case 'server':
      return [
        fact(vscode.l10n.t('Label'), labelOf(item)),
        fact(vscode.l10n.t('Product'), productOf(item)?.name ?? item.product),
        fact(vscode.l10n.t('Address'), item.url),
        fact(vscode.l10n.t('User'), item.userName),
        fact(vscode.l10n.t('Version'), item.version),
        fact(vscode.l10n.t('API version'), item.apiVersion),
        fact(
          vscode.l10n.t('Certificate'),
          expiryWarning(item.certificateExpires) &&
            vscode.l10n.t('valid until {0}, have it renewed', dateTime(item.certificateExpires ?? '')),
        ),
      ];
    case 'group':
      return [];
    case 'repository':
      return [
        fact(vscode.l10n.t('Problem'), item.problem),
        fact(vscode.l10n.t('Capacity'), bytes(item.capacityBytes)),
        fact(vscode.l10n.t('Used'), bytes(item.usedBytes)),
        fact(vscode.l10n.t('Free'), bytes(item.freeBytes)),
        fact(vscode.l10n.t('Type'), item.type),
        fact(vscode.l10n.t('Path'), item.path),
        fact(vscode.l10n.t('Backup server'), item.backupServer),
      ];
    case 'organization':
      return [
        fact(vscode.l10n.t('Used'), bytes(item.usedBytes)),
        fact(vscode.l10n.t('In the local cache'), bytes(item.localCacheBytes)),
        fact(vscode.l10n.t('On object storage'), bytes(item.objectStorageBytes)),
        fact(vscode.l10n.t('Domain'), item.officeName),
        fact(vscode.l10n.t('Type'), item.type),
        fact(vscode.l10n.t('Region'), item.region),
        fact(vscode.l10n.t('Last backup'), item.lastBackup && dateTime(item.lastBackup)),
      ];
    case 'tenant':
      return [
        fact(vscode.l10n.t('State'), state(item.enabled)),
        fact(vscode.l10n.t('Type'), item.type),
        fact(vscode.l10n.t('Quota'), bytes(item.quotaBytes)),
        fact(vscode.l10n.t('Used'), bytes(item.usedBytes)),
        fact(vscode.l10n.t('Last result'), item.lastResult),
        fact(vscode.l10n.t('Last active'), item.lastActive && dateTime(item.lastActive)),
        fact(vscode.l10n.t('Lease expires'), item.leaseExpires && dateTime(item.leaseExpires)),
        fact(vscode.l10n.t('Backup server'), item.backupServer),
      ];
    case 'subtenant':
      return [
        fact(vscode.l10n.t('State'), state(item.enabled)),
        fact(vscode.l10n.t('Quota'), item.unlimited ? vscode.l10n.t('unlimited') : bytes(item.quotaBytes)),
        fact(vscode.l10n.t('Used'), bytes(item.usedBytes)),
        fact(vscode.l10n.t('Quota name'), item.quotaName),
      ];
    case 'backupServer':
      return [fact(vscode.l10n.t('Version'), item.version), fact(vscode.l10n.t('Port'), item.port?.toString())];
  }
}

function labelOf({ label }: Server): string | undefined {
  const color = label?.color && colorName(label.color);
  return label?.text && color ? `${label.text} (${color})` : (label?.text ?? color);
}

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

function bytes(value: number | undefined): string | undefined {
  return value === undefined ? undefined : size(value);
}

function state(enabled: boolean | undefined): string | undefined {
  return enabled === undefined ? undefined : enabled ? vscode.l10n.t('enabled') : vscode.l10n.t('disabled');
}
