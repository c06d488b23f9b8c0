import type { Item } from '../../items/item';
import type { Node } from './node';

/** A step on the way from a server down to a node. */
export interface NodePlace {
  readonly item: Item;
  readonly copy: number;
}

export function isAt(node: Node, { item: { kind, id, name }, copy }: NodePlace): boolean {
  const { item } = node;
  return item.kind === kind && item.id === id && (id !== '' || item.name === name) && node.copy === copy;
}
