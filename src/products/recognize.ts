import { type Failure, isFailure } from '../base/failure';
import type { HttpResponse, Transport } from '../http/request';
import { loadProduct } from './loadProduct';
import type { Probe, Product, SignInMethods } from './product';
import { isWebPage } from './reading/bodyParser';
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
    /** Of each version that this extension reads, the ways to be let in. */
    readonly signInMethods: SignInMethods;
  };
}

/** How each relative gives itself away. */
const signs = {
  // Without the version in a header it may say so before it asks for a token.
  serverInfo: { path: '/api/v1/serverInfo', isIt: isBadRequest },
  about: { path: '/api/v3/about', isIt: isJson },
} as const;

/**
 * The product that answers, found without credentials; undefined if it is none of the family.
 * @throws {Failure} if the server cannot be reached or trusted, or only says that it, or what is in front of it, is in
 * trouble
 */
export async function recognize(http: Transport, signal: AbortSignal): Promise<Recognized | undefined> {
  // The owner of the port is asked for first: most often that is the only question.
  const port = Number(new URL(http.origin).port || 443);
  const likeliestFirst = (a: { defaultPort: number }, b: { defaultPort: number }) =>
    Number(b.defaultPort === port) - Number(a.defaultPort === port);
  let trouble: Failure | undefined;
  for (const { id, name } of [...products].sort(likeliestFirst)) {
    const product = await loadProduct(id);
    const probe = await probeFor(product, http, signal);
    if (isFailure(probe)) {
      trouble ??= probe;
    } else if (probe) {
      const { apiVersions: reads } = product;
      const signInMethods = Object.fromEntries(reads.map(version => [version, product.signInMethods(version)]));
      return { name, supported: { id, speaks: probe.apiVersions, reads, signInMethods } };
    }
  }
  for (const relative of [...relatives].sort(likeliestFirst)) {
    const { path, isIt } = signs[relative.probe];
    const answer = await http.request({ method: 'GET', path, signal });
    if (wantsToken(answer) || isIt(answer)) {
      return { name: relative.name };
    }
    trouble ??= inconclusive(http.host, answer) ?? troubleOf(http.host, answer);
  }
  if (trouble) {
    throw trouble;
  }
  return undefined;
}

/** Some product of the family might have meant these by it, and none was recognized. */
function troubleOf(host: string, answer: HttpResponse): Failure | undefined {
  return answer.status >= 500 ? failureOf(host, answer, undefined) : undefined;
}

/** What the product's probe finds, or why it finds nothing: one product's path may well make another product stumble. */
async function probeFor(product: Product, http: Transport, signal: AbortSignal): Promise<Probe | Failure | undefined> {
  try {
    return await product.probe(http, signal);
  } catch (error) {
    if (isFailure(error) && ['serverFailed', 'throttled', 'redirected'].includes(error.kind)) {
      return error;
    }
    throw error;
  }
}

function isBadRequest({ status, body }: HttpResponse): boolean {
  return status === 400 && !isWebPage(body);
}

function isJson({ status, body }: HttpResponse): boolean {
  return status === 200 && body.subarray(0, 64).toString().trimStart().startsWith('{');
}
