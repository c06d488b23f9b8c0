// The report of what is loaded, without asking for more.

import { idLine, oneLine } from '../base/text';
import { nextSlice } from '../base/timeSlices';
import type { Branch } from '../inventory/tree/branch';
import { keyPart } from '../inventory/tree/keyPart';
import { type Node, withAllBelow } from '../inventory/tree/node';
import { factsOfKind } from '../items/facts';
import type { Item, Organization } from '../items/item';
import { spaceOf } from '../items/kinds';
import { unreadableText } from '../items/unreadable';
import { addTo, newTotals, type Problem, plus, type Report, type ReportRow, type ServerSummary } from './report';

/** Problems that are told of each server. */
const mostProblems = 10;

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
  const parts: Part[] = [];
  for (const server of servers) {
    parts.push(await partOf(server, isLoading(server)));
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

async function partOf(server: Node, isLoading: boolean): Promise<Part> {
  const rows: ReportRow[] = [];
  const totals = newTotals();
  const take = (row: ReportRow) => {
    rows.push(row);
    addTo(totals, row);
  };
  const organizations = new Organizations(server);
  const problems: Problem[] = [];
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
      take(row);
    }
    if (row || organizations.add(node)) {
      asOf = earlier(asOf, node.parent?.openedBranch?.loadedAt);
    }
  }
  organizations.rows().forEach(take);
  return {
    rows,
    summary: {
      key: server.key,
      name: oneLine(server.item.name),
      asOf,
      isLoading,
      problems: problems.slice(0, mostProblems),
      moreProblems: Math.max(0, problems.length - mostProblems),
      ...totals,
    },
  };
}

/** A server that has failed is told of once, for all that is below it. */
function problemsOf(node: Node, { failure, note, nodes, unreadable }: Branch): readonly Problem[] {
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
  if (!report || !space) {
    return undefined;
  }
  const { usedBytes, limitBytes, freeBytes } = space;
  const place = report.placeAbove ? above(node, report.placeAbove)?.item.name : report.place?.(item);
  return {
    ...placed(node, item),
    place: lineOf(place),
    usedBytes,
    limitBytes,
    unlimited: report.unlimited(item),
    // Nothing, where more is used than there is.
    freeBytes: freeBytes === undefined ? undefined : Math.max(0, freeBytes),
  };
}

/** An organization's data lies in several repositories; here it is one row. */
class Organizations {
  readonly #server: Node;
  readonly #byId = new Map<
    string,
    { readonly node: Node; readonly item: Organization; readonly parts: Organization[] }
  >();

  constructor(server: Node) {
    this.#server = server;
  }

  /** Whether the node is about an organization's data. */
  add(node: Node): boolean {
    const { item } = node;
    if (item.kind !== 'organization' || item.repositoryId === undefined) {
      return false;
    }
    const known = this.#byId.get(item.id);
    if (known) {
      known.parts.push(item);
    } else {
      this.#byId.set(item.id, { node, item, parts: [item] });
    }
    return true;
  }

  rows(): readonly ReportRow[] {
    return [...this.#byId.values()].map(({ node, item, parts }) => ({
      ...placed(node, item),
      node: node.key,
      key: `${this.#server.key}/organization:${keyPart(item.id || item.name)}`,
      usedBytes: parts.map(part => part.usedBytes).reduce(plus, undefined),
      unlimited: true,
      repositories: new Set(parts.map(({ repositoryId }) => repositoryId)).size,
    }));
  }
}

function placed(node: Node, { id, kind, name }: Item) {
  return {
    key: node.key,
    kind,
    id: idLine(id),
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
