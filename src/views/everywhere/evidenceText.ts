import * as vscode from 'vscode';
import type { Skipped } from '../../everywhere/everywhere';
import type { Certainty, Evidence } from '../../everywhere/sameThings';

/** How sure it is that an item is the same thing. */
export function certaintyText(certainty: Certainty): string {
  return certainty === 'certain'
    ? vscode.l10n.t('certain')
    : vscode.l10n.t({ message: 'by name', comment: ['how the same item was recognized'] });
}

/** What an item was recognized by: what both have in common, in few words, as the ID stands beside them. */
export function evidenceText({ via, by }: Evidence): string {
  const isId = by === 'id';
  switch (via) {
    case 'itself':
      return vscode.l10n.t('this item');
    case 'company':
      return vscode.l10n.t('linked to the company');
    case 'share':
      return vscode.l10n.t('holds its hosted share');
    case 'server':
      return isId ? vscode.l10n.t('server and ID') : vscode.l10n.t('server and name');
    case 'installation':
      return isId ? vscode.l10n.t('installation and ID') : vscode.l10n.t('installation and name');
    case 'hostName':
      return isId ? vscode.l10n.t('host name and ID') : vscode.l10n.t('host name and name');
  }
}

/** Why a server was not looked at. */
export function skippedText({ why, failure }: Skipped): string {
  switch (why) {
    case 'notOpened':
      return vscode.l10n.t('not opened yet');
    case 'loading':
      return vscode.l10n.t('loading');
    case 'signedOut':
      return vscode.l10n.t('signed out');
    case 'partial':
      return vscode.l10n.t('its list is long: only the first page was compared');
    case 'failed':
      return failure?.short ?? '';
  }
}
