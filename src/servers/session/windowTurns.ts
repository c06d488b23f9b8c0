import { randomUUID } from 'node:crypto';
import { delay } from '../../base/abort';
import { Cancelled } from '../../base/failure';
import { inTurn } from '../../base/inTurn';
import { isObject } from '../../base/isObject';
import { type SecretStore, turnKey } from './serverSecrets';

export interface TurnOptions {
  /**
   * How long a window waits after it has put its name down, to see whether another one did so in the same moment. It has
   * to be longer than any window takes from reading the store to having written it.
   */
  readonly settleMs: number;
  /** Whether the server is still on the list: nothing is to be left of one that was removed. */
  readonly isWanted?: () => boolean;
}

/** What is stored while it matters. */
interface Turn {
  readonly owner?: string | undefined;
  /** Moments in milliseconds since 1970. */
  readonly until?: number | undefined;
  /** The server wants no sign-in before then. */
  readonly notBefore?: number | undefined;
}

/** A window that does not prolong its turn for so long is gone. */
const turnMs = 15_000;
const pollMs = 200;

/** How long signing in or out by hand waits for what another window is doing with the session. */
export const handTurnPatienceMs = 3_000;

/** The server's quotas are by the second, the minute and the hour; a longer pause is not believed. */
const longestPauseMs = 60 * 60 * 1000;

/**
 * Windows take turns at opening, renewing and ending the session of a server: a refresh token is good for one use, and
 * whoever uses it a second time loses the session for all.
 *
 * The secret store is the only thing that all windows see at once, and it has no locks. So a window writes down its name,
 * waits until every write that was on its way has arrived, and looks whether its name is still there (Fischer's mutual
 * exclusion). The name stands under a key of its own: it never writes over a session.
 */
export class WindowTurns {
  readonly #store: SecretStore;
  readonly #key: string;
  readonly #settleMs: number;
  readonly #isWanted: () => boolean;
  readonly #inTurn = inTurn();

  constructor(store: SecretStore, serverId: string, options: TurnOptions) {
    this.#store = store;
    this.#key = turnKey(serverId);
    this.#settleMs = options.settleMs;
    this.#isWanted = options.isWanted ?? (() => true);
  }

  /**
   * Does the work while no other window does its own.
   * @param patienceMs after so long without a turn the work is done regardless
   * @throws {Cancelled} if `signal` is aborted before the turn has come
   */
  async take<T>(signal: AbortSignal, work: () => Promise<T>, patienceMs = Number.POSITIVE_INFINITY): Promise<T> {
    const owner = randomUUID();
    const taken = await this.#begin(owner, signal, patienceMs);
    if (!taken) {
      return await work();
    }
    const timer = setInterval(() => {
      this.#prolong(owner).catch(() => undefined);
    }, turnMs / 3);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await this.#inTurn(() => this.#end(owner));
    }
  }

  /** Milliseconds until the server wants to be asked again; 0 if it can be asked now. */
  async pause(): Promise<number> {
    return pauseOf(await this.#read());
  }

  /** The server wants no sign-in for a while, from any window. */
  async pauseFor(milliseconds: number): Promise<void> {
    const notBefore = Date.now() + Math.min(milliseconds, longestPauseMs);
    await this.#change(turn => (this.#isWanted() ? { ...turn, notBefore } : turn));
    if (!this.#isWanted()) {
      await this.clear();
    }
  }

  async clear(): Promise<void> {
    await this.#store.delete(this.#key);
  }

  async #begin(owner: string, signal: AbortSignal, patienceMs: number): Promise<boolean> {
    const started = Date.now();
    for (;;) {
      const turn = await this.#read();
      if (isFree(turn)) {
        await this.#write({ ...turn, owner, until: Date.now() + turnMs });
        // Not given up half-way: the name that was written has to go again.
        await delay(this.#settleMs);
        if ((await this.#read()).owner === owner) {
          if (signal.aborted) {
            await this.#end(owner);
            throw new Cancelled();
          }
          return true;
        }
      }
      if (signal.aborted) {
        throw new Cancelled();
      }
      if (Math.abs(Date.now() - started) >= patienceMs) {
        return false;
      }
      await delay(pollMs, signal);
    }
  }

  async #prolong(owner: string): Promise<void> {
    await this.#change(turn => (turn.owner === owner ? { ...turn, until: Date.now() + turnMs } : turn));
  }

  /** One change after another. */
  async #change(change: (turn: Turn) => Turn): Promise<void> {
    await this.#inTurn(async () => {
      const before = await this.#read();
      const after = change(before);
      if (after !== before) {
        await this.#write(after);
      }
    });
  }

  async #end(owner: string): Promise<void> {
    const turn = await this.#read();
    if (turn.owner === owner) {
      await (pauseOf(turn) > 0 && this.#isWanted() ? this.#write({ notBefore: turn.notBefore }) : this.clear());
    }
  }

  async #read(): Promise<Turn> {
    return parse(await this.#store.get(this.#key));
  }

  async #write(turn: Turn): Promise<void> {
    await this.#store.store(this.#key, JSON.stringify(turn));
  }
}

/** A turn that ends too far in the future was written before the clock was put back. */
function isFree({ owner, until = 0 }: Turn): boolean {
  const left = until - Date.now();
  return owner === undefined || left <= 0 || left > turnMs;
}

function pauseOf({ notBefore = 0 }: Turn): number {
  const left = notBefore - Date.now();
  return left > 0 && left <= longestPauseMs ? left : 0;
}

function parse(text: string | undefined): Turn {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const { owner, until, notBefore } = isObject(value) ? value : {};
    return {
      owner: typeof owner === 'string' ? owner : undefined,
      until: typeof until === 'number' ? until : undefined,
      notBefore: typeof notBefore === 'number' ? notBefore : undefined,
    };
  } catch {
    return {};
  }
}
