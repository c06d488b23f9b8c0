import * as vscode from 'vscode';
import type { Item, ItemKind, Job, LabelColor } from '../../items/item';
import { productOf } from '../../servers/list/savedServer';

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
