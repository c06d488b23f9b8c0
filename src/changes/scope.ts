import { nextSlice } from '../base/timeSlices';
import type { ItemKind } from '../items/item';
import { keyAbove, type ListRecord } from './listRecord';

/** What was exported, as far as its rows tell. */
export interface SavedScope {
  /** Keys of the rows and lists that were exported, in the order of the file; what is below each was exported with it. */
  readonly roots: readonly string[];
  /** Keys of all that has rows of the file below it. */
  readonly above: ReadonlySet<string>;
  /** The kinds that were chosen; undefined for all. */
  readonly kinds: ReadonlySet<ItemKind> | undefined;
}

/** What was exported, worked out from the rows: they say it, or those that have nothing above them are it. */
export async function scopeOf(records: readonly ListRecord[]): Promise<SavedScope> {
  const rows = new Set<string>();
  for (const { key } of records) {
    rows.add(key);
    await nextSlice();
  }
  const roots = new Set<string>();
  const above = new Set<string>();
  const kinds = new Set<ItemKind>();
  let hasAllKinds = false;
  for (const { key, wholeList, exportedFrom, onlyKinds } of records) {
    await nextSlice();
    for (const kind of onlyKinds ?? []) {
      kinds.add(kind);
    }
    hasAllKinds ||= onlyKinds === undefined;
    if (exportedFrom !== undefined) {
      roots.add(exportedFrom);
    } else if (!hasRowAbove(key, rows)) {
      roots.add((wholeList && keyAbove(key)) || key);
    }
    for (let each = keyAbove(key); each !== undefined && !above.has(each); each = keyAbove(each)) {
      above.add(each);
    }
  }
  return { roots: [...roots], above, kinds: hasAllKinds ? undefined : kinds };
}

function hasRowAbove(key: string, rows: ReadonlySet<string>): boolean {
  for (let each = keyAbove(key); each !== undefined; each = keyAbove(each)) {
    if (rows.has(each)) {
      return true;
    }
  }
  return false;
}
