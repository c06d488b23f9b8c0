import { unlessAborted } from '../../base/abort';
import { Cancelled, isFailure } from '../../base/failure';
import type { Session } from '../../products/signIn';
import { CredentialRequests } from './credentialRequests';
import { FailedAttempts } from './failedAttempts';
import type { Account, KeeperServices } from './keeperServices';
import { NextSession } from './nextSession';
import { Refusals } from './refusals';
import { SessionEndings } from './sessionEndings';
import { isDue, SessionInUse } from './sessionInUse';
import { type AskPerson, SignInByHand, type SignInRequest } from './signInByHand';
import { handTurnPatienceMs } from './windowTurns';

/**
 * The session of one server: opens, renews, shares and ends it. One attempt at a time, however many ask and in however many
 * windows; a refused password is never sent again, and nothing is sent while the server wants a pause.
 *
 * ```
 *               the store has one, signIn                    another window's is in the store,
 *   ┌──────┐ ──────────────────────────────────> ┌────────┐ ─┐ signIn
 *   │ none │                                     │ in use │  │
 *   └──────┘ <────────────────────────────────── └────────┘ <┘
 *     │  ^    signOut, exit, gone from the store   │    ^
 *     │  │                                         │    │
 *     │  │ nothing to open one with, it was        │    │ found in the store,
 *     │  │ refused, or signed out meanwhile        │    │ renewed with the refresh token,
 *     │  │                                         │    │ opened with the password
 *     │  └──────────────────────┐      due soon,   │    │
 *     │ a request needs one   ┌───────────┐  401   │    │
 *     └─────────────────────> │ replacing │ <──────┘    │
 *                             └───────────┘ ────────────┘
 *                   throttled, unreachable, closed: back to where it came from
 * ```
 *
 * All who wait while a session is replaced get the same outcome. `signIn` and `signOut` work in any state; a failure of
 * `signIn` is its caller's alone and changes nothing, unless the server is gone from the list: then no session is in use.
 *
 * {@link SessionInUse} has the session in memory and in the store, {@link NextSession} replaces it, {@link SignInByHand}
 * opens one with what the person enters, {@link SessionEndings} ends those that nobody needs. {@link Refusals} and
 * {@link FailedAttempts} know what did not work, so that it is not repeated.
 */
export class SessionKeeper {
  readonly #turns: KeeperServices['turns'];
  /** Ends attempts under way, which no caller's signal can: the others still wait for the outcome when one gives up. */
  #closing = new AbortController();
  readonly #refusals = new Refusals();
  readonly #failed = new FailedAttempts();
  readonly #endings: SessionEndings;
  readonly #inUse: SessionInUse;
  readonly #next: NextSession;
  readonly #byHand: SignInByHand;
  #replacing: Promise<Session> | undefined;

  constructor(account: Account, services: KeeperServices) {
    this.#turns = services.turns;
    const requests = new CredentialRequests(services);
    this.#endings = new SessionEndings(services.access);
    this.#inUse = new SessionInUse(services, this.#refusals, this.#endings, () => this.#closing.signal);
    this.#next = new NextSession(account, services, this.#inUse, requests, this.#endings);
    this.#byHand = new SignInByHand(services, this.#inUse, requests, this.#endings);
  }

  /** The number of failed attempts so far, for {@link current} and {@link replace} to tell who waited for which. */
  get failures(): number {
    return this.#failed.count;
  }

  /** Whether there is a session here, good or not. */
  get hasSession(): boolean {
    return this.#inUse.session !== undefined;
  }

  /** The session in use, as long as it needs no renewal; another one is neither looked for nor opened. */
  get usable(): Session | undefined {
    const { session } = this.#inUse;
    return session && !isDue(session) ? session : undefined;
  }

  /**
   * The session to go with a request.
   * @param asked {@link failures} when the request began to be wanted
   * @throws {Failure}
   */
  async current(asked: number, signal: AbortSignal): Promise<Session> {
    if (!this.#inUse.session) {
      const secrets = await this.#inUse.read();
      if (!this.#inUse.session && !this.#replacing) {
        await this.#inUse.takeUp(secrets);
      }
    }
    const { session } = this.#inUse;
    return session && !isDue(session) ? session : await this.replace(session, asked, signal);
  }

  /** The server has accepted the session. */
  accepted(session: Session): void {
    this.#refusals.accepted(session);
  }

  /**
   * A session to take the place of one that the server has refused; undefined if the next one would fare no better.
   * @param asked {@link failures} when the request began to be wanted
   * @throws {Failure}
   */
  async afterRefusal(refused: Session, asked: number, signal: AbortSignal): Promise<Session | undefined> {
    const isInUse = this.#inUse.session?.token === refused.token;
    return isInUse && this.#refusals.isHopeless(refused) ? undefined : await this.replace(refused, asked, signal);
  }

  /** The server has refused a session that took the place of a refused one. */
  refusedAgain(): void {
    this.#refusals.begin();
  }

  /**
   * A session to take the place of `old`; all who ask meanwhile get the same one, or the same failure.
   * @throws {Failure}
   */
  async replace(old: Session | undefined, asked: number, signal: AbortSignal): Promise<Session> {
    const { session } = this.#inUse;
    if (session && session.token !== old?.token) {
      return session; // another request has replaced it already
    }
    const failure = this.#failed.shared(old?.token, asked);
    if (failure && !this.#replacing) {
      throw failure;
    }
    this.#replacing ??= this.#replace(old).finally(() => {
      this.#replacing = undefined;
    });
    return await unlessAborted(this.#replacing, signal);
  }

  async #replace(old: Session | undefined): Promise<Session> {
    try {
      const session = await this.#next.open(old, this.#closing.signal);
      this.#failed.forget();
      return session;
    } catch (error) {
      if (isFailure(error) && error.kind !== 'cancelled') {
        this.#failed.add(old?.token, error);
      }
      throw error;
    }
  }

  /**
   * Opens a session with what the user gave.
   * @param password to be kept beside the session
   * @throws {Failure}
   */
  async signIn(
    open: SignInRequest,
    password: string | undefined,
    signal: AbortSignal,
    ask: AskPerson = async () => {
      throw new Cancelled();
    },
  ): Promise<void> {
    await this.#byHand.signIn(open, password, signal, ask, () => this.#failed.forget());
  }

  /**
   * The server is about to be taken off the list: makes sure that its session can be ended, as other windows delete it
   * from the store when they see that.
   */
  async prepareRemoval(): Promise<void> {
    await this.#inUse.recall();
  }

  /** Forgets session and password in all windows, and ends the session on the server if it can be reached. */
  async signOut(signal: AbortSignal): Promise<void> {
    await this.#stop();
    // Another window may be renewing: it would store a session after this one has signed out.
    const forget = () => this.#inUse.forget();
    const session = await this.#turns.take(new AbortController().signal, forget, handTurnPatienceMs);
    if (session) {
      await this.#endings.end(session, signal);
    }
  }

  /**
   * Called when VS Code closes: ends a session that nobody will use again. That is one
   * - of a product whose sessions die of idleness soon, so that the next start would not find it alive,
   * - that no other window has taken up: windows mark in the store what they take up, and all hear of it; and
   * - whose password is remembered and opens the next one alone: without it the session is all the user has, and a window
   *   that is only reloaded, or another one that is about to take it up, would have to ask. It dies by itself a quarter of
   *   an hour later.
   *
   * All that is decided from memory, as the store may not answer any more at this point.
   */
  async exit(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#exit(signal), this.#endings.settled()]);
  }

  async #exit(signal: AbortSignal): Promise<void> {
    await this.#stop();
    const { session, isExpendable } = this.#inUse;
    if (session && isExpendable && (await this.#inUse.isEndedOnExit(signal))) {
      await Promise.all([this.#endings.end(session, signal), this.#inUse.discard(session)]);
    }
  }

  /** Gives up what is under way. The session stays good. */
  close(): void {
    this.#closing.abort();
  }

  /**
   * The secret store has changed, here or in another window.
   * @returns whether the rows of the server have to be loaded again to show it
   */
  async secretsChanged(): Promise<boolean> {
    const before = this.#inUse.session;
    const secrets = await this.#inUse.read();
    if (this.#inUse.session !== before || this.#replacing) {
      return false; // this window is changing it
    }
    await this.#inUse.follow(secrets);
    const isGone = before !== undefined && secrets.session === undefined; // signed out, or the session was ended
    return isGone || this.#failed.forgetIfOvercome(secrets);
  }

  /** Gives up an attempt under way, so that it does not store its session behind our back. */
  async #stop(): Promise<void> {
    this.#closing.abort();
    this.#closing = new AbortController();
    await this.#replacing?.catch(() => undefined);
  }
}
