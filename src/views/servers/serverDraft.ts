import type { Product } from '../../products/product';
import { passwordWay } from '../../products/secretFields';
import {
  type AccountKind,
  accountKindIn,
  type BrowserWay,
  browserWayFor,
  type SecretField,
  secretWayOf,
  usualAccountKind,
} from '../../products/signIn';
import type { DiscoveredServer } from '../../servers/discovery/discovery';
import { type NewServer, productOf, type SavedServer, versionName } from '../../servers/list/savedServer';
import { savedSignIns } from '../../servers/list/serverFacts';
import type { ServerList } from '../../servers/list/serverList';
import { isElsewhere } from '../../servers/session/shownServer';
import type { AddressStep } from './addressStep';

/** What the user has answered so far of a server that is added or changed, and what follows from it. */
export class ServerDraft {
  readonly #list: ServerList;
  readonly #address: Pick<AddressStep, 'found'>;
  /** The server that is changed; a new one without it. */
  readonly edited: SavedServer | undefined;
  userName: string;
  accountKind: string | undefined;
  /** Or the key in its place. */
  password = '';
  /** The user went on without a password. Typing alone changes nothing, so that the steps keep their numbers. */
  leftEmpty = false;
  apiVersion: string | undefined;
  name: string | undefined;
  folder: string | undefined;
  /** By their ids, as they say what is asked for. */
  readonly products = new Map<string, Product>();

  constructor(
    list: ServerList,
    address: Pick<AddressStep, 'found'>,
    edited: SavedServer | undefined,
    proposed: { readonly [Name in 'userName' | 'name' | 'folder']?: string | undefined },
  ) {
    this.#list = list;
    this.#address = address;
    this.edited = edited;
    this.userName = edited?.userName ?? proposed.userName ?? '';
    this.accountKind = edited?.accountKind;
    this.apiVersion = edited?.apiVersion;
    this.name = edited?.name ?? proposed.name;
    this.folder = edited ? edited.folder : proposed.folder;
  }

  get found(): DiscoveredServer {
    if (!this.#address.found) {
      throw new Error('the address comes first');
    }
    return this.#address.found;
  }

  /** To be saved as it is now. */
  get server(): NewServer {
    const { product, origin, apiVersions, trustedFingerprint } = this.found;
    const apiVersion = this.versions.includes(this.apiVersion ?? '') ? this.apiVersion : apiVersions[0];
    const { noProxy, clientCertificate } = this.edited ?? {};
    const signIns = savedSignIns.map(({ way }) => [way, this.edited?.[way]]);
    const kind = accountKindIn(this.products.get(product)?.accountKinds(apiVersion ?? '') ?? [], this.accountKind);
    return {
      ...{ noProxy, clientCertificate },
      ...Object.fromEntries(signIns),
      product,
      url: origin,
      userName: kind && !kind.userName ? '' : this.userName.trim(),
      // The usual one is saved as none.
      accountKind: kind?.id === usualAccountKind ? undefined : kind?.id,
      name: this.name?.trim() || this.proposedName,
      apiVersion,
      trustedFingerprint,
      folder: this.folder,
    };
  }

  /** What is stored stays in use: it is asked for neither again, nor sent anywhere else. */
  get keepsSecrets(): boolean {
    return this.edited !== undefined && this.password === '' && this.staysWhereItIs;
  }

  get staysWhereItIs(): boolean {
    return this.edited !== undefined && this.#address.found !== undefined && !isElsewhere(this.edited, this.server);
  }

  /** In a browser, once the server is saved. */
  get signsInLater(): boolean {
    return this.leftEmpty && this.browserWay !== undefined;
  }

  /** What the account can sign in with once the server is saved. */
  get browserWay(): BrowserWay | undefined {
    return this.staysWhereItIs ? undefined : browserWayFor(this.kind, this.server.userName);
  }

  /** Kinds of accounts that can be chosen, once there is an address. */
  get kinds(): readonly AccountKind[] {
    const { product, apiVersion = '' } = this.server;
    return this.products.get(product)?.accountKinds(apiVersion) ?? [];
  }

  get kind(): AccountKind | undefined {
    return this.#address.found && accountKindIn(this.kinds, this.accountKind);
  }

  /** Whether the account has a name to ask for, as far as that is known. */
  get hasUserName(): boolean {
    return !this.#address.found || this.kind?.userName !== undefined;
  }

  get secret(): SecretField {
    return (secretWayOf(this.kind) ?? passwordWay).secret;
  }

  get versions(): readonly string[] {
    const { apiVersions = [], olderApiVersions = [] } = this.#address.found ?? {};
    return [...apiVersions, ...olderApiVersions];
  }

  get duplicate(): SavedServer | undefined {
    const userName = this.#address.found && this.server.userName.toLowerCase();
    return this.#list.servers.find(
      server =>
        server.id !== this.edited?.id &&
        server.url === this.#address.found?.origin &&
        server.userName.toLowerCase() === userName,
    );
  }

  /** The host, with the product if the host is there already. */
  get proposedName(): string {
    const { hostname } = new URL(this.found.origin);
    const taken = this.#list.servers.some(({ name }) => name === hostname);
    return taken ? `${hostname} (${productOf(this.found)?.shortName ?? this.found.product})` : hostname;
  }

  versionName(apiVersion: string): string {
    return versionName({ ...this.found, apiVersion }) ?? apiVersion;
  }
}

/** An address that is known already. */
export function asFound(server: SavedServer): DiscoveredServer {
  return {
    kind: 'found',
    origin: server.url,
    product: server.product,
    name: productOf(server)?.name ?? server.product,
    apiVersions: server.apiVersion === undefined ? [] : [server.apiVersion],
    olderApiVersions: [],
    trustedFingerprint: server.trustedFingerprint,
  };
}
