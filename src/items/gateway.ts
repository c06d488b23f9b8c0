import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A cloud gateway, through which tenants come in. */
export interface Gateway extends Common {
  readonly kind: 'gateway';
  readonly urn?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Direct`, `NAT`. */
  readonly networkMode?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly backupServer?: string | undefined;
  /** Why it cannot be used, or should be looked at. */
  readonly problem?: string | undefined;
}

export const gateway: Kind<Gateway> = {
  name: () => l10n.t('Cloud gateway'),
  none: () => l10n.t('No cloud gateways'),
  prefix: 'c',
  icon: ({ enabled, problem }) => ({
    name: enabled === false ? 'circle-slash' : 'radio-tower',
    tone: problem || enabled === false ? 'warning' : undefined,
  }),
  beside: item => [item.problem, item.enabled === false && l10n.t('disabled'), addressOf(item), item.backupServer],
};

export const gatewayFacts: Facts<Gateway> = {
  facts: {
    enabled: enabledFact,
    networkMode: { form: 'text', label: () => l10n.t('Network mode') },
    address: { form: 'text', label: () => l10n.t('Address'), instead: item => addressOf(item) },
    port: { form: 'number' },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
    problem: { form: 'text', label: () => l10n.t('Problem') },
  },
  rows: ['enabled', 'address', 'networkMode', 'backupServer'],
};

/** `host:port`, as far as it is known. */
function addressOf({ address, port }: Gateway): string {
  return [address, port].filter(each => each !== undefined).join(':');
}
