import * as l10n from '@vscode/l10n';
import { isFailure } from '../../http/failure';
import type { HttpRequest, Transport } from '../../http/transport';
import { isObject } from '../../http/unknown';
import { failureOf, inconclusive } from '../answers';
import { parseBody } from '../bodyParser';
import { expectShape, token } from '../decode';
import { CredentialsRefused } from '../failures';
import { type Credentials, headersOf, type Probe, type Session, type TokenHeader } from '../product';
import { explanation } from './client';
import { enterpriseManagerBody, logonSessionBody, readResource } from './wire';
import { escapeXml, xmlOrJson } from './xml';

/** Those this extension reads, newest first. */
export const apiVersions = ['v1_7', 'v1_6', 'v1_5', 'v1_4'] as const;

/** The feature of a session that offers `/cloud`. */
export const cloudConnect = 'cloudConnect';

/** The feature of a session that was opened with a tenant's own account: it sees that tenant, and nothing around it. */
export const ownTenant = 'ownTenant';

/** `GET /api/` lists the versions and needs no session. */
export async function probe(http: Transport, signal: AbortSignal): Promise<Probe | undefined> {
  const response = await http.request({ method: 'GET', path: '/api/', headers: { Accept: 'application/xml' }, signal });
  const failure = inconclusive(http.host, response);
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
    return { apiVersions: SupportedVersions.flatMap(({ Name }) => Name ?? []).sort(newestFirst) };
  } catch (error) {
    if (isFailure(error)) {
      return undefined; // something answers, and it is not this product
    }
    throw error;
  }
}

function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
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
  const said = await explanation(http.host, response);
  if (response.status === 401) {
    throw new CredentialsRefused(http.host, said);
  }
  if (response.status !== 200 && response.status !== 201) {
    throw failureOf(http.host, response, said);
  }
  const body = readResource(
    http.host,
    'LogonSession',
    logonSessionBody,
    await parseBody(http.host, response.body, xmlOrJson),
  );
  const id = expectShape(http.host, l10n.t('a session id'), token, response.headers['x-restsvcsessionid']);
  return {
    token: id,
    ...(body.SessionId === undefined ? {} : { reference: body.SessionId }),
    // The link is there only if a connected backup server has a Cloud Connect licence and the account may see it.
    features: [
      ...(body.Links.some(({ Type }) => Type === 'CloudConnectService') ? [cloudConnect] : []),
      ...(credentials.accountKind === 'tenant' ? [ownTenant] : []),
    ],
  };
}

/** An administrator's account goes into the header, a tenant's into a body. */
function logon({ userName, password, accountKind }: Credentials): Pick<HttpRequest, 'headers' | 'body'> {
  if (accountKind === 'tenant') {
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
    const path = `/api/logonSessions/${encodeURIComponent(session.reference)}`;
    // The id can be turned into the session's token.
    const loggedPath = '/api/logonSessions/[redacted]';
    await http.request({ method: 'DELETE', path, loggedPath, headers: headersOf(tokenHeader, session), signal });
  }
}

export const tokenHeader: TokenHeader = { name: 'X-RestSvcSessionId', prefix: '', variable: 'VEEAM_SESSION_ID' };
