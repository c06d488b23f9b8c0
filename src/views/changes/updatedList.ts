// The text of a file with an exported list, brought up to date so that a diff shows just what has changed.

import { type Comparison, fates, type Present } from '../../changes/compare';
import { isOnlyAboutItsList, keyAbove, type ListRecord } from '../../changes/listRecord';
import type { SavedList } from '../../changes/savedList';
import { jsonOf } from '../shared/itemRecords';

/**
 * Rows stay in their order, and to the letter unless something has changed that the comparison shows, or their path. What is
 * new stands behind the row that it follows on the servers. Rows that could not be looked for stay. Pieces come one by one, some
 * of them empty, so that whoever writes many of them can let others have a turn.
 */
export function* updatedPieces(saved: SavedList, present: Present, comparison: Comparison): Generator<string> {
  const { text, rows } = saved;
  const layout = layoutOf(saved);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) {
    yield text;
    return;
  }
  const { gone, rewritten } = decisions(comparison);
  const now = new Map<string, ListRecord>();
  for (const record of present.records) {
    now.set(record.key, record);
    yield '';
  }
  const kept = new Set<string>();
  const saysNothing = emptyWords(present);
  for (const { record } of rows) {
    if (!gone.has(record.key) && !saysNothing(record)) {
      kept.add(record.key);
    }
    yield '';
  }
  const additions = yield* additionsAfter(present.records, kept);

  const head = text.slice(0, first.start);
  const tail = text.slice(last.end);
  let written = 0;
  /** The number of the row that was written last, if nothing was added behind it. */
  let previous: number | undefined;
  const gap = (index?: number): string => {
    const isNext = index !== undefined && previous !== undefined && index === previous + 1;
    const between = isNext ? text.slice(rows[index - 1]?.end, rows[index]?.start) : layout.separator;
    return written++ === 0 ? head : between;
  };
  const added = function* (after: string | undefined): Generator<string> {
    for (const record of additions.get(after) ?? []) {
      yield gap() + layout.write(record);
      previous = undefined;
    }
  };
  yield* added(undefined);
  for (const [index, { record, start, end }] of rows.entries()) {
    if (!kept.has(record.key)) {
      continue;
    }
    const other = now.get(record.key);
    const isStale = other && (rewritten.has(record.key) || standsElsewhere(record, other));
    yield gap(index) + (isStale ? layout.write(inPlaceOf(record, other)) : text.slice(start, end));
    previous = index;
    yield* added(record.key);
  }
  yield written > 0 ? tail : `${head.trimEnd()}${tail.trimStart()}`;
}

function decisions({ changes }: Comparison) {
  const gone = new Set<string>();
  const rewritten = new Set<string>();
  for (const { before, now } of changes) {
    if (before) {
      (before.key === now?.key ? rewritten : gone).add(before.key);
    }
  }
  return { gone, rewritten };
}

/** Whether a row is only there to say that a list is incomplete, which is complete now or gone. */
function emptyWords({ places }: Present): (record: ListRecord) => boolean {
  const isGone = fates(places);
  return record => {
    const place = places.get(record.key);
    return isOnlyAboutItsList(record) && (place === 'whole' || (place === undefined && isGone(record.key)));
  };
}

/** A row as it is now, with its members in the order of the file. */
function inPlaceOf(before: ListRecord, { incomplete, ...now }: ListRecord): object {
  // Rows of a list that was complete stay in the file while it cannot be read: the file is as complete as before.
  const record: Readonly<Record<string, unknown>> =
    before.incomplete === undefined || incomplete === undefined ? now : { ...now, incomplete };
  const names = Object.keys(before).filter(name => Object.hasOwn(record, name));
  let previous = '';
  for (const name of Object.keys(record)) {
    if (!names.includes(name)) {
      names.splice(names.indexOf(previous) + 1, 0, name);
    }
    previous = name;
  }
  return Object.fromEntries(names.map(name => [name, record[name]]));
}

/** Rows that the file does not have, by the key of the row behind which they stand; undefined is the beginning. */
function* additionsAfter(
  records: readonly ListRecord[],
  kept: ReadonlySet<string>,
): Generator<string, ReadonlyMap<string | undefined, readonly ListRecord[]>> {
  const additions = new Map<string | undefined, ListRecord[]>();
  const added = new Set<string>();
  let after: string | undefined;
  for (const record of records) {
    yield '';
    if (kept.has(record.key)) {
      after = record.key;
    } else if (!isOnlyAboutItsList(record) || isWithin(record.key, added)) {
      added.add(record.key);
      const some = additions.get(after);
      if (some) {
        some.push(record);
      } else {
        additions.set(after, [record]);
      }
    }
  }
  return additions;
}

/** Whether it is below one of the places. */
function isWithin(key: string, places: ReadonlySet<string>): boolean {
  const above = keyAbove(key);
  return above !== undefined && (places.has(above) || isWithin(above, places));
}

/** Whether what the file says about the row's place, or its completeness, is no longer so. */
function standsElsewhere(before: ListRecord, now: ListRecord): boolean {
  return (
    before.server !== now.server ||
    before.wholeList !== now.wholeList ||
    (before.incomplete !== undefined && now.incomplete === undefined) ||
    before.path.length !== now.path.length ||
    before.path.some((name, at) => name !== now.path[at])
  );
}

interface Layout {
  /** What stands between two rows. */
  readonly separator: string;
  write(record: object): string;
}

/** How the file is laid out, by its first rows: whoever keeps it may have formatted it. */
function layoutOf({ text, rows }: SavedList): Layout {
  const [first, second] = rows;
  const before = text.slice(text.indexOf('[') + 1, first?.start);
  const firstText = text.slice(first?.start, first?.end);
  const [, eol, indent = ''] = /(\r?\n)([ \t]*)$/.exec(before) ?? [];
  const inner = /^\{\r?\n([ \t]+)/.exec(firstText)?.[1];
  const unit = inner?.startsWith(indent) ? inner.slice(indent.length) : inner;
  return {
    separator: first && second ? text.slice(first.end, second.start) : `,${before}`,
    write: record => {
      const json = jsonOf(record, unit ?? '');
      return unit === undefined ? json : json.replaceAll('\n', `${eol ?? '\n'}${indent}`);
    },
  };
}
