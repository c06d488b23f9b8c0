import type { BackupReplicationData, Job, Session } from './data';
import { jobTypeOf, jobWordOf } from './jobWords';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** What a job does at present, and what it did. */

const NO_ID = '00000000-0000-0000-0000-000000000000';

export function jobStateBody(row: Job, data: BackupReplicationData, revision: Revision): Body {
  const isThirteen = atLeast(revision, '1.3-rev0');
  const absent = isThirteen ? undefined : null;
  const after = data.jobs[row.afterIndex ?? -1];
  const isRunning = row.status === 'Running';
  const progressPercent = isRunning ? 42 : row.lastRun === undefined ? 0 : 100;
  return withoutUndefined({
    type: jobTypeOf(row, revision),
    status: jobWordOf(row.status, revision),
    lastResult: row.lastResult,
    workload: jobWordOf(row.workload, revision),
    id: row.id,
    name: row.name,
    description: row.description,
    lastRun: row.lastRun ?? absent,
    nextRun: row.nextRun ?? absent,
    nextRunPolicy: isThirteen ? nextRunPolicyOf(row, after) : undefined,
    repositoryId: row.repository?.id ?? (isThirteen ? undefined : NO_ID),
    repositoryName: row.repository?.name ?? (isThirteen ? undefined : ''),
    objectsCount: row.objectsCount,
    sessionId: row.sessionId,
    ...(isThirteen
      ? {
          highPriority: row.highPriority,
          progressPercent,
          sessionProgress: row.lastRun === undefined ? undefined : sessionProgressOf(progressPercent),
          runAfterJob: after && { jobName: after.name, jobId: after.id },
          backupCopyMode: row.type === 'BackupCopy' ? 'Immediate' : undefined,
          isStorageSnapshot: false,
        }
      : {}),
    targetName: atLeast(revision, '1.3-rev2') ? row.repository?.name : undefined,
  });
}

/** A text in the language of the server. */
function nextRunPolicyOf(row: Job, after: Job | undefined): string | undefined {
  if (after) {
    return `After [${after.name}]`;
  }
  const [, month, day] = /^\d+-(\d+)-(\d+)T/.exec(row.nextRun ?? '') ?? [];
  return row.nextRun === undefined ? undefined : `${Number(month)}/${Number(day)}/2026 10:00 PM`;
}

function sessionProgressOf(progressPercent: number): Body {
  return {
    bottleneck: 'Source',
    duration: '00:26:04',
    processingRate: '18.3 MB/s',
    processedSize: 17_179_869_184,
    readSize: 8_074_035_200,
    transferredSize: 3_882_512_848,
    progressPercent,
  };
}

export function sessionBody(row: Session, revision: Revision): Body {
  const { job } = row;
  const isRunning = row.endTime === undefined;
  return withoutUndefined({
    sessionType: sessionTypeOf(job, revision),
    state: isRunning ? 'Working' : 'Stopped',
    id: row.id,
    name: job.name,
    [atLeast(revision, '1.2-rev0') ? 'jobId' : 'activityId']: job.id,
    creationTime: row.creationTime,
    endTime: row.endTime ?? (atLeast(revision, '1.3-rev0') ? undefined : null),
    progressPercent: isRunning ? 42 : 100,
    result: {
      result: row.result,
      message: row.result === 'Failed' ? 'The repository cannot be reached.' : '',
      isCanceled: false,
    },
    resourceId: job.id,
    resourceReference: `/api/v1/jobs/${job.id}`,
    usn: row.index,
    ...(atLeast(revision, '1.3-rev0') ? { initiatedBy: 'CONTOSO\\admin' } : {}),
  });
}

function sessionTypeOf(job: Job, revision: Revision): string {
  if (!atLeast(revision, '1.2-rev0')) {
    return 'Job';
  }
  return job.type === 'VSphereReplica' ? 'ReplicaJob' : 'BackupJob';
}

function withoutUndefined(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
