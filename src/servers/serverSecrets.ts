import type { Session } from '../products/product';

/** The part of VS Code's SecretStorage that is needed here. */
export interface SecretStore {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

/** All that is secret about one server. */
export interface Secrets {
  readonly session?: Session | undefined;
  /** The window that opened the session. */
  readonly sessionWindow?: string | undefined;
  /** Windows other than that one have taken it up. */
  readonly sessionShared?: boolean | undefined;
  /** Only if the user chose to have it remembered. */
  readonly password?: string | undefined;
  /** The server has refused the password: it is not sent again until the user signs in. */
  readonly passwordRefused?: boolean | undefined;
  /** Opens the file of the client certificate. It belongs to this computer, so signing out keeps it. */
  readonly passphrase?: string | undefined;
}

/** The secrets of one server, under one key, so that two windows never write over another server's. */
export class ServerSecrets {
  readonly #store: SecretStore;
  readonly #key: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: SecretStore, serverId: string) {
    this.#store = store;
    this.#key = secretKey(serverId);
  }

  /** What is stored once the changes made here so far are. */
  async read(): Promise<Secrets> {
    await this.#last;
    return await this.#read();
  }

  /** Changes what is stored, one change after another; what comes out empty is deleted. */
  async change(change: (secrets: Secrets) => Secrets): Promise<void> {
    const write = this.#last.then(async () => {
      const before = await this.#read();
      const after = change(before);
      if (after === before) {
        return;
      }
      await (Object.values(after).some(value => value !== undefined)
        ? this.#store.store(this.#key, JSON.stringify(after))
        : this.#store.delete(this.#key));
    });
    this.#last = write.catch(() => undefined);
    await write;
  }

  async clear(): Promise<void> {
    const write = this.#last.then(() => this.#store.delete(this.#key));
    this.#last = write.catch(() => undefined);
    await write;
  }

  async #read(): Promise<Secrets> {
    return parse(await this.#store.get(this.#key));
  }
}

export function secretKey(serverId: string): string {
  return `backupTenancy.server.${serverId}`;
}

/** What cannot be read counts as absent: the user is asked to sign in again. */
function parse(text: string | undefined): Secrets {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Secrets) : {};
  } catch {
    return {};
  }
}
