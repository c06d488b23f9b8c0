import type { IdIndex } from '../inventory/idIndex';
import type { Inventory } from '../inventory/inventory';
import type { Node } from '../inventory/node';

export interface Criteria {
  /** An ID, a URN, a key, or words that are all in the name; any item if it is empty. */
  readonly query: string;
  /** Any but headings if there are none. */
  readonly kinds?: readonly string[] | undefined;
  /** The servers to look at; all without it. */
  readonly servers?: ReadonlySet<Node> | undefined;
}

/** The loaded nodes that match, the best first: the one meant by an ID, then names that are it, begin with it, hold it. */
export function matching(inventory: Inventory, ids: IdIndex, { query, kinds, servers }: Criteria): readonly Node[] {
  const wanted = ({ item, root }: Node) =>
    (kinds?.length ? kinds.includes(item.kind) : item.kind !== 'group') && (servers?.has(root) ?? true);
  const text = query.trim();
  const exact = [inventory.find(text) ?? ids.find(text)].flat().filter(wanted);
  if (exact.length > 0) {
    return exact;
  }
  const folded = text.toLowerCase();
  const words = folded.split(/\s+/);
  const ranks: Node[][] = [[], [], []];
  for (const node of inventory.loaded()) {
    const name = node.item.name.toLowerCase();
    if (words.every(word => name.includes(word)) && wanted(node)) {
      ranks[name === folded ? 0 : name.startsWith(folded) ? 1 : 2]?.push(node);
    }
  }
  return ranks.flat();
}
