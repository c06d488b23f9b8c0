import { unlessAborted } from '../../base/abort';
import { Cancelled, type Failure, isFailure } from '../../base/failure';
import { CodeWanted, CredentialsRefused, KeyRefused, SignedOut, Throttled } from '../../products/failures';
import {
  accountKindIn,
  isQuestion,
  type SecondQuestion,
  type Session,
  type SignInAnswer,
  secretWayOf,
} from '../../products/signIn';
import { type Access, VersionReplaced } from './access';
import { Refusals } from './refusals';
import type { Secrets, ServerSecrets } from './serverSecrets';
import { SessionEndings } from './sessionEndings';
import type { WindowTurns } from './windowTurns';

/** Whose session it is. */
export interface Account {
  readonly userName: string;
  readonly accountKind?: string | undefined;
}

export interface KeeperServices {
  readonly secrets: ServerSecrets;
  readonly turns: WindowTurns;
  /** Names this window in the store, so that it knows its own sessions when it connects anew. */
  readonly window: string;
  /** @throws {Failure} */
  readonly access: (signal: AbortSignal) => Promise<Access>;
  /**
   * Access with a version of the API that is fit to send credentials with.
   * @param mayBeReplaced whether its requests throw {@link VersionReplaced} where the server refuses the version
   * @throws {Failure}
   */
  readonly accessForCredentials: (signal: AbortSignal, mayBeReplaced: boolean) => Promise<Access>;
  /**
   * Called right before what the user entered is sent.
   * @throws {Failure} if the server is not any more what the user saw
   */
  readonly checkShown: () => void;
}

/** One request of a sign-in: with what the person entered first, or with the answer to what the server asked then. */
export type SignInRequest = (access: Access, signal: AbortSignal) => Promise<SignInAnswer>;

/**
 * Asks the person what the server wants to know besides.
 * @throws {Failure} Cancelled if the person leaves
 */
export type AskPerson = (question: SecondQuestion, signal: AbortSignal) => Promise<string>;

/** A failed attempt, shared by all who were already waiting when it failed. */
interface Attempt {
  /** Of the session that was to be replaced. */
  readonly token: string | undefined;
  readonly failure: Failure;
}

/** Servers that say 429 and not for how long: their shortest quota is one call in a second, the next one five in a minute. */
const pauseWithoutAdviceMs = 5_000;

/** A window that keeps its turn for longer than any answer may take, or a store that forgets, must not stop this one. */
const longestWaitMs = 30_000;

/** How long signing in and out by hand wait for what another window is doing with the session. */
const handTurnPatienceMs = 3_000;

/**
 * The session of one server: opens, renews, shares and ends it. One attempt at a time, however many ask and in however many
 * windows; a refused password is never sent again, and nothing is sent while the server wants a pause.
 *
 * ```
 *                  current: the secret store has a session
 *   no session ---------------------------------------------> session <----- accepted
 *    |  ^  ^  ^                                               |  |  ^
 *    |  |  |  +-- signOut, exit, gone from the store ---------+  |  |  another window's, found in the store
 *    |  |  |                                                     |  |  renewed with the refresh token
 *    |  |  +---- nothing to sign in with, or refused --+         |  |  signed in with the stored password
 *    |  |                                              |         |  |
 *    |  +-- signOut, close ----------------------- replacing <---+--|-- replace: due soon, or refused with a 401
 *    |                                              ^  |  |         |
 *    +--- replace: a request needs one -------------+  |  +---------+
 *                                                      +--> the same session or none, with a failure that all get who
 *                                                           waited: throttled, unreachable
 *   signIn, from any state: session, which the user has given; only its own caller gets its failure
 * ```
 *
 * A pause that the server wants, whose turn it is among windows, and which session is in the store are outside of this, in
 * {@link WindowTurns} and {@link ServerSecrets}.
 */
export class SessionKeeper {
  readonly #account: Account;
  readonly #services: KeeperServices;
  /** Ends attempts under way, which no caller's signal can: the others still wait for the outcome when one gives up. */
  #closing = new AbortController();
  /** The session in use. Reading the secret store takes tens of milliseconds in a remote window: once is enough. */
  #session: Session | undefined;
  /** Other windows use it, too. */
  #shared = false;
  /** As last seen in the secret store. */
  #hasPassword = false;
  /** How the stored password was refused: the product says more of that than can be said without asking. */
  #refusal: Failure | undefined;
  readonly #refusals = new Refusals();
  readonly #endings: SessionEndings;
  #replacing: Promise<Session> | undefined;
  #failures = 0;
  #lastAttempt: Attempt | undefined;

  constructor(account: Account, services: KeeperServices) {
    this.#account = account;
    this.#services = services;
    this.#endings = new SessionEndings(services.access);
  }

  /** The number of failed attempts so far, for {@link current} and {@link replace} to tell who waited for which. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * The session to go with a request.
   * @param asked {@link failures} when the request began to be wanted
   * @throws {Failure}
   */
  async current(asked: number, signal: AbortSignal): Promise<Session> {
    if (!this.#session) {
      const secrets = await this.#services.secrets.read();
      this.#hasPassword = opensAlone(secrets);
      if (!this.#session && secrets.session && !this.#replacing) {
        await this.#takeUp(secrets.session, secrets);
      }
    }
    const session = this.#session;
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
    const isInUse = this.#session?.token === refused.token;
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
    if (this.#session && this.#session.token !== old?.token) {
      return this.#session; // somebody has been here before
    }
    const attempt = this.#lastAttempt;
    if (!this.#replacing && attempt && this.#failures > asked && attempt.token === old?.token) {
      throw attempt.failure;
    }
    this.#replacing ??= this.#attempt(old).finally(() => {
      this.#replacing = undefined;
    });
    return await unlessAborted(this.#replacing, signal);
  }

  /**
   * Opens a session with what the user gave. Other windows have their turns while the person looks for a code.
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
    let question = await this.#signIn(open, { password, wantsCode: false }, signal);
    while (question) {
      const asked = question;
      const answer = await ask(asked, signal);
      const request: SignInRequest = async ({ product, http, apiVersion }, abort) => {
        if (!product.answerQuestion) {
          throw new RangeError('a product that asks takes answers');
        }
        return await product.answerQuestion(http, apiVersion, asked, answer, abort);
      };
      question = await this.#signIn(request, { password, wantsCode: true }, signal);
    }
  }

  /** @returns what the server wants to know before it opens a session; undefined if it has opened one */
  async #signIn(
    request: SignInRequest,
    { password, wantsCode }: Pick<Secrets, 'password' | 'wantsCode'>,
    signal: AbortSignal,
  ): Promise<SecondQuestion | undefined> {
    const access = await this.#services.access(signal);
    await this.#respectPause(access);
    const work = async () => {
      const session = await this.#withCredentials(signal, access => {
        this.#services.checkShown();
        return this.#send(() => request(access, signal));
      });
      if (isQuestion(session)) {
        return session;
      }
      const before = this.#session;
      this.#use(session, false);
      let replaced = before;
      const isKept = await this.#services.secrets.change(now => {
        replaced = now.session ?? before;
        return {
          ...{ session, sessionWindow: this.#services.window },
          ...(password === undefined ? {} : { password }),
          ...(wantsCode ? { wantsCode } : {}),
          ...(now.passphrase === undefined ? {} : { passphrase: now.passphrase }),
        };
      }, 'user');
      if (!isKept) {
        this.#session = undefined;
        await this.#endings.end(session, signal);
        this.#services.checkShown();
        throw new Cancelled();
      }
      this.#refusals.opened(session);
      this.#refusals.forget();
      this.#hasPassword = opensAlone({ password, wantsCode });
      this.#lastAttempt = undefined;
      this.#endings.endReplaced(replaced, session);
      return undefined;
    };
    return await this.#services.turns.take(signal, work, handTurnPatienceMs);
  }

  /**
   * The server is about to be taken off the list: makes sure that its session can be ended, as other windows delete it
   * from the store when they see that.
   */
  async prepareRemoval(): Promise<void> {
    this.#session ??= (await this.#services.secrets.read()).session;
  }

  /** Forgets session and password in all windows, and ends the session on the server if it can be reached. */
  async signOut(signal: AbortSignal): Promise<void> {
    await this.#stop();
    const forget = async () => {
      const session = this.#session ?? (await this.#services.secrets.read()).session;
      this.#session = undefined;
      this.#hasPassword = false;
      await this.#services.secrets.change(({ passphrase }) => (passphrase === undefined ? {} : { passphrase }), 'user');
      return session;
    };
    // Another window may be renewing: it would store a session after this one has signed out.
    const session = await this.#services.turns.take(new AbortController().signal, forget, handTurnPatienceMs);
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
    const session = this.#session;
    if (!session || this.#shared || !this.#hasPassword) {
      return;
    }
    const access = await this.#ready(signal);
    if (access?.product.endsSessionOnExit) {
      this.#session = undefined;
      await Promise.all([
        this.#endings.end(session, signal),
        this.#services.secrets.change(secrets =>
          secrets.session?.token === session.token ? withoutSession(secrets) : secrets,
        ),
      ]);
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
    const before = this.#session;
    const secrets = await this.#services.secrets.read();
    if (this.#session !== before || this.#replacing) {
      return false; // this window is changing it
    }
    const { session } = secrets;
    this.#hasPassword = opensAlone(secrets);
    if (before && !session) {
      this.#session = undefined;
      return true; // signed out, or the session was ended
    }
    if (before && session && before.token !== session.token) {
      await this.#takeUp(session, secrets);
    } else if (before) {
      this.#shared ||= secrets.sessionShared === true;
    }
    const stuck = this.#lastAttempt?.failure.kind;
    if (
      (stuck === 'signedOut' || stuck === 'codeWanted' || stuck === 'credentialsRefused') &&
      (session !== undefined || (this.#hasPassword && !secrets.passwordRefused))
    ) {
      this.#lastAttempt = undefined;
      return true;
    }
    return false;
  }

  async #attempt(old: Session | undefined): Promise<Session> {
    try {
      const session = await this.#replace(old);
      this.#lastAttempt = undefined;
      return session;
    } catch (error) {
      if (isFailure(error) && error.kind !== 'cancelled') {
        this.#failures++;
        this.#lastAttempt = { token: old?.token, failure: error };
      }
      throw error;
    }
  }

  async #replace(old: Session | undefined): Promise<Session> {
    const signal = this.#closing.signal;
    const access = await this.#services.access(signal);
    // Most of what can be decided is decided without a turn, which takes a moment.
    const found = await this.#withoutSignIn(access, old, await this.#services.secrets.read());
    if (found) {
      return found;
    }
    await this.#respectPause(access);
    return await this.#services.turns.take(
      signal,
      async () => {
        const secrets = await this.#services.secrets.read();
        const done = await this.#withoutSignIn(access, old, secrets);
        if (done) {
          return done;
        }
        await this.#respectPause(access);
        return await this.#withCredentials(
          signal,
          async ready => (await this.#renew(ready, secrets, signal)) ?? (await this.#signInAgain(ready, old, signal)),
        );
      },
      longestWaitMs,
    );
  }

  /**
   * The session that another window has opened meanwhile; undefined if it is worth asking the server.
   * @throws {SignedOut | CodeWanted | CredentialsRefused} if there is nothing to ask with
   */
  async #withoutSignIn(access: Access, old: Session | undefined, secrets: Secrets): Promise<Session | undefined> {
    const { session } = secrets;
    this.#hasPassword = opensAlone(secrets);
    if (session && session.token !== old?.token && !isDue(session)) {
      await this.#takeUp(session, secrets);
      return session;
    }
    if (session?.renewal === undefined) {
      this.#passwordOf(access, secrets);
    }
    return undefined;
  }

  /** @throws {SignedOut | CodeWanted | CredentialsRefused} if there is none to be sent */
  #passwordOf({ product, http, apiVersion }: Access, { password, passwordRefused, wantsCode }: Secrets): string {
    if (password !== undefined && !passwordRefused && !wantsCode) {
      return password;
    }
    // With nothing to open another one, the dead session must not be tried by each load that follows.
    this.#session = undefined;
    if (wantsCode) {
      throw new CodeWanted(http.host);
    }
    if (password === undefined) {
      throw new SignedOut(http.host);
    }
    const way = secretWayOf(accountKindIn(product.accountKinds(apiVersion), this.#account.accountKind));
    throw this.#refusal ?? (way?.secret.isKey ? new KeyRefused(http.host) : new CredentialsRefused(http.host));
  }

  async #renew(access: Access, from: Secrets, signal: AbortSignal): Promise<Session | undefined> {
    const { product, http, apiVersion } = access;
    const { session } = from;
    if (session?.renewal === undefined) {
      return undefined;
    }
    const renewed = await this.#send(async () => product.renew?.(http, apiVersion, session, signal));
    if (renewed) {
      return await this.#keep(access, renewed, from);
    }
    // Sent again by each load, a dead refresh token would only use up the server's patience.
    await this.#services.secrets.change(now =>
      now.session?.token === session.token ? { ...now, session: withoutRenewal(session) } : now,
    );
    return undefined;
  }

  async #signInAgain(access: Access, old: Session | undefined, signal: AbortSignal): Promise<Session> {
    const { product, http, apiVersion } = access;
    // A refresh token that is refused may have been used by a window that did not wait for its turn.
    const secrets = await this.#services.secrets.read();
    const { session } = secrets;
    if (session && session.token !== old?.token && !isDue(session)) {
      await this.#takeUp(session, secrets);
      return session;
    }
    const withoutDead = (now: Secrets) => (session && now.session?.token === session.token ? withoutSession(now) : now);
    if (secrets.password === undefined) {
      await this.#services.secrets.change(withoutDead);
    }
    const password = this.#passwordOf(access, secrets);
    const credentials = { ...this.#account, password };
    let opened: SignInAnswer;
    try {
      opened = await this.#send(() => product.signIn(http, apiVersion, credentials, signal));
    } catch (error) {
      if (isFailure(error) && error.kind === 'credentialsRefused') {
        this.#session = undefined;
        this.#refusal = error;
        await this.#services.secrets.change(now =>
          now.password === password ? { ...withoutDead(now), passwordRefused: true } : now,
        );
      }
      throw error;
    }
    if (isQuestion(opened)) {
      this.#session = undefined;
      // Each load that follows would make the server wait for a code that nobody enters.
      await this.#services.secrets.change(now =>
        now.password === password ? { ...withoutDead(now), wantsCode: true } : now,
      );
      throw new CodeWanted(http.host);
    }
    const kept = await this.#keep(access, opened, secrets);
    this.#endings.endReplaced(session ?? old, kept);
    return kept;
  }

  /** Stores a session, unless the user has signed out meanwhile or the server was removed: what took its place stays. */
  async #keep(access: Access, session: Session, from: Secrets): Promise<Session> {
    const before = this.#session;
    this.#use(session, false);
    let signedOut = false;
    const isKept = await this.#services.secrets.change(now => {
      signedOut = now.session?.token !== from.session?.token || now.password !== from.password;
      return signedOut ? now : { ...withoutSession(now), session, sessionWindow: this.#services.window };
    });
    if (isKept && !signedOut) {
      this.#refusals.opened(session);
      return session;
    }
    this.#session = before;
    await this.#endings.end(session, this.#closing.signal);
    const now = await this.#services.secrets.read();
    if (now.session && !isDue(now.session)) {
      await this.#takeUp(now.session, now);
      return now.session;
    }
    this.#session = undefined;
    throw new SignedOut(access.http.host);
  }

  /** Uses a session from the store, and lets the window that opened it know. */
  async #takeUp(session: Session, { sessionWindow, sessionShared }: Secrets): Promise<void> {
    const own = sessionWindow === this.#services.window;
    this.#use(session, !own || sessionShared === true);
    if (!own && !sessionShared) {
      const access = await this.#ready(this.#closing.signal);
      if (access?.product.endsSessionOnExit) {
        await this.#services.secrets.change(now =>
          now.session?.token === session.token ? { ...now, sessionShared: true } : now,
        );
      }
    }
  }

  #use(session: Session | undefined, shared: boolean): void {
    this.#session = session;
    this.#shared = shared;
  }

  /** @throws {Throttled} at once, as long as the server wants no sign-in */
  async #respectPause({ http }: Access): Promise<void> {
    const pause = await this.#services.turns.pause();
    if (pause > 0) {
      throw new Throttled(http.host, Math.ceil(pause / 1000));
    }
  }

  /**
   * Does what sends credentials; once more if the server turns out to serve another version of the API, as it has not looked
   * at them then.
   */
  async #withCredentials<T>(signal: AbortSignal, work: (access: Access) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#services.accessForCredentials(signal, true));
    } catch (error) {
      if (!(error instanceof VersionReplaced)) {
        throw error;
      }
    }
    return await work(await this.#services.accessForCredentials(signal, false));
  }

  /** Notices when the server wants a pause, for all windows. */
  async #send<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (isFailure(error) && error.kind === 'throttled') {
        const { retryAfterSeconds } = error as Throttled;
        await this.#services.turns.pauseFor(
          retryAfterSeconds === undefined ? pauseWithoutAdviceMs : retryAfterSeconds * 1000,
        );
      }
      throw error;
    }
  }

  /** Gives up an attempt under way, so that it does not store its session behind our back. */
  async #stop(): Promise<void> {
    this.#closing.abort();
    this.#closing = new AbortController();
    await this.#replacing?.catch(() => undefined);
  }

  async #ready(signal: AbortSignal): Promise<Access | undefined> {
    try {
      return await this.#services.access(signal);
    } catch (error) {
      if (isFailure(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

function withoutSession({
  session: _session,
  sessionWindow: _window,
  sessionShared: _shared,
  ...rest
}: Secrets): Secrets {
  return rest;
}

/** Whether what is kept opens a session without the person. */
function opensAlone({ password, wantsCode }: Secrets): boolean {
  return password !== undefined && !wantsCode;
}

function withoutRenewal({ renewal: _renewal, ...rest }: Session): Session {
  return rest;
}

function isDue(session: Session): boolean {
  return session.renewAt !== undefined && Date.now() >= session.renewAt;
}
