import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A user, group, site or team whose data a repository holds. */
export interface ProtectedObject extends Common {
  readonly kind: 'protectedUser' | 'protectedGroup' | 'protectedSite' | 'protectedTeam';
  readonly repositoryId: string;
  /** As in the backup. */
  readonly organizationId?: string | undefined;
  readonly email?: string | undefined;
  /** The address of a site, or of a user's OneDrive. */
  readonly url?: string | undefined;
  /** `User`, `SharedMailbox`, `PublicMailbox`. */
  readonly accountType?: string | undefined;
  /** Its parts in the backup: `mailbox`, `archive`, `oneDrive`, `site`. */
  readonly parts?: readonly ProtectedPart[] | undefined;
  /** The latest backup of its parts. */
  readonly lastBackup?: string | undefined;
}

/** A part of what is protected, with the moment of its latest backup. */
export interface ProtectedPart {
  readonly what: 'mailbox' | 'archive' | 'oneDrive' | 'site';
  readonly lastBackup?: string | undefined;
}

const shared: Pick<Kind<ProtectedObject>, 'beside' | 'activity' | 'findsOnDemand'> = {
  beside: ({ email, url, lastBackup }, words) => [email ?? url, lastBackup && words.dateTime(lastBackup)],
  activity: 'lastBackup',
  findsOnDemand: true,
};

export const protectedUser: Kind<ProtectedObject> = {
  ...shared,
  name: () => l10n.t('Protected user'),
  none: () => l10n.t('No users'),
  prefix: 'u',
  icon: () => ({ name: 'account' }),
};

export const protectedGroup: Kind<ProtectedObject> = {
  ...shared,
  name: () => l10n.t('Protected group'),
  none: () => l10n.t('No groups'),
  prefix: 'g',
  icon: () => ({ name: 'organization' }),
};

export const protectedSite: Kind<ProtectedObject> = {
  ...shared,
  name: () => l10n.t('Protected site'),
  none: () => l10n.t('No sites'),
  prefix: 'w',
  icon: () => ({ name: 'globe' }),
};

export const protectedTeam: Kind<ProtectedObject> = {
  ...shared,
  name: () => l10n.t('Protected team'),
  none: () => l10n.t('No teams'),
  prefix: 'm',
  icon: () => ({ name: 'comment-discussion' }),
};

export const protectedObjectFacts: Facts<ProtectedObject> = {
  facts: {
    email: { form: 'text', label: () => l10n.t('E-mail') },
    url: { form: 'text', label: () => l10n.t('Address') },
    accountType: { form: 'text', label: () => l10n.t('Account type') },
    lastBackup: { form: 'moment', label: () => l10n.t('Last backup') },
    repositoryId: { form: 'text' },
    organizationId: { form: 'text' },
    parts: {
      form: 'shown',
      list: ({ parts = [] }) =>
        parts.map(({ what, lastBackup }) => ({ label: partName(what), moment: lastBackup, text: '✓' })),
    },
  },
};

function partName(what: ProtectedPart['what']): string {
  switch (what) {
    case 'mailbox':
      return l10n.t('Mailbox');
    case 'archive':
      return l10n.t('Archive mailbox');
    case 'oneDrive':
      return 'OneDrive';
    case 'site':
      return l10n.t('Site');
  }
}
