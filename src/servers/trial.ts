import type { Connection, LearnedFacts } from './connection';
import type { Secrets } from './serverSecrets';

/**
 * A server that was signed in to, and of which nothing is stored. Its session is either handed over to the server that is
 * saved, so that trying costs no second login, or ended.
 */
export class Trial {
  /** What the server told of itself. */
  readonly facts: LearnedFacts;
  readonly #connection: Connection;
  readonly #secrets: () => Promise<Secrets>;
  readonly #end: () => Promise<void>;
  #over = false;

  constructor(facts: LearnedFacts, connection: Connection, secrets: () => Promise<Secrets>, end: () => Promise<void>) {
    this.facts = facts;
    this.#connection = connection;
    this.#secrets = secrets;
    this.#end = end;
  }

  /** The session, which from now on is the caller's to end. */
  async handOver(): Promise<Secrets> {
    this.#over = true;
    const { session } = await this.#secrets();
    await this.#connection.close();
    return { session };
  }

  /** Ends the session, unless it was handed over. */
  async discard(): Promise<void> {
    if (!this.#over) {
      this.#over = true;
      await this.#end();
    }
  }
}
