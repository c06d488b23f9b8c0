import { guid } from '../random';
import type { Request } from '../server';

export interface TokenOptions {
  username: string;
  password: string;
  clock: () => number;
  tokenLifetimeSeconds: number;
  /** What the server says of the lifetime, where that is not the truth. */
  claimedLifetime?: unknown;
  /** The account has multi-factor authentication, for which REST has no second step. */
  mfaEnabled: boolean;
  /** Whether a refresh token dies with its first use. */
  refreshRotation: 'singleUse' | 'reusable';
  /** Everything that an access token from a refresh asks for is forbidden, as was seen on a live server. */
  forbidsAfterRefresh: boolean;
}

interface Session {
  readonly userName: string;
  readonly expires: number;
  readonly refreshToken: string;
  readonly isRefreshed: boolean;
}

interface Refresh {
  readonly userName: string;
  readonly expires: number;
}

export type TokenAnswer =
  | { readonly status: 200; readonly body: object }
  | { readonly status: 400 | 401; readonly errorCode: string; readonly message: string };

export type Verdict = 'ok' | 'missing' | 'unknown' | 'expired' | 'forbidden';

const REFRESH_LIFETIME_MS = 14 * 24 * 3600 * 1000;
/** With use_short_term_refresh, the refresh token outlives the access token by so much. */
const SHORT_REFRESH_MS = 15 * 60 * 1000;

/** Signing in, renewing and signing out. */
export class Tokens {
  private readonly sessions = new Map<string, Session>();
  private readonly refreshTokens = new Map<string, Refresh>();
  private issued = 0;

  constructor(private readonly options: TokenOptions) {}

  answer(request: Request): TokenAnswer {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded') {
      return unexpected('The body must be a form.');
    }
    const form = new URLSearchParams(request.body);
    switch (form.get('grant_type')) {
      case 'password':
        return this.password(form);
      case 'refresh_token':
        return this.refresh(form);
      default:
        return unexpected('The grant_type is missing or not supported.');
    }
  }

  check(request: Request): Verdict {
    const token = bearerOf(request);
    const session = token === undefined ? undefined : this.sessions.get(token);
    if (!session) {
      return token === undefined ? 'missing' : 'unknown';
    }
    if (session.expires <= this.options.clock()) {
      return 'expired';
    }
    return session.isRefreshed && this.options.forbidsAfterRefresh ? 'forbidden' : 'ok';
  }

  logout(request: Request): void {
    const token = bearerOf(request) ?? '';
    this.refreshTokens.delete(this.sessions.get(token)?.refreshToken ?? '');
    this.sessions.delete(token);
  }

  expire(): void {
    this.sessions.clear();
  }

  private password(form: URLSearchParams): TokenAnswer {
    const userName = form.get('username');
    const password = form.get('password');
    if (userName === null || password === null) {
      return unexpected('The username and password are required.');
    }
    // Windows account names ignore case, passwords do not.
    const isKnown = userName.toLowerCase() === this.options.username.toLowerCase();
    if (!isKnown || password !== this.options.password || this.options.mfaEnabled) {
      return { status: 401, errorCode: 'AccessDenied', message: 'Authentication failed.' };
    }
    return this.issue(userName, form, false);
  }

  private refresh(form: URLSearchParams): TokenAnswer {
    const token = form.get('refresh_token') ?? '';
    const refresh = this.refreshTokens.get(token);
    if (!refresh || refresh.expires <= this.options.clock()) {
      return {
        status: 401,
        errorCode: refresh ? 'ExpiredToken' : 'InvalidToken',
        message: `The refresh token is ${refresh ? 'expired' : 'invalid'}.`,
      };
    }
    if (this.options.refreshRotation === 'singleUse') {
      this.refreshTokens.delete(token);
    }
    return this.issue(refresh.userName, form, true);
  }

  private issue(userName: string, form: URLSearchParams, isRefreshed: boolean): TokenAnswer {
    const now = this.options.clock();
    const lifetime = this.options.tokenLifetimeSeconds;
    const expires = now + lifetime * 1000;
    const isShort = form.get('use_short_term_refresh')?.toLowerCase() === 'true';
    const refreshExpires = isShort ? expires + SHORT_REFRESH_MS : now + REFRESH_LIFETIME_MS;
    const number = ++this.issued;
    const accessToken = jsonWebToken('access', number, userName, now, expires);
    const refreshToken = jsonWebToken('refresh', number, userName, now, refreshExpires);
    this.sessions.set(accessToken, { userName, expires, refreshToken, isRefreshed });
    this.refreshTokens.set(refreshToken, { userName, expires: refreshExpires });
    return {
      status: 200,
      body: {
        access_token: accessToken,
        token_type: 'bearer',
        refresh_token: refreshToken,
        expires_in: this.options.claimedLifetime ?? lifetime,
        '.issued': wholeSeconds(now),
        '.expires': wholeSeconds(expires),
      },
    };
  }
}

function unexpected(message: string): TokenAnswer {
  return { status: 400, errorCode: 'UnexpectedContent', message };
}

/** Looks like a JWT. Its signature is made up. */
function jsonWebToken(audience: string, number: number, userName: string, now: number, expires: number): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const [nbf, exp] = [now, expires].map(time => Math.floor(time / 1000));
  return [
    part({ alg: 'RS512', typ: 'JWT' }),
    part({ unique_name: userName, token_id: guid(audience, number), nbf, exp, iat: nbf, aud: audience }),
    Buffer.from(`signature of sample ${audience} token ${number}`).toString('base64url'),
  ].join('.');
}

function bearerOf(request: Request): string | undefined {
  return /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`;
}
