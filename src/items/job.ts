import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { toneOfResult } from './result';

/** A backup job. */
export interface Job extends Common {
  readonly kind: 'job';
  readonly organizationId?: string | undefined;
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  /** `EntireOrganization`, `SelectedItems`, `VSphereBackup`. */
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Success`, `Warning`, `Failed`, `Running`, `Stopped`, … */
  readonly lastResult?: string | undefined;
  /** What it does now, if its product reports that apart from the last result: `Running`, `Inactive`, … */
  readonly status?: string | undefined;
  readonly lastRun?: string | undefined;
  readonly nextRun?: string | undefined;
  /** When or after what it runs, in its server's language. */
  readonly schedule?: string | undefined;
  /** `Vm`, `File`, … */
  readonly workload?: string | undefined;
  /** The number of its objects; a container of objects counts once. */
  readonly objects?: number | undefined;
  readonly lastBackup?: string | undefined;
}

export const job: Kind<Job> = {
  name: () => l10n.t('Backup job'),
  none: () => l10n.t('No backup jobs'),
  count: (number, isOne) => (isOne ? l10n.t('1 job') : l10n.t('{0} jobs', number)),
  prefix: 'j',
  findsOnDemand: true,
  icon: ({ enabled, lastResult, status }) => {
    if (status === 'Running') {
      return { name: 'sync' };
    }
    const tone = toneOfResult(lastResult);
    if (tone) {
      return { name: tone, tone };
    }
    if (enabled === false) {
      return { name: 'circle-slash', tone: 'warning' };
    }
    return { name: lastResult === 'Running' ? 'sync' : 'play-circle' };
  },
  beside: ({ status, lastResult, lastRun, enabled }, words) => [
    enabled === false && l10n.t('disabled'),
    !isAtRest(status) && status,
    lastResult,
    lastRun && words.dateTime(lastRun),
  ],
  activity: 'lastRun',
};

export const jobFacts: Facts<Job> = {
  facts: {
    enabled: enabledFact,
    type: { form: 'text', label: () => l10n.t('Type') },
    lastResult: { form: 'text', label: () => l10n.t('Last result') },
    lastRun: { form: 'moment', label: () => l10n.t('Last run') },
    nextRun: { form: 'moment', label: () => l10n.t('Next run') },
    status: { form: 'text', label: () => l10n.t('Status') },
    schedule: { form: 'text', label: () => l10n.t('Schedule') },
    workload: { form: 'text', label: () => l10n.t('Workload') },
    objects: { form: 'count', label: () => l10n.t('Objects') },
    repositoryName: { form: 'text', label: () => l10n.t('Backup repository') },
    lastBackup: { form: 'moment', label: () => l10n.t('Last backup') },
    organizationId: { form: 'text' },
    repositoryId: { form: 'text' },
  },
  rows: ['enabled', 'status', 'lastResult', 'lastRun', 'nextRun', 'schedule', 'lastBackup', 'type'],
};

/** Whether the state needs no words beside the name. */
function isAtRest(status: string | undefined): boolean {
  return status === 'Inactive' || status === 'Enabled' || status === 'Disabled' || status === 'Stopped';
}
