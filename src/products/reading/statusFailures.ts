// What answers mean by their status, whatever is asked for.

import type { Failure } from '../../base/failure';
import { longestError } from '../../http/echoedSecrets';
import type { HttpResponse } from '../../http/request';
import {
  AccessDenied,
  NoSignInThere,
  NotFound,
  Redirected,
  ServerFailed,
  SessionRefused,
  Throttled,
} from '../failures';
import { isWebPage } from './bodyParser';

/** What a server explains in the body of an error. */
export interface Explanation {
  readonly said?: string | undefined;
  /** How long to wait before asking again, for products that tell it in the body instead of a header. */
  readonly retryAfterSeconds?: number | undefined;
}

/** What the body of an error says, as far as `read` finds it there, without the secrets of the request. */
export async function explanationIn(response: HttpResponse, read: () => Promise<Explanation>): Promise<Explanation> {
  if (response.body.length > longestError) {
    return {};
  }
  try {
    const { said, ...rest } = await read();
    return said === undefined ? rest : { said: response.clean(said), ...rest };
  } catch {
    return {}; // empty, or a page from a proxy
  }
}

/**
 * Why an answer tells nothing about which product is there: what is in front of the server gave it, or the server is in
 * trouble. Undefined for every other answer.
 * @param explanation what an error body of the product says
 */
export async function inconclusive(
  host: string,
  response: HttpResponse,
  explanation: (host: string, response: HttpResponse) => Promise<Explanation>,
): Promise<Failure | undefined> {
  const { status, headers } = response;
  const elsewhere = status >= 300 && status <= 399 && URL.canParse(headers.location ?? '');
  // Statuses beyond the registered ones are a product's own language.
  return elsewhere || passing.has(status) || (status >= 500 && status <= 511)
    ? failureOf(host, response, await explanation(host, response))
    : undefined;
}

/** Statuses below 500 that say nothing of what was asked for: later, or by another way, the answer is another one. */
const passing: ReadonlySet<number> = new Set([407, 408, 409, 421, 423, 425, 429]);

/**
 * Whether an answer without credentials says that a token is needed. Web servers that guard everything they have answer
 * 401, too, with a page for people or by asking for a Windows account.
 */
export function wantsToken({ status, headers, body }: HttpResponse): boolean {
  return (
    (status === 401 || status === 403) &&
    !isWebPage(body) &&
    !/\b(?:basic|negotiate|ntlm)\b/i.test(headers['www-authenticate'] ?? '')
  );
}

/**
 * Whether an answer to a sign-in says that these credentials are not let in: wrong, not licensed, not allowed, not fit, locked.
 * To send them again would end in the same way, and may lock the account.
 */
export function refusesCredentials({ status }: HttpResponse): boolean {
  return refusing.has(status);
}

const refusing: ReadonlySet<number> = new Set([401, 402, 403, 422, 423]);

/**
 * What a status other than success means.
 * @param explanation the server's own, if it gave one
 * @param asked what for
 */
export function failureOf(
  host: string,
  response: HttpResponse,
  { said, retryAfterSeconds: advised }: Explanation = {},
  asked: 'item' | 'session' = 'item',
): Failure {
  if (response.status >= 300 && response.status <= 399) {
    return new Redirected(host, targetOf(host, response));
  }
  const retryAfterSeconds = retryAfter(response) ?? believable(advised);
  switch (response.status) {
    case 401:
      return new SessionRefused(host, said);
    case 403:
      return new AccessDenied(host, said);
    case 404:
      return asked === 'session' ? new NoSignInThere(host, said) : new NotFound(host, said);
    case 429:
      return new Throttled(host, retryAfterSeconds, said);
    case 503:
      return new ServerFailed(host, response.status, said, retryAfterSeconds);
    default:
      return new ServerFailed(host, response.status, said);
  }
}

/** The server that an answer points to, `host` for itself. Without the path, which may hold what is not for the log. */
function targetOf(host: string, { headers: { location = '' }, clean }: HttpResponse): string | undefined {
  const here = `https://${host}`;
  if (location === '' || !URL.canParse(location, here)) {
    return undefined;
  }
  const { protocol, origin, host: target } = new URL(location, here);
  if (origin === new URL(here).origin) {
    return host;
  }
  return protocol === 'https:' ? clean(target) : protocol === 'http:' ? clean(origin) : undefined;
}

/** In seconds. */
function retryAfter(response: HttpResponse): number | undefined {
  const value = response.headers['retry-after'];
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return believable(seconds);
}

/** What is in the past, or beyond an hour, is not believed: quotas are by the second, minute and hour. */
function believable(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds >= 0 && seconds <= longestRetryAfter ? Math.ceil(seconds) : undefined;
}

const longestRetryAfter = 3600;
