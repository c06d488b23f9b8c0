import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { HttpResponse, Transport } from '../../http/request';
import type { Probe } from '../product';
import { parseJson } from '../reading/bodyParser';
import { failureOf, inconclusive, wantsToken } from '../reading/statusFailures';
import { ifPossible } from '../reading/whenMissing';
import { aboutBody } from './wire';

/** One path for all releases: which one it is, a session tells. */
export const apiVersions = ['v3'] as const;

/** Every failure of the server itself arrives with it. */
const ownFailure = 520;

/** `GET /about` without a token: everything but the token call is guarded. Other products of the family have no such call. */
export async function probe(http: Transport, signal: AbortSignal): Promise<Probe | undefined> {
  const response = await http.request({ method: 'GET', path: '/api/v3/about', signal });
  const failure = inconclusive(http.host, response);
  if (failure) {
    throw failure;
  }
  if (response.status === ownFailure) {
    throw failureOf(http.host, response);
  }
  const isIt = wantsToken(response) || (await tellsItself(http.host, response));
  return isIt ? { apiVersions } : undefined;
}

/** Something in between has signed in already. */
async function tellsItself(host: string, { status, body }: HttpResponse): Promise<boolean> {
  const answer = status === 200 ? await ifPossible(parseJson(host, body)) : undefined;
  return isObject(answer) && isObject(answer.data) && v.parse(aboutBody, answer.data).serverVersion !== undefined;
}
