import type { Reply } from '../server';

/** The kinds of error that the API tells apart. */
export type ErrorType = 'logical' | 'retryableLogical' | 'security' | 'transport' | 'unspecified';

/** An answer other than the data, thrown from wherever it is found out. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`An answer with the status ${reply.status}`);
  }
}

export function json(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function failure(
  status: number,
  message: string,
  type: ErrorType = 'logical',
  more: { parameterName?: string; propertyName?: string; retryAfter?: number } = {},
): Reply {
  const error = { message, type, code: CODES[type], parameterName: null, propertyName: null, retryAfter: null };
  const headers = more.retryAfter === undefined ? {} : { 'Retry-After': String(more.retryAfter) };
  return json(status, { errors: [{ ...error, ...more }] }, headers);
}

const CODES: Readonly<Record<ErrorType, number>> = {
  logical: 100,
  retryableLogical: 101,
  security: 200,
  transport: 300,
  unspecified: 1,
};

export function badParameter(parameterName: string, message: string): Refusal {
  return new Refusal(failure(400, message, 'logical', { parameterName }));
}

export function oauthError(error: string, description: string, status = 400): Reply {
  return json(status, { error, error_description: description, error_uri: null });
}

/** What the framework below the product says of a path or a version that it does not have. */
export function unsupported(url: URL): Reply {
  const message = `The HTTP resource that matches the request URI '${url.origin}${url.pathname}' is not supported.`;
  return json(400, { error: { code: 'UnsupportedApiVersion', message, innerError: null } });
}
