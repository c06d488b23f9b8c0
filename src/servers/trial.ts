import type { Page } from '../products/product';
import type { Connection, LearnedFacts } from './connection';
import type { Secrets } from './serverSecrets';

/** What a server told of itself when it was tried. */
export type Facts = LearnedFacts;

/** What a server has below one of its groups: "Backup Repositories: 4". */
export interface Count {
  readonly name: string;
  readonly number: number;
  /** There are more than that. */
  readonly more: boolean;
}

/**
 * A server that was signed in to, and of which nothing is stored. Its session is either handed over to the server that is
 * saved, so that trying costs no second login, or ended.
 */
export class Trial {
  readonly facts: Facts;
  readonly #connection: Connection;
  readonly #secrets: () => Promise<Secrets>;
  readonly #end: () => Promise<void>;
  #over = false;

  constructor(facts: Facts, connection: Connection, secrets: () => Promise<Secrets>, end: () => Promise<void>) {
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

/** How much there is in a page of children. */
export function countOf(name: string, { items, next, total }: Page): Count {
  return { name, number: total ?? items.length, more: total === undefined && next !== undefined };
}
