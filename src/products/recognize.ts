import { type Failure, isFailure } from '../base/failure';
import { firstInOrder } from '../base/firstInOrder';
import type { Transport } from '../http/request';
import { loadProduct } from './loadProduct';
import { newestFirst, type ProductInfo } from './product';
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
  const isOwner = ({ defaultPort }: ProductInfo) => Number(defaultPort === port);
  const inOrder = [...products].sort((a, b) => isOwner(b) - isOwner(a));
  const troubles = new Map<ProductInfo, Failure>();
  const questions = inOrder.map(info => async (until: AbortSignal) => {
    try {
      return await lookFor(info, http, until);
    } catch (error) {
      if (isFailure(error) && saysNothingOfOthers.has(error.kind)) {
        troubles.set(info, error);
        return undefined;
      }
      throw error;
    }
  });
  const recognized = await firstInOrder(questions, signal);
  const trouble = inOrder.map(info => troubles.get(info)).find(failure => failure !== undefined);
  if (!recognized && trouble) {
    throw trouble;
  }
  return recognized;
}

/** Undefined if the server is another product. */
async function lookFor(info: ProductInfo, http: Transport, signal: AbortSignal): Promise<Recognized | undefined> {
  const { id, name } = info;
  const product = await loadProduct(id);
  const probe = await product.probe(http, signal);
  if (!probe) {
    return undefined;
  }
  const speaks = [...probe.apiVersions].sort(newestFirst(info));
  return { id, name, speaks, reads: product.apiVersions };
}
