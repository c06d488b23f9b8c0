import * as l10n from '@vscode/l10n';
import { administrators } from '../administrators';
import { passwordWay } from '../secretFields';
import type { AccountKind, BrowserWay } from '../signIn';
import { versionNumber } from './client';
import { requestAssertion } from './deviceCode';
import { vb365 } from './info';

const [{ way, name, fields }] = vb365.savedSignIns;

/** The Microsoft 365 account that an organization was added with signs in at Microsoft, in a browser. */
export const microsoft365: BrowserWay = {
  id: way,
  name,
  detail: host =>
    l10n.t('Sign in at Microsoft in a browser; multi-factor authentication works. {0} gets the tokens.', host),
  // `DOMAIN\user` and `HOST\user` are accounts of Windows.
  fits: userName => !userName.includes('\\'),
  browser: {
    fields: [
      {
        id: 'tenant',
        prompt: host => l10n.t('Microsoft 365 organization. {0} gets the tokens that Microsoft issues.', host),
        example: 'contoso.onmicrosoft.com',
      },
      {
        id: 'clientId',
        prompt: host =>
          l10n.t(
            'Application (client) ID of the Microsoft Entra application that the organization was added with. Its tokens go to {0}.',
            host,
          ),
        example: '00000000-0000-0000-0000-000000000000',
      },
    ],
    authorityOf: ({ authority }) => authority ?? fields.authority.choices[0],
    invitation: () => l10n.t('Leave it empty to sign in with a Microsoft 365 account once the server is saved.'),
    announcement: () => l10n.t('The name shown in the list. Enter saves the server; then you sign in at Microsoft.'),
    instruction: ({ server, host, code, settings: { clientId = '', tenant = '' } }) =>
      l10n.t(
        'To sign in to {0}, enter the code {1} at Microsoft. {2} then gets the tokens of the application {3} in {4}.',
        server,
        code,
        host,
        clientId,
        tenant,
      ),
    requestProof: (authority, { clientId = '', tenant = '' }, show, signal) =>
      requestAssertion(authority, { clientId, tenant }, show, signal),
  },
};

/** Sign-in with a Microsoft 365 account came with v5. */
export function accountKinds(apiVersion: string): readonly AccountKind[] {
  return [administrators(versionNumber(apiVersion) >= 5 ? [passwordWay, microsoft365] : [passwordWay])];
}
