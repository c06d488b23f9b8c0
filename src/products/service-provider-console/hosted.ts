import type { HostedResource } from '../../items/item';
import { together } from '../../items/unreadable';
import type { Api } from '../product';
import type { ReadList } from '../reading/readList';
import { ServiceProviderConsoleClient } from './client';
import { groupsOf, hostedItem, idOf, sameId } from './items';
import { lists } from './lists';
import { type Hosted, paths } from './paths';
import { type Names, nameIn, repositoryNames } from './shares';
import type { HostedServerBody } from './wire';

/**
 * What the provider hosts for a company, or for all: a row for each share of a repository, and one for a server of which
 * there is no share.
 */
export async function hostedOf(
  api: Api,
  hosted: Hosted,
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<ReadList<HostedResource>> {
  const client = new ServiceProviderConsoleClient(api);
  const [servers, shares] = await Promise.all([
    client.all(paths.hostedServers(hosted, companyId), lists.hostedServers, signal),
    client.all(paths.hostedShares(hosted, companyId), lists.hostedShares, signal),
  ]);
  const names = await namesOn(api, hosted, servers.elements, signal);
  const byServer = groupsOf(shares.elements, share => sameId(share.vb365ResourceUid ?? share.hostedResourceUid));
  const elements = servers.elements.flatMap(server => {
    const own = byServer.get(sameId(server.instanceUid) ?? '') ?? [];
    return own.length === 0
      ? [hostedItem(server, { hosted })]
      : own.map(share => hostedItem(server, { hosted, repositoryName: nameIn(names, share.repositoryUid) }, share));
  });
  return { elements, unreadable: together(servers.unreadable, shares.unreadable) };
}

/** Of the repositories on the servers that host something. */
async function namesOn(
  api: Api,
  hosted: Hosted,
  servers: readonly HostedServerBody[],
  signal: AbortSignal,
): Promise<Names> {
  const ids = new Set(servers.flatMap(({ vb365ServerUid, serverUid }) => idOf(vb365ServerUid ?? serverUid) ?? []));
  const all = await Promise.all([...ids].map(id => repositoryNames(api, paths.repositoriesOn(hosted, id), signal)));
  return new Map(all.flatMap(names => [...names]));
}
