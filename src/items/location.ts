import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A place of a company, as its service provider has arranged it. */
export interface Location extends Common {
  readonly kind: 'location';
  readonly companyId?: string | undefined;
  /** `Default`, `Custom`, `Hosted`. */
  readonly type?: string | undefined;
  readonly quotaBytes?: number | undefined;
}

export const location: Kind<Location> = {
  name: () => l10n.t('Location'),
  none: () => l10n.t('No locations'),
  prefix: 'l',
  icon: () => ({ name: 'location' }),
  beside: ({ quotaBytes, type }, words) => [
    quotaBytes !== undefined && l10n.t('quota {0}', words.size(quotaBytes)),
    type,
  ],
};

export const locationFacts: Facts<Location> = {
  facts: {
    type: { form: 'text', label: () => l10n.t('Type') },
    quotaBytes: { form: 'bytes', label: () => l10n.t('Quota') },
    companyId: { form: 'text' },
  },
};
