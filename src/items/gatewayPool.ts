import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** Several cloud gateways that tenants are given together. */
export interface GatewayPool extends Common {
  readonly kind: 'gatewayPool';
  readonly gateways?: number | undefined;
  readonly backupServer?: string | undefined;
}

export const gatewayPool: Kind<GatewayPool> = {
  name: () => l10n.t('Gateway pool'),
  none: () => l10n.t('No gateway pools'),
  emptyBelow: () => l10n.t('No cloud gateways'),
  prefix: 'c',
  icon: () => ({ name: 'broadcast' }),
  beside: ({ gateways }, words) => [
    gateways === 1 ? l10n.t('1 gateway') : gateways !== undefined && l10n.t('{0} gateways', words.count(gateways)),
  ],
};

export const gatewayPoolFacts: Facts<GatewayPool> = {
  facts: {
    gateways: { form: 'count', label: () => l10n.t('Cloud gateways') },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
  },
};
