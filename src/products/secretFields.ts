import * as l10n from '@vscode/l10n';
import type { SecretField, SecretWay } from './signIn';

// Secrets that several products ask for, in the same words.

const password: SecretField = {
  label: () => l10n.t('Password'),
  prompt: ({ host, userName, product }) =>
    product === undefined
      ? l10n.t('Password of {0} for {1}.', userName, host)
      : l10n.t('Password of {0} for {1} on {2}.', userName, product, host),
  missing: () => l10n.t('Enter the password.'),
  refusedBefore: host => l10n.t("{0} rejected this password a moment ago, so it won't be sent again.", host),
};

/** Signing in with user name and password. */
export const passwordWay: SecretWay = {
  id: 'password',
  name: () => l10n.t('User name and password'),
  detail: host => l10n.t('Sent to {0}.', host),
  secret: password,
};

const apiKey: SecretField = {
  label: () => l10n.t('API Key'),
  prompt: ({ host, product }) =>
    product === undefined
      ? l10n.t('API key for {0}. It is kept in the secret store of this computer.', host)
      : l10n.t('API key for {0} on {1}. It is kept in the secret store of this computer.', product, host),
  missing: () => l10n.t('Enter the API key.'),
  refusedBefore: host => l10n.t("{0} rejected this API key a moment ago, so it won't be sent again.", host),
  isKey: true,
};

/** Signing in with an API key, which each request carries. */
export const apiKeyWay: SecretWay = {
  id: 'apiKey',
  name: () => l10n.t('API key'),
  detail: host => l10n.t('Sent to {0} with each request.', host),
  secret: apiKey,
};
