import { guid } from '../random';
import { commonOptions, type Reply, type Request, type SampleServer, type ServerOptions, serve } from '../server';

export interface IdentityProviderOptions extends ServerOptions {
  /** The application that may sign users in, and the organization it belongs to. */
  clientId: string;
  tenant: string;
  intervalSeconds: number;
  codeLifetimeSeconds: number;
}

/** What the tests do in place of the user's browser. */
export class IdentityProviderData {
  readonly userCode = 'SAMPLE-42';
  /** What the token call says next, before anything else: `slow_down`. */
  readonly errors: string[] = [];
  answer: 'pending' | 'accepted' | 'declined' = 'pending';
  /** Access tokens that were handed out. */
  readonly issued: string[] = [];
}

/** Starts a server that answers the device code flow as the Microsoft identity platform does. */
export async function startIdentityProvider(
  options: Partial<IdentityProviderOptions> = {},
): Promise<SampleServer<IdentityProviderData>> {
  const common = await commonOptions(options);
  const full: IdentityProviderOptions = {
    ...common,
    clientId: options.clientId ?? guid('application', 1),
    tenant: options.tenant ?? 'contoso.onmicrosoft.com',
    intervalSeconds: options.intervalSeconds ?? 5,
    codeLifetimeSeconds: options.codeLifetimeSeconds ?? 900,
  };
  return serve(common, () => {
    const data = new IdentityProviderData();
    const codes = new Map<string, number>();
    return { data, answer: request => answer(request, full, data, codes), expireSessions: () => codes.clear() };
  });
}

function answer(
  request: Request,
  options: IdentityProviderOptions,
  data: IdentityProviderData,
  codes: Map<string, number>,
): Reply {
  const form = new URLSearchParams(request.body);
  const base = `/${options.tenant}/oauth2/v2.0`;
  if (request.method !== 'POST' || ![`${base}/devicecode`, `${base}/token`].includes(request.url.pathname)) {
    return oauthError(400, 'invalid_tenant', 'AADSTS90002: Tenant not found.');
  }
  if (form.get('client_id') !== options.clientId) {
    return oauthError(400, 'unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
  }
  if (request.url.pathname.endsWith('/devicecode')) {
    const code = `sample-device-code-${codes.size + 1}`;
    codes.set(code, options.clock() + options.codeLifetimeSeconds * 1000);
    return json(200, {
      user_code: data.userCode,
      device_code: code,
      verification_uri: 'https://microsoft.example.com/devicelogin',
      expires_in: options.codeLifetimeSeconds,
      interval: options.intervalSeconds,
      message: `To sign in, open the page and enter the code ${data.userCode}.`,
    });
  }
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:device_code') {
    return oauthError(400, 'unsupported_grant_type', 'AADSTS70003: This grant type is not supported.');
  }
  const expires = codes.get(form.get('device_code') ?? '');
  if (expires === undefined) {
    return oauthError(400, 'bad_verification_code', 'AADSTS70020: The device code is not known.');
  }
  const error = data.errors.shift();
  if (error) {
    return oauthError(400, error, 'Polling too fast.');
  }
  if (options.clock() >= expires) {
    return oauthError(400, 'expired_token', 'AADSTS70019: The code has expired.');
  }
  switch (data.answer) {
    case 'pending':
      return oauthError(400, 'authorization_pending', 'AADSTS70016: The user must input their code.');
    case 'declined':
      return oauthError(400, 'authorization_declined', 'AADSTS70018: The user declined.');
    case 'accepted': {
      const token = `sample-microsoft-token-${data.issued.length + 1}`;
      data.issued.push(token);
      return json(200, {
        token_type: 'Bearer',
        scope: 'Directory.Read.All User.Read',
        expires_in: 3600,
        access_token: token,
        refresh_token: 'sample-microsoft-refresh',
      });
    }
  }
}

function oauthError(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description });
}

function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
