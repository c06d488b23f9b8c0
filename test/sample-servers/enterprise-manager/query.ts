import type { Rows } from '../rows';
import type { BackupServer, CloudRepository, EnterpriseManagerData, Subtenant, Tenant } from './data';
import { compare, type Fields, FilterError, fieldOf, parseFilter } from './filter';
import type { Link, Member, Resource } from './representations';
import { type Release, type Resources, releases, urn } from './resources';

const DEFAULT_PAGE_SIZE = 100;

function backupServerFields(release: Release): Fields<BackupServer> {
  return {
    UID: row => urn('BackupServer', row.id),
    Name: row => row.name,
    Description: row => row.description,
    IpOrDnsName: row => row.name,
    Port: () => releases[release].port,
    Version: () => releases[release].version,
  };
}

const REPOSITORY: Fields<CloudRepository> = {
  UID: row => urn('Repository', row.id),
  Name: row => row.name,
  FreeSpace: row => row.freeSpaceBytes,
  Capacity: row => row.capacityBytes,
  BackupServerUid: row => urn('BackupServer', row.server.id),
  BackupServerName: row => row.server.name,
};

const TENANT: Fields<Tenant> = {
  UID: row => urn('CloudTenant', row.id),
  Name: row => row.name,
  Enabled: row => row.enabled,
  BackupServerUid: row => urn('BackupServer', row.server.id),
  BackupServerName: row => row.server.name,
  Type: row => row.type,
};

const SUBTENANT: Fields<Subtenant> = {
  UID: row => row.id,
  Name: row => row.name,
  CloudTenantUid: row => urn('CloudTenant', row.tenant.id),
  CloudTenantName: row => row.tenant.name,
  // The resource says Enabled, the filter its opposite.
  Disabled: row => !row.enabled,
  Unlimited: row => row.unlimited,
  Quota: row => row.quotaMb,
  UsedQuota: row => row.usedQuotaMb,
  BackupResourceId: row => row.tenantResourceId,
  BackupServerUID: row => urn('BackupServer', row.tenant.server.id),
  BackupServerName: row => row.tenant.server.name,
};

/** What an answer lists under Entities (one name is misspelled by the product), and under Resources for types that are no key resources. */
const ENTITY_LISTS = ['BackupServers', 'Repositories', 'CloudTenants', 'EnterpiseRoles'];
const RESOURCE_LISTS = ['CloudSubtenants'];

/** Answers GET /query. Throws a FilterError for what a client got wrong. */
export function query(parameters: URLSearchParams, data: EnterpriseManagerData, resources: Resources): Resource {
  const entity = /^entit(y|ies)$/i.test(parameters.get('format') ?? '');
  switch (parameters.get('type')?.toLowerCase()) {
    case 'backupserver':
      return answer(parameters, resources, data.backupServers, backupServerFields(resources.release), page =>
        keyLists('BackupServers', entity, page, row => resources.backupServer(row, entity)),
      );
    case 'repository':
      return answer(parameters, resources, data.repositories, REPOSITORY, page =>
        keyLists('Repositories', entity, page, row => resources.repository(row, entity)),
      );
    case 'cloudtenant':
      return answer(parameters, resources, data.tenants, TENANT, page =>
        keyLists('CloudTenants', entity, page, row => resources.tenant(row, entity)),
      );
    case 'cloudsubtenant':
      return answer(parameters, resources, data.subtenants, SUBTENANT, page => ({
        Refs: null,
        Entities: null,
        Resources: lists(
          'Resources',
          RESOURCE_LISTS,
          'CloudSubtenants',
          page.map(row => resources.subtenant(row, true)),
        ),
      }));
    default:
      throw new FilterError(`Unknown query type: ${parameters.get('type') ?? ''}`);
  }
}

function answer<T>(
  parameters: URLSearchParams,
  resources: Resources,
  all: Rows<T>,
  fields: Fields<T>,
  members: (page: readonly T[]) => Record<string, Member>,
): Resource {
  const size = positive(parameters.get('pageSize'), DEFAULT_PAGE_SIZE);
  const number = positive(parameters.get('page'), 1);
  const rows = select(parameters, all, fields);
  const count = Math.max(1, Math.ceil(rows.length / size));
  return {
    element: 'QueryResult',
    links: null,
    members: {
      ...members(rows.slice((number - 1) * size, number * size)),
      PagingInfo: {
        element: 'PagingInfo',
        attributes: { PageNum: number, PageSize: size, PagesCount: count },
        links: pagingLinks(parameters, resources, number, size, count),
      },
    },
  };
}

/** Without a filter and an order the rows stay unmade; only the page that is asked for will be. */
function select<T>(parameters: URLSearchParams, all: Rows<T>, fields: Fields<T>): Pick<Rows<T>, 'length' | 'slice'> {
  const filter = parameters.get('filter');
  const ascending = parameters.get('sortAsc');
  const descending = parameters.get('sortDesc');
  if (!filter && !ascending && !descending) {
    return all;
  }
  const matches = filter ? parseFilter(filter, fields) : () => true;
  const rows: T[] = [];
  for (const row of all) {
    if (matches(row)) {
      rows.push(row);
    }
  }
  const order = ascending ?? descending;
  if (order) {
    const field = fieldOf(order, fields);
    const sign = ascending ? 1 : -1;
    rows.sort((left, right) => sign * compare(field(left), field(right)));
  }
  return rows;
}

function keyLists<T>(
  list: string,
  entity: boolean,
  page: readonly T[],
  resource: (row: T) => Resource,
): Record<string, Member> {
  const items = page.map(resource);
  return entity
    ? { Refs: null, Entities: lists('Entities', ENTITY_LISTS, list, items), Resources: null }
    : { Refs: { list: 'Refs', items }, Entities: null, Resources: null };
}

function lists(element: string, names: readonly string[], filled: string, items: readonly Resource[]): Resource {
  return {
    element,
    members: Object.fromEntries(names.map(name => [name, name === filled ? { list: name, items } : null])),
  };
}

function pagingLinks(
  parameters: URLSearchParams,
  resources: Resources,
  number: number,
  size: number,
  count: number,
): Link[] {
  const at = (rel: string, page: number): Link => {
    const query = new URLSearchParams(parameters);
    query.set('pageSize', String(size));
    query.set('page', String(page));
    return resources.link(rel, undefined, `query?${query}`);
  };
  return [
    at('First', 1),
    ...(number > 1 ? [at('Previous', number - 1)] : []),
    ...(number < count ? [at('Next', number + 1)] : []),
    at('Last', count),
  ];
}

function positive(text: string | null, fallback: number): number {
  if (text === null) {
    return fallback;
  }
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new FilterError(`A positive number is expected instead of ${text}`);
  }
  return Number(text);
}
