import type { HttpResponse } from '../../http/request';
import type { Product } from '../../products/product';

/** For so long an answer shows that the version is served: nobody puts another one in its place faster. */
const seenMs = 5 * 60_000;

/**
 * The version of the API that is spoken with a server. Servers are upgraded while windows are open and while they are
 * closed, so what is saved may be served no more; only calls without credentials find out.
 */
export class ServedVersion {
  readonly #find: (expected: string | undefined) => Promise<string>;
  #version: string | undefined;
  #seenAt: number;
  #looking: Promise<string> | undefined;

  /**
   * @param saved the version as found earlier, or as given by the user
   * @param find asks the server, without credentials
   * @param seenAt when the server has shown to serve the saved version, by `performance.now()`
   */
  constructor(
    saved: string | undefined,
    find: (expected: string | undefined) => Promise<string>,
    seenAt = Number.NEGATIVE_INFINITY,
  ) {
    this.#version = saved;
    this.#find = find;
    this.#seenAt = seenAt;
  }

  /** The version as far as it is known; asks the server only if it is not. */
  async known(): Promise<string> {
    return this.#version ?? (await this.#look());
  }

  /** A version that the server has shown a moment ago to serve; otherwise it is asked now. */
  async served(): Promise<string> {
    const isSeen = performance.now() - this.#seenAt < seenMs;
    return this.#version !== undefined && isSeen ? this.#version : await this.#look();
  }

  /**
   * The version to send credentials with. They are not sent a second time to find out that it is another one: until the
   * server answers well, it counts as open whether it still serves this one.
   */
  async forCredentials(): Promise<string> {
    const version = await this.served();
    this.#seenAt = Number.NEGATIVE_INFINITY;
    return version;
  }

  /** Whether the server serves another version in the place of this one. */
  async isReplaced(version: string): Promise<boolean> {
    return (this.#version === version ? await this.#look() : this.#version) !== version;
  }

  /** A request with this version has been answered as it should be. */
  noteServed(version: string): void {
    if (version === this.#version) {
      this.#seenAt = performance.now();
    }
  }

  /** One question at a time, however many ask. */
  #look(): Promise<string> {
    this.#looking ??= this.#find(this.#version)
      .then(version => {
        this.#version = version;
        this.#seenAt = performance.now();
        return version;
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }
}

/** Whether an answer may come from a server that does not have the version that was asked for. */
export function mayBeUnknownVersion(response: HttpResponse, product: Product): boolean {
  const { status, headers } = response;
  return (
    [404, 405, 410, 501].includes(status) ||
    /\bhtml\b/i.test(headers['content-type'] ?? '') ||
    product.refusesVersion?.(response) === true
  );
}
