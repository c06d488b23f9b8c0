// Sorting, filtering and paging of a table's rows.

export type SortValue = string | number | undefined;

/** What has no value stands last in both directions; what is equal stays in its order. */
export function sorted<Row>(
  rows: readonly Row[],
  sortBy: (row: Row) => SortValue,
  descending: boolean,
  collator: Intl.Collator,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map(row => ({ row, value: sortBy(row) }))
    .sort(({ value: one }, { value: other }) => {
      if (one === undefined || other === undefined) {
        return Number(one === undefined) - Number(other === undefined);
      }
      return (
        sign *
        (typeof one === 'number' && typeof other === 'number'
          ? Math.sign(one - other) || 0
          : collator.compare(String(one), String(other)))
      );
    })
    .map(({ row }) => row);
}

/** Rows with all words in their text, in any order, whatever their case. */
export function filtered<Row>(rows: readonly Row[], text: string, textOf: (row: Row) => string): readonly Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter(row => words.every(word => textOf(row).includes(word)));
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  /** Counted from 0, and one that is there. */
  readonly page: number;
  readonly pages: number;
  /** Of its first row, counted from 0. */
  readonly start: number;
}

export function pageOf<Row>(rows: readonly Row[], wanted: number, size: number): PageOf<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(Math.max(0, Math.floor(wanted) || 0), pages - 1);
  const start = page * size;
  return { rows: rows.slice(start, start + size), page, pages, start };
}
