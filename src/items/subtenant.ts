import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { quotaText, unlimitedText } from './spaceText';
import { quotas } from './tenant';

/** A user of a tenant with a quota of its own. */
export interface Subtenant extends Common {
  readonly kind: 'subtenant';
  readonly tenantId: string;
  readonly enabled?: boolean | undefined;
  /**
   * Without a quota of its own: the tenant's is the limit, and {@link quotaBytes} is undefined. Undefined where the server
   * does not say.
   */
  readonly unlimited?: boolean | undefined;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  /** The {@link TenantResource} it draws on. */
  readonly tenantResourceId?: string | undefined;
  readonly quotaName?: string | undefined;
}

export const subtenant: Kind<Subtenant> = {
  name: () => l10n.t('Subtenant'),
  count: (number, isOne) => (isOne ? l10n.t('1 subtenant') : l10n.t('{0} subtenants', number)),
  prefix: 's',
  icon: ({ enabled }) => (enabled === false ? { name: 'circle-slash', tone: 'warning' } : { name: 'person' }),
  beside: ({ usedBytes, quotaBytes, unlimited, enabled }, words) => [
    enabled === false && l10n.t('disabled'),
    unlimited ? unlimitedText(usedBytes, words) : quotaText(usedBytes, quotaBytes, words),
  ],
  space: { used: 'usedBytes', limit: 'quotaBytes', unlimited: ({ unlimited }) => unlimited === true },
};

export const subtenantFacts: Facts<Subtenant> = {
  facts: {
    enabled: enabledFact,
    unlimited: { form: 'flag' },
    quotaBytes: {
      form: 'bytes',
      label: () => l10n.t('Quota'),
      instead: ({ unlimited }) => (unlimited ? l10n.t('unlimited') : undefined),
    },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    quotaName: { form: 'text', label: () => l10n.t('Quota name') },
    tenantId: { form: 'text' },
    tenantResourceId: { form: 'text' },
  },
  // Their quotas are parts of their tenants' quotas, which are summed up already.
  report: {
    table: quotas,
    plural: () => l10n.t('Subtenants'),
    count: 'subtenants',
    placeAbove: 'tenant',
    unlimited: ({ unlimited }) => unlimited === true,
    isOneById: true,
  },
};
