// What a capacity and quota report says, as plain data: made from what is loaded, without asking for more.

import { oneLine } from '../http/text';
import type { Item, Organization, Repository, Subtenant, Tenant } from '../products/item';
import { nextSlice } from '../products/slices';
import type { Branch } from './branch';
import { keyPart } from './keyPart';
import { type Node, withAllBelow } from './node';
import type { Growth } from './reportHistory';

export interface Report {
  /** When its numbers were read, in milliseconds since 1970: the oldest of those that are up to date. */
  readonly at: number;
  readonly servers: readonly ServerSummary[];
  /** Tenants, subtenants, repositories and organizations, in no order. */
  readonly rows: readonly ReportRow[];
}

export type ReportKind = 'tenant' | 'subtenant' | 'repository' | 'organization';

/** Something that takes space. Its texts are one line of sane length each. */
export interface ReportRow {
  /** The same in every report. */
  readonly key: string;
  /** The key of the row of the tree that stands for it, where that is another one. */
  readonly node?: string;
  readonly kind: ReportKind;
  readonly id: string;
  readonly name: string;
  readonly server: string;
  /** What it belongs to: a subtenant's tenant, a tenant's or repository's backup server. */
  readonly place?: string | undefined;
  readonly usedBytes?: number | undefined;
  /** The quota or the capacity, where one is known. */
  readonly limitBytes?: number | undefined;
  /** It has no limit of its own, which is something else than one that is not known. */
  readonly unlimited: boolean;
  readonly freeBytes?: number | undefined;
  /** In how many repositories an organization has data. */
  readonly repositories?: number | undefined;
  readonly growth?: Growth | undefined;
}

/** Sums of one server, or of all. A sum of which nothing is known is undefined. */
export interface Totals {
  readonly repositories: number;
  readonly capacityBytes?: number | undefined;
  /** Of the repositories with a known capacity, as is {@link freeBytes}. */
  readonly usedBytes?: number | undefined;
  readonly freeBytes?: number | undefined;
  /** On repositories without a capacity. */
  readonly unlimitedBytes?: number | undefined;
  readonly tenants: number;
  readonly subtenants: number;
  readonly quotaBytes?: number | undefined;
  readonly quotaUsedBytes?: number | undefined;
  readonly organizations: number;
}

export interface ServerSummary extends Totals {
  readonly key: string;
  readonly name: string;
  /** When the oldest of its numbers was read, in milliseconds since 1970; undefined if there are none. */
  readonly asOf?: number | undefined;
  /** When the report was made that growth is told since. */
  readonly comparedWith?: number | undefined;
  readonly isLoading: boolean;
  /** What is missing and why. */
  readonly problems: readonly Problem[];
  /** Of those that there is no room for. */
  readonly moreProblems: number;
}

export interface Problem {
  readonly where: string;
  readonly why: string;
}

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

/** Whether all numbers of the server that are in the report are as new as the report. */
export function isPresent({ at }: Report, { asOf }: ServerSummary): boolean {
  return asOf !== undefined && asOf >= at;
}

/** The rows of each server, by its key. */
export function rowsByServer({ rows }: Report): ReadonlyMap<string, readonly ReportRow[]> {
  const byServer = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const server = serverOf(row);
    const known = byServer.get(server);
    if (known) {
      known.push(row);
    } else {
      byServer.set(server, [row]);
    }
  }
  return byServer;
}

/** The key of the server that a row is of. */
export function serverOf({ key }: ReportRow): string {
  return key.slice(0, key.indexOf('/'));
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

/** The sums over rows of any servers. */
export function totalsOf(rows: readonly ReportRow[]): Totals {
  const totals = newTotals();
  for (const row of rows) {
    addTo(totals, row);
  }
  return totals;
}

type Growing = { -readonly [Name in keyof Totals]: Totals[Name] };

function newTotals(): Growing {
  return { repositories: 0, tenants: 0, subtenants: 0, organizations: 0 };
}

function addTo(totals: Growing, { kind, limitBytes, usedBytes, freeBytes }: ReportRow): void {
  switch (kind) {
    case 'repository':
      totals.repositories++;
      if (limitBytes === undefined) {
        totals.unlimitedBytes = plus(totals.unlimitedBytes, usedBytes);
      } else {
        totals.capacityBytes = plus(totals.capacityBytes, limitBytes);
        totals.usedBytes = plus(totals.usedBytes, usedBytes);
        totals.freeBytes = plus(totals.freeBytes, freeBytes);
      }
      break;
    case 'tenant':
      totals.tenants++;
      totals.quotaBytes = plus(totals.quotaBytes, limitBytes);
      totals.quotaUsedBytes = plus(totals.quotaUsedBytes, usedBytes);
      break;
    case 'subtenant':
      totals.subtenants++; // their quotas are shares of their tenants'
      break;
    case 'organization':
      totals.organizations++;
  }
}

function plus(sum: number | undefined, amount: number | undefined): number | undefined {
  return amount === undefined ? sum : (sum ?? 0) + amount;
}

/**
 * How much of its limit is taken, 1 for all of it. Undefined without a limit, where a number is missing, and where nothing
 * is used of no quota; infinite if something is.
 */
export function shareOf({ usedBytes, limitBytes }: Pick<ReportRow, 'usedBytes' | 'limitBytes'>): number | undefined {
  if (usedBytes === undefined || limitBytes === undefined || (limitBytes <= 0 && usedBytes <= 0)) {
    return undefined;
  }
  return limitBytes > 0 ? usedBytes / limitBytes : Number.POSITIVE_INFINITY;
}

/** Shares of a limit from which on there is reason to look, and to act. */
export const highShare = 0.8;
export const criticalShare = 0.95;

/** How urgent it is. */
export type Level = 'ok' | 'high' | 'critical' | 'over';

export function levelOf(share: number | undefined): Level | undefined {
  if (share === undefined) {
    return undefined;
  }
  return share > 1 ? 'over' : share >= criticalShare ? 'critical' : share >= highShare ? 'high' : 'ok';
}

/** In whole percent, rounded so that 0 is nothing at all and 100 is not said before all is taken. */
export function percentOf(share: number): number {
  return share > 0 && share < 0.01 ? 1 : Math.floor(share * 100 + 1e-9);
}

/** A server that has failed is told of once, for all that is below it. */
function problemsOf(node: Node, { failure, note, nodes }: Branch): readonly Problem[] {
  const { item, root } = node;
  const why = failure?.message ?? (nodes.length === 0 && item.kind === 'group' ? note : undefined);
  const isToldAbove = node !== root && root.openedBranch?.failure !== undefined;
  return why === undefined || isToldAbove
    ? []
    : [{ where: node === root ? '' : oneLine(item.name), why: oneLine(why) }];
}

function rowOf(node: Node): ReportRow | undefined {
  const { item } = node;
  switch (item.kind) {
    case 'repository':
      return { ...placed(node, item, item.kind), place: lineOf(item.backupServer), ...repositorySizes(item) };
    case 'tenant':
      return {
        ...placed(node, item, item.kind),
        place: lineOf(item.backupServer),
        usedBytes: item.usedBytes,
        limitBytes: item.quotaBytes,
        unlimited: false,
        freeBytes: left(item.quotaBytes, item.usedBytes),
      };
    case 'subtenant':
      return {
        ...placed(node, item, item.kind),
        place: lineOf(above(node, 'tenant')?.item.name),
        usedBytes: item.usedBytes,
        limitBytes: item.quotaBytes,
        unlimited: item.unlimited,
        freeBytes: left(item.quotaBytes, item.usedBytes),
      };
    default:
      return undefined;
  }
}

function repositorySizes({ capacityBytes, usedBytes, freeBytes, objectStorage }: Repository) {
  return {
    usedBytes,
    limitBytes: capacityBytes,
    unlimited: objectStorage && capacityBytes === undefined,
    freeBytes: freeBytes ?? left(capacityBytes, usedBytes),
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
      ...placed(node, item, 'organization'),
      node: node.key,
      key: `${this.#server.key}/organization:${keyPart(item.id || item.name)}`,
      usedBytes: parts.map(part => part.usedBytes).reduce(plus, undefined),
      unlimited: true,
      repositories: new Set(parts.map(({ repositoryId }) => repositoryId)).size,
    }));
  }
}

function placed(node: Node, item: Tenant | Subtenant | Repository | Organization, kind: ReportKind) {
  return {
    key: node.key,
    kind,
    id: oneLine(item.id),
    name: oneLine(item.name),
    server: oneLine(node.root.item.name),
  };
}

function above(node: Node, kind: Item['kind']): Node | undefined {
  return !node.parent || node.parent.item.kind === kind ? node.parent : above(node.parent, kind);
}

function lineOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneLine(text);
}

/** Nothing, where more is used than there is. */
function left(limit: number | undefined, used: number | undefined): number | undefined {
  return limit === undefined || used === undefined ? undefined : Math.max(0, limit - used);
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
