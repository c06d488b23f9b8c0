// What a capacity and quota report says, as plain data. Used by the report's page, too.

import type { ItemKind } from '../items/item';

/** The report of some servers. */
export interface Report {
  /** When its numbers were read, in milliseconds since 1970: the oldest of those that are up to date. */
  readonly at: number;
  readonly servers: readonly ServerSummary[];
  /** In no order. */
  readonly rows: readonly ReportRow[];
}

/** Something that takes space. Its texts are one line of sane length each, except the ID, which is to the letter. */
export interface ReportRow {
  /** The same in every report. */
  readonly key: string;
  /** The key of the row of the tree that stands for it, where that is another one. */
  readonly node?: string;
  readonly kind: ItemKind;
  readonly id: string;
  readonly name: string;
  readonly server: string;
  /** What it belongs to: a subtenant's tenant, a tenant's or repository's backup server. */
  readonly place?: string | undefined;
  readonly usedBytes?: number | undefined;
  /** How much of the limit is taken, where that is something else. */
  readonly takenBytes?: number | undefined;
  /** The quota or the capacity, where one is known. */
  readonly limitBytes?: number | undefined;
  /** It has no limit of its own, which is something else than one that is not known. */
  readonly unlimited: boolean;
  readonly freeBytes?: number | undefined;
  /** In how many repositories its data lies, where it may be several. */
  readonly repositories?: number | undefined;
  readonly growth?: Growth | undefined;
}

/** What has changed since an earlier report. */
export interface Growth {
  /** Less than zero if it has shrunk. */
  readonly bytes?: number | undefined;
  /** By how much its limit has changed; undefined if it has not. */
  readonly limitBytes?: number | undefined;
  /** Only where the numbers are a day or more apart. */
  readonly bytesPerDay?: number | undefined;
  /** When its limit is reached if it goes on like that. */
  readonly fullInDays?: number | undefined;
}

/** How full everything together was at each earlier report. */
export interface Trend {
  /** When the numbers were read, in milliseconds since 1970, the oldest first. The last ones are those of the report. */
  readonly times: readonly number[];
  readonly lines: readonly TrendLine[];
}

/** A line of the trend: one kind of space. */
export interface TrendLine {
  readonly title: string;
  /** One for each time: used space as a share of the limit, 1 for all of it; null where nothing is known. */
  readonly shares: readonly (number | null)[];
}

/**
 * Sums of one server, or of all, by the names that the kinds have given them: the number of rows of each kind, and bytes. A
 * sum of bytes of which nothing is known is not there.
 */
export type Totals = Readonly<Record<string, number>>;

/** How a table is called, in the language of the person. */
export interface TableTexts {
  readonly id: string;
  readonly title: string;
  readonly limit?: string | undefined;
  readonly place?: string | undefined;
  /** The limit is a capacity, of which there is free space. It is unknown where no number is told. */
  readonly isCapacity: boolean;
  /** The table of rows without a limit, where that is another one. */
  readonly unlimited?: { readonly id: string; readonly title: string } | undefined;
  /** Whose rows these are. */
  readonly kinds: readonly { readonly kind: ItemKind; readonly name: string; readonly plural: string }[];
}

/** A sum over the rows of a kind, in the language of the person. */
export interface SumTexts {
  readonly id: string;
  readonly title: string;
  readonly kind: ItemKind;
  /** `rows`: how many there are. */
  readonly of: 'rows' | 'limitBytes' | 'usedBytes' | 'freeBytes';
  /** Only of rows whose limit is known, or is not. */
  readonly only?: 'limited' | 'unlimited' | undefined;
  /** Rows with one ID are one thing, which several servers tell of. */
  readonly once?: boolean | undefined;
}

/** What the kinds say about the report as a whole, as plain data, so that it can be told to the page. */
export interface Outline {
  readonly tables: readonly TableTexts[];
  readonly sums: readonly SumTexts[];
  readonly fills: readonly FillTexts[];
}

/** The space of all rows of a kind, by the names of their sums. */
export interface FillTexts {
  readonly title: string;
  readonly used: string;
  readonly limit: string;
  /** Where what is not free counts as taken. */
  readonly free?: string | undefined;
}

/** What the report says of one server as a whole. */
export interface ServerSummary {
  readonly totals: Totals;
  readonly key: string;
  readonly name: string;
  /** When the oldest of its numbers was read, in milliseconds since 1970; undefined if there are none. */
  readonly asOf?: number | undefined;
  /** When the report was made that growth is told since. */
  readonly comparedWith?: number | undefined;
  readonly isLoading: boolean;
  /** What is missing and why. */
  readonly problems: readonly ReportProblem[];
  /** How many more problems there are, for which there is no room. */
  readonly moreProblems: number;
}

/** Something that could not be read. */
export interface ReportProblem {
  readonly where: string;
  readonly why: string;
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

/** The sums over rows of any servers. */
export function totalsOf(rows: readonly ReportRow[], sums: readonly SumTexts[]): Totals {
  const running = new RunningTotals(sums);
  for (const row of rows) {
    running.add(row);
  }
  return running.totals();
}

/** Sums over rows that are added one after another, so that many of them can be added in slices. */
export class RunningTotals {
  readonly #byKind: ReadonlyMap<ItemKind, readonly RunningSum[]>;
  /** Rows that count once, by what is one thing. */
  readonly #once = new Map<string, ReportRow>();

  constructor(sums: readonly SumTexts[]) {
    const running = sums.map(texts => ({ texts, amount: 0, known: 0 }));
    this.#byKind = new Map(sums.map(({ kind }) => [kind, running.filter(({ texts }) => texts.kind === kind)]));
  }

  add(row: ReportRow): void {
    const sums = this.#byKind.get(row.kind);
    if (!sums) {
      return;
    }
    if (sums.some(({ texts }) => texts.once)) {
      // The first row with a limit counts for all with its ID. Products write the letters of IDs in either case.
      const thing = row.id === '' ? row.key : `${row.kind}:${row.id.toLowerCase()}`;
      const counted = this.#once.get(thing);
      if (counted && (counted.limitBytes !== undefined || row.limitBytes === undefined)) {
        return;
      }
      this.#once.set(thing, row);
      if (counted) {
        count(sums, counted, -1);
      }
    }
    count(sums, row, 1);
  }

  totals(): Totals {
    const totals: Record<string, number> = {};
    for (const { texts, amount, known } of [...this.#byKind.values()].flat()) {
      if (known > 0 || texts.of === 'rows') {
        totals[texts.id] = amount;
      }
    }
    return totals;
  }
}

interface RunningSum {
  readonly texts: SumTexts;
  amount: number;
  /** Rows that have told the number. */
  known: number;
}

/** @param times 1 to add the row, -1 to take it away again */
function count(sums: readonly RunningSum[], row: ReportRow, times: 1 | -1): void {
  for (const sum of sums) {
    const { of, only } = sum.texts;
    if (only !== undefined && (only === 'limited') !== (row.limitBytes !== undefined)) {
      continue;
    }
    const amount = of === 'rows' ? 1 : row[of];
    if (amount !== undefined) {
      sum.amount += times * amount;
      sum.known += times;
    }
  }
}

/** The sum of two numbers, as far as they are known. */
export function plus(sum: number | undefined, amount: number | undefined): number | undefined {
  return amount === undefined ? sum : (sum ?? 0) + amount;
}

/**
 * How much of its limit is taken, 1 for all of it. Undefined without a limit and where a number is missing. A limit of 0
 * is what servers tell that know none.
 */
export function shareOf({ usedBytes, takenBytes = usedBytes, limitBytes }: Filled): number | undefined {
  if (takenBytes === undefined || limitBytes === undefined || limitBytes <= 0) {
    return undefined;
  }
  return takenBytes / limitBytes;
}

/** What the fill level is worked out from. */
export type Filled = Pick<ReportRow, 'usedBytes' | 'takenBytes' | 'limitBytes'>;

/** What sums say of the space of all. */
export function filledBy(totals: Totals, { used, limit, free }: FillTexts): Filled {
  const [usedBytes, limitBytes, freeBytes] = [used, limit, free].map(id => (id === undefined ? undefined : totals[id]));
  const takenBytes = limitBytes === undefined || freeBytes === undefined ? usedBytes : limitBytes - freeBytes;
  return { usedBytes, limitBytes, takenBytes };
}

/** Shares of a limit from which on there is reason to look, and to act. */
export const highShare = 0.8;
export const criticalShare = 0.95;

/** How urgent it is. */
export type Level = 'ok' | 'high' | 'critical' | 'over';

/** How urgent a share of a limit is; undefined where the share is not known. */
export function levelOf(share: number | undefined): Level | undefined {
  if (share === undefined) {
    return undefined;
  }
  return share > 1 ? 'over' : share >= criticalShare ? 'critical' : share >= highShare ? 'high' : 'ok';
}
