import type { Item } from '../items/item';

/** An installation of a product, as it is known to itself and to others. */
export interface Installation {
  /** Given when it was installed: the same wherever it is told. */
  readonly id?: string | undefined;
  /** The name of its host, or what a person calls it. */
  readonly name?: string | undefined;
}

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
  /** What is above it, below the server: the uppermost first. Of items that are not read for that, ID and kind are enough. */
  readonly above: readonly Item[];
}

/** What one request has found. */
export interface Seeking {
  readonly located: readonly Located[];
  /** There is more in the list than the request has brought, so that what is missing may be there all the same. */
  readonly isPartial?: boolean;
}
