import { randomUUID } from 'node:crypto';
import type { Log } from '../base/log';
import type { Product } from '../products/product';
import type { AccountKind, DeviceCode, SignInSettings } from '../products/signIn';
import type { Connection } from './connection/connection';
import type { Connections, ConnectionsServices } from './connection/connections';
import type { Count } from './connection/count';
import type { Network } from './connection/lazyNetwork';
import { beginTrial, type Trial, type Trying } from './connection/trial';
import type { Address } from './discovery/address';
import type { DiscoveryOptions, Finding } from './discovery/discovery';
import { type ClientCertificateFiles, type NewServer, type SavedServer, serverItem } from './list/savedServer';
import { editedFacts } from './list/serverFacts';
import { ListFromLaterVersion, type ServerList } from './list/serverList';
import { type Login, storeLogin } from './login';
import type { RemovedServers } from './removedServers';
import { type SecretStore, ServerSecrets } from './session/serverSecrets';
import { signOutLimit } from './session/sessionEndings';
import { isAsTrusted, isElsewhere, ServerChanged } from './session/shownServer';
import type { AskPerson } from './session/signInByHand';

export interface TryingOptions extends Pick<Trying, 'ask' | 'arrival'> {
  /** The server that becomes this one, as it was shown; its client certificate goes along. */
  readonly edited?: SavedServer | undefined;
}

export interface ServersServices extends Omit<ConnectionsServices, 'settleMs'> {
  readonly connections: Connections;
  readonly removed: RemovedServers;
}

/** What a person does to the list of servers and to one of them: saving, trying, changing, signing in and out, removing. */
export class Servers {
  readonly list: ServerList;
  readonly #connections: Connections;
  readonly #removed: RemovedServers;
  readonly #secretStore: SecretStore;
  readonly #network: () => Promise<Network>;
  readonly #log: Log;

  constructor({ connections, removed, list, secretStore, network, log }: ServersServices) {
    this.list = list;
    this.#connections = connections;
    this.#removed = removed;
    this.#secretStore = secretStore;
    this.#network = network;
    this.#log = log;
  }

  /** Saves a server. Nothing is sent: the first look at it signs in. Returns its id. */
  async add(server: NewServer, password: string | undefined): Promise<string> {
    const saved: SavedServer = { id: randomUUID(), ...server };
    const secrets = this.#secrets(saved);
    if (password !== undefined) {
      await secrets.change(() => ({ password }));
    }
    try {
      await this.list.add(saved);
    } catch (error) {
      await secrets.clear();
      throw error;
    }
    return saved.id;
  }

  /**
   * Finds out, without credentials, which products answer at an address.
   * @throws {Failure} Cancelled
   */
  async discover(
    address: Address,
    { accepted, arrivals, edited }: Pick<DiscoveryOptions, 'accepted' | 'arrivals'> & Pick<TryingOptions, 'edited'>,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> {
    const { url = '', trustedFingerprint: fingerprint, noProxy, clientCertificate } = edited ?? {};
    const passphrase = edited && (await this.#secrets(edited).read()).passphrase;
    const network = await this.#network();
    const options: DiscoveryOptions = {
      network,
      log: this.#log,
      accepted: accepted ?? [],
      arrivals,
      pinned: fingerprint === undefined ? undefined : { origin: url, fingerprint },
      transport: {
        // Shown in the handshake, before the server's own certificate can be judged: to its server alone.
        ...(clientCertificate && address.origin === url
          ? { clientCertificate: await network.readClientCertificate(clientCertificate, passphrase) }
          : {}),
        // The member's presence says that the settings do not count.
        ...(noProxy ? { proxy: undefined } : {}),
      },
    };
    return await network.discover(address, options, signal);
  }

  /**
   * Signs in to a server that is not saved, sending the password exactly once; nothing is stored.
   * @throws {Failure}
   */
  async test(
    draft: NewServer,
    password: string,
    signal: AbortSignal,
    { edited, ...options }: TryingOptions = {},
  ): Promise<Trial> {
    const server: SavedServer = { id: randomUUID(), ...draft };
    if (edited) {
      this.#checkShown(edited);
    }
    const passphrase = edited && (await this.#secrets(edited).read()).passphrase;
    return await beginTrial(this.#connections, server, { password, passphrase, ...options }, signal);
  }

  /**
   * Tries a change of a saved server with the secrets it has; the list stays as it is.
   * @param shown the server as the user saw it
   * @throws {RangeError} for another address or user, which must never see these secrets
   * @throws {Failure} also if the server was changed meanwhile
   */
  async testChange(
    shown: SavedServer,
    draft: NewServer,
    signal: AbortSignal,
    { arrival }: Pick<TryingOptions, 'arrival'> = {},
  ): Promise<void> {
    if (isElsewhere(shown, draft)) {
      throw new RangeError('the stored secrets belong to another address or user');
    }
    this.#checkShown(shown);
    const server = { ...shown, ...draft };
    const connection = await this.#connections.connect(server, this.#secretStore, async () => undefined, arrival);
    try {
      await connection.children(serverItem(server), undefined, signal);
    } finally {
      await connection.close();
    }
  }

  /**
   * Looks at a saved server with the secrets it has, and counts what the account may see of it.
   * @throws {Failure} also if that is nothing
   */
  async testSaved(id: string, signal: AbortSignal): Promise<readonly Count[]> {
    const server = this.list.find(id);
    if (!server) {
      return [];
    }
    const { countVisible } = await this.#network();
    return await countVisible(this.#connections, serverItem(server), signal);
  }

  /** Saves a server that was tried, with the session that was opened for it. Returns its id. */
  async addTested(draft: NewServer, login: Login): Promise<string> {
    const { trial } = login;
    const server: SavedServer = { id: randomUUID(), ...draft, ...trial?.facts };
    const secrets = this.#secrets(server);
    try {
      await storeLogin(secrets, login, this.#connections.window);
      await this.list.add(server);
    } catch (error) {
      await secrets.clear();
      await trial?.discard();
      throw error;
    }
    await trial?.keep(server.id);
    return server.id;
  }

  /**
   * Changes a saved server. Another address or user never gets what was stored for the old one: without a new login the
   * server is signed out then.
   * @param shown the server as the user saw it
   * @throws {ServerChanged} if it was changed or removed meanwhile; the login is stored nowhere then
   */
  async change(shown: SavedServer, draft: NewServer, login?: Login): Promise<void> {
    try {
      await this.#change(shown, draft, login);
    } catch (error) {
      await login?.trial?.discard();
      throw error;
    }
    await login?.trial?.keep(shown.id);
  }

  async #change(shown: SavedServer, draft: NewServer, login?: Login): Promise<void> {
    if (this.list.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
    this.#checkShown(shown);
    const { id } = shown;
    const moved = isElsewhere(shown, draft);
    const made = moved || login ? await this.#connections.of(id) : undefined;
    const connection = this.#connections.release(id) ?? made;
    if (moved || login) {
      await connection?.signOut(signOutLimit());
    }
    await connection?.close();
    // Signing out has taken a while.
    this.#checkShown(shown);
    await this.list.change(id, { ...editedFacts(draft, moved), ...login?.trial?.facts });
    if (login) {
      const isStored = await storeLogin(this.#secretsOfListed({ id, ...draft }), login, this.#connections.window);
      if (!isStored) {
        throw new ServerChanged(draft.name);
      }
    }
  }

  /** Signs out, forgets all that was stored, and takes the server off the list. */
  async remove(id: string): Promise<void> {
    if (this.list.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
    const connection = await this.#connections.of(id);
    await connection?.prepareRemoval();
    this.#connections.release(id);
    try {
      await this.list.remove(id);
      await connection?.signOut(signOutLimit());
    } finally {
      await connection?.close();
      await this.#removed.forget(id);
    }
  }

  /**
   * @param shown the server as the user saw it when entering the password, or the key in its place
   * @param ask gets what the server asks besides
   * @throws {Failure} also if it was changed or removed meanwhile; the password is not sent then
   */
  async signIn(
    shown: SavedServer,
    password: string,
    remember: boolean,
    signal: AbortSignal,
    ask?: AskPerson,
  ): Promise<void> {
    const connection = await this.#connectionTo(shown);
    await connection.signIn({ userName: shown.userName, password }, remember, signal, ask);
  }

  /**
   * What a product says of itself.
   * @throws {RangeError} if the registry has no such product
   */
  async product(id: string): Promise<Product> {
    return (await this.#network()).loadProduct(id);
  }

  /**
   * The kind of a server's account, with its ways to sign in.
   * @throws {Failure} if the server's version has to be found out and cannot be
   */
  async accountKind(id: string, signal: AbortSignal): Promise<AccountKind | undefined> {
    return await (await this.#connections.of(id))?.accountKind(signal);
  }

  /**
   * What {@link Connection.signInWithBrowser} does; `show` gets what the user enters there.
   * @param shown the server as the user saw it: it gets what the service in the browser issues
   * @param way the id of one of the ways of the server's account
   * @throws {Failure} also if it was changed or removed meanwhile; it gets nothing then
   */
  async signInWithBrowser(
    shown: SavedServer,
    way: string,
    settings: SignInSettings,
    show: (code: DeviceCode) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await (await this.#connectionTo(shown)).signInWithBrowser({ way, settings, show }, signal);
  }

  async signOut(id: string): Promise<void> {
    await (await this.#connections.of(id))?.signOut(signOutLimit());
  }

  /**
   * From now on exactly this certificate is good for the server; without one, any that can be verified.
   * @param shown the server as the user saw it
   * @throws {ServerChanged} if it was changed or removed meanwhile
   */
  async trust(shown: SavedServer, fingerprint: string | undefined): Promise<void> {
    this.#checkShown(shown);
    const { id } = shown;
    const connection = this.#connections.release(id);
    await this.list.change(id, { trustedFingerprint: fingerprint });
    await connection?.close();
  }

  /** Whether the server is reached directly, whatever the proxy settings say. */
  async setNoProxy(id: string, noProxy: boolean): Promise<void> {
    await this.#reach(id, { noProxy: noProxy || undefined });
  }

  /**
   * From now on the certificate in these files is shown to the server; none without files. A passphrase belongs to its
   * files: the one of the files before is deleted.
   * @param shown the server as the user saw it
   * @throws {ClientCertificateFailed} if it cannot be used; nothing is changed then
   * @throws {ServerChanged} if the server was changed or removed meanwhile; nothing is changed then
   */
  async setClientCertificate(
    shown: SavedServer,
    files: ClientCertificateFiles | undefined,
    passphrase?: string | undefined,
  ): Promise<void> {
    if (files) {
      const { checkClientCertificate } = await this.#network();
      await checkClientCertificate(files, passphrase);
    }
    this.#checkShown(shown);
    // Before the list: a connection made in between would open the new files with the old passphrase.
    const isKept = await this.#secretsOfListed(shown).change(secrets => ({
      ...secrets,
      passphrase: files && passphrase,
    }));
    if (!isKept) {
      throw new ServerChanged(shown.name);
    }
    await this.#reach(shown.id, { clientCertificate: files });
  }

  /** @param address as `consoleAddressOf` writes it; the product's usual one without it */
  async setWebConsole(id: string, address: string | undefined): Promise<void> {
    await this.list.change(id, { webConsole: address });
  }

  /** Changes the way to a server: every request from now on goes over a new connection. */
  async #reach(id: string, facts: Pick<SavedServer, 'noProxy' | 'clientCertificate'>): Promise<void> {
    const connection = this.#connections.release(id);
    await this.list.change(id, facts);
    await connection?.retire();
  }

  /** @throws {ServerChanged} */
  async #connectionTo(shown: SavedServer): Promise<Connection> {
    this.#checkShown(shown);
    const connection = await this.#connections.of(shown.id);
    if (!connection?.isTrusted(shown)) {
      throw new ServerChanged(shown.name);
    }
    return connection;
  }

  /** @throws {ServerChanged} if the user saw another server than the one that is saved now */
  #checkShown(shown: SavedServer): void {
    if (!this.#isAsShown(shown)) {
      throw new ServerChanged(shown.name);
    }
  }

  #isAsShown(shown: SavedServer): boolean {
    const saved = this.list.find(shown.id);
    return saved !== undefined && isAsTrusted(saved, shown);
  }

  #secrets(server: SavedServer): ServerSecrets {
    return new ServerSecrets(this.#secretStore, server);
  }

  /** What is written there is gone again if the server is removed or moved meanwhile. */
  #secretsOfListed(server: SavedServer): ServerSecrets {
    return new ServerSecrets(this.#secretStore, server, () => this.#connections.isWanted(server));
  }
}
