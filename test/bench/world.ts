import { Inventory } from '../../src/inventory/inventory';
import type { Node } from '../../src/inventory/node';
import * as network from '../../src/network';
import { serverItem } from '../../src/servers/savedServer';
import { SecretsInMemory } from '../../src/servers/secretsInMemory';
import { type Memory, ServerList } from '../../src/servers/serverList';
import { Servers } from '../../src/servers/servers';
import type { BenchServer } from './servers';

/** All services below VS Code, put together as the extension does it. */
export class World {
  readonly list: ServerList;
  readonly servers: Servers;
  readonly inventory: Inventory;

  constructor() {
    this.list = new ServerList(memory());
    const log = { trace: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };
    this.servers = new Servers(this.list, new SecretsInMemory(), async () => network, log, { settleMs: 0 });
    this.inventory = new Inventory(this.servers, log);
    this.list.onDidChange.listen(() => this.inventory.setServers(this.list.servers.map(serverItem)));
  }

  async add(servers: readonly BenchServer[]): Promise<readonly Node[]> {
    for (const [index, { product, url, username, password, fingerprint }] of servers.entries()) {
      await this.servers.add(
        { product, url, userName: username, name: `${product} ${index}`, trustedFingerprint: fingerprint },
        password,
      );
    }
    return this.inventory.servers;
  }

  /** Opens a node as a click does, and waits for its rows. */
  async open(node: Node): Promise<void> {
    this.inventory.childrenOf(node);
    await this.inventory.settled(node);
  }
}

function memory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: async (key, value) => void values.set(key, value),
  };
}
