import { isFailure } from '../http/failure';
import type { HttpResponse, Transport } from '../http/transport';
import { isWebPage, wantsToken } from './decode';
import { loadProduct } from './load';
import { products } from './product';

/** Products of the family that are recognised so that they can be named; this extension does not read them. */
const relatives = [
  // Without the version in a header it may say so before it asks for a token.
  {
    name: 'Veeam Backup & Replication',
    path: '/api/v1/serverInfo',
    isIt: isBadRequest,
  },
  { name: 'Veeam Service Provider Console', path: '/api/v3/about', isIt: isJson },
] as const;

/**
 * The name of the product that answers, found without credentials; undefined if it is none of the family.
 * @throws {Failure} if the server cannot be reached or trusted
 */
export async function identify(http: Transport, signal: AbortSignal): Promise<string | undefined> {
  for (const { id, name } of products) {
    if (await answersLike(id, http, signal)) {
      return name;
    }
  }
  for (const { name, path, isIt } of relatives) {
    const answer = await http.request({ method: 'GET', path, signal });
    if (wantsToken(answer) || isIt(answer)) {
      return name;
    }
  }
  return undefined;
}

async function answersLike(id: string, http: Transport, signal: AbortSignal): Promise<boolean> {
  try {
    return (await (await loadProduct(id)).probe(http, signal)) !== undefined;
  } catch (error) {
    // One product's path may well make another product stumble.
    if (isFailure(error) && ['serverFailed', 'throttled', 'redirected'].includes(error.kind)) {
      return false;
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
