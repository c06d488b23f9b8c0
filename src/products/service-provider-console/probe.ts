import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { HttpResponse, Transport } from '../../http/request';
import type { Probe } from '../product';
import { parseJson } from '../reading/bodyParser';
import { failureOf, inconclusive, wantsToken } from '../reading/statusFailures';
import { ifPossible } from '../reading/whenMissing';
import { explanation } from './client';
import { base, paths } from './paths';
import { aboutBody } from './wire';

/** All releases have the same path; only a session shows which release it is. */
export const apiVersions = ['v3'] as const;

/** Every failure of the server itself arrives with it. */
const ownFailure = 520;

/**
 * `GET /about` without a token: everything but the token call is guarded, and other products of the family have no such call.
 * What guards its paths in another product's way, or says nothing, is asked for a token, too: without credentials.
 */
export async function probe(http: Transport, signal: AbortSignal): Promise<Probe | undefined> {
  const response = await http.request({ method: 'GET', path: `${base}${paths.about}`, signal });
  await throwTroubleIn(http.host, response);
  const isIt = wantsToken(response)
    ? Array.isArray(await bodyOf(http.host, response, 'errors')) || (await givesTokens(http, signal))
    : response.status === 200 && tellsVersion(await bodyOf(http.host, response, 'data'));
  return isIt ? { apiVersions } : undefined;
}

async function throwTroubleIn(host: string, response: HttpResponse): Promise<void> {
  const failure = await inconclusive(host, response, explanation);
  if (failure) {
    throw failure;
  }
  if (response.status === ownFailure) {
    throw failureOf(host, response, await explanation(host, response));
  }
}

/** A member of the body; undefined if it has none. */
async function bodyOf(host: string, { body }: HttpResponse, member: 'data' | 'errors'): Promise<unknown> {
  const answer = await ifPossible(parseJson(host, body));
  return isObject(answer) ? answer[member] : undefined;
}

/** Something in between has signed in already. */
function tellsVersion(data: unknown): boolean {
  return isObject(data) && v.parse(aboutBody, data).serverVersion !== undefined;
}

/** A request for a token that says nothing is refused in words of OAuth. */
async function givesTokens(http: Transport, signal: AbortSignal): Promise<boolean> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };
  const response = await http.request({ method: 'POST', path: `${base}token`, headers, body: '', signal });
  await throwTroubleIn(http.host, response);
  const answer = response.status === 400 ? await ifPossible(parseJson(http.host, response.body)) : undefined;
  return (
    isObject(answer) && ['invalid_request', 'unsupported_grant_type', 'invalid_grant'].includes(String(answer.error))
  );
}
