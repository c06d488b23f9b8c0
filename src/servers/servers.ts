import { randomUUID } from 'node:crypto';
import type { Log } from '../http/log';
import type { Source } from '../inventory/inventory';
import type { Item } from '../products/item';
import type { Cursor, Page } from '../products/product';
import { Connection, type Network } from './connection';
import type { SavedServer } from './savedServer';
import type { ServerList } from './serverList';
import { type SecretStore, ServerSecrets } from './serverSecrets';

/** How long signing out may take before it is left to the server's own timeout. */
const signOutMs = 5_000;

export interface NewServer {
  readonly product: string;
  readonly url: string;
  readonly userName: string;
  readonly name: string;
  readonly apiVersion?: string | undefined;
  readonly trustedFingerprint?: string | undefined;
}

/** The connected servers: what is saved of them, their secrets, and one connection each. */
export class Servers implements Source {
  readonly list: ServerList;
  readonly #secretStore: SecretStore;
  readonly #network: () => Promise<Network>;
  readonly #log: Log;
  readonly #connections = new Map<string, Connection>();

  constructor(list: ServerList, secretStore: SecretStore, network: () => Promise<Network>, log: Log) {
    this.list = list;
    this.#secretStore = secretStore;
    this.#network = network;
    this.#log = log;
  }

  /** Saves a server. Nothing is sent: the first look at it signs in. Returns its id. */
  async add(server: NewServer, password: string | undefined): Promise<string> {
    const id = randomUUID();
    if (password !== undefined) {
      await this.#secrets(id).change(() => ({ password }));
    }
    try {
      await this.list.add({ id, ...server });
    } catch (error) {
      await this.#secrets(id).clear();
      throw error;
    }
    return id;
  }

  /** Signs out, forgets all that was stored, and takes the server off the list. */
  async remove(id: string): Promise<void> {
    const connection = this.#connection(id);
    await this.list.remove(id);
    this.#connections.delete(id);
    await connection?.signOut(AbortSignal.timeout(signOutMs));
    await connection?.close();
  }

  /** @throws {Failure} */
  async children(serverId: string, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const connection = this.#connection(serverId);
    return connection ? await connection.children(item, cursor, signal) : { items: [] };
  }

  /** @throws {Failure} */
  async signIn(id: string, password: string, remember: boolean, signal: AbortSignal): Promise<void> {
    const server = this.list.find(id);
    if (server) {
      await this.#connection(id)?.signIn({ userName: server.userName, password }, remember, signal);
    }
  }

  async signOut(id: string): Promise<void> {
    await this.#connection(id)?.signOut(AbortSignal.timeout(signOutMs));
  }

  /** From now on exactly this certificate is good for the server. */
  async trust(id: string, fingerprint: string): Promise<void> {
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    await this.list.change(id, { trustedFingerprint: fingerprint });
    await connection?.close();
  }

  /** Drops all connections; sessions stay good for the next window. */
  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map(connection => connection.close()));
  }

  #connection(id: string): Connection | undefined {
    const server = this.list.find(id);
    if (!server) {
      return undefined;
    }
    let connection = this.#connections.get(id);
    if (!connection) {
      connection = this.#connect(server);
      this.#connections.set(id, connection);
    }
    return connection;
  }

  #connect(server: SavedServer): Connection {
    return new Connection(server, {
      network: this.#network,
      secrets: this.#secrets(server.id),
      log: this.#log,
      learned: async facts => {
        const known = this.list.find(server.id);
        if (known && (known.apiVersion !== facts.apiVersion || known.version !== facts.version)) {
          await this.list.change(server.id, facts);
        }
      },
    });
  }

  #secrets(id: string): ServerSecrets {
    return new ServerSecrets(this.#secretStore, id);
  }
}
