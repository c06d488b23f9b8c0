import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading } from '../../items/item';

/** All Cloud Connect tenants. */
export function tenantsHeading(): Heading {
  return headingOf('tenants', l10n.t('Cloud Tenants'), 'tenant');
}

/** All backup servers that are managed. */
export function backupServersHeading(): Heading {
  return headingOf('backupServers', l10n.t('Backup Servers'), 'backupServer');
}
