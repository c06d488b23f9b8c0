import { isObject } from '../../../../src/base/isObject';
import type { HttpRequest, HttpResponse, Transport } from '../../../../src/http/request';
import { product } from '../../../../src/products/backup-replication';
import type { Api, Page } from '../../../../src/products/product';
import { handedOver } from '../answeringApi';
import { allBelowServer } from '../below';

export const host = 'vbr01.example.com:9419';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly version: string | undefined;
  readonly body: string | undefined;
}

/** A transport whose answers are made up by a function. */
export function transport(answer: (request: HttpRequest) => readonly [status: number, body: unknown]): Transport & {
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  return {
    origin: `https://${host}`,
    host,
    certificate: undefined,
    sent,
    async request(request) {
      sent.push({
        method: request.method,
        path: request.path,
        version: request.headers?.['x-api-version'],
        body: request.body === undefined ? undefined : String(request.body),
      });
      return responseOf(...answer(request));
    },
    close: async () => undefined,
  };
}

export function responseOf(status: number, body: unknown): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: {}, body: Buffer.from(text), clean: words => words };
}

/** As every version answers where it does not serve the one asked for. */
export function refusal(...served: readonly string[]): readonly [number, unknown] {
  const message = `Unsupported RESTAPI version. The following versions are supported: ${served.map(each => `v${each}`).join(', ')}`;
  return [400, { errorCode: 'BadRequest', message }];
}

/** Rows by the path of their list, without the query. */
export type Lists = Readonly<Record<string, readonly unknown[] | ((query: URLSearchParams) => readonly unknown[])>>;

/**
 * A server that pages its lists, and answers 404 for everything else.
 * @param most rows on a page, however many were asked for
 */
export function listing(apiVersion: string, lists: Lists, most = 200): Api & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    host,
    apiVersion,
    account: {},
    asked,
    features: async () => [],
    async get(path, _accept, _signal, options) {
      const url = new URL(path, `https://${host}`);
      asked.push(path);
      const found = lists[url.pathname.replace('/api/v1/', '')];
      if (found === undefined) {
        return responseOf(404, { errorCode: 'NotFound', message: 'No such resource.' });
      }
      const all = typeof found === 'function' ? found(url.searchParams) : found;
      const skip = Number(url.searchParams.get('skip') ?? 0);
      const limit = Math.min(Number(url.searchParams.get('limit') ?? 200), most);
      const data = all.slice(skip, skip + limit);
      return await handedOver(
        responseOf(200, { data, pagination: { total: all.length, count: data.length } }),
        options,
      );
    },
  };
}

/** What is below the server and then below items of these names, one below the other. */
export function below(api: Api, ...path: readonly string[]): Promise<Page> {
  return allBelowServer(product, api, path);
}

export function queryOf(path: string): Record<string, string | string[]> {
  const query = new URL(path, `https://${host}`).searchParams;
  return Object.fromEntries(
    [...new Set(query.keys())].map(name => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

export function without(row: unknown, ...names: readonly string[]): unknown {
  return isObject(row) ? Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))) : row;
}
