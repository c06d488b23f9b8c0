import type { Transport } from '../http/transport';
import { loadProduct } from './load';
import { products } from './product';

/** Products of the family that are recognised so that they can be named; this extension does not read them. */
const relatives = [
  { name: 'Veeam Backup & Replication', path: '/api/v1/serverInfo', statuses: [200, 400, 401] },
  { name: 'Veeam Service Provider Console', path: '/api/v3/about', statuses: [200, 401] },
] as const;

/**
 * The name of the product that answers, found without credentials; undefined if it is none of the family.
 * @throws {Failure} if the server cannot be reached or trusted
 */
export async function identify(http: Transport, signal: AbortSignal): Promise<string | undefined> {
  for (const { id, name } of products) {
    if (await (await loadProduct(id)).probe(http, signal)) {
      return name;
    }
  }
  for (const { name, path, statuses } of relatives) {
    const { status } = await http.request({ method: 'GET', path, signal });
    if (statuses.some(good => good === status)) {
      return name;
    }
  }
  return undefined;
}
