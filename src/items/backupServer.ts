import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A server that another one manages or watches: Veeam Backup & Replication behind Enterprise Manager, and others. */
export interface BackupServer extends Common {
  readonly kind: 'backupServer';
  readonly urn?: string | undefined;
  readonly port?: number | undefined;
  readonly version?: string | undefined;
  /** What it is for, as its product names it: `CloudConnect`, `Hosted`, `Client`. */
  readonly role?: string | undefined;
  /** `Healthy`, `Warning`, `Inaccessible`, … The numbers of an inaccessible server are old. */
  readonly status?: string | undefined;
  /** The id that the server has of itself, which other products use, too. */
  readonly installationId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly companyName?: string | undefined;
}

export const backupServer: Kind<BackupServer> = {
  name: () => l10n.t('Backup server'),
  emptyBelow: () => l10n.t('No backup repositories'),
  prefix: 'b',
  icon: ({ status }) => ({ name: 'server', tone: isWell(status) ? undefined : 'warning' }),
  beside: ({ version, role, status, companyName }) => [!isWell(status) && status, version, role, companyName],
  countsBelow: true,
};

export const backupServerFacts: Facts<BackupServer> = {
  facts: {
    version: { form: 'text', label: () => l10n.t('Version') },
    port: { form: 'number', label: () => l10n.t('Port') },
    status: { form: 'text', label: () => l10n.t('Status') },
    role: { form: 'text', label: () => l10n.t('Role') },
    companyName: { form: 'text', label: () => l10n.t('Company') },
    installationId: { form: 'text', label: () => l10n.t('Installation ID') },
    companyId: { form: 'text' },
  },
};

/** An unknown word is not taken for a problem. */
function isWell(status: string | undefined): boolean {
  return status !== 'Warning' && status !== 'Inaccessible';
}
