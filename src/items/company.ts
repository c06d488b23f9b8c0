import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import type { ReportTable } from './reported';
import { quotaText } from './spaceText';

/** A company that a service provider, or one of its resellers, works for. Its tenants are items of their own. */
export interface Company extends Common {
  readonly kind: 'company';
  /** `Active`, `Disabled`, … */
  readonly status?: string | undefined;
  /** Undefined if the provider works for it without a reseller. */
  readonly resellerId?: string | undefined;
  readonly resellerName?: string | undefined;
  /** The sum over the backup resources of its tenants, which their own rows show, too. */
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

export const company: Kind<Company> = {
  name: () => l10n.t('Company'),
  none: () => l10n.t('No companies'),
  prefix: 'k',
  icon: ({ status }) => (status === 'Disabled' ? { name: 'circle-slash', tone: 'warning' } : { name: 'library' }),
  beside: ({ usedBytes, quotaBytes, status, resellerName }, words) => [
    status !== 'Active' && statusText(status),
    quotaText(usedBytes, quotaBytes, words),
    resellerName,
  ],
  space: { used: 'usedBytes', limit: 'quotaBytes' },
};

const companies: ReportTable = {
  id: 'companies',
  rank: 0,
  title: () => l10n.t('Companies'),
  limit: () => l10n.t('Quota'),
  place: () => l10n.t('Reseller'),
};

export const companyFacts: Facts<Company> = {
  facts: {
    status: { form: 'text', label: () => l10n.t('Status'), instead: ({ status }) => statusText(status) },
    resellerName: { form: 'text', label: () => l10n.t('Reseller') },
    quotaBytes: { form: 'bytes', label: () => l10n.t('Quota') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    resellerId: { form: 'text' },
  },
  // Their quotas are those of their tenants, which are summed up already.
  report: {
    table: companies,
    plural: () => l10n.t('Companies'),
    count: 'companies',
    place: ({ resellerName }) => resellerName,
    unlimited: () => false,
    isOneById: true,
  },
  groupings: {
    state: {
      label: () => l10n.t('State: enabled, disabled, lease expired'),
      icon: 'folder',
      valueIn: ({ status }) => status ?? '',
      nameOf: value =>
        value === 'Active'
          ? l10n.t('Active')
          : value === 'Disabled'
            ? l10n.t('Disabled')
            : value || l10n.t('State unknown'),
    },
    owner: {
      label: () => l10n.t('Owner: the company of a tenant, the reseller of a company'),
      icon: 'type-hierarchy',
      valueIn: ({ resellerName, resellerId }) => resellerName ?? resellerId ?? '',
      nameOf: value => value || l10n.t('No reseller'),
    },
  },
};

/** The word of the server in the user's language. An unknown word is shown as it came. */
export function statusText(status: string | undefined): string | undefined {
  switch (status) {
    case 'Active':
      return l10n.t('active');
    case 'Disabled':
      return l10n.t('disabled');
    case 'Unknown':
      return l10n.t('unknown');
    default:
      return status;
  }
}
