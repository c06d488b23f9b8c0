import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { usageText } from './spaceText';

/** A repository that holds data of an organization; `id` is the repository's. */
export interface UsedRepository extends Common {
  readonly kind: 'usedRepository';
  readonly organizationId: string;
  readonly usedBytes?: number | undefined;
  readonly localCacheBytes?: number | undefined;
  readonly objectStorageBytes?: number | undefined;
  readonly protectedObjects?: number | undefined;
  /** Whether the server could ask it for its numbers. */
  readonly available?: boolean | undefined;
}

export const usedRepository: Kind<UsedRepository> = {
  name: () => l10n.t('Repository in use'),
  none: () => l10n.t('No repositories'),
  prefix: 'r',
  isShare: () => true,
  icon: ({ available }) => ({ name: 'database', tone: available === false ? 'warning' : undefined }),
  beside: ({ usedBytes, available }, words) => [
    available === false && l10n.t('not available'),
    usageText(usedBytes, undefined, words),
  ],
  space: { used: 'usedBytes' },
};

export const usedRepositoryFacts: Facts<UsedRepository> = {
  facts: {
    available: {
      form: 'flag',
      label: () => l10n.t('State'),
      instead: ({ available }) => (available === false ? l10n.t('not available') : undefined),
    },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    localCacheBytes: { form: 'bytes', label: () => l10n.t('In the local cache') },
    objectStorageBytes: { form: 'bytes', label: () => l10n.t('On object storage') },
    protectedObjects: { form: 'count', label: () => l10n.t('Protected objects') },
    organizationId: { form: 'text' },
  },
  rows: ['usedBytes', 'localCacheBytes', 'objectStorageBytes', 'protectedObjects', 'available'],
};
