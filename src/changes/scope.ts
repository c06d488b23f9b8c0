import { nextSlice } from '../base/timeSlices';
import { keyAbove, type ListRecord } from './listRecord';

/** What was exported, as far as its rows tell. */
export interface SavedScope {
  /** Keys of the rows and lists that were exported, in the order of the file; what is below each was exported with it. */
  readonly roots: readonly string[];
  /** Keys of all that has rows of the file below it. */
  readonly above: ReadonlySet<string>;
}

export async function scopeOf(records: readonly ListRecord[]): Promise<SavedScope> {
  const rows = new Set(records.map(({ key }) => key));
  const roots = new Set<string>();
  const above = new Set<string>();
  for (const { key, wholeList } of records) {
    await nextSlice();
    if (!hasRowAbove(key, rows)) {
      roots.add((wholeList && keyAbove(key)) || key);
    }
    for (let each = keyAbove(key); each !== undefined && !above.has(each); each = keyAbove(each)) {
      above.add(each);
    }
  }
  return { roots: [...roots], above };
}

function hasRowAbove(key: string, rows: ReadonlySet<string>): boolean {
  for (let each = keyAbove(key); each !== undefined; each = keyAbove(each)) {
    if (rows.has(each)) {
      return true;
    }
  }
  return false;
}
