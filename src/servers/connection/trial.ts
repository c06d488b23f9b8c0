import type { Secrets, ServerSecrets } from '../session/serverSecrets';
import type { Connection, LearnedFacts } from './connection';

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
