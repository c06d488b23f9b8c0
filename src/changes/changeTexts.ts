import * as l10n from '@vscode/l10n';
import type { ChangeKind } from './changeKinds';

/** A few words for a cell. */
export function changeText(kind: ChangeKind): string {
  switch (kind) {
    case 'new':
      return l10n.t({ message: 'new', comment: ['a row that an earlier list does not have'] });
    case 'gone':
      return l10n.t('gone');
    case 'moved':
      return l10n.t('moved');
    case 'renamed':
      return l10n.t('renamed');
    case 'enabled':
      return l10n.t('enabled');
    case 'disabled':
      return l10n.t('disabled');
    case 'resized':
      return l10n.t('resized');
    case 'used':
      return l10n.t('used space');
    case 'changed':
      return l10n.t({ message: 'changed', comment: ['a fact other than name, size and state'] });
  }
}

/** The title of a number of such changes. */
export function changeTitle(kind: ChangeKind): string {
  switch (kind) {
    case 'new':
      return l10n.t('New');
    case 'gone':
      return l10n.t('Gone');
    case 'moved':
      return l10n.t('Moved');
    case 'renamed':
      return l10n.t('Renamed');
    case 'enabled':
      return l10n.t('Enabled');
    case 'disabled':
      return l10n.t('Disabled');
    case 'resized':
      return l10n.t('Resized');
    case 'used':
      return l10n.t('Used space');
    case 'changed':
      return l10n.t('Other facts');
  }
}
