import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A Veeam Backup & Replication server behind Enterprise Manager. */
export interface BackupServer extends Common {
  readonly kind: 'backupServer';
  readonly urn?: string | undefined;
  readonly port?: number | undefined;
  readonly version?: string | undefined;
}

export const backupServer: Kind<BackupServer> = {
  name: () => l10n.t('Backup server'),
  emptyBelow: () => l10n.t('No backup repositories'),
  prefix: 'b',
  icon: () => ({ name: 'server' }),
  beside: ({ version }) => [version],
  countsBelow: true,
};

export const backupServerFacts: Facts<BackupServer> = {
  facts: {
    version: { form: 'text', label: () => l10n.t('Version') },
    port: { form: 'number', label: () => l10n.t('Port') },
  },
};
