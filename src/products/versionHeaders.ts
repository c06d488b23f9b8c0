import type { Transport } from '../http/request';
import type { Product } from './product';

/** Requests that carry what the product wants in each request of this version; its own headers of a request win. */
export function withVersionHeaders(http: Transport, product: Product, apiVersion: string): Transport {
  const headers = product.versionHeaders?.(apiVersion);
  if (!headers) {
    return http;
  }
  return {
    origin: http.origin,
    host: http.host,
    get certificate() {
      return http.certificate;
    },
    request: request => http.request({ ...request, headers: { ...headers, ...request.headers } }),
    close: () => http.close(),
  };
}
