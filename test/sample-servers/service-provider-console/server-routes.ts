import { guid } from '../random';
import { type Account, sees } from './accounts';
import { type Call, Collection, isAt, type Route, type World } from './collections';
import type { Organization } from './data';
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
    jobs.item(`${root}/jobs/{id}`),
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
