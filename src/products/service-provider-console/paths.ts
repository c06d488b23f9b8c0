/** What stands before all paths here. */
export const base = '/api/v3/';

const sites = 'infrastructure/sites';
const organizationServers = 'infrastructure/vb365Servers';
const backupServers = 'infrastructure/backupServers';
const companies = 'organizations/companies';
const resellers = 'organizations/resellers';
const withNumbers = 'expand=BackupRepositoryInfo';

/** Where the API has what. The spelling counts: some are in small letters, others in camel case. */
export const paths = {
  about: 'about',
  me: 'users/me',
  organization: (id: string) => path('organizations', id),

  companies,
  company: (id: string) => path(companies, id),
  resellers,
  reseller: (id: string) => path(resellers, id),
  companiesOf: (resellerId: string) => path(resellers, resellerId, 'companies'),
  resellerSites: `${resellers}/sites`,
  resellerShares: `${resellers}/sites/backupResources`,
  resellerUsage: `${resellers}/sites/backupResources/usage`,
  resellerOrganizationServers: (id: string) => path(resellers, id, 'hostedResources', 'vb365'),
  /** 3.6. */
  resellerServers: (id: string) => path(resellers, id, 'hostedResources', 'vbr'),
  resellerHosted: (product: Hosted, resellerId: string, id: string) =>
    path(resellers, resellerId, 'hostedResources', product, id),

  locations: (organizationId?: string) =>
    organizationId === undefined ? 'organizations/locations' : path('organizations', organizationId, 'locations'),
  location: (id: string) => path('organizations', 'locations', id),
  users: (organizationId?: string) =>
    organizationId === undefined ? 'users' : path('organizations', organizationId, 'users'),
  user: (id: string) => path('users', id),

  sites,
  site: (id: string) => path(sites, id),
  tenants: `${sites}/tenants`,
  tenantsOf: (siteId: string) => path(sites, siteId, 'tenants'),
  tenant: (id: string) => path(sites, 'tenants', id),
  /** 3.6. */
  tenantsOfCompany: (companyId: string) => path(companies, companyId, 'siteResources'),
  /** 3.5. */
  companySites: `${companies}/sites`,
  companySitesOf: (companyId: string) => path(companies, companyId, 'sites'),
  backupResources: (isOlder: boolean) =>
    isOlder ? `${companies}/sites/backupResources` : `${sites}/tenants/backupResources`,
  backupResource: (tenantId: string, id: string) => path(sites, 'tenants', tenantId, 'backupResources', id),
  usage: (tenantId: string) => path(sites, 'tenants', tenantId, 'backupResources', 'usage'),
  /** 3.5. */
  companyBackupResource: (companyId: string, siteId: string, id: string) =>
    path(companies, companyId, 'sites', siteId, 'backupResources', id),
  /** 3.5. */
  companyUsage: (companyId: string, siteId: string) =>
    path(companies, companyId, 'sites', siteId, 'backupResources', 'usage'),
  traffic: (tenantId: string) => path(sites, 'tenants', tenantId, 'traffic'),
  replicationUsage: (tenantId: string) =>
    filtered(`${sites}/tenants/replicationResources/usage`, equals('tenantUid', tenantId)),
  subtenantsOfTenant: (tenantId: string) => path(sites, 'tenants', tenantId, 'subtenants'),
  subtenantsOfSite: (siteId: string) => path(sites, siteId, 'tenants', 'subtenants'),
  subtenant: (id: string) => path(sites, 'tenants', 'subtenants', id),
  subtenantQuotas: (siteId?: string) =>
    siteId === undefined ? 'users/backupResources' : filtered('users/backupResources', equals('siteUid', siteId)),
  gatewaysOf: (siteId: string) => path(sites, siteId, 'cloudgateways'),
  gatewaysOfPool: (poolId: string) => path(sites, 'cloudgatewaypools', poolId, 'cloudgateways'),
  gateway: (id: string) => path(sites, 'cloudgateways', id),
  gatewayPools: `${sites}/cloudgatewaypools`,
  gatewayPoolsOf: (siteId: string) => path(sites, siteId, 'cloudgatewaypools'),
  gatewayPool: (id: string) => path(sites, 'cloudgatewaypools', id),
  hardwarePlansOf: (siteId: string) => path(sites, siteId, 'hardwarePlans'),
  hardwarePlan: (id: string) => path(sites, 'hardwarePlans', id),

  /** What is hosted for companies; `product` is the API's word for the hosted product. */
  hostedServers: (product: Hosted, companyId?: string) =>
    companyId === undefined
      ? `${companies}/hostedResources/${product}`
      : path(companies, companyId, 'hostedResources', product),
  hostedServer: (product: Hosted, companyId: string, id: string) =>
    path(companies, companyId, 'hostedResources', product, id),
  hostedShares: (product: Hosted, companyId?: string) => {
    const all = `${companies}/hostedResources/${product}/backupResources`;
    return companyId === undefined ? all : filtered(all, equals('companyUid', companyId));
  },
  hostedShare: (product: Hosted, companyId: string, serverId: string, id: string) =>
    path(companies, companyId, 'hostedResources', product, serverId, 'backupResources', id),

  /** On a server that hosts something, with the names alone. */
  repositoriesOn: (product: Hosted, serverId: string) =>
    product === 'vb365' ? path(organizationServers, serverId, 'backupRepositories') : below(serverId, 'repositories'),

  organizationServers,
  organizationServer: (id: string) => path(organizationServers, id),
  organizations: `${organizationServers}/organizations`,
  organizationsOf: (serverId: string) => path(organizationServers, serverId, 'organizations'),
  /** 3.6. */
  organizationsOfCompany: (companyId: string) =>
    filtered(`${organizationServers}/organizations`, equals('mappedOrganizationUid', companyId)),
  organizationOf: (serverId: string, id: string) => path(organizationServers, serverId, 'organizations', id),
  mappings: `${organizationServers}/organizations/companyMappings`,
  organizationRepositories: (serverId: string) => path(organizationServers, serverId, 'backupRepositories'),
  organizationProxies: (serverId: string) => path(organizationServers, serverId, 'backupProxies'),

  backupServers,
  backupServer: (id: string) => path(backupServers, id),
  repositories: (serverId?: string) => `${below(serverId, 'repositories')}?${withNumbers}`,
  repository: (serverId: string, id: string) => `${path(backupServers, serverId, 'repositories', id)}?${withNumbers}`,
  jobs: (serverId?: string) => below(serverId, 'jobs'),
  job: (id: string) => path(backupServers, 'jobs', id),
  proxies: (serverId?: string) => below(serverId, 'proxies'),
  proxy: (serverId: string, id: string) => path(backupServers, serverId, 'proxies', id),

  enterpriseManagers: 'infrastructure/enterpriseManagers',
  enterpriseManager: (id: string) => path('infrastructure', 'enterpriseManagers', id),
  managedServers: (id: string) => path('infrastructure', 'enterpriseManagers', id, 'backupServers'),
} as const;

export type Hosted = 'vb365' | 'vbr';

/** A list where one member has a value. Values of IDs are compared without their case. */
export function filtered(list: string, expression: Expression): string {
  return withQuery(list, `filter=${encodeURIComponent(JSON.stringify([expression]))}`);
}

export function equals(property: string, value: string): Expression {
  return { property, operation: 'equals', collation: 'ignorecase', value };
}

/** Part of a text, in whatever case. */
export function contains(property: string, value: string): Expression {
  return { property, operation: 'contains', collation: 'ignorecase', value };
}

/** Any of the values, each of one of the members. */
export function anyOf(expressions: readonly Expression[]): Expression {
  return { operation: 'or', items: expressions };
}

type Expression =
  | {
      readonly property: string;
      readonly operation: 'equals' | 'contains';
      readonly collation: 'ignorecase';
      readonly value: string;
    }
  | { readonly operation: 'or'; readonly items: readonly Expression[] };

function below(serverId: string | undefined, list: string): string {
  return serverId === undefined ? `${backupServers}/${list}` : path(backupServers, serverId, list);
}

function withQuery(list: string, query: string): string {
  return `${list}${list.includes('?') ? '&' : '?'}${query}`;
}

/** @param start goes as it is; ids behind it cannot leave their place */
function path(start: string, ...segments: readonly string[]): string {
  return [start, ...segments.map(encodeURIComponent)].join('/');
}
