import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { quotaText } from './spaceText';

/** A tenant's share of a cloud repository: {@link TenantResource} as a row, below the tenant or below the repository. */
export interface BackupResource extends Common {
  readonly kind: 'backupResource';
  readonly tenantId: string;
  readonly tenantName: string;
  readonly repositoryUrn?: string | undefined;
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

export const backupResource: Kind<BackupResource> = {
  name: () => l10n.t('Backup resource'),
  prefix: 'q',
  isShare: () => true,
  icon: () => ({ name: 'archive' }),
  beside: ({ name, usedBytes, quotaBytes, repositoryName }, words, parent) => [
    quotaText(usedBytes, quotaBytes, words),
    // Its own name, or that of the repository above it, shows this already.
    repositoryName !== name && parent !== 'repository' && repositoryName,
  ],
  space: { used: 'usedBytes', limit: 'quotaBytes' },
};

export const backupResourceFacts: Facts<BackupResource> = {
  facts: {
    quotaBytes: { form: 'bytes', label: () => l10n.t('Quota') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    tenantName: { form: 'text', label: () => l10n.t('Tenant') },
    tenantId: { form: 'text' },
    repositoryName: {
      form: 'text',
      label: () => l10n.t('Backup repository'),
      instead: ({ repositoryName, repositoryUrn }) => repositoryName ?? repositoryUrn,
    },
    repositoryUrn: { form: 'text' },
    repositoryId: { form: 'text' },
  },
  rows: ['tenantName', 'repositoryName', 'quotaBytes', 'usedBytes'],
};
