import { guid } from '../random';
import { type Account, sees } from './accounts';
import * as bodies from './cloud-bodies';
import type { CloudTenant, Site } from './cloud-connect';
import { Collection, isAt, type Route, type World } from './collections';
import type { Organization } from './data';
import type { OrganizationCollections } from './organization-routes';

/** Cloud Connect: sites, tenants, their resources, and what resellers have of the sites. */
export function cloudRoutes(world: World, { companies, resellers }: OrganizationCollections): Route[] {
  const { cloudConnect: cloud } = world.data;
  const siteIds = new Map<string, ReadonlySet<string>>();
  const sitesOf = (account: Account) => {
    const { id } = account.organization;
    const known = siteIds.get(id) ?? new Set(cloud.tenants.filter(each => sees(account, each.company)).map(siteIdOf));
    siteIds.set(id, known);
    return known;
  };
  const sites = new Collection<Site>({
    rows: cloud.sites,
    admitted: 'usual',
    id: ({ id }) => id,
    owner: () => world.data.provider,
    isShown: ({ id }, account) => sees(account, world.data.provider) || sitesOf(account).has(id),
    body: site => bodies.siteBody(site),
  });
  const tenants = new Collection({
    rows: cloud.tenants,
    admitted: 'usual',
    id: ({ id }) => id,
    owner: ({ company }) => company,
    body: (tenant, { version }) => bodies.tenantBody(tenant, version),
  });
  const ownedTenants = cloud.tenants.filter(({ company }) => company !== undefined);
  const companySites = new Collection({
    rows: ownedTenants,
    admitted: 'usual',
    only: 'before3.6',
    id: ({ site }) => site.id,
    owner: ({ company }) => company,
    body: tenant => bodies.companySiteBody(tenant, tenant.company as Organization),
  });
  const subtenants = new Collection({
    rows: cloud.subtenants,
    admitted: 'backupResources',
    id: ({ source }) => source.id,
    owner: ({ tenant }) => tenant.company,
    body: subtenant => bodies.subtenantBody(subtenant),
  });
  const quotas = new Collection({
    rows: cloud.subtenants.flatMap((subtenant, index) =>
      // Every other subtenant is a user here; a tenant without resources has nothing to share among its own.
      index % 2 === 0 && subtenant.tenant.like.resources.length > 0
        ? [{ subtenant, userId: guid('spcSubtenantUser', index) }]
        : [],
    ),
    admitted: 'usual',
    id: ({ userId }) => userId,
    owner: ({ subtenant }) => subtenant.tenant.company,
    body: ({ subtenant, userId }, { version }) => bodies.userBackupResourceBody(subtenant, userId, version),
  });
  const inSite = (row: { site: Site }, call: { ids: readonly string[] }) => row.site.id === call.ids[0]?.toLowerCase();
  return [
    sites.list('infrastructure/sites'),
    tenants.list('infrastructure/sites/tenants'),
    subtenants.list('infrastructure/sites/tenants/subtenants'),
    subtenants.item('infrastructure/sites/tenants/subtenants/{id}'),
    ...backupResources(world, tenants, companies, sites),
    ...replication(world, tenants),
    ...infrastructure(world, sites, tenants),
    tenants.item('infrastructure/sites/tenants/{id}'),
    subtenants.list(
      'infrastructure/sites/tenants/{id}/subtenants',
      ({ tenant }, call) => isAt(call, 0, tenant.id),
      tenants,
    ),
    sites.item('infrastructure/sites/{id}'),
    tenants.list('infrastructure/sites/{id}/tenants', inSite, sites),
    subtenants.list('infrastructure/sites/{id}/tenants/subtenants', ({ tenant }, call) => inSite(tenant, call), sites),
    {
      ...tenants.list(
        'organizations/companies/{id}/siteResources',
        ({ company }, call) => isAt(call, 0, company?.id),
        companies,
      ),
      only: 'since3.6',
    },
    companySites.list('organizations/companies/sites'),
    companySites.list(
      'organizations/companies/{id}/sites',
      ({ company }, call) => isAt(call, 0, company?.id),
      companies,
    ),
    companySites.item('organizations/companies/{id}/sites/{id}', ({ company }, call) => isAt(call, 0, company?.id)),
    quotas.list('users/backupResources'),
    quotas.item('users/{id}/backupResource'),
    ...resellerRoutes(world, resellers),
  ];
}

function siteIdOf({ site }: CloudTenant): string {
  return site.id;
}

function backupResources(
  world: World,
  tenants: Collection<CloudTenant>,
  companies: Collection<Organization>,
  sites: Collection<Site>,
): Route[] {
  const { resources } = world.data.cloudConnect;
  type Row = (typeof resources)[number];
  const common = {
    admitted: 'backupResources',
    id: ({ id }: Row) => id,
    owner: ({ tenant }: Row) => tenant.company,
  } as const;
  const make = (only: Route['only'], rows: readonly Row[]) => ({
    plain: new Collection<Row>({
      ...common,
      only,
      rows,
      body: (row, { version }) => bodies.backupResourceBody(row, version),
    }),
    usage: new Collection<Row>({
      ...common,
      only,
      rows,
      body: (row, { version }) => bodies.backupResourceUsageBody(row, version),
    }),
  });
  const current = make('since3.6', resources);
  // Before 3.6 there is no way to see what belongs to a tenant without a company.
  const old = make(
    'before3.6',
    resources.filter(({ tenant }) => tenant.company !== undefined),
  );
  const ofTenant = ({ tenant }: Row, call: { ids: readonly string[] }) => tenant.id === call.ids[0]?.toLowerCase();
  const ofCompany = ({ tenant }: Row, call: { ids: readonly string[] }) =>
    tenant.company?.id === call.ids[0]?.toLowerCase() && tenant.site.id === call.ids[1]?.toLowerCase();
  const everywhere = 'infrastructure/sites/tenants';
  const ofSite = 'organizations/companies/{id}/sites/{id}/backupResources';
  return [
    current.plain.list(`${everywhere}/backupResources`),
    current.usage.list(`${everywhere}/backupResources/usage`),
    current.plain.list(`${everywhere}/{id}/backupResources`, ofTenant, tenants),
    current.usage.list(`${everywhere}/{id}/backupResources/usage`, ofTenant, tenants),
    current.plain.item(`${everywhere}/{id}/backupResources/{id}`, ofTenant),
    old.plain.list('organizations/companies/sites/backupResources'),
    old.usage.list('organizations/companies/sites/backupResources/usage'),
    old.plain.list(ofSite, ofCompany, companies, sites),
    old.usage.list(`${ofSite}/usage`, ofCompany, companies, sites),
    old.plain.item(`${ofSite}/{id}`, ofCompany),
  ];
}

/** Replication and traffic. */
function replication(world: World, tenants: Collection<CloudTenant>): Route[] {
  const { cloudConnect: cloud } = world.data;
  const common = {
    admitted: 'usual',
    id: ({ id }: CloudTenant) => id,
    owner: ({ company }: CloudTenant) => company,
  } as const;
  const replicating = cloud.tenants.filter(({ like }) => like.hasHardwarePlan);
  const resources = new Collection<CloudTenant>({
    ...common,
    only: 'since3.6',
    rows: replicating,
    body: (tenant, { version }) => bodies.replicationResourceBody(tenant, version),
  });
  const usage = new Collection<CloudTenant>({
    ...common,
    only: 'since3.6',
    rows: replicating,
    body: tenant => bodies.replicationUsageBody(tenant),
  });
  const traffic = new Collection<CloudTenant>({
    ...common,
    only: 'since3.6',
    rows: cloud.tenants,
    body: tenant => bodies.trafficBody(tenant),
  });
  const companyTraffic = new Collection<CloudTenant>({
    ...common,
    only: 'before3.6',
    rows: cloud.tenants,
    body: tenant => bodies.companyTrafficBody(tenant),
  });
  const companyReplication = new Collection<CloudTenant>({
    ...common,
    only: 'before3.6',
    rows: replicating.filter(({ company }) => company !== undefined),
    body: (tenant, { version }) => bodies.replicationResourceBody(tenant, version),
  });
  const everywhere = 'infrastructure/sites/tenants';
  const isTenant = ({ id }: CloudTenant, call: { ids: readonly string[] }) => id === call.ids[0]?.toLowerCase();
  const isCompanysAt = ({ company, site }: CloudTenant, call: { ids: readonly string[] }) =>
    company?.id === call.ids[0]?.toLowerCase() && site.id === call.ids[1]?.toLowerCase();
  return [
    resources.list(`${everywhere}/replicationResources`),
    usage.list(`${everywhere}/replicationResources/usage`),
    resources.single(`${everywhere}/{id}/replicationResources`, isTenant),
    usage.list(`${everywhere}/{id}/replicationResources/usage`, isTenant, tenants),
    traffic.single(`${everywhere}/{id}/traffic`, isTenant),
    companyReplication.list('organizations/companies/sites/replicationResources'),
    companyReplication.single('organizations/companies/{id}/sites/{id}/replicationResources', isCompanysAt),
    companyTraffic.single('organizations/companies/{id}/sites/{id}/traffic', isCompanysAt),
  ];
}

/** Gateways, pools and hardware plans, which are the provider's own. */
function infrastructure(world: World, sites: Collection<Site>, tenants: Collection<CloudTenant>): Route[] {
  const { cloudConnect: cloud, provider } = world.data;
  const common = { admitted: 'provider', owner: () => provider } as const;
  const gateways = new Collection({
    ...common,
    rows: cloud.gateways,
    id: ({ id }) => id,
    body: gateway => bodies.gatewayBody(gateway, cloud),
  });
  const pools = new Collection({
    ...common,
    rows: cloud.gatewayPools,
    id: ({ id }) => id,
    body: pool => bodies.gatewayPoolBody(pool, cloud),
  });
  const plans = new Collection({
    ...common,
    rows: cloud.hardwarePlans,
    id: ({ id }) => id,
    body: plan => bodies.hardwarePlanBody(plan, cloud),
  });
  const storages = new Collection({
    ...common,
    rows: cloud.hardwarePlans,
    id: ({ id }) => id,
    body: plan => bodies.hardwarePlanStorageBody(plan),
  });
  const root = 'infrastructure/sites';
  type Server = { server: { name: string } };
  const onSite = (row: Server, call: { ids: readonly string[] }) => cloud.siteOf(row).id === call.ids[0]?.toLowerCase();
  return [
    gateways.list(`${root}/cloudgateways`),
    gateways.item(`${root}/cloudgateways/{id}`),
    pools.list(`${root}/cloudgatewaypools`),
    pools.item(`${root}/cloudgatewaypools/{id}`),
    gateways.list(
      `${root}/cloudgatewaypools/{id}/cloudgateways`,
      (gateway, call) => gateway.index % 2 === 0 && isAt(call, 0, guid('spcGatewayPool', cloud.siteOf(gateway).index)),
      pools,
    ),
    plans.list(`${root}/hardwarePlans`),
    storages.list(`${root}/hardwarePlans/storages`),
    plans.item(`${root}/hardwarePlans/{id}`),
    storages.list(`${root}/hardwarePlans/{id}/storages`, ({ id }, call) => isAt(call, 0, id), plans),
    gateways.list(`${root}/{id}/cloudgateways`, onSite, sites),
    pools.list(`${root}/{id}/cloudgatewaypools`, ({ site }, call) => isAt(call, 0, site.id), sites),
    plans.list(`${root}/{id}/hardwarePlans`, onSite, sites),
    pools.list(
      `${root}/tenants/{id}/cloudGatewayPools`,
      ({ site }, call) => {
        const tenant = tenants.get(call, call.ids[0]);
        return tenant !== undefined && tenant.index % 4 === 3 && tenant.site.id === site.id;
      },
      tenants,
    ),
  ];
}

/** What resellers have of the sites; each has a share of every site that its companies are on. */
function resellerRoutes(world: World, resellers: Collection<Organization>): Route[] {
  const { cloudConnect: cloud, resellers: all } = world.data;
  const shares = all.flatMap(reseller =>
    cloud.sites.flatMap(site => {
      const used = cloud.tenants.filter(
        tenant => tenant.company?.reseller?.id === reseller.id && tenant.site.id === site.id,
      );
      return used.length === 0 ? [] : [{ reseller, site, used: new Set(used) }];
    }),
  );
  type Share = (typeof shares)[number];
  const common = {
    rows: shares,
    admitted: 'resellersResources',
    owner: ({ reseller }: Share) => reseller,
  } as const;
  const sites = new Collection<Share>({
    ...common,
    id: ({ site }) => site.id,
    body: ({ reseller, site, used }) => bodies.resellerSiteBody(reseller, site, used.size),
  });
  const id = ({ reseller, site }: Share) => guid('spcResellerResource', reseller.index * 8 + site.index);
  const resources = new Collection<Share>({
    ...common,
    id,
    body: ({ reseller, site }) => bodies.resellerResourceBody(reseller, site),
  });
  const usage = new Collection<Share>({
    ...common,
    id,
    body: ({ reseller, site, used }) =>
      bodies.resellerResourceUsageBody(
        reseller,
        site,
        cloud.resources.filter(({ tenant }) => used.has(tenant)),
      ),
  });
  const isResellers = ({ reseller }: Share, call: { ids: readonly string[] }) =>
    reseller.id === call.ids[0]?.toLowerCase();
  const isAtSite = (share: Share, call: { ids: readonly string[] }) =>
    isResellers(share, call) && share.site.id === call.ids[1]?.toLowerCase();
  const root = 'organizations/resellers';
  return [
    sites.list(`${root}/sites`),
    resources.list(`${root}/sites/backupResources`),
    usage.list(`${root}/sites/backupResources/usage`),
    sites.list(`${root}/{id}/sites`, isResellers, resellers),
    sites.item(`${root}/{id}/sites/{id}`, isResellers),
    resources.list(`${root}/{id}/sites/{id}/backupResources`, isAtSite, resellers, sites),
    usage.list(`${root}/{id}/sites/{id}/backupResources/usage`, isAtSite, resellers, sites),
    resources.item(`${root}/{id}/sites/{id}/backupResources/{id}`, isAtSite),
  ];
}
