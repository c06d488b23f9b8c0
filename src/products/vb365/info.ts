import type { ProductInfo } from '../product';

export const vb365: ProductInfo = {
  id: 'vb365',
  name: 'Veeam Backup for Microsoft 365',
  shortName: 'VB365',
  defaultPort: 4443,
  apiVersionForm: { pattern: /^v\d{1,3}$/, example: 'v8' },
  icon: 'cloud',
  formats: ['json'],
  userNameExample: 'DOMAIN\\user',
};
