import * as l10n from '@vscode/l10n';
import { Failure, type Remedy } from '../../base/failure';
import { oneLine } from '../../base/text';
import type { HttpResponse, Transport } from '../../http/request';
import { headersOf, type TokenCall, type TokenHeader } from '../product';
import { refusesCredentials } from '../reading/statusFailures';
import { tokenSession } from '../reading/tokenSession';
import type { Credentials, Session } from '../signIn';
import { explanation } from './explanation';
import { compareVersions, refusesVersion } from './versions';

/** Seconds a token lives if the server does not say: the shorter one of the two that are documented. */
const documentedLifetime = 900;

export const tokenHeader: TokenHeader = { name: 'Authorization', prefix: 'Bearer ', variable: 'VBR_TOKEN' };

export function tokenCall(): TokenCall {
  return { by: 'form', path: '/api/oauth2/token', fields: { grant_type: 'password' } };
}

/** `POST /api/oauth2/token` with the password grant. */
export async function signIn(
  http: Transport,
  apiVersion: string,
  { userName, password }: Credentials,
  signal: AbortSignal,
): Promise<Session> {
  const response = await requestToken(http, { grant_type: 'password', username: userName, password }, signal);
  if (refuses(response)) {
    const ofRole = admitsCustomRoles(apiVersion) ? 'role' : 'customRole';
    const reason = response.status === 403 ? ofRole : 'credentials';
    throw new AccountRefused(http.host, reason, (await explanation(http.host, response)).said);
  }
  return await sessionOf(http, response);
}

/**
 * The server does not accept this account, and does not say why: it refuses accounts that the REST API does not support like
 * a wrong password.
 */
class AccountRefused extends Failure {
  readonly kind = 'credentialsRefused';
  readonly short: string;
  override readonly remedies: readonly Remedy[] = ['signIn', 'edit', 'showLog'];
  constructor(host: string, reason: 'credentials' | 'role' | 'customRole', said?: string) {
    const sentence = sentenceFor(host, reason);
    super(said ? `${sentence} (${oneLine(said)})` : sentence);
    this.short = reason === 'credentials' ? l10n.t('credentials refused') : l10n.t('sign-in refused');
  }
}

function sentenceFor(host: string, reason: 'credentials' | 'role' | 'customRole'): string {
  switch (reason) {
    case 'credentials':
      return l10n.t(
        '{0} does not accept this user name and password. Its REST API does not support multi-factor authentication and single sign-on: such accounts cannot sign in, unless they are marked as service accounts there.',
        host,
      );
    case 'role':
      return l10n.t('{0} does not let this account sign in. Does it have a role in Veeam Backup & Replication?', host);
    case 'customRole':
      return l10n.t(
        '{0} does not let this account sign in. Does it have a built-in role in Veeam Backup & Replication? Custom roles need API 1.3-rev2 or later.',
        host,
      );
  }
}

/** The refresh grant. The refresh token is good for one use, the answer holds the next. */
export async function renew(
  http: Transport,
  _apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<Session | undefined> {
  if (session.renewal === undefined) {
    return undefined;
  }
  const grant = { grant_type: 'refresh_token', refresh_token: session.renewal };
  const response = await requestToken(http, grant, signal);
  if (refuses(response)) {
    return undefined;
  }
  const renewed = await sessionOf(http, response);
  return (await isDenied(http, renewed, signal)) ? undefined : renewed;
}

/** Lists that every role may read. */
const readableForAll = ['jobs/states', 'backupInfrastructure/repositories/states'];

/** Servers were seen to give a token for a refresh token that may then read nothing at all. */
async function isDenied(http: Transport, session: Session, signal: AbortSignal): Promise<boolean> {
  for (const list of readableForAll) {
    const headers = { Accept: 'application/json', ...headersOf(tokenHeader, session) };
    const { status } = await http.request({ method: 'GET', path: `/api/v1/${list}?limit=1`, headers, signal });
    if (status !== 403) {
      return false;
    }
  }
  return true;
}

/** `POST /api/oauth2/logout`: both tokens end. */
export async function signOut(
  http: Transport,
  _apiVersion: string,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  const headers = headersOf(tokenHeader, session);
  await http.request({ method: 'POST', path: '/api/oauth2/logout', headers, signal, urgent: true });
}

function requestToken(http: Transport, grant: Record<string, string>, signal: AbortSignal): Promise<HttpResponse> {
  return http.request({
    method: 'POST',
    path: '/api/oauth2/token',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams(grant).toString(),
    signal,
  });
}

function admitsCustomRoles(apiVersion: string): boolean {
  return compareVersions(apiVersion, '1.3-rev2') >= 0;
}

/** Whether these credentials are not let in. A refused version was not looked at with credentials. */
function refuses(response: HttpResponse): boolean {
  return (response.status === 400 || refusesCredentials(response)) && !refusesVersion(response);
}

function sessionOf(http: Transport, response: HttpResponse): Promise<Session> {
  return tokenSession(http, response, documentedLifetime, explanation);
}
