import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { quotaText, unlimitedText } from './spaceText';

/** What a service provider hosts for a company or a reseller: a share of a repository, or of a server without one. */
export interface HostedResource extends Common {
  readonly kind: 'hostedResource';
  readonly companyId?: string | undefined;
  readonly resellerId?: string | undefined;
  readonly serverId?: string | undefined;
  readonly serverName?: string | undefined;
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  /** Undefined without a limit, see {@link unlimited}, and where the server does not say. */
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly unlimited?: boolean | undefined;
  readonly usersQuota?: number | undefined;
  readonly usersUnlimited?: boolean | undefined;
}

export const hostedResource: Kind<HostedResource> = {
  name: () => l10n.t('Hosted resource'),
  none: () => l10n.t('Nothing is hosted here'),
  prefix: 'q',
  isShare: () => true,
  icon: () => ({ name: 'archive' }),
  beside: ({ name, usedBytes, quotaBytes, unlimited, repositoryName }, words) => [
    unlimited ? unlimitedText(usedBytes, words) : quotaText(usedBytes, quotaBytes, words),
    repositoryName !== name && repositoryName,
  ],
  space: { used: 'usedBytes', limit: 'quotaBytes', unlimited: ({ unlimited }) => unlimited === true },
};

export const hostedResourceFacts: Facts<HostedResource> = {
  facts: {
    quotaBytes: {
      form: 'bytes',
      label: () => l10n.t('Quota'),
      instead: ({ unlimited }) => (unlimited ? l10n.t('unlimited') : undefined),
    },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    usersQuota: {
      form: 'count',
      label: () => l10n.t('User quota'),
      instead: ({ usersUnlimited }) => (usersUnlimited ? l10n.t('unlimited') : undefined),
    },
    repositoryName: { form: 'text', label: () => l10n.t('Backup repository') },
    serverName: { form: 'text', label: () => l10n.t('Backup server') },
    unlimited: { form: 'flag' },
    usersUnlimited: { form: 'flag' },
    companyId: { form: 'text' },
    resellerId: { form: 'text' },
    serverId: { form: 'text' },
    repositoryId: { form: 'text' },
  },
};
