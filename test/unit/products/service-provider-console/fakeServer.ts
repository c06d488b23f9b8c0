import type { HttpRequest, HttpResponse, Transport } from '../../../../src/http/request';
import type { Api, Page } from '../../../../src/products/product';
import { product } from '../../../../src/products/service-provider-console';
import { handedOver } from '../answeringApi';
import { allBelowServer } from '../below';

const host = 'vspc.example.com:1280';

export type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

/** A transport whose answers are made up by a function. */
export function transport(answer: (request: HttpRequest) => Answer): Transport & { readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  return {
    origin: `https://${host}`,
    host,
    certificate: undefined,
    sent,
    async request(request) {
      sent.push(request);
      return await handedOver(responseOf(...answer(request)), request);
    },
    close: async () => undefined,
  };
}

function responseOf(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, body: Buffer.from(text), clean: words => words };
}

/** As the API wraps a single thing. */
export function single(data: unknown): unknown {
  return { meta: null, data, errors: null };
}

/** Rows or a single thing by the path below `/api/v3/`, without the query; or the whole answer. */
export type Bodies = Readonly<Record<string, readonly unknown[] | object | ((query: URLSearchParams) => Answer)>>;

/** A server that pages its lists and answers 404 for everything else. It does not filter: rows have to be told apart. */
export function answering(bodies: Bodies, features: readonly string[] = []): Api & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    host,
    apiVersion: 'v3',
    account: {},
    asked,
    features: async () => features,
    async get(path, _accept, _signal, options) {
      const url = new URL(path, `https://${host}`);
      const place = url.pathname.replace('/api/v3/', '');
      asked.push(place);
      const found = bodies[place];
      if (found === undefined) {
        return responseOf(404, { errors: [{ message: 'Not found.', type: 'logical', code: 1 }] });
      }
      const [status, body] =
        typeof found === 'function' ? found(url.searchParams) : [200, bodyOf(found, url.searchParams)];
      return await handedOver(responseOf(status, body), options);
    },
  };
}

function bodyOf(found: readonly unknown[] | object, query: URLSearchParams): unknown {
  if (!Array.isArray(found)) {
    return single(found);
  }
  const offset = Number(query.get('offset') ?? 0);
  const data = found.slice(offset, offset + Number(query.get('limit') ?? 100));
  return { meta: { pagingInfo: { total: found.length, count: data.length, offset } }, data, errors: null };
}

/** What is below the server and then below items of these names, one below the other. */
export function below(api: Api, ...path: readonly string[]): Promise<Page> {
  return allBelowServer(product, api, path);
}
