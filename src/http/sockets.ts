import { isDeepStrictEqual } from 'node:util';
import { Client, type Dispatcher, Pool } from 'undici';
import { Cancelled } from '../base/failure';
import type { ClientCertificate } from './authorities';
import type { CertificateFacts } from './certificateFacts';
import { type ConnectorOptions, createConnector } from './connector';
import type { HttpProxy } from './proxy';
import type { ResponseLimits } from './request';
import { countSocket, noteUse, type Spareable } from './socketBudget';

/** How a server is reached, and whose certificates are good for it. */
export interface Way {
  /** `https://host:port`; plain HTTP is not spoken. */
  readonly origin: string;
  /** The SHA-256 fingerprint the user accepted (`AA:BB:…`): exactly this certificate is good then, and no other. */
  readonly pinnedFingerprint?: string | undefined;
  /** PEM texts of authorities that are good beside those of Node and the operating system. */
  readonly authorities?: readonly string[] | undefined;
  /** The way to the server, if it is not reached directly. */
  readonly proxy?: HttpProxy | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

type Connector = ReturnType<typeof createConnector>;

/** Longer than a person looks at one row before opening the next; no server closes earlier without saying so. */
const keepAliveMs = 60_000;

/** The sockets to one server, a few at a time, all of which lead the same way. */
export class Sockets implements Spareable {
  readonly #host: string;
  readonly #way: Way;
  #limits: ResponseLimits;
  #connect: Connector;
  /** Those whose requests are not all answered yet; the last one takes the next request. */
  readonly #pools = new Set<Pool>();
  #pool: Pool | undefined;
  #underWay = 0;
  /** By the clock on the wall, as the others stand still while the computer sleeps. */
  #lastUsed = 0;
  #certificate: CertificateFacts | undefined;

  /** @param host `host:port` for sentences */
  constructor(host: string, way: Way, limits: ResponseLimits) {
    this.#host = host;
    this.#way = wayOf(way);
    this.#limits = limits;
    this.#connect = createConnector(this.#connectorOptions());
  }

  /** Of the connection that was last opened, once one was. */
  get certificate(): CertificateFacts | undefined {
    return this.#certificate;
  }

  /** Whether a new socket would be opened like these, but for how long it may take. */
  areLike(way: Way, { connections }: ResponseLimits): boolean {
    return isDeepStrictEqual(wayOf(way), this.#way) && connections === this.#limits.connections;
  }

  /** From now on others say how long opening one may take. */
  obey(limits: ResponseLimits): void {
    this.#limits = limits;
    this.#connect = createConnector(this.#connectorOptions());
  }

  /** For the next request. Sockets that have been idle for longer than they are kept, as after sleep, are most likely dead. */
  pool(): Pool {
    if (this.#pool && Math.abs(Date.now() - this.#lastUsed) > keepAliveMs) {
      this.retire(this.#pool);
    }
    this.#pool ??= this.#add();
    return this.#pool;
  }

  /** Requests that have a socket or wait for one. */
  get underWay(): number {
    return this.#underWay;
  }

  get isIdle(): boolean {
    return this.#underWay === 0;
  }

  /** Makes a request, for which a pool has been asked for. */
  async use<T>(request: () => Promise<T>): Promise<T> {
    this.#underWay++;
    this.#noteUse();
    try {
      return await request();
    } finally {
      this.#underWay--;
      this.#noteUse();
    }
  }

  spare(): void {
    if (this.#pool) {
      this.retire(this.#pool);
    }
  }

  /** Does something over a socket of its own. */
  async apart<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    const pool = this.#add();
    try {
      return await work(pool);
    } finally {
      this.#pools.delete(pool);
      await pool.destroy();
    }
  }

  /** Uses the pool's sockets for nothing more; what is under way on them ends by itself. */
  retire(pool: Pool): void {
    if (this.#pool === pool) {
      this.#pool = undefined;
      pool.close().then(
        () => this.#pools.delete(pool),
        () => undefined, // destroyed meanwhile
      );
    }
  }

  async close(): Promise<void> {
    this.#pool = undefined;
    await Promise.all([...this.#pools].map(pool => pool.destroy()));
  }

  #add(): Pool {
    const pool = new Pool(this.#way.origin, {
      factory: (origin, options) => new WantedClient(origin, options, (...asked) => this.#open(...asked)),
      connections: this.#limits.connections,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
    });
    this.#pools.add(pool);
    return pool;
  }

  readonly #open: Connector = (target, callback) => {
    const closed = countSocket(this);
    this.#connect(target, (...[error, socket]) => {
      if (error) {
        closed();
        callback(error, null);
      } else {
        socket.once('close', closed);
        callback(null, socket);
      }
    });
  };

  #noteUse(): void {
    this.#lastUsed = Date.now();
    noteUse(this);
  }

  #connectorOptions(): ConnectorOptions {
    const { pinnedFingerprint, authorities = [], clientCertificate, proxy } = this.#way;
    return {
      host: this.#host,
      ...{ pinnedFingerprint, authorities, clientCertificate, proxy },
      connectMs: this.#limits.connectMs,
      accepted: certificate => {
        this.#certificate = certificate;
      },
    };
  }
}

/**
 * One socket at a time, for one request at a time. For one that was given up while it waited for its answer, which costs the
 * socket, undici would open the next one, only to find out that nobody waits any more.
 */
class WantedClient extends Client {
  #signal: AbortSignal | undefined;

  constructor(origin: URL, options: Client.Options, connect: Connector) {
    const connectIfWanted: Connector = (target, callback) =>
      this.#signal?.aborted ? callback(new Cancelled(), null) : connect(target, callback);
    super(origin, { ...options, connect: connectIfWanted });
  }

  override dispatch(
    options: Dispatcher.DispatchOptions & { signal?: AbortSignal },
    handler: Dispatcher.DispatchHandler,
  ) {
    this.#signal = options.signal;
    return super.dispatch(options, handler);
  }
}

/** What two ways are compared by: no member is missing, and there is no other. */
function wayOf({ origin, pinnedFingerprint, authorities = [], proxy, clientCertificate }: Way): Way {
  return { origin: new URL(origin).origin, pinnedFingerprint, authorities, proxy, clientCertificate };
}
