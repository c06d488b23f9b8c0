import type { Inventory } from '../src/inventory/inventory';
import * as wholeNetwork from '../src/network';
import type { Connections } from '../src/servers/connection/connections';
import type { ServerList } from '../src/servers/list/serverList';
import type { RemovedServers } from '../src/servers/removedServers';
import { Servers } from '../src/servers/servers';
import { type CoreServices, createServices, type Foundations } from '../src/services';

/** The services of one window, with the network in the same process and a secret store that needs no time to settle. */
export class TestServices implements CoreServices {
  readonly list: ServerList;
  readonly connections: Connections;
  readonly removed: RemovedServers;
  readonly servers: Servers;
  readonly inventory: Inventory;

  constructor(foundations: Partial<Foundations> & Pick<Foundations, 'memory' | 'secretStore' | 'log'>) {
    const all = { network: async () => wholeNetwork, settleMs: 0, ...foundations };
    const made = createServices(all);
    this.list = made.list;
    this.connections = made.connections;
    this.removed = made.removed;
    this.servers = new Servers({ ...all, ...made });
    this.inventory = made.inventory;
  }
}
