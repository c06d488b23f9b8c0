import type { Reply, Request } from '../server';
import * as bodies from './bodies';
import type { BackupReplicationData } from './data';
import { isKnownType } from './jobs';
import { BadQuery, type Body, isId, type ListOptions, type ListQuery, pageOf } from './lists';
import { atLeast, bodiesOf, buildOf, type Revision, servedWith } from './revisions';
import { repositorySettings } from './settings';
import type { Tokens } from './tokens';

export interface RouteOptions extends ListOptions {
  /** The newest revision that the server serves. */
  newest: Revision;
  /** Administrators alone may read what the server tells of itself and of its licence. */
  role: 'administrator' | 'viewer';
  /** What a refusal of a version says: the versions that are served, or nothing of them. */
  refusal: 'withList' | 'bare';
  platform: 'Windows' | 'Linux';
  clock: () => number;
}

const named = { Name: { member: 'name' }, Type: { member: 'type' }, Description: { member: 'description' } } as const;

const repositoryStatesQuery: ListQuery = {
  filters: {
    idFilter: { member: 'id', by: 'id' },
    typeFilter: { member: 'type', by: 'word', severalSince: '1.3-rev2' },
    isOnlineFilter: { member: 'isOnline', by: 'flag', since: '1.2-rev0' },
    isOutOfDateFilter: { member: 'isOutOfDate', by: 'flag', since: '1.3-rev0' },
    sobrIdFilter: { member: 'scaleOutRepositoryDetails.scaleOutRepositoryId', by: 'id', since: '1.3-rev0' },
    sobrExtentTypeFilter: {
      member: 'scaleOutRepositoryDetails.extentType',
      by: 'word',
      since: '1.3-rev0',
      severalSince: '1.3-rev0',
    },
    sobrMembershipFilter: { member: 'scaleOutRepositoryDetails.membership', by: 'pattern', since: '1.3-rev0' },
    excludeExtents: { member: 'scaleOutRepositoryDetails', by: 'absent', since: '1.3-rev0' },
  },
  order: {
    ...named,
    Host: { member: 'hostName' },
    Path: { member: 'path' },
    CapacityGB: { member: 'capacityGB' },
    FreeGB: { member: 'freeGB' },
    UsedSpaceGB: { member: 'usedSpaceGB' },
    Membership: { member: 'scaleOutRepositoryDetails.membership', since: '1.3-rev0' },
  },
};

const jobStatesQuery: ListQuery = {
  filters: {
    idFilter: { member: 'id', by: 'id' },
    typeFilter: { member: 'type', by: 'word' },
    lastResultFilter: { member: 'lastResult', by: 'word' },
    statusFilter: { member: 'status', by: 'word' },
    workloadFilter: { member: 'workload', by: 'word' },
    lastRunAfterFilter: { member: 'lastRun', by: 'after' },
    lastRunBeforeFilter: { member: 'lastRun', by: 'before' },
    repositoryIdFilter: { member: 'repositoryId', by: 'id' },
    objectsCountFilter: { member: 'objectsCount', by: 'number' },
  },
  order: {
    ...named,
    Status: { member: 'status' },
    LastRun: { member: 'lastRun' },
    LastResult: { member: 'lastResult' },
  },
};

const sessionsQuery: ListQuery = {
  filters: { jobIdFilter: { member: 'jobId', by: 'id' } },
  order: { Name: { member: 'name' }, CreationTime: { member: 'creationTime' } },
};

const serversQuery: ListQuery = { filters: { typeFilter: { member: 'type', by: 'word' } }, order: named };
const namedQuery: ListQuery = { filters: {}, order: named };

/** A list, and what is to be had of one row of it. */
interface Resource {
  readonly since?: Revision;
  readonly query: ListQuery;
  rows(): readonly object[];
  body(row: never, revision: Revision): Body;
  /** By its id, where there is such a call. */
  readonly one?: (row: never, revision: Revision) => Body;
}

export class BackupReplicationRoutes {
  private readonly served: ReadonlySet<string>;
  private readonly resources: Readonly<Record<string, Resource>>;

  constructor(
    private readonly options: RouteOptions,
    private readonly data: BackupReplicationData,
    private readonly tokens: Tokens,
  ) {
    this.served = new Set(servedWith(options.newest));
    const scaleOut: Resource['body'] = (row, revision) => bodies.scaleOutRepository(row, revision, data);
    this.resources = {
      'backupInfrastructure/repositories/states': {
        query: repositoryStatesQuery,
        rows: () => data.repositories,
        body: bodies.repositoryState,
      },
      'backupInfrastructure/repositories': {
        query: serversQuery,
        rows: () => data.repositories,
        body: repositorySettings,
        one: repositorySettings,
      },
      'backupInfrastructure/scaleOutRepositories': {
        query: namedQuery,
        rows: () => data.scaleOutRepositories,
        body: scaleOut,
        one: scaleOut,
      },
      'backupInfrastructure/managedServers': {
        query: serversQuery,
        rows: () => data.managedServers,
        body: bodies.managedServer,
        one: bodies.managedServer,
      },
      'backupInfrastructure/proxies/states': {
        since: '1.3-rev0',
        query: serversQuery,
        rows: () => data.proxies,
        body: bodies.proxyState,
      },
      'backupInfrastructure/proxies': {
        query: serversQuery,
        rows: () => data.proxies,
        body: bodies.proxySettings,
        one: bodies.proxySettings,
      },
      'jobs/states': { query: jobStatesQuery, rows: () => data.jobs, body: bodies.jobState },
      'inventory/entraId/tenants': {
        since: '1.2-rev0',
        query: namedQuery,
        rows: () => data.entraTenants,
        body: bodies.entraTenant,
        one: bodies.entraTenant,
      },
    };
  }

  answer(request: Request): Reply {
    const version = request.headers['x-api-version'];
    if (typeof version !== 'string' || !this.served.has(version)) {
      return this.refused();
    }
    const { pathname } = request.url;
    if (pathname === '/api/oauth2/token' && request.method === 'POST') {
      const answer = this.tokens.answer(request);
      return answer.status === 200 ? reply(200, answer.body) : failed(answer.status, answer.errorCode, answer.message);
    }
    const path = pathname.replace(/^\/api\/v1\//, '');
    if (path === 'serverTime' && request.method === 'GET') {
      return reply(200, this.time(bodiesOf(version)));
    }
    switch (this.tokens.check(request)) {
      case 'missing':
        return failed(401, 'AccessDenied', 'Authentication failed.');
      case 'unknown':
        return { status: 401 }; // a rejected token may come back without a word
      case 'expired':
        return failed(401, 'ExpiredToken', 'The access token is expired.');
      case 'forbidden':
        return failed(403, 'AccessDenied', 'Access is denied.');
    }
    if (pathname === '/api/oauth2/logout' && request.method === 'POST') {
      this.tokens.logout(request);
      return { status: 200 };
    }
    return request.method === 'GET' ? this.read(path, request.url.searchParams, bodiesOf(version)) : notFound();
  }

  private read(path: string, query: URLSearchParams, revision: Revision): Reply {
    if (path === 'serverInfo' || (path === 'license' && atLeast(revision, '1.2-rev0'))) {
      if (this.options.role !== 'administrator') {
        return failed(403, 'AccessDenied', 'The role of this account does not allow this.');
      }
      const { newest, platform } = this.options;
      const own = path === 'serverInfo' ? bodies.serverInfo(this.data, revision, buildOf(newest), platform) : undefined;
      return reply(200, own ?? bodies.license(revision));
    }
    if (path === 'sessions') {
      return this.sessions(query, revision);
    }
    const list = this.resource(path, revision);
    if (list) {
      return this.page(path, list, query, revision);
    }
    const [, parent = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const one = this.resource(parent, revision);
    if (!one?.one) {
      return notFound();
    }
    if (!isId(id)) {
      return failed(400, 'UnexpectedContent', 'The id is not valid.');
    }
    const row = one.rows().find(each => 'id' in each && each.id === id.toLowerCase());
    return row ? reply(200, one.one(row as never, revision)) : notFound();
  }

  private resource(path: string, revision: Revision): Resource | undefined {
    const found = Object.hasOwn(this.resources, path) ? this.resources[path] : undefined;
    return found && (found.since === undefined || atLeast(revision, found.since)) ? found : undefined;
  }

  private page(
    path: string,
    { rows, body, query: allowed }: Resource,
    query: URLSearchParams,
    revision: Revision,
  ): Reply {
    const stranger = path === 'jobs/states' && this.data.jobs.find(({ type }) => !isKnownType(type, revision));
    if (stranger) {
      return failed(500, 'UnknownError', `Value of enum EJobType '${stranger.type}' is not supported.`);
    }
    return this.list(rows(), row => body(row as never, revision), allowed, query, revision, path === 'jobs/states');
  }

  /** In all revisions they can be asked for by a job, whether or not they tell it. */
  private sessions(query: URLSearchParams, revision: Revision): Reply {
    const jobId = query.get('jobIdFilter');
    const jobs = this.data.jobs.filter(({ id, lastRun }) => lastRun !== undefined && (jobId === null || id === jobId));
    const rest = new URLSearchParams([...query].filter(([name]) => name !== 'jobIdFilter'));
    return this.list(jobs, job => bodies.session(job, revision), sessionsQuery, rest, revision, false);
  }

  private list<Row>(
    rows: readonly Row[],
    bodyOf: (row: Row) => Body,
    allowed: ListQuery,
    query: URLSearchParams,
    revision: Revision,
    isSparing: boolean,
  ): Reply {
    try {
      const { data, total, skip, limit } = pageOf(rows, bodyOf, allowed, query, revision, this.options);
      // From 1.3-rev1 on, the vendor's sample of this list says nothing of what was asked for.
      const asked = isSparing && atLeast(revision, '1.3-rev1') ? {} : { skip, limit };
      return reply(200, { data, pagination: { total, count: data.length, ...asked } });
    } catch (error) {
      if (error instanceof BadQuery) {
        return failed(400, 'UnexpectedContent', error.message);
      }
      throw error;
    }
  }

  private time(revision: Revision): Body {
    return {
      serverTime: new Date(this.options.clock()).toISOString().replace('Z', '0443+00:00'),
      timeZone: '(UTC) Coordinated Universal Time',
      ...(atLeast(revision, '1.3-rev2') ? { ianaTimeZoneId: 'Etc/UTC' } : {}),
    };
  }

  private refused(): Reply {
    if (this.options.refusal === 'bare') {
      return failed(400, 'NotImplemented', 'The specified API version is not supported.');
    }
    const versions = [...this.served].map(version => `v${version}`).join(', ');
    const message = `Unsupported RESTAPI version. The following versions are supported: ${versions}`;
    return failed(400, 'BadRequest', message);
  }
}

function reply(status: number, body: object): Reply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

function failed(status: number, errorCode: string, message: string): Reply {
  return reply(status, { errorCode, message });
}

function notFound(): Reply {
  return failed(404, 'NotFound', 'The resource is not found.');
}
