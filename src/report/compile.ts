// The report of what is loaded, without asking for more.

import { oneLine } from '../base/text';
import { nextSlice } from '../base/timeSlices';
import type { Branch } from '../inventory/tree/branch';
import { keyPart } from '../inventory/tree/keyPart';
import { type Node, withAllBelow } from '../inventory/tree/node';
import { factsOfKind } from '../items/facts';
import type { Item } from '../items/item';
import { spaceOf } from '../items/kinds';
import { unreadableText } from '../items/unreadable';
import { outline } from './outline';
import {
  plus,
  type Report,
  type ReportProblem,
  type ReportRow,
  RunningTotals,
  type ServerSummary,
  type SumTexts,
} from './report';

/** Problems that are told of each server. */
const mostProblems = 10;

/** What the report tells of loads that are under way. */
export interface ReportOptions {
  readonly isLoading: (server: Node) => boolean;
  /** Numbers that were read before are not up to date: what they came from could not be read again. */
  readonly notBefore: number;
}

/**
 * Goes through all that is loaded, in slices.
 * @param servers of which it tells
 */
export async function reportOf(servers: readonly Node[], { isLoading, notBefore }: ReportOptions): Promise<Report> {
  const { sums } = outline();
  const parts: Part[] = [];
  for (const server of servers) {
    parts.push(await partOf(server, isLoading(server), sums));
  }
  const present = parts.map(({ summary }) => summary.asOf).filter(asOf => asOf !== undefined && asOf >= notBefore);
  return {
    at: present.reduce(earlier, undefined) ?? notBefore,
    servers: parts.map(({ summary }) => summary),
    rows: parts.flatMap(({ rows }) => rows),
  };
}

interface Part {
  readonly summary: ServerSummary;
  readonly rows: readonly ReportRow[];
}

/** Nodes that take a fraction of a millisecond. */
const nodesAtOnce = 100;

async function partOf(server: Node, isLoading: boolean, sums: readonly SumTexts[]): Promise<Part> {
  const placed = new Placed();
  const merged = new Merged(server);
  const problems: ReportProblem[] = [];
  let asOf = server.openedBranch?.loadedAt;
  let steps = 0;
  for (const node of withAllBelow([server])) {
    if (++steps % nodesAtOnce === 0) {
      await nextSlice();
    }
    const { openedBranch } = node;
    if (openedBranch) {
      problems.push(...problemsOf(node, openedBranch));
    }
    const row = rowOf(node);
    if (row) {
      placed.add(row, node);
    }
    if (row || merged.add(node)) {
      asOf = earlier(asOf, node.parent?.openedBranch?.loadedAt);
    }
  }
  const rows: ReportRow[] = [];
  const totals = new RunningTotals(sums);
  for (const part of [placed.rows(), merged.rows()]) {
    for (const row of part) {
      totals.add(row);
      if (rows.push(row) % nodesAtOnce === 0) {
        await nextSlice();
      }
    }
  }
  return {
    rows,
    summary: {
      key: server.key,
      name: oneLine(server.item.name),
      asOf,
      isLoading,
      problems: problems.slice(0, mostProblems),
      moreProblems: Math.max(0, problems.length - mostProblems),
      totals: totals.totals(),
    },
  };
}

/** A server that has failed is told of once, for all that is below it. */
function problemsOf(node: Node, { failure, note, nodes, unreadable }: Branch): readonly ReportProblem[] {
  const { item, root } = node;
  const isToldAbove = node !== root && root.openedBranch?.failure !== undefined;
  const reason = failure?.message ?? (nodes.length === 0 && item.kind === 'group' ? note : undefined);
  const where = node === root ? '' : oneLine(item.name);
  return [isToldAbove ? undefined : reason, unreadable && unreadableText(unreadable)].flatMap(why =>
    why === undefined ? [] : { where, why: oneLine(why) },
  );
}

function rowOf(node: Node): ReportRow | undefined {
  const { item } = node;
  const { report } = factsOfKind(item.kind);
  const space = spaceOf(item);
  if (!report || report.across || !space) {
    return undefined;
  }
  const { usedBytes, takenBytes, limitBytes, freeBytes } = space;
  const place = report.placeAbove ? above(node, report.placeAbove)?.item.name : report.place?.(item);
  return {
    ...standing(node, item),
    place: lineOf(place),
    usedBytes,
    ...(takenBytes === usedBytes ? {} : { takenBytes }),
    limitBytes,
    unlimited: report.unlimited(item),
    // Nothing, where more is used than there is.
    freeBytes: freeBytes === undefined ? undefined : Math.max(0, freeBytes),
  };
}

/** Rows for nodes: one for what stands in several places of its server. */
class Placed {
  readonly #byKey = new Map<string, ReportRow>();

  add(row: ReportRow, node: Node): void {
    const isOne = row.id !== '' && factsOfKind(row.kind).report?.isOneById;
    const key = isOne ? `${row.kind}:${row.id.toLowerCase()}` : row.key;
    // The place where a walk through everything comes by stays the same, whatever a person has opened.
    if (!this.#byKey.has(key) || !isOnDemand(node)) {
      this.#byKey.set(key, row);
    }
  }

  rows(): Iterable<ReportRow> {
    return this.#byKey.values();
  }
}

function isOnDemand({ item, parent }: Node): boolean {
  return item.onDemand !== undefined || (parent !== undefined && isOnDemand(parent));
}

/** What has data in several repositories is one row. */
class Merged {
  readonly #server: Node;
  readonly #byKey = new Map<string, { readonly node: Node; readonly item: Item; readonly parts: Node[] }>();

  constructor(server: Node) {
    this.#server = server;
  }

  /** Whether the node is a part of such a row. */
  add(node: Node): boolean {
    const { item } = node;
    if (placeOfPart(item) === undefined) {
      return false;
    }
    const key = `${item.kind}:${keyPart(item.id || item.name)}`;
    const known = this.#byKey.get(key);
    if (known) {
      known.parts.push(node);
    } else {
      this.#byKey.set(key, { node, item, parts: [node] });
    }
    return true;
  }

  *rows(): Iterable<ReportRow> {
    for (const [key, { node, item, parts }] of this.#byKey) {
      yield {
        ...standing(node, item),
        node: node.key,
        key: `${this.#server.key}/${key}`,
        usedBytes: parts.map(part => spaceOf(part.item)?.usedBytes).reduce(plus, undefined),
        unlimited: true,
        repositories: new Set(parts.map(part => placeOfPart(part.item))).size,
      };
    }
  }
}

function placeOfPart(item: Item): string | undefined {
  return factsOfKind(item.kind).report?.across?.(item);
}

function standing(node: Node, { id, kind, name }: Item) {
  return {
    key: node.key,
    kind,
    id,
    name: oneLine(name),
    server: oneLine(node.root.item.name),
  };
}

function above(node: Node, kind: Item['kind']): Node | undefined {
  return !node.parent || node.parent.item.kind === kind ? node.parent : above(node.parent, kind);
}

function lineOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneLine(text);
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
