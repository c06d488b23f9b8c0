import { isFailure } from '../../base/failure';
import { oneLine } from '../../base/text';
import type { Detail } from '../product';

/** What a fact is called, what the server said of it if anything, and in which unit. */
export type DetailFact = readonly [label: string, value: string | number | undefined, unit?: Detail['unit']];

/** The facts that are known. */
export function detailsOf(facts: readonly DetailFact[]): Detail[] {
  return facts.flatMap(([label, value, unit]) =>
    value === undefined
      ? []
      : { label: oneLine(label, 100), value: typeof value === 'string' ? oneLine(value) : value, unit },
  );
}

/** Failures of one call that say nothing of the others. */
const ofOneCall: ReadonlySet<string> = new Set([
  'serverFailed',
  'unexpectedShape',
  'malformedBody',
  'tooLarge',
  'badAnswer',
  'timedOut',
]);

/**
 * The details that several calls tell. One that fails says so in the place of its own, unless all do.
 * @param parts by what they are called
 * @throws {Failure} the first one, if no call tells anything or the failure concerns all of them
 */
export async function detailsOfAll(parts: Readonly<Record<string, Promise<readonly Detail[]>>>): Promise<Detail[]> {
  const labels = Object.keys(parts);
  const outcomes = await Promise.allSettled(Object.values(parts));
  const failures = outcomes.filter(outcome => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
  const grave = failures.find(failure => !isFailure(failure) || !ofOneCall.has(failure.kind));
  if (grave !== undefined || (failures.length > 0 && failures.length === outcomes.length)) {
    throw grave ?? failures[0];
  }
  return outcomes.flatMap((outcome, index) =>
    outcome.status === 'fulfilled'
      ? outcome.value
      : detailsOf([[labels[index] ?? '', isFailure(outcome.reason) ? outcome.reason.short : undefined]]),
  );
}
