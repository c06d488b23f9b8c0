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
  /** The key of what was exported, if only some kinds below it were chosen. */
  readonly exportedFrom?: string;
  /** The kinds that were chosen. */
  readonly onlyKinds?: readonly ItemKind[];
  readonly [fact: string]: unknown;
}

/** Whether the row is in the list only to say that what is below it is incomplete: it is a heading, or of a kind that was not chosen. */
export function isOnlyAboutItsList({ kind, onlyKinds }: ListRecord): boolean {
  return onlyKinds ? !onlyKinds.includes(kind) : kind === 'group';
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
