import type { Job } from '../../items/job';

/**
 * What one word of an API that means two things says of a job: what the job does now, if it is one of `states`, and how the
 * last run ended otherwise.
 */
export function jobState(word: string | undefined, states: ReadonlySet<string>): Pick<Job, 'status' | 'lastResult'> {
  const isState = word !== undefined && states.has(word);
  return { status: isState ? word : undefined, lastResult: isState ? undefined : word };
}
