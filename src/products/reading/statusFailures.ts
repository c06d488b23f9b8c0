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

/** What the body of an error says, as far as `read` finds it there, without the secrets of the request. */
export async function explanationIn(
  response: HttpResponse,
  read: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (response.body.length > longestError) {
    return undefined;
  }
  try {
    const said = await read();
    return said === undefined ? undefined : response.clean(said);
  } catch {
    return undefined; // empty, or a page from a proxy
  }
}

/**
 * Why an answer tells nothing about which product is there: what is in front of the server gave it, or the server is in
 * trouble. Undefined for every other answer.
 */
export function inconclusive(host: string, response: HttpResponse): Failure | undefined {
  const { status } = response;
  const elsewhere = status >= 300 && status <= 399 && targetOf(response) !== undefined;
  // Statuses beyond the registered ones are a product's own language.
  return elsewhere || passing.has(status) || (status >= 500 && status <= 511)
    ? failureOf(host, response, undefined)
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

/** Whether an answer to a sign-in says that these credentials are not let in: wrong, not allowed, locked. */
export function refusesCredentials({ status }: HttpResponse): boolean {
  return status === 401 || status === 403 || status === 423;
}

/**
 * What a status other than success means.
 * @param said the server's own explanation, if it gave one
 * @param asked what for
 */
export function failureOf(
  host: string,
  response: HttpResponse,
  said: string | undefined,
  asked: 'item' | 'session' = 'item',
): Failure {
  if (response.status >= 300 && response.status <= 399) {
    return new Redirected(host, targetOf(response));
  }
  switch (response.status) {
    case 401:
      return new SessionRefused(host, said);
    case 403:
      return new AccessDenied(host, said);
    case 404:
      return asked === 'session' ? new NoSignInThere(host, said) : new NotFound(host, said);
    case 429:
      return new Throttled(host, retryAfter(response), said);
    default:
      return new ServerFailed(host, response.status, said);
  }
}

/** The server that an answer points to, without the path, which may hold what is not for the log. */
function targetOf({ headers: { location }, clean }: HttpResponse): string | undefined {
  return location !== undefined && URL.canParse(location) ? clean(new URL(location).host) : undefined;
}

/** In seconds. What is in the past, or beyond an hour, is not believed: quotas are by the second, minute and hour. */
function retryAfter(response: HttpResponse): number | undefined {
  const value = response.headers['retry-after'];
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds >= 0 && seconds <= longestRetryAfter ? seconds : undefined;
}

const longestRetryAfter = 3600;
