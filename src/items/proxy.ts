import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A backup proxy. */
export interface Proxy extends Common {
  readonly kind: 'proxy';
  /** What it works for, as its product names it: `ViProxy`, `HvProxy`. */
  readonly type?: string | undefined;
  readonly hostName?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Its components have to be upgraded. */
  readonly outOfDate?: boolean | undefined;
  readonly port?: number | undefined;
  /** Undefined also for a {@link state} that is neither. */
  readonly online?: boolean | undefined;
  /** As its server calls it: `Online`, `Offline`, and others. */
  readonly state?: string | undefined;
  readonly version?: string | undefined;
  readonly operatingSystem?: string | undefined;
  /** Undefined also for a {@link maintenanceState} that is neither. */
  readonly maintenance?: boolean | undefined;
  /** As its server calls it: `Enabled`, `Disabled`, and others. */
  readonly maintenanceState?: string | undefined;
}

export const proxy: Kind<Proxy> = {
  name: () => l10n.t('Backup proxy'),
  none: () => l10n.t('No backup proxies'),
  prefix: 'p',
  icon: ({ online, enabled }) => ({
    name: enabled === false ? 'circle-slash' : 'vm',
    tone: online === false || enabled === false ? 'warning' : undefined,
  }),
  beside: item => [
    item.online !== true && stateOf(item),
    item.enabled === false && l10n.t('disabled'),
    maintenanceOf(item),
    item.outOfDate && l10n.t('needs an upgrade'),
    item.version,
  ],
};

export const proxyFacts: Facts<Proxy> = {
  facts: {
    online: { form: 'flag', label: () => l10n.t('State'), instead: item => stateOf(item) },
    maintenance: {
      form: 'flag',
      label: () => l10n.t('Maintenance'),
      instead: item => (item.maintenance === undefined ? item.maintenanceState : maintenanceOf(item)),
    },
    enabled: enabledFact,
    version: { form: 'text', label: () => l10n.t('Version') },
    port: { form: 'number', label: () => l10n.t('Port') },
    operatingSystem: { form: 'text', label: () => l10n.t('Operating system') },
    type: { form: 'text', label: () => l10n.t('Type') },
    hostName: { form: 'text', label: () => l10n.t('Host') },
    outOfDate: {
      form: 'flag',
      label: () => l10n.t('Problem'),
      instead: ({ outOfDate }) => (outOfDate ? l10n.t('needs an upgrade') : undefined),
    },
    state: { form: 'text' },
    maintenanceState: { form: 'text' },
  },
};

/** An unknown word is shown as it came. */
function stateOf({ online, state }: Proxy): string | undefined {
  return online === undefined ? state : online ? l10n.t('online') : l10n.t('offline');
}

/** Nothing, where there is none. */
function maintenanceOf({ maintenance, maintenanceState }: Proxy): string | undefined {
  if (maintenance) {
    return l10n.t('in maintenance');
  }
  return maintenance === undefined && maintenanceState ? l10n.t('maintenance: {0}', maintenanceState) : undefined;
}
