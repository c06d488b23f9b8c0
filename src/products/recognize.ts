import { type Failure, isFailure } from '../base/failure';
import type { HttpResponse, Transport } from '../http/request';
import { loadProduct } from './loadProduct';
import { newestFirst, type ProductInfo } from './product';
import { failureOf, inconclusive, wantsToken } from './reading/statusFailures';
import { products } from './registry';
import { relatives } from './unsupportedProducts';

/** What answers at an address. */
export interface Recognized {
  readonly name: string;
  /** Absent for products that this extension does not read. */
  readonly supported?: {
    /** In the registry. */
    readonly id: string;
    /** Versions of the API that the server told of, newest first. */
    readonly speaks: readonly string[];
    /** Versions that this extension reads, newest first. */
    readonly reads: readonly string[];
  };
}

/** How each relative gives itself away. */
const signs = {
  about: { path: '/api/v3/about', isIt: isJson },
} as const;

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
 * time. Where several seem to be there, a supported one counts before the others, and the owner of the port before its like.
 * @throws {Failure} if the server cannot be reached or trusted, or only says that it, or what is in front of it, is in
 * trouble
 */
export async function recognize(http: Transport, signal: AbortSignal): Promise<Recognized | undefined> {
  const port = Number(new URL(http.origin).port || 443);
  const likeliestFirst = (a: { defaultPort: number }, b: { defaultPort: number }) =>
    Number(b.defaultPort === port) - Number(a.defaultPort === port);
  const questions = [
    ...[...products].sort(likeliestFirst).map(questionFor),
    ...[...relatives].sort(likeliestFirst).map(questionForRelative),
  ];
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
      return { name, supported: { id, speaks, reads: product.apiVersions } };
    });
}

function questionForRelative({ name, probe }: (typeof relatives)[number]): Question {
  return (http, signal) =>
    unlessTrouble(async () => {
      const { path, isIt } = signs[probe];
      const answer = await http.request({ method: 'GET', path, signal });
      if (wantsToken(answer) || isIt(answer)) {
        return { name };
      }
      const failure = inconclusive(http.host, answer) ?? troubleOf(http.host, answer);
      return failure && new Trouble(failure);
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

/** Some product of the family might have meant these by it, and none was recognized. */
function troubleOf(host: string, answer: HttpResponse): Failure | undefined {
  return answer.status >= 500 ? failureOf(host, answer) : undefined;
}

function isJson({ status, body }: HttpResponse): boolean {
  return status === 200 && body.subarray(0, 64).toString().trimStart().startsWith('{');
}
