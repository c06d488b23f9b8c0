import * as l10n from '@vscode/l10n';
import { enabledFact, type Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A backup job of an organization. */
export interface Job extends Common {
  readonly kind: 'job';
  readonly organizationId?: string | undefined;
  readonly repositoryId?: string | undefined;
  /** `EntireOrganization`, `SelectedItems`. */
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Success`, `Warning`, `Failed`, `Running`, `Stopped`, … */
  readonly lastResult?: string | undefined;
  readonly lastRun?: string | undefined;
  readonly nextRun?: string | undefined;
  readonly lastBackup?: string | undefined;
}

export const job: Kind<Job> = {
  name: () => l10n.t('Backup job'),
  none: () => l10n.t('No backup jobs'),
  prefix: 'j',
  findsOnDemand: true,
  icon: ({ enabled, lastResult }) => {
    if (lastResult === 'Failed' || lastResult === 'Disconnected') {
      return { name: 'error', tone: 'error' };
    }
    if (lastResult === 'Warning' || lastResult === 'NotConfigured') {
      return { name: 'warning', tone: 'warning' };
    }
    return { name: enabled === false ? 'circle-slash' : lastResult === 'Running' ? 'sync' : 'play-circle' };
  },
  beside: ({ lastResult, lastRun, enabled }, words) => [
    lastResult,
    lastRun && words.dateTime(lastRun),
    enabled === false && l10n.t('disabled'),
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
    lastBackup: { form: 'moment', label: () => l10n.t('Last backup') },
    organizationId: { form: 'text' },
    repositoryId: { form: 'text' },
  },
  rows: ['enabled', 'lastResult', 'lastRun', 'nextRun', 'lastBackup', 'type'],
};
