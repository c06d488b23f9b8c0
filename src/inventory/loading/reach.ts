import { untilAborted } from '../../base/abort';
import { Cancelled } from '../../base/failure';
import type { Inventory } from '../inventory';
import type { Node } from '../tree/node';

/**
 * The node with that key, with what lies above it loaded as needed, also where that had failed before. Undefined if it is
 * not there.
 * @throws {Failure} if a row above it cannot be opened
 */
export async function reach(inventory: Inventory, key: string, signal: AbortSignal): Promise<Node | undefined> {
  let node = inventory.nearest(key);
  while (node && node.key !== key) {
    const above = node;
    if (above.openedBranch?.failure) {
      await untilAborted(inventory.refresh(above), signal);
    }
    await inventory.complete(above, signal);
    if (signal.aborted) {
      throw new Cancelled();
    }
    node = inventory.nearest(key);
    if (node === above) {
      if (above.openedBranch?.failure) {
        throw above.openedBranch.failure;
      }
      return undefined;
    }
  }
  return node;
}
