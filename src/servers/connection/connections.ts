import { randomUUID } from 'node:crypto';
import { untilAborted } from '../../base/abort';
import type { Log } from '../../base/log';
import { Signal } from '../../base/signal';
import type { Source } from '../../inventory/inventory';
import type { Heading, Item } from '../../items/item';
import type { Cursor, Detail, DocumentFormat, Page } from '../../products/product';
import type { SavedServer } from '../list/savedServer';
import type { ServerList } from '../list/serverList';
import { type SecretStore, ServerSecrets, secretKey, turnKey } from '../session/serverSecrets';
import { isElsewhere } from '../session/shownServer';
import type { Arrival } from './arrival';
import type { Connection, LearnedFacts, ResourceAt } from './connection';
import type { Network } from './lazyNetwork';

/** How long sessions may take to be ended when VS Code closes. It waits for five seconds in all, for all extensions. */
const exitMs = 2_000;

/** See {@link WindowTurns}. */
const defaultSettleMs = 100;

export interface ConnectionsServices {
  readonly list: ServerList;
  readonly secretStore: SecretStore;
  readonly network: () => Promise<Network>;
  readonly log: Log;
  /** See {@link WindowTurns}; without it, long enough for a secret store in a remote window. */
  readonly settleMs?: number | undefined;
}

/**
 * One connection for each saved server that was looked at, as long as it is good for what is saved. What is browsed comes
 * from here.
 */
export class Connections implements Source {
  /** The server whose rows have to be loaded again: another window has signed it in or out. */
  readonly onDidChangeSession = new Signal<string>();
  /** Names this window in the secret store. */
  readonly window = randomUUID();
  readonly #services: ConnectionsServices;
  readonly #all = new Map<string, Connection>();
  /** VS Code closes: what has been waiting since before makes no connection any more. */
  #closed = false;

  constructor(services: ConnectionsServices) {
    this.#services = services;
  }

  /**
   * The connection of a saved server, made if there is none; undefined if the server is gone.
   * @param arrival what one that is made goes on from
   */
  async of(id: string, arrival?: Arrival): Promise<Connection | undefined> {
    const { list, secretStore, network } = this.#services;
    const known = this.#all.get(id);
    const saved = list.find(id);
    if (known && saved && known.serves(saved)) {
      return known;
    }
    // Another window may have changed what VS Code tells only later.
    this.followList();
    // What is looked at from here on cannot change in between.
    const { Connection, WindowTurns } = await network();
    if (this.#closed) {
      return undefined;
    }
    const server = list.find(id);
    if (!server) {
      return undefined;
    }
    let connection = this.#all.get(id);
    if (!connection) {
      const learned = async (facts: LearnedFacts) => {
        const known = list.find(id);
        if (
          known &&
          !isElsewhere(known, server) &&
          Object.entries(facts).some(([name, value]) => known[name as keyof LearnedFacts] !== value)
        ) {
          await list.change(id, facts);
        }
      };
      connection = this.#connect({ Connection, WindowTurns }, server, secretStore, learned, arrival);
      this.#all.set(id, connection);
    }
    return connection;
  }

  /** @throws {Failure} */
  async children(
    serverId: string,
    item: Item,
    cursor: Cursor | undefined,
    signal: AbortSignal,
    isQuiet?: boolean,
  ): Promise<Page> {
    const connection = await this.of(serverId);
    return connection ? await connection.children(item, cursor, signal, isQuiet) : { items: [] };
  }

  /** @throws {Failure} */
  async grandchildren(
    serverId: string,
    heading: Heading,
    parents: readonly Item[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Item[]> | undefined> {
    return await (await this.of(serverId))?.grandchildren(heading, parents, signal);
  }

  /** @throws {Failure} */
  async narrowed(
    serverId: string,
    heading: Heading,
    text: string,
    signal: AbortSignal,
  ): Promise<readonly Item[] | undefined> {
    return await (await this.of(serverId))?.narrowed(heading, text, signal);
  }

  /**
   * What only the details of an item tell.
   * @throws {Failure}
   */
  async details(serverId: string, item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
    return (await (await this.of(serverId))?.details(item, signal)) ?? [];
  }

  /**
   * Where the API has an item; undefined if nowhere.
   * @throws {Failure}
   */
  async resource(serverId: string, item: Item, signal: AbortSignal): Promise<ResourceAt | undefined> {
    return await (await this.of(serverId))?.resource(item, signal);
  }

  /**
   * An item as its server gives it now; undefined if the server is not in the list any more.
   * @throws {Failure}
   */
  async document(
    serverId: string,
    item: Item,
    format: DocumentFormat,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return await (await this.of(serverId))?.document(item, format, signal);
  }

  /** Gives away the connection there is: the next one that is asked for is another. */
  release(id: string): Connection | undefined {
    const connection = this.#all.get(id);
    this.#all.delete(id);
    return connection;
  }

  /** A connection for a server that is only tried. */
  async connect(
    server: SavedServer,
    store: SecretStore,
    learned: (facts: LearnedFacts) => Promise<void>,
    arrival: Arrival | undefined,
  ): Promise<Connection> {
    return this.#connect(await this.#services.network(), server, store, learned, arrival);
  }

  /**
   * Deletes the secrets of a server that was taken off the list.
   * @returns whether it is off for sure
   */
  async forget(id: string): Promise<boolean> {
    const { list, secretStore } = this.#services;
    const isGone = list.isGone(id);
    if (isGone) {
      await Promise.all([secretKey(id), turnKey(id)].map(key => secretStore.delete(key)));
    }
    return isGone;
  }

  /** Whether the list has the server, at this address and with this account, as far as it can be read. */
  isWanted(server: SavedServer): boolean {
    const { list } = this.#services;
    const saved = list.find(server.id);
    return saved ? !isElsewhere(saved, server) : !list.isGone(server.id);
  }

  /** The one place where connections are made. */
  #connect(
    { Connection, WindowTurns }: Pick<Network, 'Connection' | 'WindowTurns'>,
    server: SavedServer,
    store: SecretStore,
    learned: (facts: LearnedFacts) => Promise<void>,
    arrival: Arrival | undefined,
  ): Connection {
    const { list, secretStore, network, log, settleMs = defaultSettleMs } = this.#services;
    const common = { network, window: this.window, log, learned, arrival };
    if (store !== secretStore) {
      // Nobody else sees what is only tried.
      const turns = new WindowTurns(store, server.id, { settleMs: 0 });
      return new Connection(server, {
        ...common,
        turns,
        secrets: new ServerSecrets(store, server),
        saved: () => server,
      });
    }
    return new Connection(server, {
      ...common,
      secrets: new ServerSecrets(store, server, () => this.isWanted(server)),
      turns: new WindowTurns(store, server.id, { settleMs, isWanted: () => !list.isGone(server.id) }),
      saved: () => list.find(server.id),
    });
  }

  /** The secret store has changed under a key, here or in another window. */
  async secretsChanged(key: string): Promise<void> {
    for (const [id, connection] of this.#all) {
      if (key === secretKey(id) && (await connection.secretsChanged())) {
        this.onDidChangeSession.emit(id);
      }
    }
  }

  /** Another window, or an import, may have changed what a connection here was made with. */
  followList(): void {
    const { list, log } = this.#services;
    const saved = new Map(list.servers.map(server => [server.id, server]));
    for (const [id, connection] of this.#all) {
      const server = saved.get(id);
      if (!server || !connection.serves(server)) {
        this.#all.delete(id);
        const ended = server && connection.isTrusted(server) ? connection.retire() : connection.close();
        // What was under way here may have been stored behind the back of who removed it.
        ended.then(() => this.forget(id)).catch((error: unknown) => log.error(error as Error));
      }
    }
  }

  /** Every request from now on goes over a new connection. */
  async reconnect(): Promise<void> {
    const old = [...this.#all.values()];
    this.#all.clear();
    await Promise.all(old.map(connection => connection.retire()));
  }

  /** VS Code closes: ends the sessions that nobody will use again, and drops all connections. Takes two seconds at most. */
  async exit(): Promise<void> {
    this.#closed = true;
    const signal = AbortSignal.timeout(exitMs);
    await untilAborted(Promise.allSettled([...this.#all.values()].map(connection => connection.exit(signal))), signal);
    await this.close();
  }

  /** Drops all connections; sessions stay good for the next window. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all.values()].map(connection => connection.close()));
  }
}
