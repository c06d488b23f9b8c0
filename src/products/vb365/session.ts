import { firstInOrder } from '../../base/firstInOrder';
import type { HttpResponse, Transport } from '../../http/request';
import { CredentialsRefused, SignInForbidden } from '../failures';
import { headersOf, type Probe, type TokenCall, type TokenHeader } from '../product';
import { inconclusive, refusesCredentials, wantsToken } from '../reading/statusFailures';
import { tokenSession } from '../reading/tokenSession';
import type { Credentials, Session } from '../signIn';
import { microsoft365 } from './accountKinds';
import { explanation, versionNumber } from './client';
import { Microsoft365AccountRefused } from './failures';

/** Those this extension reads, newest first. */
export const apiVersions = ['v8', 'v7', 'v6', 'v5', 'v4', 'v3'] as const;

/** Seconds a token lives if the server does not say, as documented for every version. */
const documentedLifetime = 3600;

/**
 * There is no negotiation. A version is served if a resource that needs a token says so under it; 404
 * means that it is not. `ServiceInstance` is there from v6 on, `BackupRepositories` always was. Asking the token call
 * instead would cost logins, which the server limits to five a minute. The version that is expected is most often the only
 * question.
 */
export async function probe(http: Transport, signal: AbortSignal, expected?: string): Promise<Probe | undefined> {
  const [first] = likeliestFirst(expected);
  return (await isThere(http, first, signal)) ? { apiVersions: [first] } : undefined;
}

/** The other versions, at once: one after another they would take a round trip each. */
export async function probeOn(http: Transport, signal: AbortSignal, expected?: string): Promise<Probe | undefined> {
  const [, ...others] = likeliestFirst(expected);
  const version = await firstInOrder(
    others.map(each => async until => ((await isThere(http, each, until)) ? each : undefined)),
    signal,
  );
  return version === undefined ? undefined : { apiVersions: [version] };
}

/** All versions; that which is expected, or else the newest one, comes first. */
function likeliestFirst(expected: string | undefined): readonly [string, ...string[]] {
  const first = apiVersions.find(version => version === expected) ?? apiVersions[0];
  return [first, ...apiVersions.filter(version => version !== first)];
}

async function isThere(http: Transport, version: string, signal: AbortSignal): Promise<boolean> {
  const resource = versionNumber(version) >= 6 ? 'ServiceInstance' : 'BackupRepositories';
  const response = await http.request({ method: 'GET', path: `/${version}/${resource}`, signal });
  const failure = await inconclusive(http.host, response, explanation);
  if (failure) {
    throw failure;
  }
  return wantsToken(response);
}

/** `POST /Token` with the password grant, or with what Microsoft has given in the place of a password. */
export async function signIn(
  http: Transport,
  apiVersion: string,
  { userName, password, way, settings }: Credentials,
  signal: AbortSignal,
): Promise<Session> {
  if (way === microsoft365.id) {
    return await signInWithAssertion(http, apiVersion, settings?.clientId ?? '', password, signal);
  }
  const response = await requestToken(
    http,
    apiVersion,
    { grant_type: 'password', username: userName, password },
    signal,
  );
  if (response.status === 400 || response.status === 401) {
    throw new CredentialsRefused(http.host, (await explanation(http.host, response)).said);
  }
  if (refusesCredentials(response)) {
    throw new SignInForbidden(http.host, (await explanation(http.host, response)).said);
  }
  return await sessionOf(http, response);
}

/** `POST /Token` with what Microsoft answered when the user had signed in there. */
async function signInWithAssertion(
  http: Transport,
  apiVersion: string,
  clientId: string,
  assertion: string,
  signal: AbortSignal,
): Promise<Session> {
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: clientId, assertion };
  const response = await requestToken(http, apiVersion, grant, signal);
  if (response.status === 400 || refusesCredentials(response)) {
    throw new Microsoft365AccountRefused(http.host, (await explanation(http.host, response)).said);
  }
  return await sessionOf(http, response);
}

/** `POST /Token` with the refresh grant. The refresh token is good for one use, the answer holds the next. */
export async function renew(
  http: Transport,
  apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<Session | undefined> {
  if (session.renewal === undefined) {
    return undefined;
  }
  const grant = { grant_type: 'refresh_token', refresh_token: session.renewal };
  const response = await requestToken(http, apiVersion, grant, signal);
  if (response.status === 400 || refusesCredentials(response)) {
    return undefined;
  }
  const renewed = await sessionOf(http, response);
  return renewed.renewal === undefined ? { ...renewed, renewal: session.renewal } : renewed;
}

/** `POST /Token/Logout`, v7 and later; older versions have no such call, their tokens just run out. */
export async function signOut(
  http: Transport,
  apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  if (versionNumber(apiVersion) >= 7) {
    await http.request({
      method: 'POST',
      path: `/${apiVersion}/Token/Logout`,
      headers: headersOf(tokenHeader, session),
      signal,
      urgent: true,
    });
  }
}

export const tokenHeader: TokenHeader = { name: 'Authorization', prefix: 'Bearer ', variable: 'VB365_TOKEN' };

export function tokenCall(apiVersion: string): TokenCall {
  const fields = { grant_type: 'password', ...withoutAntiforgery(apiVersion) };
  return { by: 'form', path: `/${apiVersion}/Token`, fields };
}

function requestToken(
  http: Transport,
  apiVersion: string,
  grant: Record<string, string>,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return http.request({
    method: 'POST',
    path: `/${apiVersion}/Token`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({ ...grant, ...withoutAntiforgery(apiVersion) }).toString(),
    signal,
  });
}

/** Without the flag, v7 and later want a cookie back that guards browsers against forged requests. */
function withoutAntiforgery(apiVersion: string): Record<string, string> {
  return versionNumber(apiVersion) >= 7 ? { disable_antiforgery_token: 'true' } : {};
}

function sessionOf(http: Transport, response: HttpResponse): Promise<Session> {
  return tokenSession(http, response, documentedLifetime, explanation);
}
