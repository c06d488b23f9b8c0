import type { Item, ItemKind } from '../../items/item';
import { kindOf, lastActiveOf, spaceOf } from '../../items/kinds';
import type { Node } from './node';

/** In which the rows of one kind stand: as the server gives them, or by something that is known of them. */
export type Order = 'server' | 'name' | 'used' | 'usedPercent' | 'free' | 'lastActive';

/** The orders that say something about items of a kind. Headings and servers stand as they are. */
export function ordersOf(kind: ItemKind): readonly Order[] {
  const { activity, asServerGives, space } = kindOf(kind);
  if (asServerGives) {
    return ['server'];
  }
  return [
    ...(['server', 'name'] as const),
    ...(space ? (['used'] as const) : []),
    ...(space?.limit ? (['usedPercent', 'free'] as const) : []),
    ...(activity ? (['lastActive'] as const) : []),
  ];
}

/** Whether there is more than one order for rows of a kind. */
export function isSortable(kind: ItemKind): boolean {
  return ordersOf(kind).length > 1;
}

/** The kind of what is below a node, apart from headings, as far as that is known. */
export function kindBelow({ item, openedBranch }: Node): ItemKind | undefined {
  return item.kind === 'group'
    ? item.contains
    : openedBranch?.nodes.find(node => node.item.kind !== 'group')?.item.kind;
}

/**
 * The nodes in the order that their kind has. Where kinds take turns, each run of one kind is put in order by itself: they
 * stand apart on purpose. Equal ones stay as the server gave them, and those without the number are last.
 */
export function inOrder(
  nodes: readonly Node[],
  orderOf: (kind: ItemKind) => Order,
  compareNames: (one: string, other: string) => number,
): readonly Node[] {
  const result: Node[] = [];
  for (let start = 0, end = 0; start < nodes.length; start = end) {
    const kind = nodes[start]?.item.kind;
    while (end < nodes.length && nodes[end]?.item.kind === kind) {
      end++;
    }
    // One by one: a call takes fewer arguments than a list may have rows.
    for (const node of kind ? sorted(nodes.slice(start, end), orderOf(kind), compareNames) : []) {
      result.push(node);
    }
  }
  return result;
}

function sorted(
  nodes: readonly Node[],
  order: Order,
  compareNames: (one: string, other: string) => number,
): readonly Node[] {
  switch (order) {
    case 'server':
      return nodes;
    case 'name':
      return nodes.toSorted((one, other) => compareNames(one.item.name, other.item.name));
    default:
      return nodes
        .map(node => ({ node, rank: rankOf(node.item, order) }))
        .sort((one, other) => (one.rank ?? Number.MAX_VALUE) - (other.rank ?? Number.MAX_VALUE))
        .map(({ node }) => node);
  }
}

/** What comes first has the smallest: the most used, the least free, the latest. */
function rankOf(item: Item, order: Exclude<Order, 'server' | 'name'>): number | undefined {
  if (order === 'lastActive') {
    return negative(lastActiveOf(item));
  }
  const { usedBytes, takenBytes, limitBytes, freeBytes } = spaceOf(item) ?? {};
  switch (order) {
    case 'used':
      return negative(usedBytes);
    case 'usedPercent':
      return takenBytes === undefined || !limitBytes ? undefined : -takenBytes / limitBytes;
    case 'free':
      return freeBytes;
  }
}

function negative(number: number | undefined): number | undefined {
  return number === undefined ? undefined : -number;
}
