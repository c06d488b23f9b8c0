import type { Node } from '../../inventory/tree/node';

/** Rows that a person is likely to want. */
export interface AtHand {
  readonly pinned: readonly Node[];
  readonly recent: readonly Node[];
}

/** What stands in a list that begins with them, each row once. */
export interface Arranged extends AtHand {
  readonly others: readonly Node[];
}

/** @param found in its order */
export function arranged(found: readonly Node[], { pinned, recent }: AtHand): Arranged {
  const shown = new Set<string>();
  const unseen = (nodes: readonly Node[]) =>
    nodes.filter(({ key }) => {
      const isNew = !shown.has(key);
      shown.add(key);
      return isNew;
    });
  return { pinned: unseen(pinned), recent: unseen(recent), others: unseen(found) };
}
