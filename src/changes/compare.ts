// What is different between a list that was exported and the servers as they are now.

import { nextSlice } from '../base/timeSlices';
import { type ChangeKind, changeKinds } from './changeKinds';
import { type ComparedFact, comparedFacts } from './comparedFacts';
import { isOnlyAboutItsList, keyAbove, type ListRecord, serverOfKey } from './listRecord';

/** A fact that has another value now. */
export interface Difference {
  /** Its member in exported lists: `name`, `quotaBytes`. */
  readonly fact: string;
  readonly what: ChangeKind;
  /** Undefined if it was not known, or consists of parts; `'unlimited'` for a limit that there is not. */
  readonly before?: unknown;
  readonly now?: unknown;
}

/** A row that has changed. At least one of its states is there. */
export interface ItemChange {
  readonly before?: ListRecord;
  readonly now?: ListRecord;
  /** Without repetition, in the order of {@link changeKinds}. */
  readonly what: readonly ChangeKind[];
  readonly differences: readonly Difference[];
}

/**
 * What is known of a place that has others below it: all of them, or only some because the list could not be loaded or read
 * completely, or none because the list was not asked for.
 */
export type PlaceState = 'whole' | 'part' | 'closed';

/** The servers as they are now, as far as the list in the file goes. */
export interface Present {
  readonly records: readonly ListRecord[];
  /** By the keys of headings and items that were read. */
  readonly places: ReadonlyMap<string, PlaceState>;
}

export interface Comparison {
  /** In the order of the file; what is new comes last. */
  readonly changes: readonly ItemChange[];
  /** Number of rows that are the same. */
  readonly same: number;
  /** Rows of the file that could not be looked for: they may be gone or not. */
  readonly unknown: readonly ListRecord[];
  /** Rows that are not in the file, which is incomplete there: they may be new or not. */
  readonly unsure: readonly ListRecord[];
}

export interface CompareOptions {
  /** Used space counts as changed from so many percent on; 0 for any difference. */
  readonly usedPercent: number;
  readonly signal?: AbortSignal;
}

/** Lets others have a turn; undefined if the signal aborts. */
export async function compare(
  before: readonly ListRecord[],
  { records, places }: Present,
  { usedPercent, signal }: CompareOptions,
): Promise<Comparison | undefined> {
  const now = new Map<string, ListRecord>();
  for (const record of records) {
    now.set(record.key, record);
    await nextSlice();
  }
  const changes: ItemChange[] = [];
  const gone: ListRecord[] = [];
  const unknown: ListRecord[] = [];
  const known = new Set<string>();
  const incomplete = new Set<string>();
  let same = 0;
  const isGone = fates(places);
  for (const record of before) {
    await nextSlice();
    if (signal?.aborted) {
      return undefined;
    }
    known.add(record.key);
    if (record.incomplete !== undefined) {
      incomplete.add(record.key);
    }
    if (isOnlyAboutItsList(record)) {
      continue;
    }
    const other = now.get(record.key);
    if (!other) {
      (isGone(record.key) ? gone : unknown).push(record);
      continue;
    }
    const differences = differencesOf(record, other, usedPercent);
    if (differences.length > 0) {
      changes.push({ before: record, now: other, what: kindsOf(differences), differences });
    } else {
      same++;
    }
  }
  const added: ListRecord[] = [];
  const unsure: ListRecord[] = [];
  for (const record of records) {
    await nextSlice();
    if (!known.has(record.key) && !isOnlyAboutItsList(record)) {
      (isWithin(record.key, incomplete) ? unsure : added).push(record);
    }
  }
  return { changes: changes.concat(await comingAndGoing(gone, added, usedPercent)), same, unknown, unsure };
}

/** Whether what is not there any more is really gone: its list was read as a whole, or what it was in is gone. */
export function fates(places: ReadonlyMap<string, PlaceState>): (key: string) => boolean {
  const told = new Map<string, boolean>();
  return function isGone(key: string): boolean {
    const above = keyAbove(key);
    if (above === undefined) {
      return false;
    }
    let answer = told.get(above);
    if (answer === undefined) {
      const place = places.get(above);
      answer = place === undefined ? isGone(above) : place === 'whole';
      told.set(above, answer);
    }
    return answer;
  };
}

function isWithin(key: string, above: ReadonlySet<string>): boolean {
  if (above.size === 0) {
    return false;
  }
  for (let each = keyAbove(key); each !== undefined; each = keyAbove(each)) {
    if (above.has(each)) {
      return true;
    }
  }
  return false;
}

/** What is gone at one place and is there at another one of the same server, under the same id, has moved. */
async function comingAndGoing(
  gone: readonly ListRecord[],
  added: readonly ListRecord[],
  usedPercent: number,
): Promise<readonly ItemChange[]> {
  const [from, to] = [await byIdentity(gone), await byIdentity(added)];
  const moved = new Set<ListRecord>();
  const changes: ItemChange[] = [];
  for (const before of gone) {
    await nextSlice();
    const identity = identityOf(before);
    const now = from.get(identity) && to.get(identity);
    if (now) {
      moved.add(now);
      const differences: readonly Difference[] = [
        { fact: 'path', what: 'moved', before: before.path, now: now.path },
        ...differencesOf(before, now, usedPercent),
      ];
      changes.push({ before, now, what: kindsOf(differences), differences });
    } else {
      changes.push({ before, what: ['gone'], differences: [] });
    }
  }
  for (const now of added) {
    if (!moved.has(now)) {
      changes.push({ now, what: ['new'], differences: [] });
    }
  }
  return changes;
}

/** Those with an id that no other one has. */
async function byIdentity(records: readonly ListRecord[]): Promise<ReadonlyMap<string, ListRecord | undefined>> {
  const found = new Map<string, ListRecord | undefined>();
  for (const record of records) {
    await nextSlice();
    const identity = identityOf(record);
    found.set(identity, identity === '' || found.has(identity) ? undefined : record);
  }
  return found;
}

/** Empty for what has no id. */
function identityOf({ key, kind, id }: ListRecord): string {
  return id ? JSON.stringify([serverOfKey(key), kind, id]) : '';
}

function differencesOf(before: ListRecord, now: ListRecord, usedPercent: number): readonly Difference[] {
  const differences: Difference[] = [];
  if (before.name !== now.name) {
    differences.push({ fact: 'name', what: 'renamed', before: before.name, now: now.name });
  }
  for (const fact of comparedFacts(now.kind)) {
    const difference = differenceIn(fact, before, now, usedPercent);
    if (difference) {
      differences.push(difference);
    }
  }
  for (const list of partLists(before, now)) {
    if (lasting(before[list]) !== lasting(now[list])) {
      differences.push({ fact: list, what: 'changed' });
    }
  }
  if (before.description !== now.description) {
    differences.push({ fact: 'description', what: 'changed', before: before.description, now: now.description });
  }
  return differences;
}

function differenceIn(
  { member, role }: ComparedFact,
  before: ListRecord,
  now: ListRecord,
  usedPercent: number,
): Difference | undefined {
  const [one, other] =
    role === 'limit'
      ? [limitIn(before, member), limitIn(now, member)]
      : [memberOf(before, member), memberOf(now, member)];
  if (one === other) {
    return undefined;
  }
  const difference = (what: ChangeKind): Difference => ({ fact: member, what, before: one, now: other });
  switch (role) {
    case 'limit':
      return difference('resized');
    case 'used':
      return isNoise(one, other, usedPercent) ? undefined : difference('used');
    case 'enabled':
      return difference(other === false ? 'disabled' : one === false ? 'enabled' : 'changed');
    case 'status':
      return difference(other === 'Disabled' ? 'disabled' : one === 'Disabled' ? 'enabled' : 'changed');
    case 'other':
      return difference('changed');
  }
}

function memberOf(record: ListRecord, member: string): unknown {
  return Object.hasOwn(record, member) ? record[member] : undefined;
}

function limitIn(record: ListRecord, member: string): unknown {
  const isQuota = member.startsWith('quota');
  return isQuota && memberOf(record, 'unlimited') === true ? 'unlimited' : memberOf(record, member);
}

/** A space that one of both did not tell is no growth. */
function isNoise(before: unknown, now: unknown, usedPercent: number): boolean {
  if (typeof before !== 'number' || typeof now !== 'number') {
    return true;
  }
  return Math.abs(now - before) * 100 < usedPercent * Math.abs(before);
}

/** The names of members that consist of parts: the shares of a tenant, the extents of a repository. */
function partLists(before: ListRecord, now: ListRecord): readonly string[] {
  const names = (record: ListRecord) =>
    Object.keys(record).filter(name => Array.isArray(record[name]) && name !== 'path' && name !== 'onlyKinds');
  return [...new Set([...names(before), ...names(now)])];
}

/** Parts of an item as a text, without what they use and when they were last backed up. */
function lasting(parts: unknown): string {
  return (
    JSON.stringify(parts, (name, value: unknown) => (/^(?:used|free|last)[A-Z]/.test(name) ? undefined : value)) ?? ''
  );
}

function kindsOf(differences: readonly Difference[]): readonly ChangeKind[] {
  return changeKinds.filter(kind => differences.some(({ what }) => what === kind));
}
