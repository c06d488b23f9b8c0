import * as l10n from '@vscode/l10n';
import { administrators } from '../administrators';
import { passwordWay } from '../secretFields';
import type { AccountKind } from '../signIn';
import { enterpriseManager } from './info';

/** Stored with a server whose account a service provider gave to a tenant. */
export const [{ id: tenantKind }] = enterpriseManager.savedAccountKinds;

export function accountKinds(): readonly AccountKind[] {
  return [
    administrators([passwordWay]),
    {
      id: tenantKind,
      userName: {
        question: () => l10n.t('Which tenant? It sees only its own data.'),
        example: () => l10n.t('Tenant name'),
      },
      icon: 'briefcase',
      offer: () => l10n.t('Sign in as a Tenant'),
      ways: [passwordWay],
    },
  ];
}
