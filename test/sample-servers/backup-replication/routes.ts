import { matchPath, segmentsOf } from '../paths';
import type { Reply, Request } from '../server';
import * as bodies from './bodies';
import type { BackupReplicationData, Repository, ScaleOutRepository, Session } from './data';
import { jobBody } from './jobSettings';
import { jobStateBody, sessionBody } from './jobStates';
import { enumerationWithout } from './jobs';
import { BadQuery, type Body, isId, type ListOptions, type ListQuery, Lists } from './lists';
import * as queries from './queries';
import { hasSettings, repositoryBody, repositoryStateBody, scaleOutStateBody } from './repositories';
import { atLeast, bodiesOf, type Revision } from './revisions';
import type { Tokens, Verdict } from './tokens';

export type Role = 'administrator' | 'viewer' | 'custom';

export interface RouteOptions extends ListOptions {
  /** The newest revision, which tells the product build. */
  newestRevision: Revision;
  /** What x-api-version may say, oldest first. */
  revisions: readonly string[];
  /** Whether the refusal of a revision names those that are served. The sample of 1.3-rev2 does not. */
  refusal: 'list' | 'bare';
  role: Role;
  platform: 'Windows' | 'Linux';
  /** Whether scale-out repositories stand among the states of repositories. */
  scaleOutInStates: boolean;
  /** Whether 401 comes without a body. */
  emptyUnauthorized: boolean;
  /** A web console on the same port, as on 443 of 13.x: beside the API (13.1), or without it. */
  webConsole: 'none' | 'withApi' | 'only';
  clock: () => number;
  /** PEM */
  certificatePem: string;
}

interface Call {
  readonly revision: Revision;
  readonly query: URLSearchParams;
  readonly id: string;
}

interface Route {
  readonly pattern: string;
  readonly since?: Revision;
  readonly isAnonymous?: boolean;
  readonly isForAdministrators?: boolean;
  readonly handle: (call: Call) => Reply;
}

const INFRASTRUCTURE = 'api/v1/backupInfrastructure';

export class BackupReplicationRoutes {
  private readonly routes: readonly Route[];
  private readonly lists: Lists;

  constructor(
    private readonly options: RouteOptions,
    private readonly data: BackupReplicationData,
    private readonly tokens: Tokens,
  ) {
    const { clock, newestRevision, platform } = options;
    this.lists = new Lists(options);
    this.routes = [
      {
        pattern: 'api/v1/serverTime',
        isAnonymous: true,
        handle: ({ revision }) => json(200, bodies.serverTimeBody(clock(), revision)),
      },
      {
        pattern: 'api/v1/serverCertificate',
        isAnonymous: true,
        handle: ({ revision }) => json(200, bodies.certificateBody(options.certificatePem, revision)),
      },
      {
        pattern: 'api/v1/serverInfo',
        isForAdministrators: true,
        handle: ({ revision }) => json(200, bodies.serverInfoBody(data, newestRevision, platform, revision)),
      },
      {
        pattern: 'api/v1/license',
        since: '1.2-rev0',
        isForAdministrators: true,
        handle: ({ revision }) => json(200, bodies.licenseBody(data.jobs.length, revision)),
      },
      { pattern: `${INFRASTRUCTURE}/repositories/states`, handle: call => this.repositoryStates(call) },
      {
        pattern: `${INFRASTRUCTURE}/repositories`,
        handle: call => this.list(call, queries.REPOSITORIES, this.repositoriesFor(call), repositoryBody),
      },
      this.one(`${INFRASTRUCTURE}/repositories/{id}`, data.repositories, repositoryBody, hasSettings),
      ...this.collection(
        `${INFRASTRUCTURE}/scaleOutRepositories`,
        queries.SCALE_OUT_REPOSITORIES,
        data.scaleOutRepositories,
        (row, revision) => bodies.scaleOutBody(row, data, revision),
      ),
      ...this.collection(
        `${INFRASTRUCTURE}/managedServers`,
        queries.MANAGED_SERVERS,
        data.managedServers,
        bodies.managedServerBody,
      ),
      {
        pattern: `${INFRASTRUCTURE}/proxies/states`,
        since: '1.3-rev0',
        handle: call => this.list(call, queries.PROXY_STATES, data.proxies, bodies.proxyStateBody),
      },
      ...this.collection(`${INFRASTRUCTURE}/proxies`, queries.PROXIES, data.proxies, bodies.proxyBody),
      { pattern: 'api/v1/jobs/states', handle: call => this.jobStates(call) },
      ...this.collection('api/v1/jobs', queries.JOBS, data.jobs, (row, revision) => jobBody(row, data, revision)),
      {
        pattern: 'api/v1/sessions',
        handle: call => this.list(call, queries.SESSIONS, this.sessionsFor(call), sessionBody),
      },
      this.one('api/v1/sessions/{id}', data.sessions, sessionBody),
      ...this.collection(
        'api/v1/inventory/entraId/tenants',
        queries.ENTRA_TENANTS,
        data.entraTenants,
        bodies.entraTenantBody,
        '1.2-rev0',
      ),
    ];
  }

  answer(request: Request): Reply {
    const segments = segmentsOf(request.url.pathname);
    if (this.options.webConsole === 'only') {
      return CONSOLE;
    }
    if (segments[0]?.toLowerCase() !== 'api') {
      return this.unknown();
    }
    const asked = request.headers['x-api-version'];
    const served = this.options.revisions.find(name => name === asked);
    if (served === undefined) {
      return this.refuseRevision();
    }
    const revision = bodiesOf(served);
    const isSignIn = matchPath('api/oauth2/token', segments);
    if (isSignIn ?? matchPath('api/oauth2/logout', segments)) {
      if (request.method !== 'POST') {
        return problem(405, 'MethodNotAllowed', 'HTTP Method not allowed');
      }
      return isSignIn ? this.signIn(request, revision) : this.signOut(request);
    }
    for (const route of this.routes) {
      const ids = matchPath(route.pattern, segments);
      if (ids && atLeast(revision, route.since ?? revision)) {
        return this.call(route, ids, request, revision);
      }
    }
    return this.unknown();
  }

  private call(route: Route, [id = '']: readonly string[], request: Request, revision: Revision): Reply {
    const verdict = route.isAnonymous ? 'ok' : this.tokens.check(request);
    if (verdict !== 'ok') {
      return this.refuseToken(verdict);
    }
    if (request.method !== 'GET') {
      return problem(405, 'MethodNotAllowed', 'HTTP Method not allowed');
    }
    if (route.isForAdministrators && this.options.role !== 'administrator') {
      return FORBIDDEN;
    }
    if (id !== '' && !isId(id)) {
      return problem(400, 'UnexpectedContent', 'One or more request parameters are not valid.');
    }
    try {
      return route.handle({ revision, query: request.url.searchParams, id: id.toLowerCase() });
    } catch (error) {
      if (error instanceof BadQuery) {
        return problem(400, 'UnexpectedContent', `One or more request parameters are not valid. ${error.message}`);
      }
      throw error;
    }
  }

  private refuseRevision(): Reply {
    const { refusal, revisions } = this.options;
    if (refusal === 'bare') {
      return problem(400, 'NotImplemented', 'The specified API version is not supported.');
    }
    const list = revisions.map(name => `v${name}`).join(', ');
    const message = `Unsupported RESTAPI version. The following versions are supported: ${list}`;
    return json(400, { errorCode: 'BadRequest', message });
  }

  private refuseToken(verdict: Exclude<Verdict, 'ok'>): Reply {
    if (verdict === 'forbidden') {
      return FORBIDDEN;
    }
    if (this.options.emptyUnauthorized) {
      return { status: 401 };
    }
    switch (verdict) {
      case 'missing':
        return problem(401, 'AccessDenied', 'Unauthorized. Get bearer JWT token at /api/login');
      case 'unknown':
        return problem(401, 'InvalidToken', 'The access token is invalid.');
      case 'expired':
        return problem(401, 'ExpiredToken', 'The access token is expired.');
    }
  }

  private signIn(request: Request, revision: Revision): Reply {
    // Custom roles came with 13.1. Older revisions do not admit them.
    if (this.options.role === 'custom' && !atLeast(revision, '1.3-rev2')) {
      return FORBIDDEN;
    }
    const answer = this.tokens.answer(request);
    return answer.status === 200 ? json(200, answer.body) : problem(answer.status, answer.errorCode, answer.message);
  }

  private signOut(request: Request): Reply {
    const verdict = this.tokens.check(request);
    if (verdict !== 'ok') {
      return this.refuseToken(verdict);
    }
    this.tokens.logout(request);
    return json(200, {});
  }

  private unknown(): Reply {
    return this.options.webConsole === 'withApi' ? CONSOLE : problem(404, 'NotFound', 'Resource does not exist');
  }

  /** A list and, below it, each of its rows by id. */
  private collection<Row extends { readonly id: string }>(
    pattern: string,
    allowed: ListQuery,
    rows: readonly Row[],
    bodyOf: (row: Row, revision: Revision) => Body,
    since?: Revision,
  ): Route[] {
    const known = since === undefined ? {} : { since };
    return [
      { pattern, ...known, handle: call => this.list(call, allowed, rows, bodyOf) },
      { ...this.one(`${pattern}/{id}`, rows, bodyOf), ...known },
    ];
  }

  private one<Row extends { readonly id: string }>(
    pattern: string,
    rows: readonly Row[],
    bodyOf: (row: Row, revision: Revision) => Body,
    isKnown: (row: Row, revision: Revision) => boolean = () => true,
  ): Route {
    return {
      pattern,
      handle: ({ id, revision }) => {
        const row = rows.find(candidate => candidate.id === id && isKnown(candidate, revision));
        return row ? json(200, bodyOf(row, revision)) : problem(404, 'NotFound', 'Resource does not exist', id);
      },
    };
  }

  private repositoriesFor({ query, revision }: Call): readonly Repository[] {
    const repositories = this.data.repositories.filter(row => hasSettings(row, revision));
    const excludes = atLeast(revision, '1.3-rev0') && query.get('excludeExtents')?.toLowerCase() === 'true';
    return excludes ? repositories.filter(({ extentOf }) => extentOf === undefined) : repositories;
  }

  private sessionsFor({ query }: Call): readonly Session[] {
    const jobId = query.get('jobIdFilter')?.toLowerCase();
    return jobId === undefined ? this.data.sessions : this.data.sessions.filter(({ job }) => job.id === jobId);
  }

  private list<Row>(
    call: Call,
    allowed: ListQuery,
    rows: readonly Row[],
    bodyOf: (row: Row, revision: Revision) => Body,
    hasPlace = true,
  ): Reply {
    const { revision, query } = call;
    const page = this.lists.page(rows, row => bodyOf(row, revision), allowed, query, revision);
    const { data, total, skip, limit } = page;
    return json(200, { data, pagination: { total, count: data.length, ...(hasPlace ? { skip, limit } : {}) } });
  }

  private repositoryStates(call: Call): Reply {
    const { repositories, scaleOutRepositories } = this.data;
    const rows: readonly (Repository | ScaleOutRepository)[] = this.options.scaleOutInStates
      ? [...repositories, ...scaleOutRepositories]
      : repositories;
    return this.list(call, queries.REPOSITORY_STATES, rows, (row, revision) =>
      'performance' in row
        ? scaleOutStateBody(row, this.performanceExtents(row), revision)
        : repositoryStateBody(row, revision),
    );
  }

  private performanceExtents(row: ScaleOutRepository): Repository[] {
    return row.performance.flatMap(({ repositoryIndex }) => this.data.repositories[repositoryIndex] ?? []);
  }

  /** From 1.3-rev1 on, this list does not tell the place of the page. */
  private jobStates(call: Call): Reply {
    const { revision } = call;
    const { data } = this;
    const enumeration = enumerationWithout(data.jobs, revision);
    if (enumeration) {
      // So a newer server was seen to fail where an older revision lacks a word.
      return problem(500, 'UnknownError', `The value of enum ${enumeration} is not supported.`);
    }
    const hasPlace = !atLeast(revision, '1.3-rev1');
    return this.list(call, queries.JOB_STATES, data.jobs, job => jobStateBody(job, data, revision), hasPlace);
  }
}

const HEADERS = { 'Cache-Control': 'private', 'Strict-Transport-Security': 'max-age=31536000' };

function json(status: number, body: object): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...HEADERS },
    body: JSON.stringify(body),
  };
}

function problem(status: number, errorCode: string, message: string, resourceId?: string): Reply {
  return json(status, { errorCode, message, ...(resourceId === undefined ? {} : { resourceId }) });
}

const FORBIDDEN = problem(403, 'AccessDenied', 'Forbidden');

const CONSOLE: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...HEADERS },
  body: '<!doctype html><html><head><title>Veeam Backup &amp; Replication</title></head><body><div id="root"></div></body></html>',
};
