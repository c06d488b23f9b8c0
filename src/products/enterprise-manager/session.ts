import * as l10n from '@vscode/l10n';
import { isFailure } from '../../base/failure';
import { isObject } from '../../base/isObject';
import { isUuid } from '../../base/uuid';
import type { HttpRequest, HttpResponse, Transport } from '../../http/request';
import { CredentialsRefused, SignInForbidden } from '../failures';
import { headersOf, type Probe, type TokenCall, type TokenHeader } from '../product';
import { parseBody } from '../reading/bodyParser';
import { expectShape, token } from '../reading/decode';
import { failureOf, inconclusive, refusesCredentials } from '../reading/statusFailures';
import { ifPossible } from '../reading/whenMissing';
import type { Credentials, Session } from '../signIn';
import { tenantKind } from './accountKinds';
import { explanation } from './client';
import { enterpriseManagerBody, type LogonSessionBody, logonSessionBody, readResource } from './wire';
import { escapeXml, xmlOrJson } from './xml';

/** Those this extension reads, newest first. */
export const apiVersions = ['v1_7', 'v1_6', 'v1_5', 'v1_4'] as const;

/** The feature of a session that offers `/cloud`. */
export const cloudConnect = 'cloudConnect';

/** The feature of a session that was opened with a tenant's own account: it sees that tenant, and nothing around it. */
export const ownTenant = 'ownTenant';

/** How long ending a session may take that turned out to be of no use. */
const endingMs = 5_000;

/** `GET /api/` lists the versions and needs no session. */
export async function probe(http: Transport, signal: AbortSignal): Promise<Probe | undefined> {
  const response = await http.request({ method: 'GET', path: '/api/', headers: { Accept: 'application/xml' }, signal });
  const failure = await inconclusive(http.host, response, explanation);
  if (failure) {
    throw failure;
  }
  if (response.status !== 200) {
    return undefined;
  }
  try {
    const body = await parseBody(http.host, response.body, xmlOrJson);
    if (!isObject(body) || !('EnterpriseManager' in body || 'SupportedVersions' in body)) {
      return undefined;
    }
    const { SupportedVersions } = readResource(http.host, 'EnterpriseManager', enterpriseManagerBody, body);
    return { apiVersions: SupportedVersions.flatMap(({ Name }) => Name ?? []) };
  } catch (error) {
    if (isFailure(error)) {
      return undefined; // something answers, and it is not this product
    }
    throw error;
  }
}

/** `POST /api/sessionMngr/`. The session ends after 15 minutes without a request; it cannot be renewed. */
export async function signIn(
  http: Transport,
  apiVersion: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Session> {
  const response = await http.request({
    method: 'POST',
    path: `/api/sessionMngr/?v=${encodeURIComponent(apiVersion)}`,
    ...logon(credentials),
    signal,
  });
  const explained = await explanation(http.host, response);
  if (response.status === 401) {
    throw new CredentialsRefused(http.host, explained.said);
  }
  if (refusesCredentials(response)) {
    throw new SignInForbidden(http.host, explained.said);
  }
  if (response.status !== 200 && response.status !== 201) {
    throw failureOf(http.host, response, explained, 'session');
  }
  const header = response.headers['x-restsvcsessionid'];
  const { SessionId, Links } = await described(http, apiVersion, header, response, signal);
  const reference = SessionId ?? referenceIn(header);
  return {
    token: expectShape(http.host, l10n.t('a session id'), token, header),
    ...(reference === undefined ? {} : { reference }),
    // The link is there only if a connected backup server has a Cloud Connect licence and the account may see it.
    features: [
      ...(Links.some(({ Type }) => Type === 'CloudConnectService') ? [cloudConnect] : []),
      ...(credentials.accountKind === tenantKind ? [ownTenant] : []),
    ],
  };
}

/**
 * What the server says of a session it has just opened. If that cannot be read, the session is asked for once more, as XML;
 * the password is not sent again for that. A session that nobody can use is not left open.
 */
async function described(
  http: Transport,
  apiVersion: string,
  header: string | undefined,
  { body }: HttpResponse,
  signal: AbortSignal,
): Promise<LogonSessionBody> {
  try {
    return await readSession(http.host, body);
  } catch (error) {
    const reference = referenceIn(header);
    if (!isFailure(error) || header === undefined || reference === undefined) {
      throw error;
    }
    const session: Session = { token: header, reference };
    const again = await ifPossible(askAgain(http, session, reference, signal));
    if (!again) {
      // Whoever waits for the session may be gone by now.
      await ifPossible(signOut(http, apiVersion, session, AbortSignal.timeout(endingMs)));
      throw error;
    }
    return again;
  }
}

async function askAgain(
  http: Transport,
  session: Session,
  reference: string,
  signal: AbortSignal,
): Promise<LogonSessionBody> {
  const headers = { Accept: 'application/xml', ...headersOf(tokenHeader, session) };
  const response = await http.request({ method: 'GET', ...placeOf(reference), headers, signal });
  return await readSession(http.host, response.body);
}

async function readSession(host: string, body: Buffer): Promise<LogonSessionBody> {
  return readResource(host, 'LogonSession', logonSessionBody, await parseBody(host, body, xmlOrJson));
}

/** The session's id, which servers are seen to put into the token. */
function referenceIn(header: string | undefined): string | undefined {
  const text = Buffer.from(header ?? '', 'base64').toString();
  return isUuid(text) ? text : undefined;
}

/** An administrator's account goes into the header, a tenant's into a body. */
function logon({ userName, password, accountKind }: Credentials): Pick<HttpRequest, 'headers' | 'body'> {
  if (accountKind === tenantKind) {
    return {
      headers: { 'Content-Type': 'application/xml; charset=utf-8', Accept: 'application/json' },
      body: tenantLoginSpec(userName, password),
    };
  }
  return {
    headers: {
      Authorization: `Basic ${Buffer.from(`${userName}:${password}`, 'utf8').toString('base64')}`,
      Accept: 'application/json',
      // The server wants the header on the empty body, too.
      'Content-Length': '0',
    },
  };
}

function tenantLoginSpec(userName: string, password: string): string {
  const credentials = `<Username>${escapeXml(userName)}</Username><Password>${escapeXml(password)}</Password>`;
  return `<LoginSpec xmlns="http://www.veeam.com/ent/v1.0"><TenantCredentials>${credentials}</TenantCredentials></LoginSpec>`;
}

/** `DELETE /api/logonSessions/{ID}`. */
export async function signOut(
  http: Transport,
  _apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  if (session.reference !== undefined) {
    const headers = headersOf(tokenHeader, session);
    await http.request({ method: 'DELETE', ...placeOf(session.reference), headers, urgent: true, signal });
  }
}

/** Where the API has a session. Its id can be turned into the token, so it is not for the log. */
function placeOf(reference: string): Pick<HttpRequest, 'path' | 'loggedPath'> {
  return {
    path: `/api/logonSessions/${encodeURIComponent(reference)}`,
    loggedPath: '/api/logonSessions/[redacted]',
  };
}

export const tokenHeader: TokenHeader = { name: 'X-RestSvcSessionId', prefix: '', variable: 'VEEAM_SESSION_ID' };

/** A tenant's account goes into XML, which no short command can write for any password. */
export function tokenCall(apiVersion: string, accountKind: string | undefined): TokenCall | undefined {
  const path = `/api/sessionMngr/?v=${encodeURIComponent(apiVersion)}`;
  return accountKind === tenantKind ? undefined : { by: 'basic', path };
}
