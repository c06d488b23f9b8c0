import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** What tenants can replicate to. */
export interface HardwarePlan extends Common {
  readonly kind: 'hardwarePlan';
  readonly urn?: string | undefined;
  /** `VMware`, `Hyper-V`. */
  readonly platform?: string | undefined;
  /** Undefined without a limit, see {@link processorUnlimited}, and where the server does not say. */
  readonly processorMhz?: number | undefined;
  readonly processorUnlimited?: boolean | undefined;
  /** As with {@link processorMhz}. */
  readonly memoryBytes?: number | undefined;
  readonly memoryUnlimited?: boolean | undefined;
  readonly backupServer?: string | undefined;
}

export const hardwarePlan: Kind<HardwarePlan> = {
  name: () => l10n.t('Hardware plan'),
  none: () => l10n.t('No hardware plans'),
  prefix: 'h',
  icon: () => ({ name: 'circuit-board' }),
  beside: ({ platform, backupServer }) => [platform, backupServer],
};

export const hardwarePlanFacts: Facts<HardwarePlan> = {
  facts: {
    platform: { form: 'text', label: () => l10n.t('Platform') },
    processorMhz: {
      form: 'count',
      label: () => l10n.t('Processor limit'),
      instead: ({ processorMhz, processorUnlimited }, words) =>
        processorUnlimited
          ? l10n.t('unlimited')
          : processorMhz === undefined
            ? undefined
            : `${words.count(processorMhz)} MHz`,
    },
    memoryBytes: {
      form: 'bytes',
      label: () => l10n.t('Memory limit'),
      instead: ({ memoryUnlimited }) => (memoryUnlimited ? l10n.t('unlimited') : undefined),
    },
    processorUnlimited: { form: 'flag' },
    memoryUnlimited: { form: 'flag' },
    backupServer: { form: 'text', label: () => l10n.t('Backup server') },
  },
};
