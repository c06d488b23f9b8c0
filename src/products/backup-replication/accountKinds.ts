import * as l10n from '@vscode/l10n';
import { passwordWay } from '../secretFields';
import { type AccountKind, usualAccountKind } from '../signIn';

/** All versions let in by password alone. The Linux appliance has accounts without a domain. */
export function accountKinds(): readonly AccountKind[] {
  return [
    {
      id: usualAccountKind,
      userName: {
        question: () => l10n.t('Which account should be used to sign in?'),
        example: () => 'DOMAIN\\user',
      },
      icon: 'account',
      offer: () => l10n.t('Sign in with an Administrator Account'),
      ways: [passwordWay],
    },
  ];
}
