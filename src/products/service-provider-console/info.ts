import type { ProductInfo } from '../product';

export const serviceProviderConsole = {
  id: 'service-provider-console',
  name: 'Veeam Service Provider Console',
  shortName: 'VSPC',
  defaultPort: 1280,
  sharedPorts: [443],
  apiVersionForm: { pattern: /^v\d{1,3}$/, example: 'v3' },
  icon: 'globe',
  formats: ['json'],
  savedAccountKinds: [{ id: 'apiKey', isUnnamed: true }],
} as const satisfies ProductInfo;
