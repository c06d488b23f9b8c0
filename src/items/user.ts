import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** An account of a company, a reseller or a service provider. What is known of the person is shown in the details alone. */
export interface User extends Common {
  readonly kind: 'user';
  readonly companyId?: string | undefined;
  readonly role?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Whether it has to enter a one-time code, and has been set up to: `Enabled`, `Configured`. */
  readonly mfaPolicy?: string | undefined;
  readonly mfaState?: string | undefined;
}

export const user: Kind<User> = {
  name: () => l10n.t('User'),
  none: () => l10n.t('No users'),
  prefix: 'a',
  icon: ({ enabled }) => (enabled === false ? { name: 'circle-slash', tone: 'warning' } : { name: 'account' }),
  beside: ({ role, enabled }) => [enabled === false && l10n.t('disabled'), role],
};

export const userFacts: Facts<User> = {
  facts: {
    enabled: enabledFact,
    role: { form: 'text', label: () => l10n.t('Role') },
    mfaPolicy: { form: 'text', label: () => l10n.t('Multi-factor authentication') },
    mfaState: { form: 'text', label: () => l10n.t('Set up for multi-factor authentication') },
    companyId: { form: 'text' },
  },
};
