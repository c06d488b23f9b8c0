import { isFailure } from '../../base/failure';
import type { Session } from '../../products/signIn';
import type { Access } from './access';

/** How long ending a replaced session may take. Nobody waits for it but the closing of VS Code. */
const endingMs = 5_000;

/** How long signing out may take before it is left to the server's own timeout. */
export function signOutLimit(): AbortSignal {
  return AbortSignal.timeout(5_000);
}

/** Ends sessions on their server. One that cannot be ended runs out by itself; the transport has logged why. */
export class SessionEndings {
  readonly #access: (signal: AbortSignal) => Promise<Access>;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(access: (signal: AbortSignal) => Promise<Access>) {
    this.#access = access;
  }

  async end(session: Session, signal: AbortSignal): Promise<void> {
    if (session.isKey) {
      return;
    }
    try {
      const { product, http, apiVersion } = await this.#access(signal);
      await product.signOut?.(http, apiVersion, session, signal);
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
    }
  }

  /** The server would keep the replaced session until it dies of idleness, and it may allow only a few of them. */
  endReplaced(replaced: Session | undefined, by: Session): void {
    if (replaced && replaced.token !== by.token) {
      const ending = this.end(replaced, AbortSignal.timeout(endingMs)).catch(() => undefined);
      this.#underWay = Promise.all([this.#underWay, ending]);
    }
  }

  /** Once those that nobody waits for are over. */
  async settled(): Promise<void> {
    await this.#underWay;
  }
}
