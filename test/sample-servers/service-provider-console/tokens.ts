import { guid } from '../random';
import type { Reply, Request } from '../server';
import { type Account, type ApiKey, MFA_CODE } from './accounts';
import { json, oauthError } from './replies';

export interface TokenOptions {
  password: string;
  clock: () => number;
  tokenLifetimeSeconds: number;
  /** What the server says of the lifetime, where that is not the truth. */
  claimedLifetime?: unknown;
  /** Whether a refresh token dies with its first use. */
  refreshRotation: 'singleUse' | 'reusable';
  /** Whether a wrong one-time code ends the sign-in that asked for it. */
  wrongCode: 'mayBeCorrected' | 'endsSignIn';
  /** The status of refused credentials. OAuth says 400; 401 is not excluded. */
  refusedCredentials: 400 | 401;
  /** Parameters and form fields that are answered with 400, as by a server that does not know them. */
  refuses: readonly string[];
}

/** Who calls, and whether the caller may only read. */
export interface Session {
  readonly account: Account;
  readonly readOnly: boolean;
}

interface Issued extends Session {
  /** Missing for what does not expire. */
  readonly expires?: number;
}

const MFA_LIFETIME_SECONDS = 300;
const WRONG_CREDENTIALS = 'The user name or password is incorrect.';

/** Signing in by password, by one-time code and by refresh token; API keys, which need no signing in. */
export class Tokens {
  private readonly access = new Map<string, Issued>();
  private readonly refresh = new Map<string, Issued>();
  private readonly secondFactor = new Map<string, Issued>();
  private issued = 0;

  constructor(
    private readonly options: TokenOptions,
    private readonly accounts: readonly Account[],
    private readonly keys: readonly ApiKey[],
    /** Whether an organization's users may use the REST API. */
    private readonly mayUseRest: (account: Account) => boolean,
    /** Only from 3.6 on a token can be asked for that cannot change anything. */
    private readonly knowsReadOnly: boolean,
  ) {}

  answer(request: Request): Reply {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded') {
      return oauthError('invalid_request', 'The body must be a form.');
    }
    const form = new URLSearchParams(request.body);
    if (this.options.refuses.some(name => form.has(name))) {
      return oauthError('invalid_request', 'The form has an unknown field.');
    }
    switch (form.get('grant_type')) {
      case 'password':
        return this.byPassword(form);
      case 'mfa':
        return this.byCode(form);
      case 'refresh_token':
        return this.byRefreshToken(form);
      case 'authorization_code':
      case 'public_key':
      case 'as':
        return oauthError('unauthorized_client', 'The client may not use this grant type.');
      case null:
        return oauthError('invalid_request', 'The mandatory grant_type parameter is missing.');
      default:
        return oauthError('unsupported_grant_type', 'The specified grant_type is not supported.');
    }
  }

  sessionOf(request: Request): Session | undefined {
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return this.alive(this.access.get(token)) ?? this.keys.find(({ key }) => key === token);
  }

  /** Every token of a user. */
  revoke(userId: string): void {
    for (const tokens of [this.access, this.refresh, this.secondFactor]) {
      for (const [token, { account }] of tokens) {
        if (account.id === userId) {
          tokens.delete(token);
        }
      }
    }
  }

  expire(): void {
    this.access.clear();
  }

  private byPassword(form: URLSearchParams): Reply {
    const userName = form.get('username')?.toLowerCase();
    // Windows account names ignore case, passwords do not.
    const account = this.accounts.find(each => each.userName.toLowerCase() === userName);
    if (!account || form.get('password') !== this.options.password) {
      return oauthError('invalid_grant', WRONG_CREDENTIALS, this.options.refusedCredentials);
    }
    if (!this.mayUseRest(account)) {
      return oauthError('invalid_grant', 'The user has no access to the REST API.');
    }
    if (account.mfa === 'notConfigured') {
      return oauthError('invalid_grant', 'Multi-factor authentication must be set up in the portal first.');
    }
    const session = { account, readOnly: this.knowsReadOnly && form.get('readOnly')?.toLowerCase() === 'true' };
    return account.mfa === 'none' ? this.issue(session) : this.askForCode(session);
  }

  private askForCode(session: Session): Reply {
    const token = `sample-mfa-token-${++this.issued}.${guid('mfa', this.issued)}`;
    this.secondFactor.set(token, { ...session, expires: this.options.clock() + MFA_LIFETIME_SECONDS * 1000 });
    return result({ mfa_token: token, expires_in: MFA_LIFETIME_SECONDS });
  }

  private byCode(form: URLSearchParams): Reply {
    const token = form.get('mfa_token') ?? '';
    const session = this.alive(this.secondFactor.get(token));
    if (!session || form.get('mfa_code') !== MFA_CODE) {
      if (this.options.wrongCode === 'endsSignIn') {
        this.secondFactor.delete(token);
      }
      return oauthError('invalid_grant', 'The code is invalid.', this.options.refusedCredentials);
    }
    this.secondFactor.delete(token);
    return this.issue(session);
  }

  private byRefreshToken(form: URLSearchParams): Reply {
    const token = form.get('refresh_token') ?? '';
    const session = this.alive(this.refresh.get(token));
    if (!session) {
      return oauthError('invalid_grant', 'The refresh token is invalid.');
    }
    if (this.options.refreshRotation === 'singleUse') {
      this.refresh.delete(token);
    }
    return this.issue(session);
  }

  private issue({ account, readOnly }: Session): Reply {
    const { clock, tokenLifetimeSeconds: lifetime, claimedLifetime } = this.options;
    const number = ++this.issued;
    const accessToken = `sample-access-token-${number}.${guid('access', number)}`;
    const refreshToken = `sample-refresh-token-${number}.${guid('refresh', number)}`;
    this.access.set(accessToken, { account, readOnly, expires: clock() + lifetime * 1000 });
    this.refresh.set(refreshToken, { account, readOnly });
    return result({
      access_token: accessToken,
      token_type: 'bearer',
      refresh_token: refreshToken,
      expires_in: claimedLifetime ?? lifetime,
    });
  }

  private alive(issued: Issued | undefined): Session | undefined {
    return issued && (issued.expires ?? Number.POSITIVE_INFINITY) > this.options.clock() ? issued : undefined;
  }
}

function result(members: Record<string, unknown>): Reply {
  const none = { access_token: null, token_type: null, refresh_token: null, mfa_token: null, encrypted_code: null };
  return json(200, { ...none, ...members });
}
