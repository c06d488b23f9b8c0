import * as l10n from '@vscode/l10n';
import { statusText } from './company';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { quotaText, unlimitedText } from './spaceText';

/** Who works for companies with what a service provider hosts. */
export interface Reseller extends Common {
  readonly kind: 'reseller';
  /** `Active`, `Disabled`, … */
  readonly status?: string | undefined;
  /** Sum over what it may give away of the provider's repositories; undefined if one of them has no limit. */
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  /** Without a limit on at least one repository. */
  readonly unlimited?: boolean | undefined;
  /** How many tenants it may have; undefined if they are not limited. */
  readonly tenantsQuota?: number | undefined;
  readonly tenants?: number | undefined;
}

export const reseller: Kind<Reseller> = {
  name: () => l10n.t('Reseller'),
  none: () => l10n.t('No resellers'),
  prefix: 'y',
  icon: ({ status }) =>
    status === 'Disabled' ? { name: 'circle-slash', tone: 'warning' } : { name: 'type-hierarchy' },
  beside: ({ usedBytes, quotaBytes, unlimited, status }, words) => [
    status !== 'Active' && statusText(status),
    unlimited ? unlimitedText(usedBytes, words) : quotaText(usedBytes, quotaBytes, words),
  ],
  space: { used: 'usedBytes', limit: 'quotaBytes', unlimited: ({ unlimited }) => unlimited === true },
};

export const resellerFacts: Facts<Reseller> = {
  facts: {
    status: { form: 'text', label: () => l10n.t('Status'), instead: ({ status }) => statusText(status) },
    quotaBytes: {
      form: 'bytes',
      label: () => l10n.t('Quota'),
      instead: ({ unlimited }) => (unlimited ? l10n.t('unlimited') : undefined),
    },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    unlimited: { form: 'flag' },
    tenants: { form: 'count', label: () => l10n.t('Tenants') },
    tenantsQuota: { form: 'count', label: () => l10n.t('Tenants allowed') },
  },
};
