import type { ItemKind } from '../../items/item';
import type { Inventory } from '../inventory';
import type { Node } from '../tree/node';
import { entryOf, Matcher } from './matcher';
import { parseQuery } from './query';

/** What is looked for, and where. */
export interface Criteria {
  /** An ID, a URN, a key, or words that are all in the name; any item if it is empty. */
  readonly query: string;
  /** Kinds to search; all except headings by default. */
  readonly kinds?: readonly string[] | undefined;
  /** The servers to look at. */
  readonly servers: ReadonlySet<Node>;
}

/** The loaded nodes that match, the best first; of an ID those that it means, and no others. */
export function matching(inventory: Inventory, { query, kinds, servers }: Criteria): readonly Node[] {
  const parsed = parseQuery(query);
  const wanted = kinds ? new Set(kinds as readonly ItemKind[]) : parsed.kinds;
  const matcher = new Matcher({ ...parsed, kinds: wanted });
  const named: Node[] = [];
  const others: { readonly node: Node; readonly score: number }[] = [];
  for (const node of inventory.loaded()) {
    if (!servers.has(node.root) || !(wanted?.has(node.item.kind) ?? node.item.kind !== 'group')) {
      continue;
    }
    const entry = entryOf(node);
    if (matcher.isNamed(entry)) {
      named.push(node);
    } else if (matcher.contains(entry)) {
      others.push({ node, score: matcher.score(entry) });
    }
  }
  return named.length > 0 ? named : others.sort((one, other) => other.score - one.score).map(({ node }) => node);
}
