import { folded } from '../base/text';
import type { Item } from '../items/item';
import type { Page } from './product';

/** An installation of a product, as it is known to itself and to others. */
export interface Installation {
  /** Given when it was installed: the same wherever it is told. */
  readonly id?: string | undefined;
  /** The name of its host, or what a person calls it. */
  readonly name?: string | undefined;
}

/** What a server tells of installations. */
export interface KnownInstallations {
  readonly own: Installation | undefined;
  /** Those that it tells of, by {@link Common.standsOn} in lower case. */
  readonly others: ReadonlyMap<string, Installation>;
}

export type WantedInstallations = 'ofCustomers' | 'all';

/** Kinds of items that are looked for by what they have in common with an item of another server. */
export type SoughtKind = 'company' | 'tenant' | 'organization' | 'subtenant' | 'repository' | 'hostedResource';

/** What is looked for on a server: items that have one of the IDs or names, or that belong to the company. */
export interface Sought {
  readonly kind: SoughtKind;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** All that belongs to it is looked for, whatever its ID and name. */
  readonly companyId?: string | undefined;
  /** The tenant whose subtenants are looked for. */
  readonly tenant?: Item | undefined;
  /** {@link Common.standsOn} of what is looked for, where the server tells of others. */
  readonly standsOn?: string | undefined;
  /** Names of the backup servers that it may be on, where these are all that is known of them. */
  readonly backupServers: readonly string[];
}

/** An item with its place in the tree. */
export interface Located {
  readonly item: Item;
  /**
   * What is above it, the uppermost first: below the server, or below the tenant whose subtenants were looked for. Of items
   * that are not read for that, kind and ID are enough.
   */
  readonly above: readonly Item[];
}

/** What one request has found. */
export interface Seeking {
  readonly located: readonly Located[];
  /** There is more in the list than the request has brought, so that what is missing may be there all the same. */
  readonly isPartial?: boolean;
}

/** Tells whether an item has one of the IDs or names, as {@link folded} has them. */
export function soughtBy({ ids, names }: Sought): (item: Pick<Item, 'id' | 'name'>) => boolean {
  // Folded once: there may be thousands, and each item of a list is looked for among them.
  const [soughtIds, soughtNames] = [foldedSet(ids), foldedSet(names)];
  return ({ id, name }) => soughtIds.has(folded(id)) || soughtNames.has(folded(name));
}

function foldedSet(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(folded).filter(text => text !== ''));
}

/** What is looked for in one page of a list, all of which stands at the same place. */
export function soughtIn({ items, next }: Page, sought: Sought, above: readonly Item[]): Seeking {
  const located = items.filter(soughtBy(sought)).map(item => ({ item, above }));
  return { located, isPartial: next !== undefined };
}
