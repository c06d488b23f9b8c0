import { matchPath, segmentsOf } from '../paths';
import type { Reply, Request } from '../server';
import * as bodies from './bodies';
import type { BackedUpOrganization, ProtectedKind, Vb365Data } from './data';
import { type LinkForm, type Links, linksFor, pathOf } from './links';
import { json, type Tokens } from './tokens';

export type Envelope = 'array' | 'page';

/** The collections, by the names that options use for them. */
export type Collection =
  | 'BackupRepositories'
  | 'BackedUpOrganizations'
  | 'OrganizationData'
  | 'Organizations'
  | 'usedRepositories'
  | 'Proxies'
  | 'Jobs'
  | 'Data'
  | 'Protected';

export interface RouteOptions {
  versions: readonly string[];
  productVersion: string;
  maxLimit: number;
  envelope: Partial<Record<Collection, Envelope>>;
  linkForm: LinkForm | undefined;
  omitLinks: boolean;
  role: 'administrator' | 'tenant';
}

/** The version since which a collection comes in pages; before, it was a bare array. */
const PAGED_SINCE: Record<Collection, number> = {
  BackupRepositories: 8,
  BackedUpOrganizations: 6,
  OrganizationData: 6,
  Organizations: 8,
  usedRepositories: 6,
  Proxies: 8,
  Jobs: 8,
  Data: 6,
  Protected: 8,
};

const PROTECTED_LISTS: Readonly<Record<ProtectedKind, string>> = {
  user: 'ProtectedUsers',
  group: 'ProtectedGroups',
  site: 'ProtectedSites',
  team: 'ProtectedTeams',
};

const DEFAULT_LIMIT = 30;

/** What a handler works with: one authorized request in one version of the API. */
interface Call {
  readonly version: number;
  readonly request: Request;
  readonly links: Links;
  readonly ids: readonly string[];
}

interface Route {
  readonly pattern: string;
  readonly since?: number;
  readonly until?: number;
  readonly handle: (call: Call) => Reply;
}

/** Anything with a length and rows on demand: an array or the data set's lazy rows. */
interface Source<T> {
  readonly length: number;
  slice(start?: number, end?: number): T[];
}

export class Vb365Routes {
  private readonly routes: readonly Route[] = [
    { pattern: 'ServiceInstance', since: 6, handle: () => this.serviceInstance() },
    { pattern: 'Organization', handle: call => this.ownOrganization(call) },
    { pattern: 'BackupRepositories', handle: call => this.repositories(call) },
    { pattern: 'BackupRepositories/{id}', handle: call => this.repository(call) },
    { pattern: 'BackupRepositories/{id}/BackedUpOrganizations', handle: call => this.backedUpOrganizations(call) },
    { pattern: 'BackupRepositories/{id}/OrganizationData', handle: call => this.organizationData(call) },
    { pattern: 'BackupRepositories/{id}/OrganizationData/{id}', handle: call => this.oneOrganizationData(call) },
    { pattern: 'ObjectStorageRepositories', since: 4, until: 7, handle: call => this.objectStorages(call) },
    { pattern: 'Organizations', handle: call => this.organizations(call) },
    { pattern: 'Organizations/{id}', handle: call => this.organization(call) },
    { pattern: 'Organizations/{id}/usedRepositories', handle: call => this.usedRepositories(call) },
    { pattern: 'Organizations/{id}/LicensingInformation', since: 6, handle: call => this.licensedUsers(call) },
    { pattern: 'Organizations/{id}/Jobs', until: 7, handle: call => this.organizationJobs(call) },
    { pattern: 'Proxies', handle: call => this.proxies(call) },
    { pattern: 'Proxies/{id}', handle: call => this.proxy(call) },
    { pattern: 'Jobs', handle: call => this.jobs(call) },
    { pattern: 'Jobs/{id}', handle: call => this.job(call) },
    { pattern: 'Health', since: 8, handle: () => json(200, bodies.healthBody(this.data)) },
    { pattern: 'License', handle: ({ version }) => json(200, bodies.licenseBody(this.data, version)) },
    ...(['user', 'group', 'site', 'team'] as const).flatMap(kind => this.protectedRoutes(kind)),
  ];

  constructor(
    private readonly options: RouteOptions,
    private readonly data: Vb365Data,
    private readonly tokens: Tokens,
    private readonly origin: string,
  ) {}

  answer(request: Request): Reply {
    const [first = '', ...segments] = segmentsOf(request.url.pathname);
    const name = first.toLowerCase();
    if (!this.options.versions.includes(name)) {
      return { status: 404 };
    }
    const version = Number(name.slice(1));
    if (matchPath('Token', segments)) {
      return request.method === 'POST' ? this.tokens.answer(request, version) : notAllowed(version);
    }
    if (version >= 7 && matchPath('Token/logout', segments)) {
      return request.method === 'POST' ? this.logout(request, version) : notAllowed(version);
    }
    for (const route of this.routes) {
      const ids = matchPath(route.pattern, segments);
      if (ids && version >= (route.since ?? 0) && version <= (route.until ?? Number.POSITIVE_INFINITY)) {
        return this.call(route, ids, request, version);
      }
    }
    return problem(version, 404, 'No resource was found that matches the request URI.', 'HttpError');
  }

  private call(route: Route, ids: readonly string[], request: Request, version: number): Reply {
    const refusal = this.refuse(request, version);
    if (refusal) {
      return refusal;
    }
    if (request.method !== 'GET') {
      return notAllowed(version);
    }
    if (this.options.role === 'tenant' && route.pattern !== 'Organization' && route.pattern !== 'ServiceInstance') {
      return problem(version, 403, 'Access to the resource is denied.', 'ResourceAccessDenied');
    }
    const links = linksFor(version, this.options.linkForm, this.origin, this.options.omitLinks);
    return route.handle({ version, request, links, ids });
  }

  private refuse(request: Request, version: number): Reply | undefined {
    switch (this.tokens.check(request)) {
      case 'unauthorized':
        return problem(version, 401, 'Authorization has been denied for this request.', 'HttpError');
      case 'antiforgery':
        return problem(version, 403, 'The antiforgery token is missing or invalid.', 'ResourceAccessDenied');
      default:
        return undefined;
    }
  }

  private logout(request: Request, version: number): Reply {
    const refusal = this.refuse(request, version);
    if (refusal) {
      return refusal;
    }
    this.tokens.logout(request);
    return { status: version >= 8 ? 204 : 200 };
  }

  private serviceInstance(): Reply {
    return json(200, { installationId: this.data.installationId, version: this.options.productVersion });
  }

  /** What an account of an organization sees of itself. */
  private ownOrganization({ version }: Call): Reply {
    const organization = this.options.role === 'tenant' ? this.data.organizations.slice(0, 1)[0] : undefined;
    if (!organization) {
      return problem(version, 403, 'Access to the resource is denied.', 'ResourceAccessDenied');
    }
    return json(200, bodies.ownOrganizationBody(organization, this.data, version));
  }

  private repositories(call: Call): Reply {
    const { version, request } = call;
    const query = request.url.searchParams;
    const proxyId = version >= 4 ? query.get('proxyId') : null;
    const longTerm = version >= 6 ? query.get('longTerm') : null;
    const rows =
      proxyId === null && longTerm === null
        ? this.data.repositories
        : [...this.data.repositories].filter(
            row =>
              (proxyId === null || row.proxyId === proxyId.toLowerCase()) &&
              (longTerm === null || row.isLongTerm === (longTerm.toLowerCase() === 'true')),
          );
    return this.list(call, 'BackupRepositories', ['BackupRepositories'], rows, row =>
      bodies.repositoryBody(row, version, call.links),
    );
  }

  private repository({ version, links, ids: [id = ''] }: Call): Reply {
    const repository = this.data.findRepository(id);
    return repository
      ? json(200, bodies.repositoryBody(repository, version, links))
      : notFound(version, 'Repository', id);
  }

  private backedUpOrganizations(call: Call): Reply {
    const {
      version,
      ids: [id = ''],
    } = call;
    const repository = this.data.findRepository(id);
    if (!repository) {
      return notFound(version, 'Repository', id);
    }
    const path = ['BackupRepositories', repository.id, 'backedupOrganizations'];
    return this.list(call, 'BackedUpOrganizations', path, repository.organizations, row =>
      bodies.backedUpOrganizationBody(row, version),
    );
  }

  private organizationData(call: Call): Reply {
    const {
      version,
      ids: [id = ''],
    } = call;
    const repository = this.data.findRepository(id);
    if (!repository) {
      return notFound(version, 'Repository', id);
    }
    const path = ['BackupRepositories', repository.id, 'OrganizationData'];
    return this.list(call, 'OrganizationData', path, repository.organizations, row =>
      bodies.organizationDataBody(row, repository, version, call.links),
    );
  }

  private oneOrganizationData({ version, links, ids: [id = '', organizationId = ''] }: Call): Reply {
    const repository = this.data.findRepository(id);
    const row = repository?.organizations.find(
      candidate => candidate.id === organizationId || candidate.organization?.id === organizationId,
    );
    return repository && row
      ? json(200, bodies.organizationDataBody(row, repository, version, links))
      : notFound(version, 'Organization', organizationId);
  }

  private organizations(call: Call): Reply {
    const { version, request } = call;
    const query = request.url.searchParams;
    const filters = version >= 8 ? (['msid', 'backedUpOrganizationId'] as const).filter(name => query.has(name)) : [];
    const rows =
      filters.length === 0
        ? this.data.organizations
        : [...this.data.organizations].filter(row => filters.every(name => row[name] === query.get(name)));
    return this.list(call, 'Organizations', ['Organizations'], rows, row =>
      bodies.organizationBody(row, this.data, isExtended(request), version, call.links),
    );
  }

  private organization({ version, request, links, ids: [id = ''] }: Call): Reply {
    const organization = this.data.findOrganization(id);
    return organization
      ? json(200, bodies.organizationBody(organization, this.data, isExtended(request), version, links))
      : notFound(version, 'Organization', id);
  }

  private licensedUsers({ version, ids: [id = ''] }: Call): Reply {
    const organization = this.data.findOrganization(id);
    return organization ? json(200, bodies.licensedUsersBody(organization)) : notFound(version, 'Organization', id);
  }

  /** A bare array without pages in all versions. */
  private objectStorages({ version, links }: Call): Reply {
    const rows = [...this.data.repositories].filter(({ isObjectStorage }) => isObjectStorage);
    return json(
      200,
      rows.map(row => bodies.objectStorageRepositoryBody(row, version, links)),
    );
  }

  private usedRepositories(call: Call): Reply {
    const {
      version,
      ids: [id = ''],
    } = call;
    const organization = this.data.findOrganization(id);
    if (!organization) {
      return notFound(version, 'Organization', id);
    }
    const path = ['Organizations', organization.id, 'usedRepositories'];
    return this.list(call, 'usedRepositories', path, this.data.usedRepositories(organization), row =>
      bodies.usedRepositoryBody(row, version, call.links),
    );
  }

  private organizationJobs(call: Call): Reply {
    const {
      version,
      ids: [id = ''],
    } = call;
    const organization = this.data.findOrganization(id);
    return organization
      ? json(
          200,
          this.data.jobsOf(organization).map(job => bodies.jobBody(job, this.data, version, call.links)),
        )
      : notFound(version, 'Organization', id);
  }

  private protectedRoutes(kind: ProtectedKind): Route[] {
    const data = `BackupRepositories/{id}/${bodies.DATA_LISTS[kind]}`;
    const since = kind === 'team' ? 5 : 0;
    return [
      { pattern: data, since, handle: call => this.dataList(call, kind) },
      { pattern: `${data}/{id}`, since, handle: call => this.dataItem(call, kind) },
      { pattern: PROTECTED_LISTS[kind], since: 8, handle: call => this.protectedList(call, kind) },
      { pattern: `${PROTECTED_LISTS[kind]}/{id}`, since: 8, handle: call => this.protectedItem(call, kind) },
    ];
  }

  /** All organizations' in one list. */
  private dataList(call: Call, kind: ProtectedKind): Reply {
    const {
      version,
      ids: [id = ''],
    } = call;
    const repository = this.data.findRepository(id);
    if (!repository) {
      return notFound(version, 'Repository', id);
    }
    const path = ['BackupRepositories', repository.id, bodies.DATA_LISTS[kind]];
    return this.list(call, 'Data', path, this.data.protectedIn(repository, kind), row =>
      bodies.dataBody(row, version, call.links),
    );
  }

  private dataItem({ version, links, ids: [repositoryId = '', id = ''] }: Call, kind: ProtectedKind): Reply {
    const object = this.data.findProtected(kind, id);
    return object && object.repository.id === repositoryId.toLowerCase()
      ? json(200, bodies.dataBody(object, version, links))
      : notFound(version, kind, id);
  }

  private protectedList(call: Call, kind: ProtectedKind): Reply {
    const query = call.request.url.searchParams;
    const repositoryId = query.get('repositoryId');
    const wanted = repositoryId === null ? undefined : this.data.findRepository(repositoryId);
    if (repositoryId !== null && !wanted) {
      return notFound(call.version, 'Repository', repositoryId);
    }
    const isWanted = (row: BackedUpOrganization) =>
      (query.get('backedUpOrganizationId') ?? row.id) === row.id &&
      (query.get('organizationId') ?? row.organization?.id) === row.organization?.id;
    const rows = (wanted ? [wanted] : [...this.data.repositories])
      .flatMap(repository =>
        [...repository.organizations].map((row, index) =>
          isWanted(row) ? [this.data.protectedOf(repository, index, kind)] : [],
        ),
      )
      .flat();
    const [only] = rows;
    // As a rule it is those of one organization, however many; they stay unmade.
    const source = rows.length === 1 && only ? only : rows.flatMap(each => [...each]);
    return this.list(call, 'Protected', [PROTECTED_LISTS[kind]], source, row => bodies.protectedBody(row));
  }

  private protectedItem({ version, ids: [id = ''] }: Call, kind: ProtectedKind): Reply {
    const object = this.data.findProtected(kind, id);
    return object ? json(200, bodies.protectedBody(object)) : notFound(version, kind, id);
  }

  private job({ version, links, ids: [id = ''] }: Call): Reply {
    const job = this.data.findJob(id);
    return job ? json(200, bodies.jobBody(job, this.data, version, links)) : notFound(version, 'Job', id);
  }

  private proxies(call: Call): Reply {
    return this.list(call, 'Proxies', ['Proxies'], this.data.proxies, row =>
      bodies.proxyBody(row, call.version, call.links),
    );
  }

  private proxy({ version, links, ids: [id = ''] }: Call): Reply {
    const proxy = this.data.findProxy(id);
    return proxy ? json(200, bodies.proxyBody(proxy, version, links)) : notFound(version, 'Proxy', id);
  }

  private jobs(call: Call): Reply {
    const wanted = call.version >= 8 ? call.request.url.searchParams.get('organizationId') : null;
    const organization = wanted === null ? undefined : this.data.findOrganization(wanted);
    const rows = wanted === null ? this.data.jobs : organization ? this.data.jobsOf(organization) : [];
    return this.list(call, 'Jobs', ['Jobs'], rows, row => bodies.jobBody(row, this.data, call.version, call.links));
  }

  private list<T>(
    { version, request, links }: Call,
    collection: Collection,
    segments: readonly string[],
    rows: Source<T>,
    body: (row: T) => object,
  ): Reply {
    const envelope = this.options.envelope[collection] ?? (version >= PAGED_SINCE[collection] ? 'page' : 'array');
    if (envelope === 'array') {
      return json(200, rows.slice().map(body));
    }
    const query = request.url.searchParams;
    const offset = wholeNumber(query.get('offset'), 0);
    const wanted = wholeNumber(query.get('limit'), DEFAULT_LIMIT);
    if (offset === undefined || !wanted) {
      return problem(
        version,
        400,
        'The parameters offset and limit must be whole numbers.',
        'ParameterValidationFailure',
      );
    }
    const limit = Math.min(wanted, this.options.maxLimit);
    const pageAt = (start: number) => {
      const parameters = new URLSearchParams(query);
      parameters.set('offset', String(Math.max(0, start)));
      parameters.set('limit', String(limit));
      return `${pathOf(segments, version)}?${parameters}`;
    };
    return json(200, {
      offset,
      limit,
      ...(version < 8 ? { totalCount: rows.length } : {}),
      ...links.to({
        self: pageAt(offset),
        ...(offset > 0 ? { first: pageAt(0), prev: pageAt(offset - limit) } : {}),
        ...(offset + limit < rows.length ? { next: pageAt(offset + limit) } : {}),
      }),
      results: rows.slice(offset, offset + limit).map(body),
    });
  }
}

function isExtended(request: Request): boolean {
  return request.url.searchParams.get('extendedView')?.toLowerCase() === 'true';
}

function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null) {
    return fallback;
  }
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function notFound(version: number, what: string, id: string): Reply {
  return problem(version, 404, `${what} ${id} was not found.`, 'ResourceNotFound');
}

function notAllowed(version: number): Reply {
  return problem(version, 405, 'The requested resource does not support this method.', 'HttpError');
}

/** v7 has the member errorCode but a single value for it, which none of these cases is. */
function problem(version: number, status: number, message: string, errorCode: string): Reply {
  return json(status, {
    message,
    ...(version >= 7 ? { errorCode: version >= 8 ? errorCode : null } : {}),
    ...(version >= 8 ? { stackTrace: null } : {}),
  });
}
