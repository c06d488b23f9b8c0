import { HOSTILE_NAMES } from '../names';
import { between, guid, pick } from '../random';
import type { BackupReplicationDataOptions, Job, Repository, Session } from './data';
import { atLeast, type Revision } from './revisions';

/** What each kind of job is called since 1.3-rev0, and since when it is known. */
const KINDS: readonly { readonly type: string; readonly workload: string; readonly since?: Revision }[] = [
  { type: 'VSphereBackup', workload: 'Vm' },
  { type: 'HyperVBackup', workload: 'Vm', since: '1.3-rev0' },
  { type: 'BackupCopy', workload: 'Vm', since: '1.3-rev0' },
  { type: 'VSphereReplica', workload: 'Vm', since: '1.2-rev0' },
  { type: 'WindowsAgentBackup', workload: 'Server', since: '1.3-rev0' },
  { type: 'LinuxAgentBackup', workload: 'Workstation', since: '1.3-rev0' },
  { type: 'EntraIDTenantBackup', workload: 'Application', since: '1.2-rev0' },
  { type: 'FileBackupCopy', workload: 'File', since: '1.2-rev0' },
  { type: 'CloudDirectorBackup', workload: 'CloudVm', since: '1.2-rev0' },
  { type: 'FileBackup', workload: 'File', since: '1.3-rev1' },
  { type: 'ObjectStorageBackup', workload: 'File', since: '1.3-rev1' },
  { type: 'ProxmoxBackupJob', workload: 'Vm', since: '1.3-rev2' },
  { type: 'NutanixAHVBackupJob', workload: 'Vm', since: '1.3-rev2' },
];

const STATUSES: readonly { readonly status: string; readonly since?: Revision }[] = [
  { status: 'Inactive' },
  { status: 'Running' },
  { status: 'Disabled' },
  { status: 'Stopped', since: '1.3-rev0' },
  { status: 'Enabled', since: '1.3-rev0' },
  { status: 'Starting', since: '1.3-rev0' },
  { status: 'Stopping', since: '1.3-rev0' },
];

/** How many sessions of each job are kept. */
const RUNS = 3;

export function makeJobs(
  options: BackupReplicationDataOptions,
  newest: Revision,
  repositories: readonly Repository[],
): Job[] {
  const isKnown = ({ since }: { since?: Revision }) => since === undefined || atLeast(newest, since);
  const kinds = KINDS.filter(isKnown);
  const statuses = STATUSES.filter(isKnown);
  return Array.from({ length: options.jobs }, (_, index): Job => {
    const { type, workload } = kinds[index % kinds.length] ?? { type: 'VSphereBackup', workload: 'Vm' };
    const { status } = statuses[index % statuses.length] ?? { status: 'Inactive' };
    const isRunning = status === 'Running' || status === 'Starting';
    // A job that was disabled before its first run, among others.
    const hasRun = index % 7 !== 2;
    const isScheduled = status !== 'Disabled' && index % 5 !== 4;
    const hostile = options.hostileNames ? HOSTILE_NAMES[index - 3] : undefined;
    const day = String(1 + (index % 27)).padStart(2, '0');
    return {
      index,
      id: guid('job', index),
      name: hostile ?? `${customerOf(index)} ${nounOf(type)} ${index + 1}`,
      description: `Created by CONTOSO\\admin at 2/${Number(day)}/2026 10:41 AM.`,
      type,
      workload,
      status,
      lastResult: !hasRun || isRunning ? 'None' : pick(['Success', 'Success', 'Warning', 'Failed'], 'result', index),
      lastRun: hasRun ? `2026-02-${day}T22:00:12.694588+01:00` : undefined,
      sessionId: hasRun ? guid('session', index * RUNS) : undefined,
      nextRun: isScheduled ? `2026-03-${day}T22:00:00+01:00` : undefined,
      repository:
        type === 'VSphereReplica'
          ? undefined
          : targetOf(repositories[between(0, Math.min(9, repositories.length - 1), 'target', index)]),
      objectsCount: between(1, 40, 'objects', index),
      highPriority: index % 6 === 1,
      afterIndex: index % 9 === 4 ? index - 1 : undefined,
    };
  });
}

function targetOf(repository: Repository | undefined): Job['repository'] {
  return repository?.extentOf?.scaleOut ?? repository;
}

/** The last runs of each job, one a day. */
export function makeSessions(jobs: readonly Job[]): Session[] {
  return jobs.flatMap(job => {
    const last = Date.parse(job.lastRun ?? '');
    return Array.from({ length: Number.isNaN(last) ? 0 : RUNS }, (_, run): Session => {
      const index = job.index * RUNS + run;
      const start = last - run * 24 * 3600 * 1000;
      const runs = run === 0 && (job.status === 'Running' || job.status === 'Starting');
      return {
        index,
        id: guid('session', index),
        job,
        creationTime: new Date(start).toISOString(),
        endTime: runs ? undefined : new Date(start + 26 * 60 * 1000).toISOString(),
        result: run === 0 ? job.lastResult : pick(['Success', 'Warning', 'Failed'], 'session', index),
      };
    });
  });
}

/** The enumeration in which the revision has no word for what is to be said of some job. */
export function enumerationWithout(jobs: readonly Job[], revision: Revision): 'EJobType' | 'EJobStatus' | undefined {
  const isLater = ({ since }: { since?: Revision }) => since !== undefined && !atLeast(revision, since);
  const statuses = STATUSES.filter(isLater).map(({ status }) => status);
  const types = KINDS.filter(isLater).map(({ type }) => type);
  if (types.length > 0 && jobs.some(({ type }) => types.includes(type))) {
    return 'EJobType';
  }
  return statuses.length > 0 && jobs.some(({ status }) => statuses.includes(status)) ? 'EJobStatus' : undefined;
}

function customerOf(index: number): string {
  return ['Contoso', 'Fabrikam', 'Northwind'][index % 3] ?? '';
}

function nounOf(type: string): string {
  if (/Copy$/.test(type)) {
    return 'copy';
  }
  return type === 'VSphereReplica' ? 'replica' : 'nightly';
}
