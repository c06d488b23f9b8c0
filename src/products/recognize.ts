import { type Failure, isFailure } from '../base/failure';
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

/** Looks for one product; undefined if the server is another one. */
type Question = (http: Transport, signal: AbortSignal) => Promise<Recognized | Trouble | undefined>;

/** Why one question has no answer, which says nothing of the other products. */
class Trouble {
  readonly failure: Failure;
  constructor(failure: Failure) {
    this.failure = failure;
  }
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
  const questions = [...products].sort((a, b) => isOwner(b) - isOwner(a)).map(questionFor);
  const decided = new AbortController();
  const until = AbortSignal.any([signal, decided.signal]);
  const answers = questions.map(question => question(http, until));
  // Each is looked at in its turn below. One that fails before its turn is no unhandled rejection.
  const all = Promise.allSettled(answers);
  try {
    let trouble: Trouble | undefined;
    for (const asked of answers) {
      const answer = await asked;
      if (answer instanceof Trouble) {
        trouble ??= answer;
      } else if (answer) {
        return answer;
      }
    }
    if (trouble) {
      throw trouble.failure;
    }
    return undefined;
  } finally {
    decided.abort();
    await all;
  }
}

function questionFor(info: ProductInfo): Question {
  const { id, name } = info;
  return (http, signal) =>
    unlessTrouble(async () => {
      const product = await loadProduct(id);
      const probe = await product.probe(http, signal);
      if (!probe) {
        return undefined;
      }
      const speaks = [...probe.apiVersions].sort(newestFirst(info));
      return { id, name, speaks, reads: product.apiVersions };
    });
}

async function unlessTrouble(
  ask: () => Promise<Recognized | Trouble | undefined>,
): Promise<Recognized | Trouble | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isFailure(error) && saysNothingOfOthers.has(error.kind)) {
      return new Trouble(error);
    }
    throw error;
  }
}
