import { isFailure } from '../../base/failure';
import { Throttled } from '../../products/failures';
import { type Access, VersionReplaced } from './access';
import type { KeeperServices } from './keeperServices';

/** Servers that say 429 and not for how long: their shortest quota is one call in a second, the next one five in a minute. */
const pauseWithoutAdviceMs = 5_000;

/** Requests that open or renew a session: none is sent while the server wants a pause. */
export class CredentialRequests {
  readonly #services: Pick<KeeperServices, 'turns' | 'accessForCredentials'>;

  constructor(services: Pick<KeeperServices, 'turns' | 'accessForCredentials'>) {
    this.#services = services;
  }

  /** @throws {Throttled} at once, as long as the server wants no sign-in */
  async respectPause({ http }: Access): Promise<void> {
    const pause = await this.#services.turns.pause();
    if (pause > 0) {
      throw new Throttled(http.host, Math.ceil(pause / 1000));
    }
  }

  /**
   * Does what sends credentials; once more if the server turns out to serve another version of the API, as it has not looked
   * at them then.
   */
  async withAccess<T>(signal: AbortSignal, work: (access: Access) => Promise<T>): Promise<T> {
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
  async send<T>(request: () => Promise<T>): Promise<T> {
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
}
