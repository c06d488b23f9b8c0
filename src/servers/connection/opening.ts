import { type Failure, isFailure } from '../../base/failure';
import type { Server } from '../../items/item';
import type { Api, Cursor, Page, Product, ServerDescription } from '../../products/product';
import type { Arrival } from './arrival';
import type { LearnedFacts } from './connection';
import type { ServerAccess } from './serverAccess';

/** For so long what was read when the server was tried is not read again: who adds a server opens it at once. */
const freshMs = 30_000;

/** What an account may not read, or a server cannot answer, of one resource says nothing of the others. */
const sayOneCallFailed = new Set(['accessDenied', 'notFound', 'serverFailed', 'unexpectedShape', 'malformedBody']);

/** Statuses by which a proxy or the system says that the product is not there. */
const sayNobodyIsThere = new Set([502, 503, 504]);

export interface OpeningServices {
  readonly learned: (facts: LearnedFacts) => Promise<void>;
  readonly arrival?: Arrival | undefined;
}

/** Opening a server tells whether it is there and lets us in; otherwise every row below would tell by itself. */
export class Opening {
  readonly #access: ServerAccess;
  readonly #learned: OpeningServices['learned'];
  #arrival: Arrival | undefined;
  #description: ServerDescription | undefined;

  constructor(access: ServerAccess, { learned, arrival }: OpeningServices) {
    this.#access = access;
    this.#learned = learned;
    this.#arrival = arrival;
    this.#description = arrival?.opened?.description;
  }

  /** What the server has told of itself when it was opened; undefined if it was not. */
  get description(): ServerDescription | undefined {
    return this.#description;
  }

  /** Another account may be signed in from now on, which may see other rows. */
  forget(): void {
    this.#arrival = undefined;
  }

  /**
   * One page of the rows below the server.
   * @throws {Failure} if it is not there, or does not let us in
   */
  async rows(
    api: Api,
    product: Product,
    server: Server,
    cursor: Cursor | undefined,
    signal: AbortSignal,
  ): Promise<Page> {
    const { opened, at = 0 } = this.#arrival ?? {};
    if (opened && cursor === undefined && performance.now() - at < freshMs) {
      await api.features(signal); // somebody may have signed out
      this.forget();
      return opened.rows;
    }
    this.forget();
    await this.describe(api, signal);
    return await product.children(api, server, cursor, signal);
  }

  /** @throws {Failure} see {@link rows} */
  async describe(api: Api, signal: AbortSignal): Promise<void> {
    const { product, http } = await this.#access.open();
    await api.features(signal);
    let told: ServerDescription = {};
    try {
      told = await product.describeServer(api, signal);
    } catch (error) {
      if (!concernsOneCall(error)) {
        throw error;
      }
      // It may be the sign-in in place of an ended session that has failed: then this fails, too.
      await api.features(signal);
    }
    const certificateExpires = http.certificate?.validTo || undefined;
    this.#description = told;
    const { installation: _, ...facts } = told;
    await this.#learned({ apiVersion: api.apiVersion, ...facts, certificateExpires });
  }
}

function concernsOneCall(error: unknown): error is Failure {
  return (
    isFailure(error) &&
    sayOneCallFailed.has(error.kind) &&
    !('status' in error && sayNobodyIsThere.has(Number(error.status)))
  );
}
