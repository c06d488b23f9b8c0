import { Cancelled } from '../../base/failure';
import { type Api, headersOf, type Product } from '../../products/product';
import type { Session } from '../../products/signIn';
import { VersionReplaced } from '../session/access';
import type { SessionKeeper } from '../session/sessionKeeper';
import { mayBeUnknownVersion } from './servedVersion';
import type { ServerAccess } from './serverAccess';

/** Requests that go with the session: each brings the session in line with what the server answers. */
export class SessionRequests {
  readonly #access: ServerAccess;
  readonly #keeper: SessionKeeper;
  /** See {@link Api.account}. */
  #account = {};

  constructor(access: ServerAccess, keeper: SessionKeeper) {
    this.#access = access;
    this.#keeper = keeper;
  }

  /** Another account may be signed in from now on. */
  forgetAccount(): void {
    this.#account = {};
  }

  /**
   * Does something with the session that is in use and no other: where that is not good enough it ends as cancelled.
   * @throws {Failure}
   */
  async quietly<T>(signal: AbortSignal, work: (api: Api, product: Product) => Promise<T>): Promise<T> {
    let isOver = false;
    const stop = (): never => {
      isOver = true;
      throw new Cancelled();
    };
    const usable = () => this.#keeper.usable ?? stop();
    usable();
    const { product, http, apiVersion } = await this.#access.access(signal);
    const api: Api = {
      host: http.host,
      apiVersion,
      account: this.#account,
      features: async () => usable().features ?? [],
      get: async (path, accept, abort, options) => {
        const headers = { Accept: accept, ...headersOf(product.tokenHeader, usable()) };
        const response = await http.request({ method: 'GET', path, headers, signal: abort, ...options });
        return response.status === 401 ? stop() : response;
      },
    };
    const result = await work(api, product);
    // A product goes on without what is only good to have: what it has then is not all.
    return isOver ? stop() : result;
  }

  /**
   * @param mayBeReplaced whether to find out, when a request fails, if the server serves another version by now
   * @throws {Failure}
   */
  async api(signal: AbortSignal, mayBeReplaced: boolean): Promise<Api> {
    // What fails from here on fails for all that were waiting for the same thing.
    const asked = this.#keeper.failures;
    const { product, http, apiVersion } = await this.#access.access(signal);
    const get: Api['get'] = async (path, accept, abort, options) => {
      const ask = (using: Session) =>
        http.request({
          method: 'GET',
          path,
          headers: { Accept: accept, ...headersOf(product.tokenHeader, using) },
          signal: abort,
          ...options,
        });
      let session = await this.#keeper.current(asked, abort);
      let response = await ask(session);
      if (response.status === 401) {
        // The session ended before its time: the server restarted, or was idle for too long. Once is silent.
        const next = await this.#keeper.afterRefusal(session, asked, abort);
        if (!next) {
          return response;
        }
        session = next;
        response = await ask(session);
      }
      if (response.status === 401) {
        this.#keeper.refusedAgain();
        return response;
      }
      this.#keeper.accepted(session);
      if (response.status === 200) {
        this.#access.noteServed(apiVersion);
      } else if (
        mayBeReplaced &&
        mayBeUnknownVersion(response, product) &&
        (await this.#access.isReplaced(apiVersion, abort))
      ) {
        throw new VersionReplaced();
      }
      return response;
    };
    return {
      host: http.host,
      apiVersion,
      account: this.#account,
      features: async abort => (await this.#keeper.current(asked, abort)).features ?? [],
      get,
    };
  }
}
