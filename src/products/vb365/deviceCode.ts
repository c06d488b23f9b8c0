import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { delay } from '../../base/abort';
import type { HttpResponse, Transport } from '../../http/request';
import { UnexpectedShape } from '../failures';
import { parseJson } from '../reading/bodyParser';
import { amount, expectShape, text } from '../reading/decode';
import { explanationIn, failureOf } from '../reading/statusFailures';
import type { DeviceCode } from '../signIn';
import { DeviceCodeFailed } from './failures';

/** As the protocol (RFC 8628) has it where the service says nothing. */
const defaultIntervalSeconds = 5;
const slowDownSeconds = 5;
/** Nobody is waited for any longer, whatever the service says. */
const longestSeconds = 30 * 60;

/** The least that the vendor's documentation accepts: reading the directory and oneself. */
const scope = 'Directory.Read.All User.Read offline_access';

const deviceCodeBody = v.object({
  device_code: v.string(),
  user_code: v.string(),
  verification_uri: v.string(),
  expires_in: amount,
  interval: amount,
});

const errorBody = v.object({ error: text, error_description: text });

/**
 * The device code flow of the Microsoft identity platform: the user enters a short code in a browser, on whichever
 * computer has one. What is returned is the answer as it came, which VB365 calls the assertion: it wants the access token
 * together with what lies around it.
 */
export async function requestAssertion(
  authority: Transport,
  { clientId, tenant }: { readonly clientId: string; readonly tenant: string },
  show: (code: DeviceCode) => void,
  signal: AbortSignal,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void> = delay,
): Promise<string> {
  const base = `/${encodeURIComponent(tenant)}/oauth2/v2.0`;
  const post: Post = (name, form) =>
    authority.request({
      method: 'POST',
      path: `${base}/${name}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({ client_id: clientId, ...form }).toString(),
      signal,
    });
  const begun = await begin(authority.host, post);
  const lifetime = Math.min(begun.expires_in ?? longestSeconds, longestSeconds) * 1000;
  show({ userCode: begun.user_code, verificationUrl: begun.verification_uri, expires: Date.now() + lifetime });

  let interval = Math.max(1, Math.min(begun.interval ?? defaultIntervalSeconds, 60));
  for (let waited = 0; waited < lifetime; ) {
    await wait(interval * 1000, signal);
    // If the user left meanwhile, the request ends as cancelled before it is sent.
    waited += interval * 1000;
    const response = await post('token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: begun.device_code,
    });
    if (response.status === 200) {
      const token = v.object({ access_token: v.string() });
      expectShape(authority.host, l10n.t('an access token'), token, await parseJson(authority.host, response.body));
      return response.body.toString('utf8');
    }
    if ((await whyToAskAgain(authority.host, response)) === 'slow_down') {
      interval += slowDownSeconds;
    }
  }
  throw new DeviceCodeFailed('expired');
}

type Post = (name: 'devicecode' | 'token', form: Record<string, string>) => Promise<HttpResponse>;

/** Asks for a code to show. */
async function begin(host: string, post: Post) {
  const response = await post('devicecode', { scope });
  if (response.status === 400 || response.status === 401 || response.status === 404) {
    throw new DeviceCodeFailed('refused', (await errorOf(host, response)).said);
  }
  if (response.status !== 200) {
    throw failureOf(host, response, await errorOf(host, response));
  }
  const body = expectShape(host, l10n.t('a device code'), deviceCodeBody, await parseJson(host, response.body));
  if (!isHttps(body.verification_uri)) {
    throw new UnexpectedShape(host, l10n.t('an address to sign in at'), 'verification_uri');
  }
  return body;
}

/**
 * Why there is no token yet.
 * @throws {Failure} if there will be none
 */
async function whyToAskAgain(host: string, response: HttpResponse): Promise<'authorization_pending' | 'slow_down'> {
  const { error, said } = await errorOf(host, response);
  switch (error) {
    case 'authorization_pending':
    case 'slow_down':
      return error;
    case 'expired_token':
    case 'code_expired':
      throw new DeviceCodeFailed('expired', said);
    case 'authorization_declined':
    case 'access_denied':
      throw new DeviceCodeFailed('declined', said);
    default:
      throw response.status === 400 || response.status === 401
        ? new DeviceCodeFailed('refused', said)
        : failureOf(host, response, { said }, 'session');
  }
}

async function errorOf(
  host: string,
  response: HttpResponse,
): Promise<{ error: string | undefined; said: string | undefined }> {
  let error: string | undefined;
  const { said } = await explanationIn(response, async () => {
    const body = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    error = body.error;
    return { said: body.error_description ?? body.error };
  });
  return { error, said };
}

function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
