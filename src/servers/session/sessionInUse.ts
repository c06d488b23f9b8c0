import { isFailure } from '../../base/failure';
import { SignedOut } from '../../products/failures';
import type { Session } from '../../products/signIn';
import type { Access } from './access';
import type { KeeperServices } from './keeperServices';
import type { Refusals } from './refusals';
import { opensAlone, type Secrets, withoutSession } from './serverSecrets';
import type { SessionEndings } from './sessionEndings';

/**
 * The session that this window uses, and the one that is stored for all windows: takes sessions from the store and puts them
 * there. Reading the secret store takes tens of milliseconds in a remote window, so requests get the session from memory.
 */
export class SessionInUse {
  readonly #services: Pick<KeeperServices, 'secrets' | 'window' | 'access'>;
  readonly #refusals: Refusals;
  readonly #endings: SessionEndings;
  readonly #closing: () => AbortSignal;
  #session: Session | undefined;
  /** Other windows use it, too. */
  #isShared = false;
  /** Whether what was last seen in the store opens a session without the person. */
  #opensAlone = false;

  /** @param closing answers with the signal that is aborted when this window gives up what it is doing with the session */
  constructor(
    services: Pick<KeeperServices, 'secrets' | 'window' | 'access'>,
    refusals: Refusals,
    endings: SessionEndings,
    closing: () => AbortSignal,
  ) {
    this.#services = services;
    this.#refusals = refusals;
    this.#endings = endings;
    this.#closing = closing;
  }

  /** Undefined if none is in use; there may be one in the store. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether the end of the session would trouble nobody: no other window uses it, and the next one opens without the person. */
  get isExpendable(): boolean {
    return this.#session !== undefined && !this.#isShared && this.#opensAlone;
  }

  /** Whether it ends with the last window that uses it; false while the server's product cannot be loaded. */
  async isEndedOnExit(signal: AbortSignal): Promise<boolean> {
    try {
      return (await this.#services.access(signal)).product.endsSessionOnExit;
    } catch (error) {
      if (isFailure(error)) {
        return false;
      }
      throw error;
    }
  }

  /** What is stored, for all windows. */
  async read(): Promise<Secrets> {
    const secrets = await this.#services.secrets.read();
    this.#opensAlone = opensAlone(secrets);
    return secrets;
  }

  /** Uses the session from the store, if there is one, and lets the window that opened it know. */
  async takeUp({ session, sessionWindow, sessionShared }: Secrets): Promise<Session | undefined> {
    if (!session) {
      return undefined;
    }
    const isOwn = sessionWindow === this.#services.window;
    this.#use(session, !isOwn || sessionShared === true);
    if (!isOwn && !sessionShared && (await this.isEndedOnExit(this.#closing()))) {
      await this.#services.secrets.change(now =>
        now.session?.token === session.token ? { ...now, sessionShared: true } : now,
      );
    }
    return session;
  }

  /** Uses the session from the store, if that is another one than `old` and good for a while. */
  async takeUpOther(old: Session | undefined, secrets: Secrets): Promise<Session | undefined> {
    const { session } = secrets;
    return session && session.token !== old?.token && !isDue(session) ? await this.takeUp(secrets) : undefined;
  }

  /** Follows what another window has done with the session in use. */
  async follow(secrets: Secrets): Promise<void> {
    if (this.#session && this.#session.token !== secrets.session?.token) {
      this.drop();
      await this.takeUp(secrets);
    } else if (this.#session) {
      this.#isShared ||= secrets.sessionShared === true;
    }
  }

  /**
   * Stores and uses a session that was opened without the person, unless the user has signed out meanwhile or the server was
   * removed: what took its place stays.
   * @param from what was stored when the session was asked for
   * @throws {SignedOut}
   */
  async keep({ http }: Access, session: Session, from: Secrets): Promise<Session> {
    const before = this.#session;
    this.#use(session, false);
    let isSignedOut = false;
    const isKept = await this.#services.secrets.change(now => {
      isSignedOut = now.session?.token !== from.session?.token || now.password !== from.password;
      return isSignedOut ? now : { ...withoutSession(now), session, sessionWindow: this.#services.window };
    });
    if (isKept && !isSignedOut) {
      this.#refusals.opened(session);
      return session;
    }
    this.#session = before;
    await this.#endings.end(session, this.#closing());
    const other = await this.takeUpOther(undefined, await this.read());
    if (!other) {
      this.drop();
      throw new SignedOut(http.host);
    }
    return other;
  }

  /**
   * Stores and uses the session that the user has signed in to, in the place of whatever is there.
   * @returns whether it is stored: it is not if the server was removed or moved meanwhile
   */
  async enter(session: Session, { password, wantsCode }: Pick<Secrets, 'password' | 'wantsCode'>): Promise<boolean> {
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
      this.drop();
      return false;
    }
    this.#refusals.opened(session);
    this.#refusals.forget();
    this.#opensAlone = opensAlone({ password, wantsCode });
    this.#endings.endReplaced(replaced, session);
    return true;
  }

  /** Fetches the session from the store if none is in use. */
  async recall(): Promise<void> {
    this.#session ??= (await this.read()).session;
  }

  /** Stops using it; what is stored stays. */
  drop(): void {
    this.#session = undefined;
  }

  /** Stops using it, and deletes it from the store if it is still there. */
  async discard(session: Session): Promise<void> {
    this.drop();
    await this.#services.secrets.change(now => (now.session?.token === session.token ? withoutSession(now) : now));
  }

  /**
   * Deletes session and password from the store.
   * @returns the session, which the server still has
   */
  async forget(): Promise<Session | undefined> {
    const session = this.#session ?? (await this.read()).session;
    this.drop();
    this.#opensAlone = false;
    await this.#services.secrets.change(({ passphrase }) => (passphrase === undefined ? {} : { passphrase }), 'user');
    return session;
  }

  #use(session: Session, isShared: boolean): void {
    this.#session = session;
    this.#isShared = isShared;
  }
}

/** Whether it is to be replaced before the next request. */
export function isDue(session: Session): boolean {
  return session.renewAt !== undefined && Date.now() >= session.renewAt;
}
