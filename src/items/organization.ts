import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A Microsoft 365 organization: one that is configured on the server, or its data in one repository. */
export interface Organization extends Common {
  readonly kind: 'organization';
  /** The repository whose data this is about. */
  readonly repositoryId?: string | undefined;
  /** The account belongs to this organization, and sees no list of organizations. */
  readonly isOwn?: boolean | undefined;
  readonly usedBytes?: number | undefined;
  readonly localCacheBytes?: number | undefined;
  readonly objectStorageBytes?: number | undefined;
  /** The domain under onmicrosoft.com. */
  readonly officeName?: string | undefined;
  /** `Office365`, `OnPremises`, `Hybrid`. */
  readonly type?: string | undefined;
  readonly region?: string | undefined;
  /** Undefined also where the server was not asked; see `extendedView` of the vendor's API. */
  readonly lastBackup?: string | undefined;
  /** The server that backs it up, if another server lists it. */
  readonly backupServer?: string | undefined;
  /** Whether it belongs to a company, where its product knows companies. */
  readonly mapped?: boolean | undefined;
  readonly companyId?: string | undefined;
  readonly companyName?: string | undefined;
}

export const organization: Kind<Organization> = {
  name: () => l10n.t('Organization'),
  nameOf: ({ repositoryId }) => (repositoryId === undefined ? undefined : l10n.t('Organization in repository')),
  count: (number, isOne) => (isOne ? l10n.t('1 organization') : l10n.t('{0} organizations', number)),
  prefix: 'o',
  isShare: ({ repositoryId }) => repositoryId !== undefined,
  icon: () => ({ name: 'organization' }),
  beside: ({ name, usedBytes, type, companyName, mapped, backupServer }, words) => [
    usedBytes === undefined ? type : words.size(usedBytes),
    companyName !== name && companyName,
    mapped === false && l10n.t('not mapped to a company'),
    backupServer,
  ],
  space: { used: 'usedBytes' },
  activity: 'lastBackup',
};

export const organizationFacts: Facts<Organization> = {
  facts: {
    type: { form: 'text', label: () => l10n.t('Type') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    localCacheBytes: { form: 'bytes', label: () => l10n.t('In the local cache') },
    objectStorageBytes: { form: 'bytes', label: () => l10n.t('On object storage') },
    lastBackup: { form: 'moment', label: () => l10n.t('Last backup') },
    officeName: { form: 'text', label: () => l10n.t('Domain') },
    region: { form: 'text', label: () => l10n.t('Region') },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
    mapped: {
      form: 'flag',
      label: () => l10n.t('Company'),
      instead: ({ mapped, companyName }) => (mapped === false ? l10n.t('not mapped to a company') : companyName),
    },
    companyName: { form: 'text' },
    companyId: { form: 'text' },
    repositoryId: { form: 'text' },
  },
  rows: ['usedBytes', 'localCacheBytes', 'objectStorageBytes', 'officeName', 'type', 'region', 'lastBackup'],
  report: {
    table: { id: 'organizations', rank: 3, title: () => l10n.t('Microsoft 365 Organizations') },
    plural: () => l10n.t('Microsoft 365 organizations'),
    count: 'organizations',
    unlimited: () => true,
    across: ({ repositoryId }) => repositoryId,
  },
};
