import type { ItemKind } from '../items/item';

/** A row of an exported list, in a file or as it would be written now. */
export interface ListRecord {
  /** The item's place: `serverId/kind:id/kind:id`. */
  readonly key: string;
  readonly kind: ItemKind;
  readonly name: string;
  readonly id?: string;
  /** The name of the server. */
  readonly server: string;
  /** The names from the server down to the item. */
  readonly path: readonly string[];
  /** Why not all that is below the item is there. */
  readonly incomplete?: string;
  /** It stands directly in a list that was exported as a whole. */
  readonly wholeList?: boolean;
  readonly [fact: string]: unknown;
}

/** The key of what the place is in; undefined for a server. */
export function keyAbove(key: string): string | undefined {
  const end = key.lastIndexOf('/');
  return end < 0 ? undefined : key.slice(0, end);
}

/** The first part of a key, which names the server. */
export function serverOfKey(key: string): string {
  const end = key.indexOf('/');
  return end < 0 ? key : key.slice(0, end);
}
