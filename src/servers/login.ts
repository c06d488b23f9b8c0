import type { Trial } from './connection/trial';
import type { ServerSecrets } from './session/serverSecrets';

/** What the user gave to sign in with, once it has been tried. */
export interface Login {
  readonly password: string;
  readonly remember: boolean;
  /** Absent if the server could not be tried: it is then saved signed out, unless the password is remembered. */
  readonly trial?: Trial | undefined;
}

/**
 * Stores a login in the place of what is stored for the server; a passphrase stays.
 * @param window names this window, which has opened the session
 * @returns whether it is stored now
 */
export async function storeLogin(
  secrets: ServerSecrets,
  { password, remember, trial }: Login,
  window: string,
): Promise<boolean> {
  const { session, wantsCode } = (await trial?.secrets()) ?? {};
  return await secrets.change(before => {
    const {
      session: _old,
      sessionShared: _shared,
      password: _forgotten,
      passwordRefused: _refused,
      wantsCode: _code,
      ...others
    } = before;
    return {
      ...others,
      ...(session ? { session, sessionWindow: window } : {}),
      ...(remember ? { password } : {}),
      ...(wantsCode ? { wantsCode } : {}),
    };
  }, 'user');
}
