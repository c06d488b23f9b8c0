import { isFailure } from '../../base/failure';
import { CodeWanted, CredentialsRefused, KeyRefused, SignedOut } from '../../products/failures';
import { accountKindIn, isQuestion, type Session, type SignInAnswer, secretWayOf } from '../../products/signIn';
import type { Access } from './access';
import type { CredentialRequests } from './credentialRequests';
import type { Account, KeeperServices } from './keeperServices';
import { type Secrets, withoutSession } from './serverSecrets';
import type { SessionEndings } from './sessionEndings';
import type { SessionInUse } from './sessionInUse';

/** A window that keeps its turn for longer than any answer may take, or a store that forgets, must not stop this one. */
const longestWaitMs = 30_000;

/**
 * The next session, without the person: one that another window has opened, else one that the refresh token renews, else
 * one that the remembered password opens. What the server refuses is never sent again.
 */
export class NextSession {
  readonly #account: Account;
  readonly #services: Pick<KeeperServices, 'secrets' | 'turns' | 'access'>;
  readonly #inUse: SessionInUse;
  readonly #requests: CredentialRequests;
  readonly #endings: SessionEndings;

  constructor(
    account: Account,
    services: Pick<KeeperServices, 'secrets' | 'turns' | 'access'>,
    inUse: SessionInUse,
    requests: CredentialRequests,
    endings: SessionEndings,
  ) {
    this.#account = account;
    this.#services = services;
    this.#inUse = inUse;
    this.#requests = requests;
    this.#endings = endings;
  }

  /**
   * Takes a session into use in the place of `old`.
   * @throws {Failure}
   */
  async open(old: Session | undefined, signal: AbortSignal): Promise<Session> {
    const access = await this.#services.access(signal);
    // Most of what can be decided is decided without a turn, which takes a moment.
    const found = await this.#withoutSignIn(access, old, await this.#inUse.read());
    if (found) {
      return found;
    }
    await this.#requests.respectPause(access);
    return await this.#services.turns.take(
      signal,
      async () => {
        const secrets = await this.#inUse.read();
        const done = await this.#withoutSignIn(access, old, secrets);
        if (done) {
          return done;
        }
        await this.#requests.respectPause(access);
        return await this.#requests.withAccess(
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
    const other = await this.#inUse.takeUpOther(old, secrets);
    if (!other && secrets.session?.renewal === undefined) {
      await this.#passwordOf(access, secrets);
    }
    return other;
  }

  /** @throws {SignedOut | CodeWanted | CredentialsRefused} if there is none to be sent */
  async #passwordOf({ product, http, apiVersion }: Access, secrets: Secrets): Promise<string> {
    const { session, password, passwordRefused, wantsCode } = secrets;
    if (password !== undefined && !passwordRefused && !wantsCode) {
      return password;
    }
    // With nothing to open another one, no load that follows may find the dead session and send it, in whichever window.
    this.#inUse.drop();
    if (session) {
      await this.#inUse.discard(session);
    }
    if (wantsCode) {
      throw new CodeWanted(http.host);
    }
    if (password === undefined) {
      throw new SignedOut(http.host);
    }
    const way = secretWayOf(accountKindIn(product.accountKinds(apiVersion), this.#account.accountKind));
    throw way?.secret.isKey ? new KeyRefused(http.host) : new CredentialsRefused(http.host);
  }

  /** Undefined if there is no refresh token, or the server refuses it. */
  async #renew(access: Access, from: Secrets, signal: AbortSignal): Promise<Session | undefined> {
    const { product, http, apiVersion } = access;
    const { session } = from;
    if (session?.renewal === undefined) {
      return undefined;
    }
    const renewed = await this.#requests.send(async () => product.renew?.(http, apiVersion, session, signal));
    if (renewed) {
      return await this.#inUse.keep(access, renewed, from);
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
    const secrets = await this.#inUse.read();
    const other = await this.#inUse.takeUpOther(old, secrets);
    if (other) {
      return other;
    }
    const { session } = secrets;
    const password = await this.#passwordOf(access, secrets);
    const withoutDead = (now: Secrets) => (session && now.session?.token === session.token ? withoutSession(now) : now);
    /** What the server has not let in alone is not tried by each load that follows. */
    const noteFutile = async (why: Pick<Secrets, 'passwordRefused' | 'wantsCode'>) => {
      this.#inUse.drop();
      await this.#services.secrets.change(now => (now.password === password ? { ...withoutDead(now), ...why } : now));
    };
    const credentials = { ...this.#account, password };
    let opened: SignInAnswer;
    try {
      opened = await this.#requests.send(() => product.signIn(http, apiVersion, credentials, signal));
    } catch (error) {
      if (isFailure(error) && error.kind === 'credentialsRefused') {
        await noteFutile({ passwordRefused: true });
      }
      throw error;
    }
    if (isQuestion(opened)) {
      await noteFutile({ wantsCode: true });
      throw new CodeWanted(http.host);
    }
    const kept = await this.#inUse.keep(access, opened, secrets);
    this.#endings.endReplaced(session ?? old, kept);
    return kept;
  }
}

function withoutRenewal({ renewal: _renewal, ...rest }: Session): Session {
  return rest;
}
