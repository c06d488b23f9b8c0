import { unlessAborted } from '../../base/abort';
import type { Inventory } from '../inventory';
import type { Branch } from '../tree/branch';
import type { Node } from '../tree/node';

/**
 * Loads so many rows of a branch, if there are as many, also where that had failed before. Fewer come if the node goes away
 * or the user cancels the load.
 * @throws {Failure} that keeps the rows from coming, or Cancelled when the signal aborts
 */
export async function loadRows(
  inventory: Inventory,
  node: Node,
  branch: Branch,
  rows: number,
  signal: AbortSignal,
): Promise<void> {
  if (branch.failure && !branch.load) {
    await unlessAborted(inventory.refresh(node), signal);
  }
  if (branch.load?.showPages && !branch.failure && branch.nodes.length >= rows) {
    return; // what else is on its way is for others
  }
  // Nothing is loaded any more of what is gone or has no children now, nor of what the user does not want.
  const isThere = () => !node.gone && node.branch === branch;
  // Once more if the load was given up, because the user has closed the row or a search.
  do {
    inventory.childrenOf(node);
    await unlessAborted(inventory.settled(node), signal);
  } while (branch.loadedAt === undefined && !branch.failure && isThere());
  let cancelled = false;
  while (branch.next !== undefined && !branch.failure && branch.nodes.length < rows && isThere() && !cancelled) {
    const loading = inventory.loadMore(node);
    const { load } = branch;
    await unlessAborted(loading, signal);
    cancelled = load?.cancelled === true;
  }
  if (branch.failure) {
    throw branch.failure;
  }
}
