import { createHash } from 'node:crypto';
import { inTurn } from '../../base/inTurn';
import { isObject } from '../../base/isObject';
import { type Session, usualAccountKind } from '../../products/signIn';
import type { SavedServer } from '../list/savedServer';

/** The part of VS Code's SecretStorage that is needed here. */
export interface SecretStore {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

/** All that is secret about one server. */
export interface Secrets {
  /** Whom session and password belong to, see {@link ownerOf}. */
  readonly owner?: string | undefined;
  readonly session?: Session | undefined;
  /** The window that opened the session. */
  readonly sessionWindow?: string | undefined;
  /** Windows other than that one have taken it up. */
  readonly sessionShared?: boolean | undefined;
  /** Or the key that takes its place. Only if the user chose to have it remembered. */
  readonly password?: string | undefined;
  /** The server has refused the password: it is not sent again until the user signs in. */
  readonly passwordRefused?: boolean | undefined;
  /** The server asks for a one-time code after the password, so only a person can open the next session. */
  readonly wantsCode?: boolean | undefined;
  /** Opens the file of the client certificate. It belongs to this computer, so signing out keeps it. */
  readonly passphrase?: string | undefined;
}

/** Whether what is kept opens a session without the person. */
export function opensAlone({ password, wantsCode }: Secrets): boolean {
  return password !== undefined && !wantsCode;
}

export function withoutSession({
  session: _session,
  sessionWindow: _window,
  sessionShared: _shared,
  ...rest
}: Secrets): Secrets {
  return rest;
}

/**
 * The secrets of one server, under one key, so that two windows never write over another server's. A window that does not
 * know yet that the server has moved to another address or account neither sees nor changes what belongs there.
 */
export class ServerSecrets {
  readonly #store: SecretStore;
  readonly #key: string;
  readonly #owner: string;
  readonly #isWanted: () => boolean;
  readonly #inTurn = inTurn();

  /** @param isWanted whether the list has the server, at this address and with this account; looked at with each change */
  constructor(
    store: SecretStore,
    server: Pick<SavedServer, 'id'> & SecretsOwner,
    isWanted: () => boolean = () => true,
  ) {
    this.#store = store;
    this.#key = secretKey(server.id);
    this.#owner = ownerOf(server);
    this.#isWanted = isWanted;
  }

  /** What is stored once the changes made here so far are. */
  async read(): Promise<Secrets> {
    return await this.#inTurn(() => this.#read());
  }

  /**
   * Changes what is stored, one change after another; what comes out empty is deleted. Nothing stays stored of a server
   * that is removed or moved meanwhile: other windows change the list first and the secrets then.
   * @param by the user takes the place of what belongs to another address or account; what goes on by itself leaves it
   * @returns whether that is stored now which `change` answered with
   */
  async change(change: (secrets: Secrets) => Secrets, by: 'itself' | 'user' = 'itself'): Promise<boolean> {
    return await this.#inTurn(async () => {
      const found = parse(await this.#store.get(this.#key));
      const foreign = this.#isForeign(found);
      if ((foreign && by === 'itself') || !this.#isWanted()) {
        return false;
      }
      const stored: Secrets = foreign ? { passphrase: found.passphrase } : found;
      const after = change(stored);
      if (after === stored && !foreign) {
        return true;
      }
      const { owner: _owner, ...others } = after;
      const owned = others.session !== undefined || others.password !== undefined;
      await (Object.values(others).some(value => value !== undefined)
        ? this.#store.store(this.#key, JSON.stringify(owned ? { owner: this.#owner, ...others } : others))
        : this.#store.delete(this.#key));
      if (this.#isWanted()) {
        return true;
      }
      if (!this.#isForeign(parse(await this.#store.get(this.#key)))) {
        await this.#store.delete(this.#key);
      }
      return false;
    });
  }

  async clear(): Promise<void> {
    await this.#inTurn(async () => this.#store.delete(this.#key));
  }

  async #read(): Promise<Secrets> {
    const stored = parse(await this.#store.get(this.#key));
    return this.#isForeign(stored) ? { passphrase: stored.passphrase } : stored;
  }

  #isForeign({ owner }: Secrets): boolean {
    return owner !== undefined && owner !== this.#owner;
  }
}

type SecretsOwner = Pick<SavedServer, 'product' | 'url' | 'userName' | 'accountKind'>;

/** Names the account at an address: secrets of the one must never be sent to another. */
export function ownerOf(server: SecretsOwner): string {
  return createHash('sha256').update(ownerText(server)).digest('base64url');
}

/** The account at an address, to be compared with others: that is done with each request, and hashing takes far longer. */
export function ownerText({ product, url, userName, accountKind = usualAccountKind }: SecretsOwner): string {
  return JSON.stringify([product, url, userName, accountKind]);
}

export function secretKey(serverId: string): string {
  return `backupTenancy.server.${serverId}`;
}

/** Under which windows agree who is at it, see {@link WindowTurns}. */
export function turnKey(serverId: string): string {
  return `${secretKey(serverId)}.turn`;
}

/** What cannot be read counts as absent: the user is asked to sign in again. */
function parse(text: string | undefined): Secrets {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isObject(value) ? (value as Secrets) : {};
  } catch {
    return {};
  }
}
