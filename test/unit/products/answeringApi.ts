import type { HttpResponse } from '../../../src/http/request';
import { NotFound } from '../../../src/products/failures';
import type { Api, GetOptions } from '../../../src/products/product';

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
    account: {},
    paths,
    features: async () => features,
    async get(path, _accept, _signal, options) {
      paths.push(path);
      const [, body] = Object.entries(bodies).find(([start]) => path.startsWith(start)) ?? [];
      if (body === undefined) {
        throw new NotFound(host);
      }
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      return await handedOver(answer(bytes), options);
    },
  };
}

/** A good answer to a request without secrets. */
export function answer(body: Buffer): HttpResponse {
  return { status: 200, headers: {}, body, clean: words => words };
}

/** As the transport does it: a reader takes the body of a 200. */
export async function handedOver(response: HttpResponse, options: GetOptions = {}): Promise<HttpResponse> {
  const reader = response.status === 200 ? options.reader?.() : undefined;
  await reader?.write(response.body);
  return reader ? { ...response, body: Buffer.alloc(0) } : response;
}
