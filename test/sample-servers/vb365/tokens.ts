import { guid } from '../random';
import type { Reply, Request } from '../server';

export interface TokenOptions {
  username: string;
  password: string;
  clock: () => number;
  tokenLifetimeSeconds: number;
  /** What the server says of the lifetime, where that is not the truth. */
  claimedLifetime?: unknown;
  /** 429 beyond one call in a second or five in a minute, as servers treat clients on other machines. */
  throttleToken: boolean;
  /** Whether a refresh token dies with its first use. */
  refreshRotation: 'singleUse' | 'reusable';
  /** Whether an access token of Microsoft's, given with the client id, is that of a known account. */
  knowsMicrosoftAccount?: ((clientId: string, accessToken: string) => boolean) | undefined;
}

interface Session {
  readonly userName: string;
  readonly expires: number;
  readonly refreshToken: string;
  /** The cookie that must come with every call, when the client did not opt out of it. */
  readonly antiforgery: string | undefined;
}

interface Refresh {
  readonly userName: string;
  readonly antiforgery: string | undefined;
}

export type Verdict = 'ok' | 'unauthorized' | 'antiforgery';

const ANTIFORGERY_COOKIE = 'X-SampleAntiforgery';

/** Signing in, renewing and signing out. */
export class Tokens {
  private readonly sessions = new Map<string, Session>();
  private readonly refreshTokens = new Map<string, Refresh>();
  private readonly calls = new Map<string, number[]>();
  private issued = 0;

  constructor(private readonly options: TokenOptions) {}

  answer(request: Request, version: number): Reply {
    const wait = this.options.throttleToken && version >= 6 ? this.throttle(request.clientAddress) : 0;
    if (wait > 0) {
      const message = 'API calls quota exceeded! maximum admitted 5 per Minute.';
      return json(429, { message }, { 'Retry-After': String(wait) });
    }
    const form = readForm(request);
    if (!form) {
      return oauthError('invalid_request', 'The body is neither a form nor JSON.');
    }
    switch (form.get('grant_type')) {
      case 'password':
        return this.password(form, version);
      case 'refresh_token':
        return this.refresh(form, request, version);
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        return version >= 5 ? this.assertion(form) : oauthError('unsupported_grant_type', 'Not supported.');
      case undefined:
        return oauthError('invalid_request', 'grant_type is missing.');
      default:
        return oauthError('unsupported_grant_type', 'This grant type is not supported.');
    }
  }

  check(request: Request): Verdict {
    const token = bearerOf(request);
    const session = token === undefined ? undefined : this.sessions.get(token);
    if (!session || session.expires <= this.options.clock()) {
      return 'unauthorized';
    }
    return antiforgeryMatches(session.antiforgery, request) ? 'ok' : 'antiforgery';
  }

  logout(request: Request): void {
    const token = bearerOf(request) ?? '';
    this.refreshTokens.delete(this.sessions.get(token)?.refreshToken ?? '');
    this.sessions.delete(token);
  }

  expire(): void {
    this.sessions.clear();
  }

  private password(form: Map<string, string>, version: number): Reply {
    const userName = form.get('username') ?? '';
    // Windows account names ignore case, passwords do not.
    const known = userName.toLowerCase() === this.options.username.toLowerCase();
    if (!known || form.get('password') !== this.options.password) {
      return oauthError('invalid_grant', 'The user name or password is incorrect.');
    }
    const wanted = version >= 7 && form.get('disable_antiforgery_token')?.toLowerCase() !== 'true';
    return this.issue(userName, wanted ? guid('antiforgery', this.issued) : undefined);
  }

  /** The assertion is the whole answer of Microsoft's, as the vendor's documentation shows it. */
  private assertion(form: Map<string, string>): Reply {
    let token: unknown;
    try {
      token = (JSON.parse(form.get('assertion') ?? '') as { access_token?: unknown }).access_token;
    } catch {
      return oauthError('invalid_request', 'The assertion is not valid JSON.');
    }
    const known = this.options.knowsMicrosoftAccount?.(form.get('client_id') ?? '', String(token)) ?? false;
    return known
      ? this.issue('admin@contoso.onmicrosoft.com', undefined)
      : oauthError('invalid_grant', 'The organization is not added with this account.');
  }

  private refresh(form: Map<string, string>, request: Request, version: number): Reply {
    const token = form.get('refresh_token') ?? '';
    const refresh = this.refreshTokens.get(token);
    if (!refresh) {
      return oauthError('invalid_grant', 'The refresh token is invalid.');
    }
    if (version >= 7 && !antiforgeryMatches(refresh.antiforgery, request)) {
      return json(403, { message: 'The antiforgery token is missing or invalid.' });
    }
    if (this.options.refreshRotation === 'singleUse') {
      this.refreshTokens.delete(token);
    }
    return this.issue(refresh.userName, refresh.antiforgery);
  }

  private issue(userName: string, antiforgery: string | undefined): Reply {
    const now = this.options.clock();
    const lifetime = this.options.tokenLifetimeSeconds;
    const number = ++this.issued;
    const accessToken = `sample-access-token-${number}.${guid('access', number)}`;
    const refreshToken = `sample-refresh-token-${number}.${guid('refresh', number)}`;
    this.sessions.set(accessToken, { userName, expires: now + lifetime * 1000, refreshToken, antiforgery });
    this.refreshTokens.set(refreshToken, { userName, antiforgery });
    const body = {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: this.options.claimedLifetime ?? lifetime,
      userName,
      '.issued': dotNetDate(now),
      '.expires': dotNetDate(now + lifetime * 1000),
    };
    const cookie = antiforgery && { 'Set-Cookie': `${ANTIFORGERY_COOKIE}=${antiforgery}; path=/; secure; httponly` };
    return json(200, body, cookie || {});
  }

  /** Seconds until the client may call again; refused calls do not count. */
  private throttle(client: string): number {
    const now = this.options.clock();
    const recent = (this.calls.get(client) ?? []).filter(call => now - call < 60_000);
    const last = recent.at(-1);
    const fifth = recent.at(-5);
    this.calls.set(client, recent);
    if (fifth !== undefined) {
      return Math.ceil((fifth + 60_000 - now) / 1000);
    }
    if (last !== undefined && now - last < 1000) {
      return 1;
    }
    recent.push(now);
    return 0;
  }
}

export function json(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

function oauthError(error: string, description: string): Reply {
  return json(400, { error, error_description: description });
}

function readForm(request: Request): Map<string, string> | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') {
    return new Map(new URLSearchParams(request.body));
  }
  if (type !== 'application/json') {
    return undefined;
  }
  try {
    return new Map(Object.entries(JSON.parse(request.body) as object).map(([name, value]) => [name, String(value)]));
  } catch {
    return undefined;
  }
}

function bearerOf(request: Request): string | undefined {
  return /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function antiforgeryMatches(expected: string | undefined, request: Request): boolean {
  const cookies = (request.headers.cookie ?? '').split(';').map(cookie => cookie.trim());
  return expected === undefined || cookies.includes(`${ANTIFORGERY_COOKIE}=${expected}`);
}

/** .NET writes seven fractional digits. */
function dotNetDate(time: number): string {
  return new Date(time).toISOString().replace('Z', '0000Z');
}
