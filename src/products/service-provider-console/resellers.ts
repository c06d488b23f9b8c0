import * as l10n from '@vscode/l10n';
import { groupsOf } from '../../base/groupsOf';
import { headingOf } from '../../items/heading';
import type { Heading, HostedResource, Item } from '../../items/item';
import { together } from '../../items/unreadable';
import type { Api, Page } from '../product';
import { pageWith, wholePage } from '../reading/jsonResources';
import { keptIfWhole, readerFrom } from '../reading/kept';
import { mapped, type ReadList } from '../reading/readList';
import { ifThere } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { resellerShareItem } from './cloudItems';
import { abilitiesIn } from './features';
import { type ResellerTotals, resellerHostedItems, resellerItem } from './items';
import { lists } from './lists';
import { idOf, limitOf, sameId, sumOf } from './parts';
import { equals, filtered, paths } from './paths';
import { type Quotas, quotasIn, without } from './quotas';
import { nameIn, pageForRows, repositoryNames } from './shares';
import type { ResellerShareBody, ResellerSiteBody } from './wire';

// Resellers, what they may give away, and the companies of each.

/** One page of the resellers. The first page also reads again the lists that all rows need. */
export async function resellers(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  const [page, totals] = await Promise.all([
    pageForRows(api, paths.resellers, lists.resellers, offset, signal),
    totalsIn(api, readerFrom(offset, 'resellers'), signal),
  ]);
  return pageWith(without(totals.lacking, page), body =>
    resellerItem(body, totals.told?.get(sameId(body.instanceUid) ?? '')),
  );
}

/** By the ID of the reseller. What could not be read, or this account may not read, is not there. */
function totalsIn(
  api: Api,
  reader: string | undefined,
  signal: AbortSignal,
): Promise<Quotas<ReadonlyMap<string, ResellerTotals>>> {
  return keptIfWhole(api, 'resellerTotals', reader, signal, async () => {
    const client = new ServiceProviderConsoleClient(api);
    const [sites, shares] = await Promise.all([
      quotasIn(client.all(paths.resellerSites, lists.resellerSites, signal)),
      quotasIn(sharesIn(client, undefined, signal)),
    ]);
    const sitesOf = groupsOf(sites.told?.elements ?? [], each => sameId(each.resellerUid));
    const sharesOf = groupsOf(shares.told?.elements ?? [], each => sameId(each.resellerUid));
    const ids = new Set([...sitesOf.keys(), ...sharesOf.keys()]);
    return {
      told: new Map([...ids].map(id => [id, totalsOf(sitesOf.get(id) ?? [], sharesOf.get(id) ?? [])])),
      lacking: sites.lacking ?? shares.lacking ?? shares.told?.unreadable?.lacking,
    };
  });
}

interface ResellerShare extends ResellerShareBody {
  readonly usedBytes: number | undefined;
}

function totalsOf(sites: readonly ResellerSiteBody[], shares: readonly ResellerShare[]): ResellerTotals {
  const unlimited = shares.some(each => each.isStorageQuotaUnlimited);
  return {
    quotaBytes: sumOf(shares.map(each => limitOf(each.storageQuota, each.isStorageQuotaUnlimited))),
    usedBytes: sumOf(shares.map(each => each.usedBytes)),
    ...(unlimited ? { unlimited } : {}),
    tenantsQuota: sumOf(sites.map(each => limitOf(each.tenantsQuota, each.isTenantsQuotaUnlimited))),
    tenants: sumOf(sites.map(each => each.usedTenantsQuota)),
  };
}

/** Shares of cloud repositories, of one reseller or of all, with the used space from another list. */
async function sharesIn(
  client: ServiceProviderConsoleClient,
  resellerId: string | undefined,
  signal: AbortSignal,
): Promise<ReadList<ResellerShare>> {
  const narrowed = (path: string) =>
    resellerId === undefined ? path : filtered(path, equals('resellerUid', resellerId));
  const [shares, usage] = await Promise.all([
    client.all(narrowed(paths.resellerShares), lists.resellerShares, signal),
    quotasIn(client.all(narrowed(paths.resellerUsage), lists.usage, signal)),
  ]);
  const used = new Map(
    (usage.told?.elements ?? []).map(each => [sameId(each.backupResourceUid), each.usedStorageQuota]),
  );
  return mapped(without(usage.lacking, shares), share => ({
    ...share,
    usedBytes: used.get(sameId(share.instanceUid)),
  }));
}

/** The headings below a reseller; nothing is asked for them. */
export function headingsOfReseller(resellerId: string): Heading[] {
  const scope = { resellerId };
  return [
    // Companies stand among all companies, too.
    headingOf('companiesOfReseller', l10n.t('Companies'), 'company', { scope, onDemand: 'elsewhere' }),
    headingOf('hostedForReseller', l10n.t('Hosted Resources'), 'hostedResource', { scope }),
  ];
}

/** What the provider hosts for a reseller, as far as this account may read it. */
export async function hostedForReseller(api: Api, resellerId: string, signal: AbortSignal): Promise<Page> {
  const client = new ServiceProviderConsoleClient(api);
  const { isOlder } = abilitiesIn(await api.features(signal));
  const [shares, organizationServers, servers] = await Promise.all([
    sharesIn(client, resellerId, signal),
    ifThere(client.all(paths.resellerOrganizationServers(resellerId), lists.hostedServers, signal)),
    isOlder ? undefined : ifThere(client.all(paths.resellerServers(resellerId), lists.hostedServers, signal)),
  ]);
  const elements: Item[] = shares.elements
    .filter(share => sameId(share.resellerUid) === sameId(resellerId))
    .map(share => resellerShareItem(share, share.usedBytes));
  const hosted: HostedResource[] = [];
  for (const server of organizationServers?.elements ?? []) {
    const id = idOf(server.vb365ServerUid);
    const names = id === undefined ? undefined : await repositoryNames(api, paths.repositoriesOn('vb365', id), signal);
    hosted.push(...resellerHostedItems(server, 'vb365', repositoryId => names && nameIn(names, repositoryId)));
  }
  hosted.push(...(servers?.elements ?? []).flatMap(server => resellerHostedItems(server, 'vbr', () => undefined)));
  const items = [...elements, ...hosted];
  const unreadable = together(shares.unreadable, together(organizationServers?.unreadable, servers?.unreadable));
  return wholePage({ elements: items, unreadable });
}
