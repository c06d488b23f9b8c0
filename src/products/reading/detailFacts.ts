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
