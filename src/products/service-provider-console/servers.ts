import * as l10n from '@vscode/l10n';
import { groupsOf } from '../../base/groupsOf';
import { headingOf } from '../../items/heading';
import type { BackupServer, Extent, Heading, Item, Repository, ScaleOutRepository } from '../../items/item';
import type { Api, Page } from '../product';
import { pageWith, wholePage } from '../reading/jsonResources';
import { kept } from '../reading/kept';
import type { ReadList } from '../reading/readList';
import { ifThere } from '../reading/whenMissing';
import type { Installation, Located } from '../seek';
import { ServiceProviderConsoleClient } from './client';
import { lists } from './lists';
import { organizationsOfServer } from './organizations';
import { idOf, sameId } from './parts';
import { equals, filtered, paths } from './paths';
import {
  jobItem,
  organizationRepositoryItem,
  proxyItem,
  repositoryItem,
  type ServerType,
  serverItem,
} from './serverItems';
import type { RepositoryBody } from './serverWire';
import { companyNames, nameIn, pageForRows } from './shares';

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

/** What is below a server: headings, which take no request, or the servers behind an Enterprise Manager. */
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
    ...(type === 'vb365'
      ? [headingOf('organizationsOfServer', l10n.t('Organizations'), 'organization', { scope })]
      : []),
    headingOf('repositoriesOfServer', l10n.t('Backup Repositories'), 'repository', more('repositories')),
    ...(type === 'vbr' ? [headingOf('jobsOfServer', l10n.t('Jobs'), 'job', more('jobs'))] : []),
    headingOf('proxiesOfServer', l10n.t('Backup Proxies'), 'proxy', more('proxies')),
  ];
}

async function serversBehind(api: Api, id: string, signal: AbortSignal): Promise<Page> {
  const list = await new ServiceProviderConsoleClient(api).unpaged(
    paths.managedServers(id),
    lists.managedServers,
    signal,
  );
  const items = list.elements.map(({ backupServer: body, address, instanceUid, port }): BackupServer => {
    const server = serverItem(
      { ...nothingKnown, ...body, instanceUid: body?.instanceUid ?? instanceUid, name: body?.name ?? address },
      'vbr',
      undefined,
    );
    return { ...server, hasChildren: false, port };
  });
  return wholePage({ elements: items, unreadable: list.unreadable });
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
            await pageForRows(
              api,
              paths.organizationRepositories(serverId),
              lists.organizationRepositories,
              offset,
              signal,
            ),
            body => organizationRepositoryItem(body, serverId),
          )
        : wholePage(
            repositoriesWithExtents(await client.all(paths.repositories(serverId), lists.repositories, signal)),
          );
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
  const { id, name, capacityBytes, freeBytes, usedBytes, problem, scope, standsOn } = repository;
  const extents = parts.map(part => extentItem(part, id));
  return {
    kind: 'scaleOutRepository',
    ...{ id, name, capacityBytes, freeBytes, usedBytes, problem, scope, standsOn, extents },
    hasChildren: true,
  };
}

function extentItem({ kind: _, ...part }: Repository, scaleOutRepositoryId: string): Extent {
  return { ...part, kind: 'extent', scaleOutRepositoryId };
}

/** A repository by itself, or an extent with what is above it, as one list brings them. */
export function locatedRepository(body: RepositoryBody): Located {
  const item = repositoryItem(body);
  const serverId = item.standsOn ?? '';
  const above = aboveRepositories(serverId, 'vbr');
  const parentId = idOf(body._embedded?.parentRepositoryUid);
  if (isScaleOut(body)) {
    return { item: scaleOutItem(item, []), above };
  }
  return parentId === undefined
    ? { item, above }
    : {
        item: extentItem(item, parentId),
        above: [...above, scaleOutItem({ ...item, id: parentId, name: parentId }, [])],
      };
}

/** The headings and the server that repositories stand below. */
export function aboveRepositories(serverId: string, type: 'vb365' | 'vbr'): readonly Item[] {
  return [
    ...aboveListsOf(serverId, type),
    headingOf('repositoriesOfServer', l10n.t('Backup Repositories'), 'repository'),
  ];
}

/** The same for Microsoft 365 organizations. */
export function aboveOrganizations(serverId: string): readonly Item[] {
  return [
    ...aboveListsOf(serverId, 'vb365'),
    headingOf('organizationsOfServer', l10n.t('Organizations'), 'organization'),
  ];
}

function aboveListsOf(serverId: string, type: 'vb365' | 'vbr'): readonly Item[] {
  const server: BackupServer = { kind: 'backupServer', id: serverId, name: serverId, hasChildren: true };
  return [serversHeading(type), server];
}

/** All servers of a type. */
export function serversHeading(type: ServerType): Heading {
  switch (type) {
    case 'vb365':
      return headingOf('organizationServers', l10n.t('Microsoft 365 Backup Servers'), 'backupServer');
    case 'vbr':
      return headingOf('backupServers', l10n.t('Backup Servers'), 'backupServer');
    case 'em':
      return headingOf('enterpriseManagers', l10n.t('Enterprise Managers'), 'backupServer');
  }
}

/** The servers of a type, or those that host for companies, by their IDs in lower case, with what each of them calls itself; read once for a while. */
export function serversByIds(
  api: Api,
  type: 'vb365' | 'vbr' | 'hosting',
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Installation>> {
  return kept(api, `installations ${type}`, undefined, signal, async () => {
    const path =
      type === 'hosting'
        ? filtered(paths.backupServers, equals('backupServerRoleType', 'Hosted'))
        : listsOfServers[type];
    const all = await ifThere(new ServiceProviderConsoleClient(api).all(path, lists.servers, signal));
    return new Map(
      (all?.elements ?? []).map(({ instanceUid, installationUid, name }) => [
        sameId(instanceUid) ?? '',
        { id: idOf(installationUid), name },
      ]),
    );
  });
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

/** A list with unreadable parts is not used for any server: each server is asked, and says what is missing. */
function byServer<Body extends { readonly backupServerUid: string | undefined }>(
  { elements, unreadable }: ReadList<Body>,
  toItems: (bodies: readonly Body[], serverId: string) => readonly Item[],
): (serverId: string) => readonly Item[] | undefined {
  const groups = groupsOf(elements, ({ backupServerUid }) => sameId(backupServerUid));
  return serverId => (unreadable ? undefined : toItems(groups.get(sameId(serverId) ?? '') ?? [], serverId));
}
