import * as l10n from '@vscode/l10n';
import { apiKeyWay, passwordWay } from '../secretFields';
import { type AccountKind, usualAccountKind } from '../signIn';
import { serviceProviderConsole } from './info';

/** Stored with a server that a key lets in. */
export const [{ id: keyKind }] = serviceProviderConsole.savedAccountKinds;

/** The provider's staff, resellers and companies sign in alike; what each sees is the server's to say. */
export function accountKinds(): readonly AccountKind[] {
  return [
    {
      id: usualAccountKind,
      userName: {
        question: () => l10n.t('Which account should be used to sign in? It sees what its role allows.'),
        example: () => 'DOMAIN\\user',
      },
      icon: 'account',
      offer: () => l10n.t('Sign in with a User Name'),
      ways: [passwordWay],
    },
    { id: keyKind, icon: 'key', offer: () => l10n.t('Sign in with an API Key'), ways: [apiKeyWay] },
  ];
}
