import type { Inventory } from '../inventory/inventory';
import type { Node } from '../inventory/node';
import { hasId } from '../products/item';

/** What a script names. Of a key there is at most one; an id may stand at several places and means the same at each. */
export function named(inventory: Inventory, keyOrId: string): Node[] {
  const node =
    inventory.find(keyOrId) ?? [...inventory.loaded()].find(({ item }) => hasId(item) && item.id === keyOrId);
  return node ? [node] : [];
}
