import * as l10n from '@vscode/l10n';
import type { BackupServer, Extent, Heading, Item, Repository, ScaleOutRepository } from '../../items/item';
import type { Api, Page } from '../product';
import type { ReadList } from '../reading/readList';
import { ServiceProviderConsoleClient } from './client';
import { groupsOf, heading, pageWith, sameId } from './items';
import { lists } from './lists';
import { organizationsOfServer } from './organizations';
import { paths } from './paths';
import {
  jobItem,
  organizationRepositoryItem,
  proxyItem,
  repositoryItem,
  type ServerType,
  serverItem,
} from './serverItems';
import type { RepositoryBody } from './serverWire';
import { companyNames, nameIn } from './shares';

// Backup servers of the provider and of companies, with what is on each.

const listsOfServers: Readonly<Record<ServerType, string>> = {
  vb365: paths.organizationServers,
  vbr: paths.backupServers,
  em: paths.enterpriseManagers,
};

/** One page of the servers of a type. */
export async function servers(api: Api, type: ServerType, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new ServiceProviderConsoleClient(api);
  const [page, names] = await Promise.all([
    client.page(listsOfServers[type], lists.servers, offset, signal),
    companyNames(api, signal),
  ]);
  return pageWith(page, body => serverItem(body, type, nameIn(names, body.organizationUid)));
}

/** What is below a server: headings for which nothing is asked, or the servers behind an Enterprise Manager. */
export async function childrenOfServer(api: Api, server: BackupServer, signal: AbortSignal): Promise<Page> {
  switch (server.scope?.type) {
    case 'vb365':
      return { items: headingsOf(server, 'vb365') };
    case 'vbr':
      return { items: headingsOf(server, 'vbr') };
    case 'em':
      return await serversBehind(api, server.id, signal);
    default:
      return { items: [] };
  }
}

function headingsOf({ id: serverId }: Item, type: 'vb365' | 'vbr', known?: KnownBelow): Heading[] {
  const scope = { serverId, type };
  const more = (list: keyof KnownBelow) => {
    const own = known?.[list](serverId);
    return { scope, ...(own ? { known: own } : {}) };
  };
  return [
    ...(type === 'vb365' ? [heading('organizationsOfServer', l10n.t('Organizations'), 'organization', { scope })] : []),
    heading('repositoriesOfServer', l10n.t('Backup Repositories'), 'repository', more('repositories')),
    ...(type === 'vbr' ? [heading('jobsOfServer', l10n.t('Jobs'), 'job', more('jobs'))] : []),
    heading('proxiesOfServer', l10n.t('Backup Proxies'), 'proxy', more('proxies')),
  ];
}

/** This list has no pages. */
async function serversBehind(api: Api, id: string, signal: AbortSignal): Promise<Page> {
  const list = await new ServiceProviderConsoleClient(api).all(paths.managedServers(id), lists.managedServers, signal);
  const items = list.elements.map(({ backupServer: body, address, instanceUid, port }): BackupServer => {
    const server = serverItem(
      { ...nothingKnown, ...body, instanceUid: body?.instanceUid ?? instanceUid, name: body?.name ?? address },
      'vbr',
      undefined,
    );
    return { ...server, hasChildren: false, port };
  });
  return { items, total: items.length + (list.unreadable?.count ?? 0), unreadable: list.unreadable };
}

const nothingKnown = {
  ...{ version: undefined, displayVersion: undefined, backupServerRoleType: undefined, status: undefined },
  ...{ installationUid: undefined, organizationUid: undefined },
};

/** One page of what is below one of the headings of a server. */
export async function rowsOfServer(
  api: Api,
  { contains, scope }: Heading,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new ServiceProviderConsoleClient(api);
  const { serverId = '', type } = scope ?? {};
  const isOrganizationServer = type === 'vb365';
  switch (contains) {
    case 'organization':
      return await organizationsOfServer(api, serverId, offset, signal);
    case 'repository':
      return isOrganizationServer
        ? pageWith(
            await client.page(paths.organizationRepositories(serverId), lists.organizationRepositories, offset, signal),
            body => organizationRepositoryItem(body, serverId),
          )
        : whole(repositoriesWithExtents(await client.all(paths.repositories(serverId), lists.repositories, signal)));
    case 'job':
      return pageWith(await client.page(paths.jobs(serverId), lists.jobs, offset, signal), jobItem);
    case 'proxy': {
      const path = isOrganizationServer ? paths.organizationProxies(serverId) : paths.proxies(serverId);
      const page = await client.page(path, lists.proxies, offset, signal);
      return pageWith(page, body => proxyItem(body, isOrganizationServer ? 'vb365' : 'vbr', serverId));
    }
    default:
      return { items: [] };
  }
}

function whole({ elements, unreadable }: ReadList<Item>): Page {
  return { items: elements, total: elements.length + (unreadable?.count ?? 0), unreadable };
}

/** Repositories that are made of others have those below them: their space is in theirs. */
function repositoriesWithExtents({ elements, unreadable }: ReadList<RepositoryBody>): ReadList<Item> {
  const whole = new Set(elements.filter(isScaleOut).map(({ instanceUid }) => sameId(instanceUid)));
  const parentOf = (body: RepositoryBody) => {
    const id = sameId(body._embedded?.parentRepositoryUid);
    return id !== undefined && whole.has(id) ? id : undefined;
  };
  const items = elements.flatMap((body): Item[] => {
    if (parentOf(body) !== undefined) {
      return [];
    }
    if (!isScaleOut(body)) {
      return [repositoryItem(body)];
    }
    const id = sameId(body.instanceUid);
    return [scaleOutItem(repositoryItem(body), elements.filter(each => parentOf(each) === id).map(repositoryItem))];
  });
  return { elements: items, unreadable };
}

function isScaleOut({ _embedded }: RepositoryBody): boolean {
  return _embedded?.type === 'ScaleOut';
}

function scaleOutItem(repository: Repository, parts: readonly Repository[]): ScaleOutRepository {
  const { id, name, capacityBytes, freeBytes, usedBytes, problem, scope } = repository;
  const extents = parts.map(
    ({ kind: _, outOfDate, online, ...part }): Extent => ({
      ...part,
      kind: 'extent',
      scaleOutRepositoryId: id,
      outOfDate,
      online,
    }),
  );
  return {
    kind: 'scaleOutRepository',
    ...{ id, name, capacityBytes, freeBytes, usedBytes, problem, scope, extents },
    hasChildren: true,
  };
}

/** Rows by the ID of their server; undefined where the server has to be asked. */
interface KnownBelow {
  repositories(serverId: string): readonly Item[] | undefined;
  jobs(serverId: string): readonly Item[] | undefined;
  proxies(serverId: string): readonly Item[] | undefined;
}

/** The headings below each of many servers, with what is below them: by a list for each heading. */
export async function headingsOfAllServers(
  api: Api,
  parents: readonly Item[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const client = new ServiceProviderConsoleClient(api);
  const [repositories, jobs, proxies] = await Promise.all([
    client.all(paths.repositories(), lists.repositories, signal),
    client.all(paths.jobs(), lists.jobs, signal),
    client.all(paths.proxies(), lists.proxies, signal),
  ]);
  const known: KnownBelow = {
    repositories: byServer(repositories, bodies => repositoriesWithExtents({ elements: bodies }).elements),
    jobs: byServer(jobs, bodies => bodies.map(jobItem)),
    proxies: byServer(proxies, (bodies, serverId) => bodies.map(body => proxyItem(body, 'vbr', serverId))),
  };
  return new Map(parents.map(parent => [parent.id, headingsOf(parent, 'vbr', known)]));
}

/** A list in which something could not be read tells of no server: each then says by itself what is missing. */
function byServer<Body extends { readonly backupServerUid: string | undefined }>(
  { elements, unreadable }: ReadList<Body>,
  toItems: (bodies: readonly Body[], serverId: string) => readonly Item[],
): (serverId: string) => readonly Item[] | undefined {
  const groups = groupsOf(elements, ({ backupServerUid }) => sameId(backupServerUid));
  return serverId => (unreadable ? undefined : toItems(groups.get(sameId(serverId) ?? '') ?? [], serverId));
}
