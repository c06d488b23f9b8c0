import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { offerToAddServer } from './offerToAddServer';
import { pickNode } from './pickNode';

/**
 * The servers that a command is for: those of the rows or, where no row says which, one that the user is asked for. None if
 * the user leaves, or if there is no server yet, which is said.
 * @param command its title
 */
export async function chosenServers(
  { servers }: Pick<Inventory, 'servers'>,
  ofRows: readonly Node[],
  command: string,
): Promise<readonly Node[]> {
  if (ofRows.length > 0) {
    return ofRows;
  }
  if (servers.length === 0) {
    await offerToAddServer();
    return [];
  }
  const picked = await pickNode(servers, command);
  return picked ? [picked] : [];
}
