import type { Heading, Item } from '../../items/item';
import type {
  Api,
  Cursor,
  Detail,
  DocumentFormat,
  Page,
  Product,
  Resource,
  TokenCall,
  TokenHeader,
} from '../../products/product';
import { withoutSecrets } from '../../products/reading/secretMembers';
import type { SavedSignIns } from '../../products/registry';
import type { KnownInstallations, Seeking, Sought, WantedInstallations } from '../../products/seek';
import { type AccountKind, accountKindIn, type Credentials } from '../../products/signIn';
import type { SavedServer } from '../list/savedServer';
import { VersionReplaced } from '../session/access';
import { SessionKeeper } from '../session/sessionKeeper';
import { isAsTrusted, ServerChanged } from '../session/shownServer';
import type { AskPerson } from '../session/signInByHand';
import type { WindowTurns } from '../session/windowTurns';
import type { Arrival } from './arrival';
import { type BrowserProof, proveWithBrowser } from './browserSignIn';
import { Opening, type OpeningServices } from './opening';
import { ServerAccess, type ServerAccessServices } from './serverAccess';
import { SessionRequests } from './sessionRequests';

/** A resource of a server, as a person or script would ask for it. */
export interface ResourceAt extends Resource {
  readonly url: string;
  readonly tokenHeader: TokenHeader;
  /** See {@link Product.versionHeaders}. */
  readonly versionHeaders: Readonly<Record<string, string>>;
  /** See {@link Product.tokenCall}. */
  readonly tokenCall?: TokenCall | undefined;
}

/** What a server tells of itself, and with which settings it was signed in to, to be saved. */
export type LearnedFacts = Pick<SavedServer, 'apiVersion' | 'version' | 'certificateExpires'> & SavedSignIns;

export interface ConnectionServices extends ServerAccessServices, OpeningServices {
  readonly turns: WindowTurns;
  /** Names this window among those that share the secrets. */
  readonly window: string;
  /** The server as it is saved now; undefined if it is gone. */
  readonly saved: () => SavedServer | undefined;
}

/**
 * One saved server as long as its address, user and certificate stay the same, with its session: reads from it and signs in
 * to it. {@link ServerAccess} has the way to the server, {@link SessionRequests} sends requests with the session.
 */
export class Connection {
  readonly #server: SavedServer;
  readonly #services: ConnectionServices;
  readonly #access: ServerAccess;
  readonly #keeper: SessionKeeper;
  readonly #requests: SessionRequests;
  readonly #opening: Opening;
  #running = 0;
  #retired = false;

  constructor(server: SavedServer, services: ConnectionServices) {
    this.#server = server;
    this.#services = services;
    this.#access = new ServerAccess(server, services);
    const { secrets, turns, window } = services;
    this.#keeper = new SessionKeeper(server, {
      ...{ secrets, turns, window },
      access: signal => this.#access.access(signal),
      accessForCredentials: (signal, mayBeReplaced) => this.#access.accessForCredentials(signal, mayBeReplaced),
      checkShown: () => this.#checkShown(),
    });
    this.#requests = new SessionRequests(this.#access, this.#keeper);
    this.#opening = new Opening(this.#access, services);
  }

  /** Whether the connection is still good for what is saved of the server now. */
  serves(server: SavedServer): boolean {
    return (
      this.isTrusted(server) &&
      Boolean(server.noProxy) === Boolean(this.#server.noProxy) &&
      JSON.stringify(server.clientCertificate) === JSON.stringify(this.#server.clientCertificate)
    );
  }

  /** Whether it leads to the same account at the same address with the same certificate: what is under way may go on. */
  isTrusted(server: SavedServer): boolean {
    return isAsTrusted(server, this.#server);
  }

  /** Whether it is the one that uses what is there on. */
  goesOnFrom(arrival: Arrival): boolean {
    return this.#services.arrival === arrival;
  }

  /**
   * One page of an item's children.
   * @param isQuiet see {@link SessionRequests.quietly}
   * @throws {Failure}
   */
  async children(item: Item, cursor: Cursor | undefined, signal: AbortSignal, isQuiet = false): Promise<Page> {
    const work = async (api: Api, product: Product) =>
      item.kind === 'server'
        ? await this.#opening.rows(api, product, item, cursor, signal)
        : await product.children(api, item, cursor, signal);
    return isQuiet
      ? await this.#whileOpen(() => this.#requests.quietly(signal, work))
      : await this.#withApi(signal, work);
  }

  /**
   * What {@link Product.grandchildren} finds; undefined if the product has no call for that.
   * @throws {Failure}
   */
  async grandchildren(
    heading: Heading,
    parents: readonly Item[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Item[]> | undefined> {
    return await this.#withApi(signal, (api, product) =>
      Promise.resolve(product.grandchildren?.(api, heading, parents, signal)),
    );
  }

  /**
   * What {@link Product.narrowed} finds.
   * @throws {Failure}
   */
  async narrowed(heading: Heading, text: string, signal: AbortSignal): Promise<readonly Item[] | undefined> {
    return await this.#withApi(signal, async (api, product) => await product.narrowed?.(api, heading, text, signal));
  }

  /**
   * What {@link Product.details} finds.
   * @throws {Failure}
   */
  async details(item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
    return await this.#withApi(signal, async (api, product) => (await product.details?.(api, item, signal)) ?? []);
  }

  /** Whether there is a session, so that requests need no sign-in. */
  get isSignedIn(): boolean {
    return this.#keeper.hasSession;
  }

  /**
   * Which installation the server is, which it has told when it was opened, and what {@link Product.otherInstallations} finds.
   * @param wanted other installations; none are asked for without it
   * @throws {Failure}
   */
  async installations(wanted: WantedInstallations | undefined, signal: AbortSignal): Promise<KnownInstallations> {
    return await this.#withApi(signal, async (api, product) => {
      if (!this.#opening.description) {
        await this.#opening.describe(api, signal);
      }
      const others = (wanted && (await product.otherInstallations?.(api, wanted, signal))) ?? new Map();
      return { own: this.#opening.description?.installation, others };
    });
  }

  /**
   * What {@link Product.seek} finds.
   * @throws {Failure}
   */
  async seek(sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
    return await this.#withApi(signal, async (api, product) => await product.seek?.(api, sought, signal));
  }

  /**
   * Where the API has an item; undefined if nowhere.
   * @throws {Failure} if the version has to be found out and cannot be
   */
  async resource(item: Item, signal: AbortSignal): Promise<ResourceAt | undefined> {
    const { product, apiVersion } = await this.#access.access(signal);
    const resource = product.resource(apiVersion, item);
    return (
      resource && {
        ...resource,
        url: `${this.#server.url}${resource.path}`,
        tokenHeader: product.tokenHeader,
        versionHeaders: product.versionHeaders?.(apiVersion) ?? {},
        tokenCall: product.tokenCall?.(apiVersion, this.#server.accountKind),
      }
    );
  }

  /**
   * An item as the server gives it now, without the values of {@link Product.secretMembers}.
   * @throws {Failure}
   */
  async document(item: Item, format: DocumentFormat, signal: AbortSignal): Promise<string> {
    return await this.#withApi(signal, async (api, product) => {
      const text = await product.document(api, item, format, signal);
      return await withoutSecrets(text, format, product.secretMembers ?? []);
    });
  }

  /**
   * Signs in with what the user gave; `remember` keeps the password beside the session, and `ask` gets what the server asks
   * besides.
   * @throws {Failure}
   */
  async signIn(credentials: Credentials, remember: boolean, signal: AbortSignal, ask?: AskPerson): Promise<void> {
    this.#forgetAccount();
    const { accountKind } = this.#server;
    await this.#whileOpen(() =>
      this.#keeper.signIn(
        ({ product, http, apiVersion }, abort) =>
          product.signIn(http, apiVersion, { accountKind, ...credentials }, abort),
        remember ? credentials.password : undefined,
        signal,
        ask,
      ),
    );
  }

  /**
   * Signs in with a browser, and saves with which settings. No password is seen or kept here; when the session cannot be renewed
   * one day, the user signs in again.
   * @throws {Failure}
   */
  async signInWithBrowser(signIn: BrowserProof, signal: AbortSignal): Promise<void> {
    this.#forgetAccount();
    const services = { ...this.#services, access: this.#access, keeper: this.#keeper };
    await this.#whileOpen(() => proveWithBrowser(this.#server, signIn, services, signal));
  }

  /**
   * The kind of the server's account, with the ways to sign in that the server's version knows.
   * @throws {Failure} if the version has to be found out and cannot be
   */
  async accountKind(signal: AbortSignal): Promise<AccountKind | undefined> {
    const { product } = await this.#access.open();
    const apiVersion = await this.#access.servedVersion(signal);
    return accountKindIn(product.accountKinds(apiVersion), this.#server.accountKind);
  }

  /** What {@link SessionKeeper.prepareRemoval} does. */
  async prepareRemoval(): Promise<void> {
    await this.#keeper.prepareRemoval();
  }

  /** Forgets session and password, and ends the session on the server if it can be reached. */
  async signOut(signal: AbortSignal): Promise<void> {
    this.#forgetAccount();
    await this.#keeper.signOut(signal);
  }

  /** VS Code closes: ends the session if nobody will use it again, see {@link SessionKeeper.exit}. */
  async exit(signal: AbortSignal): Promise<void> {
    if (this.#access.isOpened) {
      await this.#keeper.exit(signal);
    }
  }

  /** What {@link SessionKeeper.secretsChanged} does. */
  async secretsChanged(): Promise<boolean> {
    return this.#access.isOpened && (await this.#keeper.secretsChanged());
  }

  /**
   * Gives the connection up for the next one to go on from.
   * @param rows below the server, as they were just read
   */
  async handOver(rows: Page): Promise<Arrival> {
    this.#keeper.close();
    const { http } = await this.#access.open();
    const apiVersion = await this.#access.servedVersion(new AbortController().signal);
    const opened = { description: this.#opening.description ?? {}, rows };
    return { http, serves: [apiVersion], at: performance.now(), opened };
  }

  /** Drops the connection; requests under way end as cancelled. The session stays good. */
  async close(): Promise<void> {
    this.#keeper.close();
    await this.#access.close();
  }

  /** Drops the connection as soon as what is under way has ended: another one has taken its place. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#closeIfIdle();
  }

  async #whileOpen<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      await this.#closeIfIdle();
    }
  }

  async #closeIfIdle(): Promise<void> {
    if (this.#retired && this.#running === 0) {
      await this.close();
    }
  }

  /** Does what takes requests; once more if the server turns out to serve another version of the API by now. */
  async #withApi<T>(signal: AbortSignal, work: (api: Api, product: Product) => Promise<T>): Promise<T> {
    return await this.#whileOpen(async () => {
      const { product } = await this.#access.open();
      try {
        return await work(await this.#requests.api(signal, true), product);
      } catch (error) {
        if (!(error instanceof VersionReplaced)) {
          throw error;
        }
      }
      const api = await this.#requests.api(signal, false);
      await this.#opening.describe(api, signal);
      return await work(api, product);
    });
  }

  #forgetAccount(): void {
    this.#requests.forgetAccount();
    this.#opening.forget();
  }

  #checkShown(): void {
    const saved = this.#services.saved();
    if (!saved || !this.isTrusted(saved)) {
      throw new ServerChanged(this.#server.name);
    }
  }
}
