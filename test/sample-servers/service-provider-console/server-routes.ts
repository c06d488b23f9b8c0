import { guid } from '../random';
import { type Account, sees } from './accounts';
import { type Call, Collection, isAt, type Route, type World } from './collections';
import type { Organization } from './data';
import type { Vb365Organization, Vb365Server } from './microsoft365';
import type { OrganizationCollections } from './organization-routes';
import * as bodies from './server-bodies';

/** Backup servers, Enterprise Managers, and what companies have of hosted servers. */
export function backupServerRoutes(world: World, { companies }: OrganizationCollections): Route[] {
  const { data } = world;
  const { backupServers: all } = data;
  // A company sees the hosted server that it has a share of, and of it what is its own.
  const isShared = (serverId: string, account: Account) =>
    all.hostedResources.some(({ server, company }) => server.id === serverId && sees(account, company));
  const servers = new Collection({
    rows: all.servers,
    admitted: 'backupServers',
    id: ({ id }) => id,
    owner: ({ organization }) => organization,
    isShown: ({ id, organization }, account) => sees(account, organization) || isShared(id, account),
    body: (server, { version }) => bodies.backupServerBody(server, data, version),
  });
  const repositories = new Collection({
    rows: all.repositories,
    admitted: 'backupServers',
    expands: ['BackupRepositoryInfo'],
    id: ({ id }) => id,
    owner: ({ server }) => server.organization,
    isShown: (repository, account) =>
      sees(account, repository.server.organization) ||
      all.hostedResources.some(share => share.repository === repository && sees(account, share.company)),
    body: (repository, { expand }) => bodies.repositoryBody(repository, expand),
  });
  const jobs = new Collection({
    rows: all.jobs,
    admitted: 'backupServers',
    id: ({ id }) => id,
    owner: ({ server, mapped }) => mapped ?? server.organization,
    body: (job, { version }) => bodies.jobBody(job, data, version),
  });
  const proxies = new Collection({
    rows: all.proxies,
    admitted: 'backupServers',
    id: ({ id }) => id,
    owner: ({ server }) => server.organization,
    body: proxy => bodies.proxyBody(proxy),
  });
  const hosts = new Collection({
    rows: all.servers,
    admitted: 'backupServers',
    id: ({ index }) => guid('spcHost', 100 + index),
    owner: ({ organization }) => organization,
    body: server => bodies.hostBody(server),
  });
  const of = (row: { server: { id: string } }, call: Call) => isAt(call, 0, row.server.id);
  const root = 'infrastructure/backupServers';
  return [
    servers.list(root),
    repositories.list(`${root}/repositories`),
    jobs.list(`${root}/jobs`),
    proxies.list(`${root}/proxies`),
    hosts.list(`${root}/servers`),
    servers.item(`${root}/{id}`),
    repositories.list(
      `${root}/{id}/repositories`,
      (row, call) => of(row, call) && isCompanys(row, call.query.get('companyUid')),
      servers,
    ),
    repositories.item(`${root}/{id}/repositories/{id}`, of),
    jobs.list(`${root}/{id}/jobs`, of, servers),
    proxies.list(`${root}/{id}/proxies`, of, servers),
    proxies.item(`${root}/{id}/proxies/{id}`, of),
    hosts.list(`${root}/{id}/servers`, ({ id }, call) => isAt(call, 0, id), servers),
    hosts.item(`${root}/{id}/servers/{id}`, ({ id }, call) => isAt(call, 0, id)),
    ...enterpriseManagers(world),
    ...hostedResources(world, companies),
  ];

  function isCompanys(repository: (typeof all.repositories)[number], companyUid: string | null): boolean {
    return (
      companyUid === null ||
      all.hostedResources.some(
        share => share.repository === repository && share.company.id === companyUid.toLowerCase(),
      )
    );
  }
}

/** Two: one that manages the sites it shares with the sample of Enterprise Manager, one without any server. */
function enterpriseManagers({ data }: World): Route[] {
  const managed = data.backupServers.servers.slice(0, data.options.enterpriseManager.backupServers);
  const managers = new Collection({
    rows: [0, 1],
    admitted: 'provider',
    id: index => guid('spcEnterpriseManager', index),
    owner: () => data.provider,
    body: index => bodies.enterpriseManagerBody(index),
  });
  const root = 'infrastructure/enterpriseManagers';
  return [
    managers.list(root),
    managers.item(`${root}/{id}`),
    {
      pattern: `${root}/{id}/backupServers`,
      admitted: 'provider',
      handle(call) {
        const index = managers.get(call, call.ids[0]);
        const servers = index === 0 ? managed : [];
        return index === undefined
          ? undefined
          : { item: servers.map(server => bodies.enterpriseManagerServerBody(server, data, call.version)) };
      },
    },
  ];
}

function hostedResources(world: World, companies: Collection<Organization>): Route[] {
  const { hostedResources: rows } = world.data.backupServers;
  type Row = (typeof rows)[number];
  const common = { rows, admitted: 'usual', owner: ({ company }: Row) => company } as const;
  const resources = new Collection<Row>({
    ...common,
    id: ({ id }) => id,
    body: (row, { version }) => bodies.hostedResourceBody(row, version),
  });
  const shares = new Collection<Row>({
    ...common,
    id: ({ company }) => guid('spcHostedBackupResource', company.index),
    body: row => bodies.hostedBackupResourceBody(row),
  });
  const isCompanys = ({ company }: Row, call: Call) => isAt(call, 0, company.id);
  const isOf = (row: Row, call: Call) => isCompanys(row, call) && isAt(call, 1, row.id);
  const root = 'organizations/companies';
  return [
    resources.list(`${root}/hostedResources/vbr`),
    shares.list(`${root}/hostedResources/vbr/backupResources`),
    resources.list(`${root}/{id}/hostedResources/vbr`, isCompanys, companies),
    resources.item(`${root}/{id}/hostedResources/vbr/{id}`, isCompanys),
    shares.list(`${root}/{id}/hostedResources/vbr/{id}/backupResources`, isOf, companies, resources),
    shares.item(`${root}/{id}/hostedResources/vbr/{id}/backupResources/{id}`, isOf),
  ];
}

/** Servers of Microsoft 365 backup, and what companies and resellers have of the hosted one. */
export function vb365Routes(world: World, { companies, resellers }: OrganizationCollections): Route[] {
  const { data } = world;
  const { microsoft365 } = data;
  const servers = new Collection<Vb365Server>({
    rows: microsoft365.servers,
    admitted: 'usual',
    id: ({ id }) => id,
    owner: ({ organization }) => organization,
    isShown: (server, account) =>
      sees(account, server.organization) ||
      microsoft365.resources.some(share => share.server === server && sees(account, share.company)),
    body: server => bodies.vb365ServerBody(server, data.defaultLocationOf(server.organization)),
  });
  const common = {
    rows: microsoft365.organizations,
    admitted: 'usual',
    id: ({ id }: Vb365Organization) => id,
    owner: ({ server, company }: Vb365Organization) => company ?? server.organization,
  } as const;
  const organizations = new Collection<Vb365Organization>({
    ...common,
    expands: ['OrganizationDetails', 'Vb365Server'],
    body: (row, { version, expand }) => bodies.vb365OrganizationBody(row, data, version, expand),
  });
  const online = new Collection<Vb365Organization>({
    ...common,
    rows: microsoft365.organizations.filter(({ type }) => type === 'Microsoft365'),
    expands: ['OrganizationBase'],
    body: (row, { version, expand }) => ({
      ...bodies.microsoft365Body(row),
      ...(expand.has('organizationbase')
        ? { _embedded: { organizationBase: bodies.vb365OrganizationBody(row, data, version, new Set()) } }
        : {}),
    }),
  });
  const mappings = new Collection<Vb365Organization>({
    ...common,
    rows: microsoft365.organizations.filter(({ company }) => company !== undefined),
    id: ({ index }) => guid('spcVb365Mapping', index),
    body: row => bodies.companyMappingBody(row),
  });
  const jobs = new Collection({
    rows: microsoft365.jobs,
    admitted: 'usual',
    id: ({ job }) => job.id,
    owner: ({ organization }) => organization.company ?? organization.server.organization,
    body: (row, { version }) => bodies.vb365JobBody(row, version),
  });
  const repositories = new Collection({
    rows: microsoft365.servers.flatMap(server =>
      microsoft365.repositoriesOf(server).map(repository => ({ server, repository })),
    ),
    admitted: 'usual',
    id: ({ repository }) => repository.id,
    owner: ({ server }) => server.organization,
    isShown: ({ server, repository }, account) =>
      sees(account, server.organization) ||
      microsoft365.resources.some(share => share.repository.id === repository.id && sees(account, share.company)),
    body: ({ repository }) => bodies.vb365RepositoryBody(repository),
  });
  const proxies = new Collection({
    rows: microsoft365.servers.flatMap(server => microsoft365.proxiesOf(server).map(proxy => ({ server, proxy }))),
    admitted: 'usual',
    id: ({ proxy }) => proxy.id,
    owner: ({ server }) => server.organization,
    body: ({ proxy }) => bodies.vb365ProxyBody(proxy),
  });
  const of = ({ server }: { server: Vb365Server }, call: Call) => isAt(call, 0, server.id);
  const root = 'infrastructure/vb365Servers';
  return [
    servers.list(root),
    // This one leaves out hybrid and on-premises organizations; the list of one server has them.
    organizations.list(
      `${root}/organizations`,
      (row, call) => row.type === 'Microsoft365' && passes(call, 'organizationFilter', row.company?.id),
    ),
    mappings.list(`${root}/organizations/companyMappings`),
    mappings.item(`${root}/organizations/companyMappings/{id}`),
    jobs.list(`${root}/organizations/jobs`, ({ organization }, call) =>
      passes(call, 'organizationFilter', organization.company?.id),
    ),
    servers.item(`${root}/{id}`),
    organizations.list(`${root}/{id}/organizations`, of, servers),
    online.list(`${root}/{id}/organizations/Microsoft365`, of, servers),
    online.item(`${root}/{id}/organizations/Microsoft365/{id}`, of),
    organizations.item(`${root}/{id}/organizations/{id}`, of),
    repositories.list(`${root}/{id}/backupRepositories`, of, servers),
    proxies.list(`${root}/{id}/backupProxies`, of, servers),
    { ...proxies.list(`${root}/{id}/backupProxyPools`, () => false, servers) },
    ...vb365Resources(world, companies),
    ...resellersVb365(world, resellers),
  ];
}

/** A filter of a path's own: a repeated parameter that names uids. */
function passes(call: Call, parameter: string, id: string | undefined): boolean {
  const wanted = call.query.getAll(parameter).map(each => each.toLowerCase());
  return wanted.length === 0 || (id !== undefined && wanted.includes(id));
}

function vb365Resources(world: World, companies: Collection<Organization>): Route[] {
  const { resources: rows } = world.data.microsoft365;
  type Row = (typeof rows)[number];
  const common = { rows, admitted: 'usual', owner: ({ company }: Row) => company } as const;
  const resources = new Collection<Row>({
    ...common,
    id: ({ id }) => id,
    body: (row, { version }) => bodies.vb365ResourceBody(row, version),
  });
  const shares = new Collection<Row>({
    ...common,
    id: ({ backupResourceId }) => backupResourceId,
    body: row => bodies.vb365BackupResourceBody(row),
  });
  const isCompanys = ({ company }: Row, call: Call) => isAt(call, 0, company.id);
  const isOf = (row: Row, call: Call) => isCompanys(row, call) && isAt(call, 1, row.id);
  const root = 'organizations/companies';
  return [
    resources.list(`${root}/hostedResources/vb365`),
    shares.list(`${root}/hostedResources/vb365/backupResources`),
    resources.list(`${root}/{id}/hostedResources/vb365`, isCompanys, companies),
    resources.item(`${root}/{id}/hostedResources/vb365/{id}`, isCompanys),
    shares.list(`${root}/{id}/hostedResources/vb365/{id}/backupResources`, isOf, companies, resources),
    shares.item(`${root}/{id}/hostedResources/vb365/{id}/backupResources/{id}`, isOf),
  ];
}

function resellersVb365(world: World, resellers: Collection<Organization>): Route[] {
  const [server] = world.data.microsoft365.servers;
  const repositories = server ? world.data.microsoft365.repositoriesOf(server) : [];
  const hosted = new Collection({
    rows: server ? world.data.resellers.map(reseller => ({ reseller, server })) : [],
    admitted: 'resellersResources',
    id: ({ reseller }) => guid('spcResellerVb365', reseller.index),
    owner: ({ reseller }) => reseller,
    body: row => bodies.resellerVb365Body(row.reseller, row.server, repositories),
  });
  const hostedVbr = new Collection({
    rows: world.data.resellers,
    admitted: 'resellersResources',
    only: 'since3.6',
    id: ({ index }) => guid('spcResellerVbr', index),
    owner: reseller => reseller,
    body: reseller => bodies.resellerVbrBody(reseller, world.data.backupServers.hosted),
  });
  const root = 'organizations/resellers';
  return [
    hosted.list(`${root}/hostedResources/vb365`),
    hosted.list(`${root}/{id}/hostedResources/vb365`, ({ reseller }, call) => isAt(call, 0, reseller.id), resellers),
    hosted.item(`${root}/{id}/hostedResources/vb365/{id}`, ({ reseller }, call) => isAt(call, 0, reseller.id)),
    hostedVbr.list(`${root}/hostedResources/vbr`),
    hostedVbr.list(`${root}/{id}/hostedResources/vbr`, ({ id }, call) => isAt(call, 0, id), resellers),
    hostedVbr.item(`${root}/{id}/hostedResources/vbr/{id}`, ({ id }, call) => isAt(call, 0, id)),
  ];
}
