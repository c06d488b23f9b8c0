import { guid } from '../random';
import type { Job } from './data';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** Of each job that has run, its last session. They can be asked for by the job in all revisions. */
export function sessionsOf(jobs: readonly Job[], query: URLSearchParams): Job[] {
  const jobId = query.get('jobIdFilter')?.toLowerCase();
  return jobs.filter(({ id, lastRun }) => lastRun !== undefined && (jobId === undefined || id === jobId));
}

export function sessionBody({ index, id, name, lastRun, lastResult }: Job, revision: Revision): Body {
  const sessionId = guid('session', index);
  return {
    sessionType: atLeast(revision, '1.2-rev0') ? 'BackupJob' : 'Job',
    state: 'Stopped',
    id: sessionId,
    name,
    ...(atLeast(revision, '1.2-rev0') ? { jobId: id } : { activityId: sessionId }),
    creationTime: lastRun,
    endTime: '2026-02-28T23:26:04.1+01:00',
    progressPercent: 100,
    result: {
      result: lastResult === 'None' ? 'Success' : lastResult,
      message: lastResult === 'Failed' ? 'The disk is full.' : '',
      isCanceled: false,
    },
    usn: index + 1,
  };
}
