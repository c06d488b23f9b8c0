import type { Page } from '../../products/product';

/** What a server has below one of its groups: "Backup Repositories: 4". */
export interface Count {
  readonly name: string;
  readonly number: number;
  /** There are more than that. */
  readonly more: boolean;
}

/** How much there is, going by the first page of it. */
export function countOf(name: string, { items, next, total }: Page): Count {
  return { name, number: total ?? items.length, more: total === undefined && next !== undefined };
}
