import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse, Transport } from '../../http/request';
import type { Session } from '../signIn';
import { parseJson } from './bodyParser';
import { amount, expectShape, text, token } from './decode';
import { type Explanation, failureOf } from './statusFailures';

/** The answer of a token call, as OAuth 2.0 has it (RFC 6749, section 5.1). Dates besides have no offset in some versions. */
const tokenBody = v.object({ access_token: token, refresh_token: text, expires_in: amount });

/** Seconds below which a lifetime is not believed: renewing before each request would run into the server's limit. */
const shortestLifetime = 30;

/**
 * The session that a token call has opened or renewed.
 * @param documentedLifetime seconds that a token lives if the server does not say
 * @param explanation what an error body of the product says
 * @throws {Failure} for any status but 200
 */
export async function tokenSession(
  { host }: Transport,
  response: HttpResponse,
  documentedLifetime: number,
  explanation: (host: string, response: HttpResponse) => Promise<Explanation>,
): Promise<Session> {
  if (response.status !== 200) {
    throw failureOf(host, response, await explanation(host, response), 'session');
  }
  const body = expectShape(host, l10n.t('an access token'), tokenBody, await parseJson(host, response.body));
  const lifetime = body.expires_in ?? documentedLifetime;
  return {
    token: body.access_token,
    ...(body.refresh_token === undefined ? {} : { renewal: body.refresh_token }),
    ...(lifetime < shortestLifetime ? {} : { renewAt: Date.now() + lifetime * 1000 * 0.9 }),
  };
}
