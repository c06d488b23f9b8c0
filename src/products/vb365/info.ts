import * as l10n from '@vscode/l10n';
import type { ProductInfo } from '../product';

export const vb365 = {
  id: 'vb365',
  name: 'Veeam Backup for Microsoft 365',
  shortName: 'VB365',
  defaultPort: 4443,
  apiVersionForm: { pattern: /^v\d{1,3}$/, example: 'v8' },
  icon: 'cloud',
  formats: ['json'],
  savedSignIns: [
    {
      way: 'microsoft365',
      name: () => l10n.t('Microsoft 365 account'),
      fields: {
        /** The organization, as its domain under onmicrosoft.com or its GUID. */
        tenant: {},
        /** The ID of the application in Microsoft Entra that the organization was added with. */
        clientId: {},
        /**
         * Microsoft's sign-in services: worldwide, which is the usual one, and of national clouds. No file and no synchronized
         * list can name another one, which could show the user the code of somebody else's sign-in.
         */
        authority: {
          choices: [
            'https://login.microsoftonline.com',
            'https://login.microsoftonline.us',
            'https://login.partner.microsoftonline.cn',
            'https://login.chinacloudapi.cn',
          ],
        },
      },
    },
  ],
} as const satisfies ProductInfo;
