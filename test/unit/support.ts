import { onTestFinished } from 'vitest';
import type { Log } from '../../src/base/log';
import type { TransportOptions } from '../../src/http/transport';
import { Node, type Row } from '../../src/inventory/tree/node';
import type { Item } from '../../src/items/item';
import * as network from '../../src/network';
import type { Product } from '../../src/products/product';
import type { NewServer, SavedServer } from '../../src/servers/list/savedServer';
import type { Memory } from '../../src/servers/list/serverList';
import type { SecretStore } from '../../src/servers/session/serverSecrets';
import type { SampleServer } from '../sample-servers';
import { TestServices } from '../services';
import { forThisTest } from './forThisTest';

/** A log that keeps its lines, at the most talkative level. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  trace = (line: string) => this.#keep('trace', line);
  info = (line: string) => this.#keep('info', line);
  warn = (line: string) => this.#keep('warning', line);
  error = (error: Error) => this.#keep('error', error.stack ?? error.message);
  #keep(level: string, line: string): void {
    this.lines.push(`[${level}] ${line}`);
  }
}

/** As VS Code's: it copies what it is given, and answers with the same object until something else is written. */
export class KeptMemory implements Memory {
  readonly values = new Map<string, unknown>();
  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
  }
}

export class KeptSecrets implements SecretStore {
  readonly values = new Map<string, string>();
  async get(key: string): Promise<string | undefined> {
    return this.values.get(key);
  }
  async store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
  }
  async delete(key: string): Promise<void> {
    this.values.delete(key);
  }
}

interface WorldOptions {
  /** Those of another world, to be one more window or the next start. */
  readonly memory?: KeptMemory;
  readonly secrets?: KeptSecrets;
  /** What each connection is made with instead of what the extension says. */
  readonly transport?: (options: TransportOptions) => TransportOptions;
  /** What stands in a product's place. */
  readonly product?: (product: Product) => Product;
}

/** The services of one window, for one test. */
export class World extends TestServices {
  readonly log: KeptLog;
  readonly memory: KeptMemory;
  readonly secrets: KeptSecrets;

  constructor({
    memory = new KeptMemory(),
    secrets = new KeptSecrets(),
    transport = options => options,
    product = same => same,
  }: WorldOptions = {}) {
    const log = new KeptLog();
    const createTransport = (options: TransportOptions) => network.createTransport(transport(options));
    const loadProduct = async (id: string) => product(await network.loadProduct(id));
    super({
      memory,
      secretStore: secrets,
      log,
      network: async () => ({ ...network, createTransport, loadProduct }),
    });
    this.log = log;
    this.memory = memory;
    this.secrets = secrets;
    onTestFinished(() => this.connections.close());
  }

  /** A world with one sample server in it, both for this test. */
  static async with<Server extends SampleServer<unknown>>(
    product: string,
    starting: Promise<Server>,
    facts?: Parameters<World['add']>[2],
  ): Promise<{ server: Server; world: World; node: Node }> {
    const server = await forThisTest(starting);
    const world = new World();
    return { server, world, node: await world.add(product, server, facts) };
  }

  /** Adds a sample server as its administrator would, and gives its node. */
  async add(
    product: string,
    server: { url: string; username: string; password: string; fingerprint: string },
    facts: Partial<NewServer> & { password?: string | undefined } = {},
  ): Promise<Node> {
    const { password, ...rest } = { password: server.password, ...facts };
    const id = await this.servers.add(
      {
        product,
        url: server.url,
        userName: server.username,
        name: product,
        trustedFingerprint: server.fingerprint,
        ...rest,
      },
      password,
    );
    return this.node(id);
  }

  /** A server as the list has it, which is what a person is shown. */
  saved(id: string): SavedServer {
    const server = this.list.find(id);
    if (!server) {
      throw new Error(`no server ${id}`);
    }
    return server;
  }

  node(key: string): Node {
    const node = this.inventory.find(key);
    if (!node) {
      throw new Error(`no node ${key}`);
    }
    return node;
  }

  /** Opens a node and waits for what comes. */
  async open(node: Node): Promise<readonly Row[]> {
    this.inventory.childrenOf(node);
    await this.inventory.settled(node);
    return this.inventory.childrenOf(node);
  }

  /** Opens nodes one below the other, by name. */
  async openPath(from: Node, ...names: string[]): Promise<readonly Row[]> {
    let rows = await this.open(from);
    for (const name of names) {
      rows = await this.open(named(rows, name));
    }
    return rows;
  }
}

export function named(rows: readonly Row[], name: string): Node {
  const node = rows.find(row => row instanceof Node && row.item.name === name);
  if (!(node instanceof Node)) {
    throw new Error(`no row ${name} among ${labels(rows).join(', ')}`);
  }
  return node;
}

/** Names of nodes, and of notices their type. */
export function labels(rows: readonly Row[]): string[] {
  return rows.map(row => (row instanceof Node ? row.item.name : `(${row.type})`));
}

/** Fails on anything but items, an error row above all. */
export function items<Kind extends Item>(rows: readonly Row[]): Kind[] {
  return rows.map(row => {
    if (!(row instanceof Node)) {
      throw row.parent.openedBranch?.failure ?? new Error(row.type);
    }
    return row.item as Kind;
  });
}
