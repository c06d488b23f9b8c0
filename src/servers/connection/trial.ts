import { Cancelled } from '../../base/failure';
import { type SavedServer, serverItem } from '../list/savedServer';
import { SecretsInMemory } from '../session/secretsInMemory';
import { type Secrets, ServerSecrets } from '../session/serverSecrets';
import { signOutLimit } from '../session/sessionEndings';
import type { AskPerson } from '../session/signInByHand';
import type { Connection, LearnedFacts } from './connection';
import type { Connections } from './connections';

/**
 * A server that was signed in to, and of which nothing is stored. Its session is either handed over to the server that is
 * saved, so that trying costs no second login, or ended.
 */
export class Trial {
  /** What the server told of itself. */
  readonly facts: LearnedFacts;
  readonly #connection: Connection;
  readonly #secrets: ServerSecrets;
  readonly #end: () => Promise<void>;
  #over = false;

  constructor(facts: LearnedFacts, connection: Connection, secrets: ServerSecrets, end: () => Promise<void>) {
    this.facts = facts;
    this.#connection = connection;
    this.#secrets = secrets;
    this.#end = end;
  }

  /** The session, and what has come to light of the account; whoever has stored them says so with {@link keep}. */
  async secrets(): Promise<Pick<Secrets, 'session' | 'wantsCode'>> {
    return await this.#secrets.read();
  }

  /** The session is in use from now on, and no more ended here. */
  async keep(): Promise<void> {
    this.#over = true;
    await this.#connection.close();
  }

  /** Ends the session, unless it is kept. */
  async discard(): Promise<void> {
    if (!this.#over) {
      this.#over = true;
      await this.#end();
    }
  }
}

/**
 * Signs in to a server that is not saved, sending the password exactly once; nothing is stored.
 * @param ask gets what the server asks besides
 * @throws {Failure}
 */
export async function beginTrial(
  connections: Connections,
  server: SavedServer,
  { password, passphrase }: { readonly password: string; readonly passphrase: string | undefined },
  signal: AbortSignal,
  ask: AskPerson | undefined,
): Promise<Trial> {
  const store = new SecretsInMemory();
  const secrets = new ServerSecrets(store, server);
  if (passphrase !== undefined) {
    await secrets.change(() => ({ passphrase }));
  }
  let facts: LearnedFacts = { apiVersion: server.apiVersion };
  const connection = await connections.connect(server, store, async learned => {
    facts = learned;
  });
  const end = async () => {
    await connection.signOut(signOutLimit());
    await connection.close();
  };
  try {
    await connection.signIn({ userName: server.userName, password }, false, signal, ask);
    await connection.children(serverItem(server), undefined, signal);
    if (signal.aborted) {
      throw new Cancelled();
    }
  } catch (error) {
    await end();
    throw error;
  }
  return new Trial(facts, connection, secrets, end);
}
