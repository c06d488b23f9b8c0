import { Cancelled } from '../../base/failure';
import type { Page } from '../../products/product';
import { type SavedServer, serverItem } from '../list/savedServer';
import { SecretsInMemory } from '../session/secretsInMemory';
import { type Secrets, ServerSecrets } from '../session/serverSecrets';
import { signOutLimit } from '../session/sessionEndings';
import type { AskPerson } from '../session/signInByHand';
import type { Arrival } from './arrival';
import type { Connection, LearnedFacts } from './connection';
import type { Connections } from './connections';

/**
 * A server that was signed in to, and of which nothing is stored. Its session is either handed over to the server that is
 * saved, so that trying costs no second login, or ended.
 */
export class Trial {
  /** What the server told of itself. */
  readonly facts: LearnedFacts;
  readonly #connections: Connections;
  readonly #connection: Connection;
  readonly #secrets: ServerSecrets;
  readonly #rows: Page;
  #over = false;

  /** @param rows below the server */
  constructor(
    connections: Connections,
    connection: Connection,
    secrets: ServerSecrets,
    facts: LearnedFacts,
    rows: Page,
  ) {
    this.#connections = connections;
    this.#connection = connection;
    this.#secrets = secrets;
    this.facts = facts;
    this.#rows = rows;
  }

  /** The session, and what has come to light of the account; whoever has stored them says so with {@link keep}. */
  async secrets(): Promise<Pick<Secrets, 'session' | 'wantsCode'>> {
    return await this.#secrets.read();
  }

  /**
   * The session is in use from now on, and no more ended here.
   * @param id of the saved server, whose connection goes on from here
   */
  async keep(id: string): Promise<void> {
    this.#over = true;
    const arrival = await this.#connection.handOver(this.#rows);
    const connection = await this.#connections.of(id, arrival);
    if (!connection?.goesOnFrom(arrival)) {
      await arrival.http.close();
    }
  }

  /** Ends the session, unless it is kept. */
  async discard(): Promise<void> {
    if (!this.#over) {
      this.#over = true;
      await end(this.#connection);
    }
  }
}

export interface Trying {
  readonly password: string;
  /** Of the client certificate. */
  readonly passphrase: string | undefined;
  /** Gets what the server asks besides. */
  readonly ask?: AskPerson | undefined;
  /** Where the server was found. */
  readonly arrival?: Arrival | undefined;
}

/**
 * Signs in to a server that is not saved, sending the password exactly once; nothing is stored.
 * @throws {Failure}
 */
export async function beginTrial(
  connections: Connections,
  server: SavedServer,
  { password, passphrase, ask, arrival }: Trying,
  signal: AbortSignal,
): Promise<Trial> {
  const store = new SecretsInMemory();
  const secrets = new ServerSecrets(store, server);
  if (passphrase !== undefined) {
    await secrets.change(() => ({ passphrase }));
  }
  let facts: LearnedFacts = { apiVersion: server.apiVersion };
  const learn = async (learned: LearnedFacts) => {
    facts = learned;
  };
  const connection = await connections.connect(server, store, learn, arrival);
  try {
    await connection.signIn({ userName: server.userName, password }, false, signal, ask);
    const rows = await connection.children(serverItem(server), undefined, signal);
    if (signal.aborted) {
      throw new Cancelled();
    }
    return new Trial(connections, connection, secrets, facts, rows);
  } catch (error) {
    await end(connection);
    throw error;
  }
}

async function end(connection: Connection): Promise<void> {
  await connection.signOut(signOutLimit());
  await connection.close();
}
