import { guid } from '../random';
import type { Request } from '../server';

export interface Session {
  readonly id: string;
  readonly userName: string;
  /** The minor version that the client chose when it logged on. */
  readonly version: number;
  /** The index of the tenant who logged on with its own credentials. */
  readonly tenant: number | undefined;
  lastUsed: number;
}

const HEADER = 'x-restsvcsessionid';

/** Sessions die of idleness, not of age. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private created = 0;

  constructor(private readonly options: { clock: () => number; sessionIdleMs: number }) {}

  create(userName: string, version: number, tenant: number | undefined): Session {
    const id = guid('session', ++this.created);
    const session = { id, userName, version, tenant, lastUsed: this.options.clock() };
    this.sessions.set(id, session);
    return session;
  }

  /** The session of a request; a cookie beats the header. */
  of(request: Request): Session | undefined {
    const header = request.headers[HEADER];
    const token = cookieOf(request) ?? (Array.isArray(header) ? header[0] : header);
    const session = this.find(Buffer.from(token ?? '', 'base64').toString('utf8'));
    if (session) {
      session.lastUsed = this.options.clock();
    }
    return session;
  }

  find(id: string): Session | undefined {
    const session = this.sessions.get(id.toLowerCase());
    if (session && this.options.clock() - session.lastUsed > this.options.sessionIdleMs) {
      this.sessions.delete(session.id);
      return undefined;
    }
    return session;
  }

  all(): Session[] {
    return [...this.sessions.keys()].map(id => this.find(id)).filter(session => session !== undefined);
  }

  remove(id: string): boolean {
    return this.sessions.delete(id.toLowerCase());
  }

  expire(): void {
    this.sessions.clear();
  }
}

export function tokenOf(session: Session): string {
  return Buffer.from(session.id).toString('base64');
}

function cookieOf(request: Request): string | undefined {
  for (const cookie of (request.headers.cookie ?? '').split(';')) {
    const [name = '', ...value] = cookie.trim().split('=');
    if (name.toLowerCase() === HEADER) {
      return value.join('=');
    }
  }
  return undefined;
}
