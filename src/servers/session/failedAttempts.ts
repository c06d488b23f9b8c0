import type { Failure } from '../../base/failure';
import { opensAlone, type Secrets } from './serverSecrets';

/** Failures that last until there is something else to sign in with. */
const lasting = new Set(['signedOut', 'codeWanted', 'credentialsRefused']);

/** A failed attempt to replace a session is shared by all who were already waiting when it failed: none of them tries again. */
export class FailedAttempts {
  #count = 0;
  /** `token` is of the session that was to be replaced. */
  #last: { readonly token: string | undefined; readonly failure: Failure } | undefined;

  /** The number of failed attempts so far: whoever notes it before waiting can tell afterwards which ones failed meanwhile. */
  get count(): number {
    return this.#count;
  }

  add(token: string | undefined, failure: Failure): void {
    this.#count++;
    this.#last = { token, failure };
  }

  forget(): void {
    this.#last = undefined;
  }

  /**
   * The failure to replace that session which whoever waits shares.
   * @param asked {@link count} when the waiting began
   */
  shared(token: string | undefined, asked: number): Failure | undefined {
    return this.#last && this.#count > asked && this.#last.token === token ? this.#last.failure : undefined;
  }

  /** Forgets a lasting failure if the store has something else to sign in with by now, and tells whether it did. */
  forgetIfOvercome(secrets: Secrets): boolean {
    const canSignIn = secrets.session !== undefined || (opensAlone(secrets) && !secrets.passwordRefused);
    const isOvercome = this.#last !== undefined && lasting.has(this.#last.failure.kind) && canSignIn;
    if (isOvercome) {
      this.forget();
    }
    return isOvercome;
  }
}
