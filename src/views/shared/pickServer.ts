import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { offerToAddServer } from './offerToAddServer';
import { pickNode } from './pickNode';

/**
 * Asks which server a command is for; undefined if the user leaves, or there is none yet, which is said.
 * @param command its title
 */
export async function pickServer({ servers }: Pick<Inventory, 'servers'>, command: string): Promise<Node | undefined> {
  if (servers.length === 0) {
    await offerToAddServer();
    return undefined;
  }
  return await pickNode(servers, command);
}
