import { NotFound } from '../../../src/products/failures';
import type { Api } from '../../../src/products/product';

/** A server that has one JSON or XML body for each path that begins with the given, and nothing else. */
export function answeringApi(
  apiVersion: string,
  bodies: Readonly<Record<string, unknown>>,
  features: readonly string[] = ['cloudConnect'],
): Api & { readonly paths: string[] } {
  const paths: string[] = [];
  const host = 'server.example.com:443';
  return {
    host,
    apiVersion,
    paths,
    features: async () => features,
    async get(path) {
      paths.push(path);
      const [, body] = Object.entries(bodies).find(([start]) => path.startsWith(start)) ?? [];
      if (body === undefined) {
        throw new NotFound(host);
      }
      return { status: 200, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
    },
  };
}
