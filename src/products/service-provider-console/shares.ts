import { groupsOf } from '../../base/groupsOf';
import type { TenantResource } from '../../items/item';
import type { Lacking } from '../../items/unreadable';
import type { Api } from '../product';
import type { ListBody } from '../reading/jsonResources';
import { kept, keptIfWhole } from '../reading/kept';
import { newElements, pagesOf } from '../reading/pages';
import { ifServed } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { tenantResource } from './cloudItems';
import { type ListOf, lists } from './lists';
import { idOf, type Sum, sameId, sumOf } from './parts';
import { equals, filtered, paths } from './paths';
import { type Quotas, quotasIn } from './quotas';
import type { BackupResourceBody, CompanySiteBody, TenantBody } from './wire';

// What several rows need of other lists: the shares of cloud repositories, and the names of companies and resellers.

/** The tenants whose shares are wanted: those at a site, those of a company, or all. */
export interface Whose {
  readonly siteId?: string | undefined;
  readonly companyId?: string | undefined;
}

/** The shares of tenants; what could not be read, or this account may not read, is not there. */
export interface Shares {
  /** Undefined if shares are not known. An empty list if the tenant has none. */
  of(tenantId: string | undefined): readonly TenantResource[] | undefined;
  /** The companies by the IDs of their tenants, which a separate list has in API 3.5. */
  readonly links: ReadonlyMap<string, CompanySiteBody>;
  readonly isOlder: boolean;
  readonly lacking: Lacking | undefined;
}

/** One list for all tenants instead of one for each. It is read again each time, as its numbers change. */
export async function sharesOf(api: Api, isOlder: boolean, whose: Whose, signal: AbortSignal): Promise<Shares> {
  const client = new ServiceProviderConsoleClient(api);
  const path = narrowed(paths.backupResources(isOlder), whose);
  const [resources, sites] = await Promise.all([
    quotasIn(client.all(path, lists.backupResources, signal)),
    isOlder ? quotasIn(client.all(narrowed(paths.companySites, whose), lists.companySites, signal)) : undefined,
  ]);
  const lacking = resources.lacking ?? sites?.lacking;
  const links = new Map((sites?.told?.elements ?? []).map(link => [sameId(link.cloudTenantUid) ?? '', link]));
  const byOwner = groupsOf(resources.told?.elements ?? [], body => (isOlder ? placeOf(body) : sameId(body.tenantUid)));
  const isKnown = resources.told !== undefined && !lacking;
  return {
    links,
    isOlder,
    lacking,
    of(tenantId) {
      const link = links.get(sameId(tenantId) ?? '');
      const owner = isOlder ? link && placeOf(link) : sameId(tenantId);
      return isKnown ? (byOwner.get(owner ?? '') ?? []).map(tenantResource) : undefined;
    },
  };
}

function narrowed(path: string, { siteId, companyId }: Whose): string {
  const expression = siteId === undefined ? companyId && equals('companyUid', companyId) : equals('siteUid', siteId);
  return expression ? filtered(path, expression) : path;
}

/** In API 3.5, a company is one tenant at a site. */
function placeOf({ companyUid, siteUid }: CompanySiteBody | BackupResourceBody): string {
  return `${sameId(companyUid)} at ${sameId(siteUid)}`;
}

/** The shares of each company's tenants together, by its ID. */
export function companySums(
  api: Api,
  isOlder: boolean,
  reader: string | undefined,
  signal: AbortSignal,
): Promise<Quotas<ReadonlyMap<string, Sum>>> {
  return keptIfWhole(api, 'companySums', reader, signal, async () => {
    const client = new ServiceProviderConsoleClient(api);
    const all = client.all(paths.backupResources(isOlder), lists.backupResources, signal);
    return await quotasIn(all.then(({ elements }) => sumsBy(elements)));
  });
}

function sumsBy(bodies: readonly BackupResourceBody[]): ReadonlyMap<string, Sum> {
  const byCompany = groupsOf(bodies, body => sameId(body.companyUid));
  return new Map(
    [...byCompany].map(([companyId, own]) => [
      companyId,
      { quotaBytes: sumOf(own.map(each => each.storageQuota)), usedBytes: sumOf(own.map(each => each.usedSpace)) },
    ]),
  );
}

/** Names by ID. */
export type Names = ReadonlyMap<string, string>;

/** One page of a list. The names that other rows need of its elements are read from the same pages. */
export function pageForRows<Element>(
  api: Api,
  path: string,
  list: ListOf<Element>,
  offset: number,
  signal: AbortSignal,
): Promise<ListBody<Element>> {
  return pageFor('rows', api, path, list, offset, signal);
}

function pageFor<Element>(
  reader: string | undefined,
  api: Api,
  path: string,
  list: ListOf<Element>,
  offset: number,
  signal: AbortSignal,
): Promise<ListBody<Element>> {
  const client = new ServiceProviderConsoleClient(api);
  return kept(api, `${path} from ${offset}`, reader, signal, () => client.page(path, list, offset, signal));
}

/** Empty if this account may not read them, or the server fails at them. */
export function companyNames(api: Api, signal: AbortSignal): Promise<Names> {
  return namesIn(api, paths.companies, lists.companies, signal);
}

/** Empty if this account may not read them, or the server fails at them. */
export function resellerNames(api: Api, signal: AbortSignal): Promise<Names> {
  return namesIn(api, paths.resellers, lists.resellers, signal);
}

async function namesIn(api: Api, path: string, list: ListOf<Named>, signal: AbortSignal): Promise<Names> {
  const names = new Map<string, string>();
  const pages = pagesOf(0, {
    ask: offset => pageFor<Named>(undefined, api, path, list, offset, signal),
    next: page => page.nextOffset,
    take: newElements(({ instanceUid, name }) => `${instanceUid} ${name}`),
    total: page => page.total,
  });
  await ifServed(
    (async () => {
      for await (const { elements } of pages) {
        addNames(names, elements);
      }
    })(),
  );
  return names;
}

interface Named {
  readonly instanceUid: string | undefined;
  readonly name: string | undefined;
}

/**
 * The names of the gateway pools that each tenant is given, by one list for all; undefined for a tenant without one.
 * The list is read only if a tenant has some. A pool without a known name goes by its ID.
 */
export async function poolsOf(
  api: Api,
  tenants: readonly TenantBody[],
  signal: AbortSignal,
): Promise<(tenant: TenantBody) => string | undefined> {
  const names = tenants.some(({ gatewayPoolsUids }) => gatewayPoolsUids.length > 0)
    ? await namesIn(api, paths.gatewayPools, lists.gatewayPools, signal)
    : new Map<string, string>();
  return ({ gatewayPoolsUids }) => gatewayPoolsUids.map(id => nameIn(names, id) ?? id).join(', ') || undefined;
}

/** Empty if this account may not read them, or the server fails at them. */
export async function siteNames(api: Api, signal: AbortSignal): Promise<Names> {
  const names = kept(api, paths.sites, undefined, signal, async () => {
    const all = await new ServiceProviderConsoleClient(api).all(paths.sites, lists.sites, signal);
    const known = new Map<string, string>();
    addNames(
      known,
      all.elements.map(({ siteUid, siteName }) => ({ instanceUid: siteUid, name: siteName })),
    );
    return known;
  });
  return (await ifServed(names)) ?? new Map();
}

/** The names of repositories on a server; empty if this account may not read them, or the server fails at them. */
export function repositoryNames(api: Api, listPath: string, signal: AbortSignal): Promise<Names> {
  return namesIn(api, listPath, lists.organizationRepositories, signal);
}

function addNames(names: Map<string, string>, bodies: readonly Named[]): void {
  for (const { instanceUid, name } of bodies) {
    const id = sameId(instanceUid);
    if (id !== undefined && name !== undefined) {
      names.set(id, name);
    }
  }
}

export function nameIn(names: Names, id: string | undefined): string | undefined {
  return names.get(sameId(idOf(id)) ?? '');
}
