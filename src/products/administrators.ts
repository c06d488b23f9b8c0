import * as l10n from '@vscode/l10n';
import { type AccountKind, type SignInWay, usualAccountKind } from './signIn';

/** Accounts of Windows, or of the server itself, that administer the backup infrastructure: the usual kind of a product. */
export function administrators(ways: readonly SignInWay[]): AccountKind {
  return {
    id: usualAccountKind,
    userName: {
      question: () => l10n.t('Which account should be used to sign in?'),
      example: () => 'DOMAIN\\user',
    },
    icon: 'account',
    offer: () => l10n.t('Sign in with an Administrator Account'),
    ways,
  };
}
