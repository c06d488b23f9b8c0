import { groupsOf } from '../../base/groupsOf';
import type { HostedResource } from '../../items/item';
import { together } from '../../items/unreadable';
import type { Api } from '../product';
import type { ReadList } from '../reading/readList';
import { ServiceProviderConsoleClient } from './client';
import { hostedItem } from './items';
import { lists } from './lists';
import { sameId } from './parts';
import { type Hosted, paths } from './paths';
import { type Names, nameIn, repositoryNames } from './shares';
import type { HostedServerBody } from './wire';

/**
 * What the provider hosts for a company, or for all: a row for each share of a repository, and one for a server of which
 * there is no share.
 * @param isNamed whether the names of repositories are asked for, too
 */
export async function hostedOf(
  api: Api,
  hosted: Hosted,
  companyId: string | undefined,
  signal: AbortSignal,
  isNamed = true,
): Promise<ReadList<HostedResource>> {
  const client = new ServiceProviderConsoleClient(api);
  const [servers, shares] = await Promise.all([
    client.all(paths.hostedServers(hosted, companyId), lists.hostedServers, signal),
    client.all(paths.hostedShares(hosted, companyId), lists.hostedShares, signal),
  ]);
  const namesOf = isNamed ? await namesOn(api, hosted, servers.elements, signal) : new Map<string, Names>();
  const byServer = groupsOf(shares.elements, share => sameId(share.vb365ResourceUid ?? share.hostedResourceUid));
  const elements = servers.elements.flatMap(server => {
    const own = byServer.get(sameId(server.instanceUid) ?? '') ?? [];
    const names: Names = namesOf.get(hostOf(server) ?? '') ?? new Map();
    return own.length === 0
      ? [hostedItem(server, { hosted })]
      : own.map(share => hostedItem(server, { hosted, repositoryName: nameIn(names, share.repositoryUid) }, share));
  });
  return { elements, unreadable: together(servers.unreadable, shares.unreadable) };
}

/** The ID of the server that hosts, in lower case. */
function hostOf({ vb365ServerUid, serverUid }: HostedServerBody): string | undefined {
  return sameId(vb365ServerUid ?? serverUid);
}

/**
 * The names of the repositories on each server that hosts something: the default repository of every Backup & Replication
 * server has the same ID.
 */
async function namesOn(
  api: Api,
  hosted: Hosted,
  servers: readonly HostedServerBody[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Names>> {
  const ids = new Set(servers.flatMap(server => hostOf(server) ?? []));
  return new Map(
    await Promise.all(
      [...ids].map(async id => [id, await repositoryNames(api, paths.repositoriesOn(hosted, id), signal)] as const),
    ),
  );
}
