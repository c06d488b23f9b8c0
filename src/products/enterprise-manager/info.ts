import type { ProductInfo } from '../product';

export const enterpriseManager = {
  id: 'enterprise-manager',
  name: 'Veeam Backup Enterprise Manager',
  shortName: 'EM',
  defaultPort: 9398,
  obsoletePorts: [9399],
  apiVersionForm: { pattern: /^v\d{1,3}(_\d{1,3})?$/, example: 'v1_7' },
  icon: 'server-environment',
  formats: ['json', 'xml'],
  savedAccountKinds: [{ id: 'tenant' }],
} as const satisfies ProductInfo;
