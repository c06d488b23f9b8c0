import * as l10n from '@vscode/l10n';
import { Failure, isFailure, type Remedy } from '../../base/failure';
import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type { HttpResponse, Transport } from '../../http/request';
import { CredentialsRefused, KeyRefused, SignInForbidden } from '../failures';
import { type Api, headersOf, type TokenCall, type TokenHeader } from '../product';
import { parseJson } from '../reading/bodyParser';
import { expectShape, token as tokenText } from '../reading/decode';
import { failureOf, refusesCredentials } from '../reading/statusFailures';
import { ifPossible, ifThere } from '../reading/whenMissing';
import type { Credentials, SecondQuestion, Session, SignInAnswer } from '../signIn';
import { keyKind } from './accountKinds';
import { explanation, ServiceProviderConsoleClient } from './client';
import { featuresOf, releaseOf } from './features';
import { base, paths } from './paths';
import { apiVersions } from './probe';
import { aboutBody, tokenBody, tokenErrorBody, userBody } from './wire';

/** Seconds a token lives if the server does not say, as documented. */
const documentedLifetime = 3600;

/** Shorter lifetimes, in seconds, are taken for an error of the server. */
const shortestLifetime = 30;

// There is no sign-out: the one call that ends sessions ends all of the account's, those of others among them.
export const tokenHeader: TokenHeader = { name: 'Authorization', prefix: 'Bearer ', variable: 'VSPC_TOKEN' };

export function tokenCall(_apiVersion: string, accountKind: string | undefined): TokenCall {
  return accountKind === keyKind
    ? { by: 'key' }
    : { by: 'form', path: `${base}token`, fields: { grant_type: 'password' } };
}

/** An API key is the token of each request; a password is exchanged for one, perhaps with a one-time code in between. */
export async function signIn(
  http: Transport,
  _apiVersion: string,
  { userName, password, accountKind }: Credentials,
  signal: AbortSignal,
): Promise<SignInAnswer> {
  if (accountKind === keyKind) {
    return { token: password, isKey: true, features: await featuresOfKey(http, password, signal) };
  }
  const grant = { grant_type: 'password', username: userName, password };
  const response = await requestToken(http, grant, signal);
  if (await refuses(http.host, response)) {
    const { said } = await explanation(http.host, response);
    throw response.status === 403 ? new SignInForbidden(http.host, said) : new CredentialsRefused(http.host, said);
  }
  return await answerIn(http, response, signal);
}

/**
 * `POST /token` with the code. Whether a wrong one leaves the sign-in open, and how long it stays open, is not documented: the
 * code may be corrected once. Refused again, the right one may come too late, so the sign-in begins anew.
 */
export async function answerQuestion(
  http: Transport,
  _apiVersion: string,
  { continuation, problem }: SecondQuestion,
  answer: string,
  signal: AbortSignal,
): Promise<SignInAnswer> {
  const grant = { grant_type: 'mfa', mfa_token: continuation, mfa_code: answer.replace(/\s/g, '') };
  const response = await requestToken(http, grant, signal);
  if (await refuses(http.host, response)) {
    const { said } = await explanation(http.host, response);
    if (problem !== undefined) {
      throw new CodeRefused(http.host, said);
    }
    return question(
      continuation,
      said
        ? l10n.t('The server does not accept this code: {0}', oneLine(said))
        : l10n.t('The server does not accept this code.'),
    );
  }
  return await answerIn(http, response, signal);
}

function question(continuation: string, problem?: string): SecondQuestion {
  return {
    label: l10n.t('One-Time Code'),
    prompt: l10n.t('This account signs in with a second factor. Enter the code that your authenticator app shows now.'),
    problem,
    continuation,
  };
}

/** The refresh grant, which asks for no code. Each answer holds the next refresh token. */
export async function renew(
  http: Transport,
  _apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<Session | undefined> {
  if (session.renewal === undefined) {
    return undefined;
  }
  const response = await requestToken(http, { grant_type: 'refresh_token', refresh_token: session.renewal }, signal);
  if (await refuses(http.host, response)) {
    return undefined;
  }
  const { body, ...renewed } = await sessionIn(http.host, response);
  if (renewed.token === undefined) {
    return undefined;
  }
  const { token } = renewed;
  const features = (await ifPossible(featuresOfToken(http, token, signal))) ?? session.features;
  return { ...renewed, token, renewal: renewed.renewal ?? session.renewal, ...(features ? { features } : {}) };
}

async function answerIn(http: Transport, response: HttpResponse, signal: AbortSignal): Promise<SignInAnswer> {
  const { body, ...session } = await sessionIn(http.host, response);
  if (session.token === undefined) {
    return question(expectShape(http.host, l10n.t('an access token'), tokenText, body.mfa_token));
  }
  const { token } = session;
  return { ...session, token, features: await featuresOfSession(http, token, signal) };
}

/** @throws {Failure} also if it holds neither a token nor a question */
async function sessionIn(host: string, response: HttpResponse) {
  if (response.status !== 200) {
    throw failureOf(host, response, await explanation(host, response), 'session');
  }
  const value = await parseJson(host, response.body);
  const body = expectShape(host, l10n.t('an access token'), tokenBody, value);
  const lifetime = body.expires_in ?? documentedLifetime;
  return {
    body,
    token: body.access_token ?? undefined,
    ...(body.refresh_token === undefined ? {} : { renewal: body.refresh_token }),
    ...(lifetime < shortestLifetime ? {} : { renewAt: Date.now() + lifetime * 1000 * 0.9 }),
  };
}

/**
 * `POST /token` for a token that cannot change anything. Releases that do not know those ignore the word, or may say that they
 * do not understand the request; they have not looked at the secret then, and it is sent once more without the word.
 */
async function requestToken(
  http: Transport,
  grant: Record<string, string>,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const request = (fields: Record<string, string>) =>
    http.request({
      method: 'POST',
      path: `${base}token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      signal,
    });
  const response = await request({ ...grant, readOnly: 'true' });
  return (await errorIn(http.host, response)) === 'invalid_request' ? await request(grant) : response;
}

/** The OAuth word for what is wrong. */
async function errorIn(host: string, response: HttpResponse): Promise<string | undefined> {
  if (response.status !== 400) {
    return undefined;
  }
  const value = await ifPossible(parseJson(host, response.body));
  return isObject(value) ? expectShape(host, 'an error', tokenErrorBody, value).error : undefined;
}

/** Whether the secret is not accepted. A request that the server did not understand says nothing of it. */
async function refuses(host: string, response: HttpResponse): Promise<boolean> {
  if (response.status === 400) {
    const error = await errorIn(host, response);
    return error !== 'invalid_request' && error !== 'unsupported_grant_type';
  }
  return refusesCredentials(response);
}

/** @throws {Failure} if the key does not let in, or the server cannot say */
async function featuresOfKey(http: Transport, key: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await featuresOfToken(http, key, signal);
  } catch (error) {
    throw isFailure(error) && error.kind === 'sessionRefused' ? new KeyRefused(http.host) : error;
  }
}

/** A session that is open already is not given up because the server does not say who it is. */
async function featuresOfSession(http: Transport, token: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await featuresOfToken(http, token, signal);
  } catch (error) {
    if (isFailure(error) && error.kind !== 'unsupportedVersion' && error.kind !== 'cancelled') {
      return featuresOf(undefined, undefined);
    }
    throw error;
  }
}

async function featuresOfToken(http: Transport, token: string, signal: AbortSignal): Promise<readonly string[]> {
  const client = new ServiceProviderConsoleClient(apiWith(http, token));
  const [about, me] = await Promise.all([
    ifThere(client.one(paths.about, l10n.t('a description of the server'), aboutBody, signal)),
    // The role decides what is offered, not what is allowed: without a role, everything is offered.
    ifThere(client.one(paths.me, l10n.t('a user'), userBody, signal)),
  ]);
  const release = releaseOf(about?.serverVersion);
  if (release !== undefined && release < oldestRelease) {
    throw new TooOld(http.host, about?.serverVersion ?? '');
  }
  return featuresOf(release, me?.role);
}

/** Requests with a session that nobody keeps yet. */
function apiWith(http: Transport, token: string): Api {
  const headers = headersOf(tokenHeader, { token });
  return {
    host: http.host,
    apiVersion: apiVersions[0],
    account: {},
    features: async () => [],
    get: (path, accept, signal, options) =>
      http.request({ method: 'GET', path, headers: { Accept: accept, ...headers }, signal, ...options }),
  };
}

/** The release of the product that came with API 3.5. */
const oldestRelease = 801;

/** The code is wrong, or the sign-in that wants it is over. The password is as good as before. */
class CodeRefused extends Failure {
  readonly kind = 'codeWanted';
  readonly short = l10n.t('code refused');
  override readonly remedies: readonly Remedy[] = ['signIn'];
  constructor(host: string, said?: string) {
    super(
      l10n.t(
        '{0} refused the code again: it is wrong, or this sign-in is no longer open. Sign in again for another code.',
        host,
      ),
      said,
    );
  }
}

/** A release whose API this extension does not read. */
class TooOld extends Failure {
  readonly kind = 'unsupportedVersion';
  readonly short = l10n.t('unsupported version');
  override readonly remedies: readonly Remedy[] = ['retry', 'showLog'];
  constructor(host: string, version: string) {
    super(
      l10n.t(
        '{0} is Veeam Service Provider Console {1}, which is too old; this extension supports version 8.1 and later.',
        host,
        oneLine(version, 50),
      ),
    );
  }
}
