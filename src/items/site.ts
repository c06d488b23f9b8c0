import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A Cloud Connect server of a service provider, with its tenants. */
export interface Site extends Common {
  readonly kind: 'site';
  readonly maintenance?: boolean | undefined;
  /** Where its backup server stands among the servers. */
  readonly backupServerId?: string | undefined;
}

export const site: Kind<Site> = {
  name: () => l10n.t('Cloud Connect site'),
  none: () => l10n.t('No Cloud Connect sites'),
  prefix: 'd',
  icon: ({ maintenance }) => ({ name: 'globe', tone: maintenance ? 'warning' : undefined }),
  beside: item => [maintenanceText(item)],
};

export const siteFacts: Facts<Site> = {
  facts: {
    maintenance: { form: 'flag', label: () => l10n.t('Maintenance'), instead: maintenanceText },
    backupServerId: { form: 'text' },
  },
};

function maintenanceText({ maintenance }: Site): string | undefined {
  return maintenance ? l10n.t('in maintenance') : undefined;
}
