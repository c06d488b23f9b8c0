import type { Log } from '../src/base/log';
import { Inventory } from '../src/inventory/inventory';
import * as wholeNetwork from '../src/network';
import type { Network } from '../src/servers/connection/lazyNetwork';
import { serverItem } from '../src/servers/list/savedServer';
import { type Memory, ServerList } from '../src/servers/list/serverList';
import { Servers } from '../src/servers/servers';
import type { SecretStore } from '../src/servers/session/serverSecrets';

export interface ServicesOptions {
  readonly memory: Memory;
  readonly secrets: SecretStore;
  readonly log: Log;
  readonly network?: Network;
}

/** All services below VS Code, put together as the extension does it. */
export class Services {
  readonly list: ServerList;
  readonly servers: Servers;
  readonly inventory: Inventory;

  constructor({ memory, secrets, log, network = wholeNetwork }: ServicesOptions) {
    this.list = new ServerList(memory);
    this.servers = new Servers(this.list, secrets, async () => network, log, { settleMs: 0 });
    this.inventory = new Inventory(this.servers, log);
    this.list.onDidChange.listen(() => this.showServers());
    this.showServers();
  }

  showServers(): void {
    this.inventory.setServers(this.list.servers.map(serverItem), this.list.folders);
  }
}
