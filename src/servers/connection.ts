import { Cancelled, isFailure } from '../http/failure';
import type { Log } from '../http/log';
import type { HttpResponse, Transport, TransportOptions } from '../http/transport';
import { CredentialsRefused, SignedOut, UnsupportedVersion, WrongProduct } from '../products/failures';
import type { Recognized } from '../products/identify';
import type { Item } from '../products/item';
import type { Api, Credentials, Cursor, Page, Product, Session } from '../products/product';
import type { SavedServer } from './savedServer';
import type { ServerSecrets } from './serverSecrets';

/** The second output file, loaded at the first request. */
export interface Network {
  createTransport(options: TransportOptions): Transport;
  loadProduct(id: string): Promise<Product>;
  identify(http: Transport, signal: AbortSignal): Promise<string | undefined>;
  recognize(http: Transport, signal: AbortSignal): Promise<Recognized | undefined>;
}

export interface ConnectionServices {
  readonly network: () => Promise<Network>;
  readonly secrets: ServerSecrets;
  readonly log: Log;
  /** Called with what the server told about itself, to be saved. */
  readonly learned: (facts: Pick<SavedServer, 'apiVersion' | 'version'>) => Promise<void>;
}

/** What a connection consists of once its first request is due. */
interface Opened {
  readonly product: Product;
  readonly http: Transport;
}

/**
 * One saved server as long as its address, user and certificate stay the same: opens and renews the session as needed,
 * one attempt at a time however many ask, and never sends a refused password again.
 */
export class Connection {
  readonly #server: SavedServer;
  readonly #services: ConnectionServices;
  /** Ends signing in and probing, which no caller's signal can. */
  #closing = new AbortController();
  #opened: Promise<Opened> | undefined;
  #apiVersion: Promise<string> | undefined;
  /** The session in use. Reading the secret store takes tens of milliseconds in a remote window: once is enough. */
  #session: Session | undefined;
  #signingIn: Promise<Session> | undefined;

  constructor(server: SavedServer, services: ConnectionServices) {
    this.#server = server;
    this.#services = services;
    this.#apiVersion = server.apiVersion === undefined ? undefined : Promise.resolve(server.apiVersion);
  }

  /**
   * One page of an item's children.
   * @throws {Failure}
   */
  async children(item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const api = await this.#api(signal);
    const { product } = await this.#open();
    if (item.kind === 'server') {
      // Opening a server tells whether it is there and lets us in; otherwise every row below would tell by itself.
      await this.#currentSession(api.apiVersion, signal);
      const { version } = await product.describeServer(api, signal);
      await this.#services.learned({ apiVersion: api.apiVersion, version });
    }
    return await product.children(api, item, cursor, signal);
  }

  /**
   * Signs in with what the user gave; `remember` keeps the password beside the session.
   * @throws {Failure}
   */
  async signIn(credentials: Credentials, remember: boolean, signal: AbortSignal): Promise<void> {
    const { product, http } = await this.#open();
    const apiVersion = await this.#resolveApiVersion(signal);
    const session = await product.signIn(http, apiVersion, credentials, signal);
    this.#session = session;
    await this.#services.secrets.change(() => ({ session, ...(remember ? { password: credentials.password } : {}) }));
  }

  /** Forgets session and password, and ends the session on the server if it can be reached. */
  async signOut(signal: AbortSignal): Promise<void> {
    // A sign-in under way must not store its session behind our back.
    this.#closing.abort();
    this.#closing = new AbortController();
    await this.#signingIn?.catch(() => undefined);
    const session = this.#session ?? (await this.#services.secrets.read()).session;
    this.#session = undefined;
    await this.#services.secrets.clear();
    if (session && this.#apiVersion) {
      try {
        const { product, http } = await this.#open();
        await product.signOut(http, await this.#apiVersion, session, signal);
      } catch (error) {
        if (!isFailure(error)) {
          throw error;
        }
        // The session runs out by itself; the transport has logged why it could not be ended.
      }
    }
  }

  /** Drops the connection; requests under way end as cancelled. The session stays good. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#opened) {
      await (await this.#opened).http.close();
    }
  }

  async #api(signal: AbortSignal): Promise<Api> {
    const apiVersion = await this.#resolveApiVersion(signal);
    const { http } = await this.#open();
    return {
      host: http.host,
      apiVersion,
      features: async abort => (await this.#currentSession(apiVersion, abort)).features ?? [],
      get: (path, accept, abort) => this.#get(apiVersion, path, accept, abort),
    };
  }

  async #get(apiVersion: string, path: string, accept: string, signal: AbortSignal): Promise<HttpResponse> {
    const { product, http } = await this.#open();
    const ask = (session: Session) =>
      http.request({ method: 'GET', path, headers: { Accept: accept, ...product.authorize(session) }, signal });
    const session = await this.#currentSession(apiVersion, signal);
    const response = await ask(session);
    if (response.status !== 401) {
      return response;
    }
    // The session ended before its time: the server restarted, or was idle for too long. Once is silent.
    return await ask(await this.#newSession(apiVersion, session, signal));
  }

  async #currentSession(apiVersion: string, signal: AbortSignal): Promise<Session> {
    this.#session ??= (await this.#services.secrets.read()).session;
    return this.#session && !isDue(this.#session)
      ? this.#session
      : await this.#newSession(apiVersion, this.#session, signal);
  }

  /** A session to take the place of `old`; all who ask meanwhile get the same one. */
  async #newSession(apiVersion: string, old: Session | undefined, signal: AbortSignal): Promise<Session> {
    if (this.#session && this.#session.token !== old?.token) {
      return this.#session; // somebody has been here before
    }
    this.#signingIn ??= this.#replaceSession(apiVersion, old).finally(() => {
      this.#signingIn = undefined;
    });
    return await unlessAborted(this.#signingIn, signal);
  }

  // Not bound to a caller's signal: the others still wait for the outcome when one of them gives up.
  async #replaceSession(apiVersion: string, old: Session | undefined): Promise<Session> {
    const { product, http } = await this.#open();
    const signal = this.#closing.signal;
    const { session: stored, password, passwordRefused } = await this.#services.secrets.read();
    if (stored && stored.token !== old?.token && !isDue(stored)) {
      this.#session = stored; // another window has renewed it
      return stored;
    }
    const renewed = stored && (await product.renew(http, apiVersion, stored, signal));
    if (renewed) {
      return await this.#keep(renewed);
    }
    if (password === undefined) {
      this.#session = undefined;
      throw new SignedOut(http.host);
    }
    if (passwordRefused) {
      throw new CredentialsRefused(http.host);
    }
    try {
      return await this.#keep(
        await product.signIn(http, apiVersion, { userName: this.#server.userName, password }, signal),
      );
    } catch (error) {
      if (isFailure(error) && error.kind === 'credentialsRefused') {
        await this.#services.secrets.change(secrets => ({ ...secrets, passwordRefused: true }));
      }
      throw error;
    }
  }

  async #keep(session: Session): Promise<Session> {
    this.#session = session;
    await this.#services.secrets.change(secrets => ({ ...secrets, session }));
    return session;
  }

  #open(): Promise<Opened> {
    this.#opened ??= (async () => {
      const network = await this.#services.network();
      const http = network.createTransport({
        origin: this.#server.url,
        pinnedFingerprint: this.#server.trustedFingerprint,
        log: this.#services.log,
      });
      return { product: await network.loadProduct(this.#server.product), http };
    })();
    return this.#opened;
  }

  async #resolveApiVersion(signal: AbortSignal): Promise<string> {
    this.#apiVersion ??= this.#findApiVersion().catch((error: unknown) => {
      this.#apiVersion = undefined;
      throw error;
    });
    return await unlessAborted(this.#apiVersion, signal);
  }

  async #findApiVersion(): Promise<string> {
    const { product, http } = await this.#open();
    const signal = this.#closing.signal;
    const probe = await product.probe(http, signal);
    if (!probe) {
      const { identify } = await this.#services.network();
      throw new WrongProduct(http.host, product.info.name, await identify(http, signal));
    }
    const version = product.apiVersions.find(each => probe.apiVersions.includes(each));
    if (!version) {
      throw new UnsupportedVersion(http.host, probe.apiVersions, product.apiVersions);
    }
    return version;
  }
}

function isDue(session: Session): boolean {
  return session.renewAt !== undefined && Date.now() >= session.renewAt;
}

/** The promise's outcome, or {@link Cancelled} as soon as the signal says so; the promise itself goes on. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new Cancelled());
    signal.addEventListener('abort', stop, { once: true, signal: over.signal });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    over.abort();
  }
}
