import { type Failure, isFailure } from '../base/failure';
import { firstInOrder } from '../base/firstInOrder';
import type { Transport } from '../http/request';
import { loadProduct } from './loadProduct';
import { newestFirst, type Probe, type Product, type ProductInfo } from './product';
import { products } from './registry';

/** What answers at an address. */
export interface Recognized {
  /** In the registry. */
  readonly id: string;
  readonly name: string;
  /** Versions of the API that the server told of, newest first. */
  readonly speaks: readonly string[];
  /** Versions that this extension reads, newest first. */
  readonly reads: readonly string[];
}

/** Failures that one product's question may meet where another product's is answered. */
const saysNothingOfOthers: ReadonlySet<string> = new Set(['serverFailed', 'throttled', 'redirected', 'timedOut']);

/**
 * The product that answers, found without credentials; undefined if it is none of the family. All are looked for at the same
 * time. Where several seem to be there, the owner of the port counts before the others.
 * @throws {Failure} if the server cannot be reached or trusted, or only says that it, or what is in front of it, is in
 * trouble
 */
export async function recognize(http: Transport, signal: AbortSignal): Promise<Recognized | undefined> {
  const port = Number(new URL(http.origin).port || 443);
  const isOwner = ({ defaultPort }: ProductInfo) => defaultPort === port;
  const inOrder = [...products].sort((a, b) => Number(isOwner(b)) - Number(isOwner(a)));
  const troubles = new Map<ProductInfo, Failure>();
  const ask = (infos: readonly ProductInfo[], question: (info: ProductInfo) => Question) =>
    firstInOrder(
      infos.map(info => async until => {
        try {
          return await lookFor(info, question(info), http, until);
        } catch (error) {
          if (isFailure(error) && saysNothingOfOthers.has(error.kind)) {
            troubles.set(info, error);
            return undefined;
          }
          throw error;
        }
      }),
      signal,
    );
  // The owner is most likely there, and need not wait for what others say.
  const recognized =
    (await ask(inOrder, info => (isOwner(info) ? probeAll : probeFirst))) ??
    (await ask(
      inOrder.filter(info => !isOwner(info) && !troubles.has(info)),
      () => probeOn,
    ));
  const trouble = inOrder.map(info => troubles.get(info)).find(failure => failure !== undefined);
  if (!recognized && trouble) {
    throw trouble;
  }
  return recognized;
}

type Question = (product: Product, http: Transport, signal: AbortSignal) => Promise<Probe | undefined>;

const probeFirst: Question = (product, ...asked) => product.probe(...asked);

const probeOn: Question = async (product, ...asked) => await product.probeOn?.(...asked);

const probeAll: Question = async (...asked) => (await probeFirst(...asked)) ?? (await probeOn(...asked));

/** Undefined if the server is another product. */
async function lookFor(
  info: ProductInfo,
  question: Question,
  http: Transport,
  signal: AbortSignal,
): Promise<Recognized | undefined> {
  const { id, name } = info;
  const product = await loadProduct(id);
  const probe = await question(product, http, signal);
  if (!probe) {
    return undefined;
  }
  const speaks = [...probe.apiVersions].sort(newestFirst(info));
  return { id, name, speaks, reads: product.apiVersions };
}
