import type { Job } from './data';
import { atLeast, type Revision } from './revisions';

export function jobTypeOf({ type }: Job, revision: Revision): string {
  return type === 'VSphereBackup' && !atLeast(revision, '1.3-rev0') ? 'Backup' : type;
}

/** Until 1.3-rev0 the words of status and workload begin with a small letter. */
export function jobWordOf(word: string, revision: Revision): string {
  return atLeast(revision, '1.3-rev1') ? word : word.charAt(0).toLowerCase() + word.slice(1);
}
