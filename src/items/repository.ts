import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import type { ReportTable } from './reported';
import { volumeText } from './spaceText';

/** A backup repository. */
export interface Repository extends Common {
  readonly kind: 'repository';
  /** The id with its type, where the API has such: `urn:veeam:Repository:…`. */
  readonly urn?: string | undefined;
  readonly objectStorage: boolean;
  /** The kind of repository, as its product names it: `WindowsLocal`, `AmazonS3Compatible`. */
  readonly type?: string | undefined;
  /** The host that it is on. */
  readonly hostName?: string | undefined;
  readonly path?: string | undefined;
  /** Undefined without a limit, see {@link unlimited}, and where the server does not say. */
  readonly capacityBytes?: number | undefined;
  /** Object storage that the server knows to have no limit. */
  readonly unlimited?: boolean | undefined;
  readonly freeBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly backupServer?: string | undefined;
  readonly online?: boolean | undefined;
  /** Components on its host have to be upgraded. */
  readonly outOfDate?: boolean | undefined;
  /** Why it cannot be used at present. */
  readonly problem?: string | undefined;
}

export const repository: Kind<Repository> = {
  name: () => l10n.t('Backup repository'),
  count: (number, isOne) => (isOne ? l10n.t('1 repository') : l10n.t('{0} repositories', number)),
  emptyBelow: () => l10n.t('No organizations in this repository'),
  prefix: 'r',
  icon: ({ problem }) => ({ name: 'database', tone: problem ? 'warning' : undefined }),
  beside: ({ objectStorage, problem, ...space }, words) => [
    problem,
    objectStorage && l10n.t('object storage'),
    volumeText(space, words),
  ],
  countsBelow: true,
  space: { used: 'usedBytes', limit: 'capacityBytes', free: 'freeBytes' },
};

/** The table of repositories in the report, which scale-out repositories share. */
export const repositorySpace: ReportTable = {
  id: 'repositories',
  rank: 2,
  title: () => l10n.t('Backup Repositories'),
  limit: () => l10n.t('Capacity'),
  place: () => l10n.t('Backup server'),
  isCapacity: true,
  unlimited: { id: 'objectStorage', title: () => l10n.t('Object Storage Without a Limit') },
};

export const repositoryFacts: Facts<Repository> = {
  facts: {
    type: { form: 'text', label: () => l10n.t('Type') },
    objectStorage: { form: 'flag' },
    capacityBytes: {
      form: 'bytes',
      label: () => l10n.t('Capacity'),
      instead: ({ unlimited }) => (unlimited ? l10n.t('unlimited') : undefined),
    },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    freeBytes: { form: 'bytes', label: () => l10n.t('Free') },
    problem: { form: 'text', label: () => l10n.t('Problem') },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
    hostName: { form: 'text', label: () => l10n.t('Host') },
    // The path on its disk; the column `path` has that of the row.
    path: { form: 'text', label: () => l10n.t('Path'), column: 'storagePath' },
    // People see it as a problem, or not at all.
    online: { form: 'flag' },
    outOfDate: { form: 'flag' },
    unlimited: { form: 'flag' },
  },
  rows: ['problem', 'capacityBytes', 'usedBytes', 'freeBytes', 'type', 'hostName', 'path', 'backupServer'],
  report: {
    table: repositorySpace,
    plural: () => l10n.t('Repositories'),
    count: 'repositories',
    sums: [
      { id: 'capacityBytes', title: () => l10n.t('Capacity'), of: 'limitBytes' },
      { id: 'usedBytes', title: () => l10n.t('Used'), of: 'usedBytes', only: 'limited' },
      { id: 'freeBytes', title: () => l10n.t('Free'), of: 'freeBytes', only: 'limited' },
      { id: 'unlimitedBytes', title: () => l10n.t('Without a capacity'), of: 'usedBytes', only: 'unlimited' },
    ],
    fill: { title: () => l10n.t('Repository space'), used: 'usedBytes', limit: 'capacityBytes', free: 'freeBytes' },
    place: ({ backupServer }) => backupServer,
    unlimited: ({ unlimited }) => unlimited === true,
  },
};
