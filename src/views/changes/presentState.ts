import type { Remedy } from '../../base/failure';
import { nextSlice } from '../../base/timeSlices';
import type { PlaceState, Present } from '../../changes/compare';
import { type ListRecord, serverOfKey } from '../../changes/listRecord';
import type { SavedList } from '../../changes/savedList';
import { scopeOf } from '../../changes/scope';
import type { Inventory } from '../../inventory/inventory';
import { type Node, withAllBelow } from '../../inventory/tree/node';
import type { ItemKind } from '../../items/item';
import { unreadableText } from '../../items/unreadable';
import { jsonRecord } from '../export/exportContent';
import { ExportScope, type Missing } from '../export/exportScope';
import { pathNames } from '../shared/itemRecords';

/** A list that could not be read completely. */
export interface Problem {
  readonly node: Node;
  /** Names from the server down to the list. */
  readonly path: readonly string[];
  readonly why: string;
  readonly remedies: readonly Remedy[];
}

export interface PresentState extends Present {
  readonly problems: readonly Problem[];
  /** Keys of servers in the file that are not in the list of servers. */
  readonly unlisted: ReadonlySet<string>;
}

/**
 * Reads again from the servers what a list in a file has rows of. Asks nobody to sign in: a server that wants that is a problem.
 * @param report is called with the number of items that were read so far
 * @returns undefined if the signal aborts
 */
export async function readPresent(
  inventory: Inventory,
  saved: readonly ListRecord[],
  signal: AbortSignal,
  report: (items: number) => void,
): Promise<PresentState | undefined> {
  const { roots, above, kinds } = await scopeOf(saved);
  const ways = await waysTo(roots);
  const listed = new Map(inventory.servers.map(node => [node.key, node]));
  const items = new Map<Node, number>();
  const readings = await Promise.all(
    [...ways].flatMap(([key, way]) => {
      const server = listed.get(key);
      const told = (node: Node) => (number: number) => {
        items.set(node, number);
        report([...items.values()].reduce((sum, each) => sum + each, 0));
      };
      return server ? new Reading(inventory, signal, kinds).read(server, way, above, told(server)) : [];
    }),
  );
  if (signal.aborted) {
    return undefined;
  }
  const places = new Map<string, PlaceState>();
  for (const [key, place] of readings.flatMap(reading => [...reading.places])) {
    places.set(key, place);
    await nextSlice();
  }
  return {
    records: readings.flatMap(({ records }) => records),
    places,
    problems: readings.flatMap(({ problems }) => problems),
    unlisted: new Set([...ways.keys()].filter(key => !listed.has(key))),
  };
}

/** The way from a server, or something on it, to what is to be read. */
interface Way {
  isEnd: boolean;
  /** By the parts of keys. */
  readonly below: Map<string, Way>;
}

/** The ways to all roots, by the keys of their servers. */
async function waysTo(roots: readonly string[]): Promise<ReadonlyMap<string, Way>> {
  const all: Way = { isEnd: false, below: new Map() };
  for (const key of roots) {
    await nextSlice();
    let way = all;
    for (const segment of key.split('/')) {
      const next = way.below.get(segment) ?? { isEnd: false, below: new Map() };
      way.below.set(segment, next);
      way = next;
    }
    way.isEnd = true;
  }
  return all.below;
}

/** What is read of one server. */
class Reading {
  readonly records: ListRecord[] = [];
  readonly places = new Map<string, PlaceState>();
  readonly problems: Problem[] = [];
  readonly #inventory: Inventory;
  readonly #signal: AbortSignal;
  readonly #kinds: ReadonlySet<ItemKind> | undefined;

  constructor(inventory: Inventory, signal: AbortSignal, kinds: ReadonlySet<ItemKind> | undefined) {
    this.#inventory = inventory;
    this.#signal = signal;
    this.#kinds = kinds;
  }

  /** @param above keys of what has rows of the file below it */
  async read(server: Node, way: Way, above: ReadonlySet<string>, report: (items: number) => void): Promise<this> {
    const tops = await this.#find(server, way);
    await expire(tops);
    let scope: ExportScope;
    let missing: readonly Missing[];
    let more: readonly Node[] = tops;
    do {
      scope = new ExportScope(tops);
      missing = await scope.load(this.#inventory, this.#signal, report);
      more = await closedAbove(scope, above);
      // They were exported by themselves, and are below something else that was exported, too.
      await expire(more);
      tops.push(...more);
    } while (more.length > 0 && !this.#signal.aborted);
    const old = new Set<Node>();
    for (const { node, isOpen } of scope.nodes()) {
      if (node.parent && (old.has(node.parent) || hasOldRows(node.parent))) {
        old.add(node);
      } else {
        this.#note(node, isOpen);
      }
      await nextSlice();
    }
    for (const row of await scope.rows(missing, this.#kinds)) {
      if (!old.has(row.node) && !isLacking(row.node)) {
        this.records.push(jsonRecord(row));
      }
      await nextSlice();
    }
    return this;
  }

  /** What the ways end at. Lists on the way are read again: only they tell whether it is still there. */
  async #find(node: Node, { isEnd, below }: Way): Promise<Node[]> {
    if (isEnd) {
      return [node];
    }
    node.openedBranch?.expire();
    await this.#inventory.complete(node, this.#signal);
    this.#note(node, true);
    const found = (hasOldRows(node) ? [] : (node.branch?.nodes ?? [])).map(child => {
      const way = below.get(child.segment);
      return way ? this.#find(child, way) : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** What is known of the list below a node. */
  #note(node: Node, isOpen: boolean): void {
    const { branch } = node;
    if (!branch) {
      return;
    }
    const { failure, unreadable } = branch;
    const isWhole = branch.isComplete && !failure && !unreadable;
    this.places.set(node.key, isOpen ? (isWhole ? 'whole' : 'part') : 'closed');
    const why = [failure?.message, unreadable && unreadableText(unreadable)].filter(Boolean).join(' ');
    if (isOpen && why) {
      this.problems.push({ node, path: pathNames(node), why, remedies: failure?.remedies ?? [] });
    }
  }
}

/** What was loaded below the nodes is loaded anew when it is asked for. */
async function expire(nodes: readonly Node[]): Promise<void> {
  for (const { openedBranch } of withAllBelow(nodes)) {
    openedBranch?.expire();
    await nextSlice();
  }
}

/** Whether its rows are from before a load that has failed: they tell nothing about now. */
function hasOldRows({ openedBranch }: Node): boolean {
  const { failure } = openedBranch ?? {};
  return failure !== undefined && failure.kind !== 'endlessList';
}

/** Whether nobody knows some of its facts now: a difference to the file would mean nothing. */
function isLacking({ parent }: Node): boolean {
  return parent?.openedBranch?.unreadable?.lacking !== undefined;
}

/** What does not belong to the scope although the file has rows below it. */
async function closedAbove(scope: ExportScope, above: ReadonlySet<string>): Promise<readonly Node[]> {
  const closed: Node[] = [];
  for (const { node, isOpen } of scope.nodes()) {
    if (!isOpen && above.has(node.key)) {
      closed.push(node);
    }
    await nextSlice();
  }
  return closed;
}

/** Rows of the file, by the keys of the servers that are not in the list. */
export function rowsOfUnlisted(
  { rows }: SavedList,
  unlisted: ReadonlySet<string>,
): ReadonlyMap<string, { readonly name: string; readonly rows: number }> {
  const servers = new Map<string, { readonly name: string; readonly rows: number }>();
  for (const { record } of unlisted.size > 0 ? rows : []) {
    const id = serverOfKey(record.key);
    if (unlisted.has(id)) {
      servers.set(id, { name: record.server, rows: (servers.get(id)?.rows ?? 0) + 1 });
    }
  }
  return servers;
}
