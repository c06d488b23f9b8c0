import type { ProductInfo } from '../product';

export const enterpriseManager: ProductInfo = {
  id: 'enterprise-manager',
  name: 'Veeam Backup Enterprise Manager',
  shortName: 'Enterprise Manager',
  defaultPort: 9398,
  icon: 'server-environment',
  formats: ['json', 'xml'],
  userNameExample: 'DOMAIN\\user',
  tenantAccounts: true,
};
