import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A host of the backup infrastructure: a Windows or Linux server, or what manages virtual machines. */
export interface ManagedServer extends Common {
  readonly kind: 'managedServer';
  /** `WindowsHost`, `LinuxHost`, `ViHost`, … */
  readonly type?: string | undefined;
  /** Undefined also for a {@link state} that is neither. */
  readonly available?: boolean | undefined;
  /** As its server calls it: `Available`, `Unavailable`, and others. */
  readonly state?: string | undefined;
  readonly isBackupServer?: boolean | undefined;
  readonly isDefaultMountServer?: boolean | undefined;
  /** `NotAvailable`, `OutOfDate`, `LastInstallFailed`, … */
  readonly updatesState?: string | undefined;
}

export const managedServer: Kind<ManagedServer> = {
  name: () => l10n.t('Managed server'),
  none: () => l10n.t('No managed servers'),
  prefix: 'n',
  icon: ({ available }) => ({ name: 'server', tone: available === false ? 'warning' : undefined }),
  beside: item => [item.available !== true && stateOf(item), item.type, item.isBackupServer && l10n.t('backup server')],
};

export const managedServerFacts: Facts<ManagedServer> = {
  facts: {
    available: { form: 'flag', label: () => l10n.t('State'), instead: item => stateOf(item) },
    type: { form: 'text', label: () => l10n.t('Type') },
    isBackupServer: {
      form: 'flag',
      label: () => l10n.t('Role'),
      instead: ({ isBackupServer }) => (isBackupServer ? l10n.t('backup server') : undefined),
    },
    isDefaultMountServer: {
      form: 'flag',
      label: () => l10n.t('Mount server'),
      instead: ({ isDefaultMountServer }) => (isDefaultMountServer ? l10n.t('default') : undefined),
    },
    updatesState: { form: 'text', label: () => l10n.t('Updates') },
    state: { form: 'text' },
  },
};

/** An unknown word is shown as it came. */
function stateOf({ available, state }: ManagedServer): string | undefined {
  return available === undefined ? state : available ? l10n.t('available') : l10n.t('unavailable');
}
