import type { Session } from '../../products/signIn';

/** For so long no session is opened for one that was refused at once. Servers allow few sign-ins in a minute. */
const pauseMs = 60_000;

/**
 * Tells sessions that have ended from servers that refuse whatever session comes: those get a new one once, and not for each
 * list that is opened.
 */
export class Refusals {
  /** The session that was opened here and has not been accepted yet. */
  #untried: { readonly token: string; readonly since: number } | undefined;
  #pauseUntil = Number.NEGATIVE_INFINITY;

  opened({ token }: Session): void {
    this.#untried = { token, since: performance.now() };
  }

  accepted({ token }: Session): void {
    if (this.#untried?.token === token) {
      this.#untried = undefined;
    }
  }

  /** The user has signed in: what was before does not count. */
  forget(): void {
    this.#pauseUntil = Number.NEGATIVE_INFINITY;
  }

  /** Another session does not help: for a while none is opened for a refused one. */
  begin(): void {
    this.#pauseUntil = performance.now() + pauseMs;
  }

  /** Whether to leave it at that when the server has refused this session. */
  isHopeless({ token }: Session): boolean {
    if (this.#untried?.token === token && performance.now() - this.#untried.since < pauseMs) {
      this.begin();
    }
    return performance.now() < this.#pauseUntil;
  }
}
