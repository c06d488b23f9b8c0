import type { ProductInfo } from '../product';

export const backupReplication = {
  id: 'backup-replication',
  name: 'Veeam Backup & Replication',
  shortName: 'VBR',
  defaultPort: 9419,
  // From 13.1 on; the vendor has announced that 9419 goes away one day.
  sharedPorts: [443],
  apiVersionForm: { pattern: /^\d{1,3}\.\d{1,3}-rev\d{1,3}$/, example: '1.3-rev2' },
  icon: 'server-process',
  formats: ['json'],
} as const satisfies ProductInfo;
