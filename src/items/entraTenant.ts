import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A tenant of Microsoft Entra ID that is backed up. It is no tenant of a service provider. */
export interface EntraTenant extends Common {
  readonly kind: 'entraTenant';
  /** Microsoft's id of the tenant, which other products use, too. */
  readonly azureTenantId?: string | undefined;
  readonly region?: string | undefined;
  /** The repository that caches it. */
  readonly repositoryId?: string | undefined;
}

export const entraTenant: Kind<EntraTenant> = {
  name: () => l10n.t('Microsoft Entra ID tenant'),
  none: () => l10n.t('No Microsoft Entra ID tenants'),
  prefix: 'e',
  icon: () => ({ name: 'organization' }),
  beside: ({ name, azureTenantId }) => [azureTenantId !== name && azureTenantId],
};

export const entraTenantFacts: Facts<EntraTenant> = {
  facts: {
    azureTenantId: { form: 'text', label: () => l10n.t('Microsoft tenant ID') },
    region: { form: 'text', label: () => l10n.t('Region') },
    repositoryId: { form: 'text' },
  },
};
