import { guid } from '../random';
import { sees } from './accounts';
import { type Call, Collection, isAt, type Route, type World } from './collections';
import type { Organization } from './data';
import type { Vb365Organization, Vb365Server } from './microsoft365';
import type { OrganizationCollections } from './organization-routes';
import { resellerVbrBody } from './server-bodies';
import * as bodies from './vb365-bodies';

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
    // No proxy is in a pool here.
    proxies.list(`${root}/{id}/backupProxyPools`, () => false, servers),
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
    body: reseller => resellerVbrBody(reseller, world.data.backupServers.hosted),
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
