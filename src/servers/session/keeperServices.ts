import type { Access } from './access';
import type { ServerSecrets } from './serverSecrets';
import type { WindowTurns } from './windowTurns';

/** Whose session it is. */
export interface Account {
  readonly userName: string;
  readonly accountKind?: string | undefined;
}

/** What the parts of a {@link SessionKeeper} are built on. */
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
   * @throws {Failure} if the server is no longer what the user saw
   */
  readonly checkShown: () => void;
}
