import { matchPath, segmentsOf } from '../paths';
import type { Reply, Request } from '../server';
import { accountOf } from './accounts';
import type { EnterpriseManagerData, Tenant } from './data';
import { FilterError } from './filter';
import { query } from './query';
import { Failure, Replies, type ReplyOptions } from './replies';
import { type Collection, type Document, type Link, type Resource, toJson } from './representations';
import { Resources } from './resources';
import { type Session, type Sessions, tokenOf } from './sessions';

/** How JSON wraps the list of a tenant's subtenants, which no public document shows. */
export type SubtenantsJson = 'wrapped' | 'nested' | 'array';

export interface RouteOptions extends ReplyOptions {
  username: string;
  password: string;
  versions: readonly string[];
  /** false: no Cloud Connect is licensed, so there is no link to it and its resources do not exist. */
  cloudConnect: boolean;
  subtenantsJson: SubtenantsJson;
  /** "user" may log on and sees nothing of Cloud Connect. */
  portalRole: 'administrator' | 'user';
  /** What the addresses in bodies start with, instead of the server's own "https://host:port/api". */
  linkBase: string | undefined;
}

/** What a handler works with: one request of a live session. */
interface Call {
  readonly request: Request;
  readonly session: Session;
  readonly resources: Resources;
  readonly ids: readonly string[];
  readonly entity: boolean;
}

interface Route {
  readonly method?: string;
  readonly pattern: string;
  readonly handle: (call: Call) => Document | Reply;
}

const SESSION_ID = 'X-RestSvcSessionId';
const CHALLENGE = { 'WWW-Authenticate': 'Basic Realm=RestSvc' };

export class EnterpriseManagerRoutes {
  private readonly base: string;
  private readonly versions: readonly number[];
  private readonly replies: Replies;
  private readonly routes: readonly Route[] = [
    { pattern: 'logonSessions', handle: call => this.logonSessions(call) },
    { pattern: 'logonSessions/{id}', handle: call => this.logonSession(call) },
    { method: 'DELETE', pattern: 'logonSessions/{id}', handle: call => this.logOut(call) },
    { pattern: 'backupServers', handle: call => this.backupServers(call) },
    { pattern: 'backupServers/{id}', handle: call => this.backupServer(call) },
    { pattern: 'backupServers/{id}/repositories', handle: call => this.repositoriesOfServer(call) },
    { pattern: 'repositories', handle: call => this.repositories(call) },
    { pattern: 'repositories/{id}', handle: call => this.repository(call) },
    { pattern: 'cloud', handle: call => this.cloud(call) },
    { pattern: 'cloud/tenants', handle: call => this.tenants(call) },
    { pattern: 'cloud/tenants/{id}', handle: call => this.tenant(call) },
    { pattern: 'cloud/tenants/{id}/subtenants', handle: call => this.subtenants(call) },
    { pattern: 'cloud/tenants/{id}/subtenants/{id}', handle: call => this.subtenant(call) },
    { pattern: 'cloud/tenants/{id}/resources', handle: call => this.tenantResources(call) },
    { pattern: 'cloud/tenants/{id}/resources/{id}', handle: call => this.tenantResource(call) },
    { pattern: 'cloud/tenants/{id}/computeResources', handle: call => this.computeResources(call) },
    { pattern: 'cloud/tenants/{id}/freelicenseCounters', handle: call => this.licenseCounters(call) },
    { pattern: 'cloud/gateways', handle: call => this.gateways(call) },
    { pattern: 'cloud/gateways/{id}', handle: call => this.gateway(call) },
    { pattern: 'cloud/hardwarePlans', handle: call => this.hardwarePlans(call) },
    { pattern: 'cloud/hardwarePlans/{id}', handle: call => this.hardwarePlan(call) },
    { pattern: 'querySvc', handle: call => this.queryService(call) },
    { pattern: 'query', handle: call => this.query(call) },
  ];

  constructor(
    private readonly options: RouteOptions,
    private readonly data: EnterpriseManagerData,
    private readonly sessions: Sessions,
    origin: string,
  ) {
    this.base = options.linkBase ?? `${origin}/api`;
    this.versions = options.versions.map(minorVersion).sort((a, b) => a - b);
    this.replies = new Replies(options, this.versions.at(-1) ?? 0);
  }

  answer(request: Request): Reply {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof FilterError) {
        return this.replies.error(request, 400, error.message);
      }
      if (error instanceof Failure) {
        return this.replies.error(request, error.status, error.message);
      }
      throw error;
    }
  }

  private route(request: Request): Reply {
    const [root = '', ...segments] = segmentsOf(request.url.pathname);
    if (root.toLowerCase() !== 'api') {
      return { status: 404 };
    }
    if (segments.length === 0) {
      return this.replies.write(request, this.discovery());
    }
    if (matchPath('sessionMngr', segments)) {
      return request.method === 'POST' ? this.logOn(request) : this.replies.error(request, 405, 'Method not allowed');
    }
    const session = this.sessions.of(request);
    if (!session) {
      return this.replies.error(request, 401, 'Unauthorized', CHALLENGE);
    }
    this.mayUse(session, segments);
    const found = this.routes
      .map(route => ({ route, ids: matchPath(route.pattern, segments) }))
      .filter(candidate => candidate.ids !== undefined);
    const chosen = found.find(({ route }) => (route.method ?? 'GET') === request.method);
    if (!chosen) {
      throw new Failure(found.length > 0 ? 405 : 404, found.length > 0 ? 'Method not allowed' : 'Resource not found');
    }
    const answer = chosen.route.handle({
      request,
      session,
      resources: new Resources(this.base, session.version, this.options.release),
      ids: chosen.ids ?? [],
      entity: request.url.searchParams.get('format')?.toLowerCase() === 'entity',
    });
    return 'status' in answer ? answer : this.replies.write(request, answer, { session });
  }

  /** Cloud Connect is for administrators, and for a tenant as far as it is the tenant's own. */
  private mayUse(session: Session, segments: readonly string[]): void {
    const isCloud = segments[0]?.toLowerCase() === 'cloud';
    if (isCloud && !this.options.cloudConnect) {
      throw new Failure(404, 'Resource not found');
    }
    if (isCloud && this.options.portalRole === 'user') {
      throw new Failure(403, 'Access denied');
    }
    if (session.tenant !== undefined && !isCloud && segments[0]?.toLowerCase() !== 'logonsessions') {
      throw new Failure(403, 'Access denied');
    }
  }

  // Sessions

  private discovery(): Resource {
    const create = (version: string) => this.link('Create', 'LogonSession', `sessionMngr/?v=${version}`);
    return {
      element: 'EnterpriseManager',
      links: [this.link('Down', 'LogonSessionList', 'logonSessions'), create('latest')],
      members: {
        SupportedVersions: {
          list: 'SupportedVersions',
          items: this.options.versions.map(version => ({
            element: 'SupportedVersion',
            attributes: { Name: version },
            links: [create(version)],
          })),
        },
      },
    };
  }

  private logOn(request: Request): Reply {
    if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) {
      return {
        status: 411,
        headers: { 'Content-Type': 'text/html; charset=us-ascii' },
        body: '<html><head><title>Length Required</title></head><body><h2>Length Required</h2></body></html>',
      };
    }
    const wanted = request.url.searchParams.get('v')?.toLowerCase() ?? 'latest';
    const version = wanted === 'latest' ? this.versions.at(-1) : minorVersion(wanted);
    if (version === undefined || !this.versions.includes(version)) {
      throw new Failure(400, `Version ${wanted} is not supported`);
    }
    const account = accountOf(request, this.options, this.data);
    if (!account) {
      return this.replies.error(request, 401, 'Unauthorized', CHALLENGE);
    }
    const session = this.sessions.create(account.userName, version, account.tenant);
    const token = tokenOf(session);
    return this.replies.write(request, this.sessionResource(session), {
      session,
      status: 201,
      headers: { [SESSION_ID]: token, 'Set-Cookie': `${SESSION_ID}=${token}; Path=/api;` },
    });
  }

  private logonSessions({ session }: Call): Collection {
    const own = this.sessions.all().filter(row => session.tenant === undefined || row.id === session.id);
    return { element: 'LogonSessions', items: own.map(row => this.sessionResource(row)) };
  }

  private logonSession({ ids: [id = ''] }: Call): Resource {
    return this.sessionResource(found(this.sessions.find(id), 'Session'));
  }

  private logOut({ ids: [id = ''] }: Call): Reply {
    found(this.sessions.find(id), 'Session');
    this.sessions.remove(id);
    return { status: 204 };
  }

  private sessionResource(session: Session): Resource {
    const self = `logonSessions/${session.id}`;
    const seesCloud = this.options.cloudConnect && this.options.portalRole === 'administrator';
    const inventory = [
      this.link('Down', 'BackupServerReferenceList', 'backupServers'),
      this.link('Down', 'RepositoryReferenceList', 'repositories'),
      this.link('Down', 'QueryService', 'querySvc'),
      this.link('Alternate', 'BackupServerList', 'backupServers?format=Entity'),
    ];
    return {
      element: 'LogonSession',
      attributes: { Type: 'LogonSession', Href: `${this.base}/${self}` },
      links: [
        this.link('Up', 'EnterpriseManager', ''),
        ...(session.tenant === undefined ? inventory : []),
        ...(seesCloud ? [this.link('Down', 'CloudConnectService', 'cloud')] : []),
        this.link('Delete', 'LogonSession', self),
      ],
      members: { UserName: session.userName, SessionId: session.id },
    };
  }

  // Backup servers and repositories

  private backupServers({ resources, entity }: Call): Collection {
    const items = lazily(this.data.backupServers, row => resources.backupServer(row, entity));
    return keyCollection('BackupServers', entity, items);
  }

  private backupServer({ resources, entity, ids: [id = ''] }: Call): Resource {
    return single(resources.backupServer(found(this.data.findBackupServer(id), 'Backup server'), entity), entity);
  }

  private repositoriesOfServer({ resources, entity, ids: [id = ''] }: Call): Collection {
    const rows = this.data.repositoriesOf(found(this.data.findBackupServer(id), 'Backup server'));
    const items = lazily(rows, row => resources.repository(row, entity));
    return keyCollection('Repositories', entity, items);
  }

  private repositories({ resources, entity }: Call): Collection {
    const items = lazily(this.data.repositories, row => resources.repository(row, entity));
    return keyCollection('Repositories', entity, items);
  }

  private repository({ resources, entity, ids: [id = ''] }: Call): Resource {
    return single(resources.repository(found(this.data.findRepository(id), 'Repository'), entity), entity);
  }

  // Cloud Connect

  private cloud({ session }: Call): Resource {
    const lists: [string, string][] = [
      ['CloudGatewayReferenceList', 'cloud/gateways'],
      ['CloudTenantReferenceList', 'cloud/tenants'],
      ['CloudHardwarePlanReferenceList', 'cloud/hardwarePlans'],
    ];
    return {
      element: 'CloudConnectService',
      attributes: { Type: 'CloudConnectService', Href: `${this.base}/cloud` },
      links: lists
        .filter(([type]) => session.tenant === undefined || type === 'CloudTenantReferenceList')
        .map(([type, path]) => this.link('Down', type, path)),
    };
  }

  private tenants({ session, resources, entity }: Call): Collection {
    const own = session.tenant;
    const rows = own === undefined ? this.data.tenants : [this.data.tenants.at(own)];
    const items = lazily(rows, row => resources.tenant(row, entity));
    return keyCollection('CloudTenants', entity, items);
  }

  private tenant(call: Call): Resource {
    return single(call.resources.tenant(this.tenantOf(call), call.entity), call.entity);
  }

  private subtenants(call: Call): Document | Reply {
    const tenant = this.standaloneTenantOf(call);
    const collection: Collection = {
      element: 'CloudSubtenants',
      items: lazily(tenant.subtenants, row => call.resources.subtenant(row, false)),
    };
    if (!this.replies.wantsJson(call.request, call.session) || this.options.subtenantsJson === 'wrapped') {
      return collection;
    }
    const wrapped = toJson(collection) as { CloudSubtenants: unknown };
    const body = this.options.subtenantsJson === 'nested' ? { CloudSubtenants: wrapped } : wrapped.CloudSubtenants;
    return this.replies.jsonReply(200, body);
  }

  private subtenant(call: Call): Resource {
    const subtenant = this.data.findSubtenant(this.standaloneTenantOf(call), call.ids[1] ?? '');
    return call.resources.subtenant(found(subtenant, 'Subtenant'), false);
  }

  private tenantResources(call: Call): Collection {
    const tenant = this.tenantOf(call);
    const items = lazily(tenant.resources, row => call.resources.listedTenantResource(tenant, row));
    return { element: 'CloudTenantResources', items };
  }

  private tenantResource(call: Call): Resource {
    const tenant = this.tenantOf(call);
    const resource = tenant.resources.find(row => row.id === call.ids[1]?.toLowerCase());
    return call.resources.listedTenantResource(tenant, found(resource, 'Tenant resource'));
  }

  private computeResources(call: Call): Collection {
    const tenant = this.standaloneTenantOf(call);
    const items = tenant.hasHardwarePlan ? [call.resources.computeResource(tenant)] : [];
    return { element: 'CloudTenantComputeResources', items };
  }

  private licenseCounters(call: Call): Resource {
    return call.resources.licenseCounters(this.tenantOf(call));
  }

  private gateways({ session, resources, entity }: Call): Collection {
    forAdministrators(session);
    return keyCollection(
      'CloudGateways',
      entity,
      lazily(this.data.gateways, row => resources.gateway(row, entity)),
    );
  }

  private gateway({ session, resources, entity, ids: [id = ''] }: Call): Resource {
    forAdministrators(session);
    return single(resources.gateway(found(this.data.findGateway(id), 'Cloud gateway'), entity), entity);
  }

  private hardwarePlans({ session, resources, entity }: Call): Collection {
    forAdministrators(session);
    return keyCollection(
      'CloudHardwarePlans',
      entity,
      lazily(this.data.hardwarePlans, row => resources.hardwarePlan(row, entity)),
    );
  }

  private hardwarePlan({ session, resources, entity, ids: [id = ''] }: Call): Resource {
    forAdministrators(session);
    return single(resources.hardwarePlan(found(this.data.findHardwarePlan(id), 'Hardware plan'), entity), entity);
  }

  private tenantOf({ session, ids: [id = ''] }: Call): Tenant {
    const tenant = found(this.data.findTenant(id), 'Tenant');
    if (session.tenant !== undefined && session.tenant !== tenant.index) {
      throw new Failure(403, 'Access denied');
    }
    return tenant;
  }

  private standaloneTenantOf(call: Call): Tenant {
    const tenant = this.tenantOf(call);
    if (tenant.type !== 'Standalone') {
      throw new Failure(400, 'The operation is not supported for this type of tenant');
    }
    return tenant;
  }

  // Query service

  private queryService({ resources }: Call): Resource {
    const types = [
      'BackupServer',
      'Repository',
      ...(this.options.cloudConnect ? ['CloudTenant', 'CloudSubtenant'] : []),
    ];
    return {
      element: 'QueryService',
      links: types.flatMap(type =>
        ['References', 'Entities'].map(format =>
          resources.link('Query', `${type}${format}`, `query?type=${type}&format=${format}&pageSize=15&page=1`),
        ),
      ),
    };
  }

  private query({ request, resources }: Call): Resource {
    const parameters = request.url.searchParams;
    if (/^cloud/i.test(parameters.get('type') ?? '')) {
      if (!this.options.cloudConnect) {
        throw new FilterError(`Unknown query type: ${parameters.get('type')}`);
      }
      if (this.options.portalRole === 'user') {
        throw new Failure(403, 'Access denied');
      }
    }
    return query(parameters, this.data, resources);
  }

  private link(rel: string, type: string, path: string): Link {
    return { rel, type, href: `${this.base}/${path}` };
  }
}

/** "v1_7" is 7, "v1" is 0. */
function minorVersion(version: string): number {
  const match = /^v1(?:_(\d+))?$/i.exec(version);
  return match ? Number(match[1] ?? 0) : Number.NaN;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Failure(404, `${what} not found`);
  }
  return value;
}

function forAdministrators(session: Session): void {
  if (session.tenant !== undefined) {
    throw new Failure(403, 'Access denied');
  }
}

function keyCollection(list: string, entity: boolean, items: Iterable<Resource>): Collection {
  return entity ? { element: list, items } : { element: 'EntityReferences', items };
}

/** A reference on its own has another element than one in a list. */
function single(resource: Resource, entity: boolean): Resource {
  return entity ? resource : { ...resource, element: 'EntityRef' };
}

function* lazily<T>(rows: Iterable<T>, change: (row: T) => Resource): Iterable<Resource> {
  for (const row of rows) {
    yield change(row);
  }
}
