import type { Node } from '../../src/inventory/tree/node';
import type { Memory } from '../../src/servers/list/serverList';
import { SecretsInMemory } from '../../src/servers/session/secretsInMemory';
import { TestServices } from '../services';
import type { BenchServer } from './servers';

const log = { trace: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };

export class World extends TestServices {
  constructor() {
    super({ memory: memory(), secretStore: new SecretsInMemory(), log });
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
