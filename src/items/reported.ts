import type { Item, ItemKind } from './item';

/** A table of the report. Kinds that name the same object share it. */
export interface ReportTable {
  /** The page keeps under it how the table is shown. */
  readonly id: string;
  /** Tables with a lower one stand further up. */
  readonly rank: number;
  title(): string;
  /** What the limit of its rows is called; without it, they have none. */
  limit?(): string;
  /** The name for what its rows belong to; undefined if they belong to nothing. */
  place?(): string;
  /** The limit is a capacity, of which there is free space. It is unknown where no number is told. */
  readonly isCapacity?: boolean;
  /** Where rows without a limit stand on the page, if not among the others. */
  readonly unlimited?: { readonly id: string; title(): string };
}

interface ReportSum {
  /** The documented name of its member in JSON. */
  readonly id: string;
  title(): string;
  readonly of: 'limitBytes' | 'usedBytes' | 'freeBytes';
  /** Counts only rows whose limit is known, or only those whose limit is not. */
  readonly only?: 'limited' | 'unlimited';
}

/** How the report shows the items of a kind: each has a row. */
export interface Reported<Of extends Item = Item> {
  readonly table: ReportTable;
  plural(): string;
  /** The documented name of the number of rows in JSON. */
  readonly count: string;
  readonly sums?: readonly ReportSum[];
  /** The space of all together at the top of the page: the first kind's also is a column of the servers. */
  readonly fill?: { title(): string; readonly used: string; readonly limit: string; readonly free?: string };
  /** What it belongs to: the text of the item itself, or the name of the nearest item of a kind above it. */
  place?(item: Of): string | undefined;
  readonly placeAbove?: ItemKind;
  /** Whether it has no limit, as opposed to an unknown one. */
  unlimited(item: Of): boolean;
  /**
   * Its ID stands for it wherever it is seen, at other servers, too: it is one row of its server, and counts once in the sums
   * of all servers.
   */
  readonly isOneById?: boolean;
  /** Items with one ID are parts of one row, each with its data in this repository; those without one are no part. */
  across?(item: Of): string | undefined;
}
