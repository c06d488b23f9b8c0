import { ServerFailed } from '../../../src/products/failures';
import type { Product } from '../../../src/products/product';
import type { Session } from '../../../src/products/signIn';
import { type SecretStore, ServerSecrets } from '../../../src/servers/session/serverSecrets';
import { SessionKeeper } from '../../../src/servers/session/sessionKeeper';
import { WindowTurns } from '../../../src/servers/session/windowTurns';

/** Windows that share a secret store, and a server whose refresh tokens are good for one use. Time is the test's. */

export class TokenServer {
  readonly logins: string[] = [];
  readonly refreshTokensSeen: string[] = [];
  readonly ended: string[] = [];
  password = 'right';
  #valid = new Set<string>();
  #refreshTokens = new Set<string>();
  #issued = 0;

  constructor(readonly latency: () => number) {}

  issue(): Session {
    const number = ++this.#issued;
    this.#valid.add(`access-${number}`);
    this.#refreshTokens.add(`refresh-${number}`);
    return { token: `access-${number}`, renewal: `refresh-${number}` };
  }

  expire(): void {
    this.#valid.clear();
  }

  accepts(session: Session): boolean {
    return this.#valid.has(session.token);
  }

  /** The rest of a product is not used by those who keep sessions. */
  get product(): Product & { renew: NonNullable<Product['renew']> } {
    const server = this;
    const product: Pick<Product, 'signIn' | 'renew' | 'signOut' | 'endsSessionOnExit'> = {
      endsSessionOnExit: false,
      async signIn(_http, _version, { password }) {
        await pass(server.latency());
        server.logins.push(password);
        if (password !== server.password) {
          throw new ServerFailed('test', 400);
        }
        const session = server.issue();
        await pass(server.latency());
        return session;
      },
      async renew(_http, _version, { renewal = '' }) {
        await pass(server.latency());
        server.refreshTokensSeen.push(renewal);
        const session = server.#refreshTokens.delete(renewal) ? server.issue() : undefined;
        await pass(server.latency());
        return session;
      },
      async signOut(_http, _version, { token, renewal = '' }) {
        await pass(server.latency());
        server.ended.push(token);
        server.#valid.delete(token);
        server.#refreshTokens.delete(renewal);
      },
    };
    return product as Product & { renew: NonNullable<Product['renew']> };
  }
}

/** What all windows see. Each operation takes effect somewhere between its call and its end. */
export class SharedStore implements SecretStore {
  readonly values = new Map<string, string>();
  readonly listeners = new Set<(key: string) => void>();

  constructor(readonly latency: () => number) {}

  async get(key: string): Promise<string | undefined> {
    return await this.#operate(() => this.values.get(key));
  }

  async store(key: string, value: string): Promise<void> {
    await this.#operate(() => this.#tell(key, this.values.set(key, value)));
  }

  async delete(key: string): Promise<void> {
    await this.#operate(() => this.#tell(key, this.values.delete(key)));
  }

  #tell(key: string, _done: unknown): void {
    for (const listener of this.listeners) {
      setTimeout(() => listener(key), this.latency());
    }
  }

  async #operate<T>(operation: () => T): Promise<T> {
    await pass(this.latency());
    const result = operation();
    await pass(this.latency());
    return result;
  }
}

export class Window {
  readonly keeper: SessionKeeper;
  readonly secrets: ServerSecrets;
  readonly #server: TokenServer;

  constructor(
    name: string,
    store: SharedStore,
    server: TokenServer,
    settleMs: number,
    isListed: () => boolean = () => true,
  ) {
    this.#server = server;
    const saved = { id: 'id', product: 'vb365', url: 'https://a.example.com:4443', userName: 'user' };
    this.secrets = new ServerSecrets(store, saved, isListed);
    const access = async () => ({ product: server.product, http: { host: 'test' } as never, apiVersion: 'v8' });
    this.keeper = new SessionKeeper(
      { userName: 'user' },
      {
        secrets: this.secrets,
        turns: new WindowTurns(store, 'id', { settleMs, isWanted: isListed }),
        window: name,
        access,
        accessForCredentials: access,
        checkShown: () => undefined,
      },
    );
    store.listeners.add(() => {
      this.keeper.secretsChanged().catch((error: unknown) => {
        throw error;
      });
    });
  }

  /** What a load does: with the session, or with the next one if it is refused. */
  async load(): Promise<boolean> {
    const asked = this.keeper.failures;
    const never = new AbortController().signal;
    const session = await this.keeper.current(asked, never);
    await pass(this.#server.latency());
    if (this.#server.accepts(session)) {
      return true;
    }
    const next = await this.keeper.replace(session, asked, never);
    await pass(this.#server.latency());
    return this.#server.accepts(next);
  }
}

export async function pass(milliseconds: number): Promise<void> {
  await new Promise<void>(resolve => setTimeout(resolve, milliseconds));
}
