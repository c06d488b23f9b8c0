import type { TenantResource } from '../../items/item';
import type { Api } from '../product';
import { ifThere } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { idOf, type Sum, sameId, sumOf, tenantResource } from './items';
import { keep, kept } from './kept';
import { equals, filtered, paths } from './paths';
import { type BackupResourceBody, type CompanyBody, type CompanySiteBody, type ListBody, lists } from './wire';

// What several rows need of other lists: the shares of cloud repositories, and the names of companies and resellers.

/** Of which tenants the shares are wanted: those at a site, those of a company, or all. */
export interface Whose {
  readonly siteId?: string | undefined;
  readonly companyId?: string | undefined;
}

/** The shares of tenants; what this account may not read is not there. */
export interface Shares {
  /** Undefined if this account may not read shares. An empty list if the tenant has none. */
  of(tenantId: string | undefined): readonly TenantResource[] | undefined;
  /** API 3.5 tells in a list of its own whose tenant one is. By the ID of the tenant. */
  readonly links: ReadonlyMap<string, CompanySiteBody>;
  readonly isOlder: boolean;
}

/** One list for all tenants instead of one for each of them. Read anew, as their numbers change. */
export async function sharesOf(api: Api, isOlder: boolean, whose: Whose, signal: AbortSignal): Promise<Shares> {
  const client = new ServiceProviderConsoleClient(api);
  const path = narrowed(paths.backupResources(isOlder), whose);
  const [resources, sites] = await Promise.all([
    ifThere(client.all(path, lists.backupResources, signal)),
    isOlder ? ifThere(client.all(narrowed(paths.companySites, whose), lists.companySites, signal)) : undefined,
  ]);
  const links = new Map((sites?.elements ?? []).map(link => [sameId(link.cloudTenantUid) ?? '', link]));
  const byOwner = new Map<string, TenantResource[]>();
  for (const body of resources?.elements ?? []) {
    const owner = isOlder ? placeOf(body) : (sameId(body.tenantUid) ?? '');
    const known = byOwner.get(owner) ?? [];
    byOwner.set(owner, known);
    known.push(tenantResource(body));
  }
  return {
    links,
    isOlder,
    of(tenantId) {
      const link = links.get(sameId(tenantId) ?? '');
      const owner = isOlder ? link && placeOf(link) : sameId(tenantId);
      return resources && (byOwner.get(owner ?? '') ?? []);
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

/** The shares of each company's tenants together, by its ID; undefined if this account may not read them. */
export function companySums(
  api: Api,
  isOlder: boolean,
  isAnew: boolean,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Sum> | undefined> {
  return kept(api, 'companySums', isAnew, signal, async () => {
    const client = new ServiceProviderConsoleClient(api);
    const all = await ifThere(client.all(paths.backupResources(isOlder), lists.backupResources, signal));
    return all && sumsBy(all.elements);
  });
}

function sumsBy(bodies: readonly BackupResourceBody[]): ReadonlyMap<string, Sum> {
  const byCompany = new Map<string, BackupResourceBody[]>();
  for (const body of bodies) {
    const companyId = sameId(body.companyUid);
    if (companyId !== undefined) {
      const known = byCompany.get(companyId) ?? [];
      byCompany.set(companyId, known);
      known.push(body);
    }
  }
  return new Map(
    [...byCompany].map(([companyId, own]) => [
      companyId,
      { quotaBytes: sumOf(own.map(each => each.storageQuota)), usedBytes: sumOf(own.map(each => each.usedSpace)) },
    ]),
  );
}

/** Names by ID. */
export type Names = ReadonlyMap<string, string>;

const companyNameList = 'companyNames';

/** One page of companies. Going through all pages finds their names for other lists, too. */
export async function companyPage(api: Api, offset: number, signal: AbortSignal): Promise<ListBody<CompanyBody>> {
  const page = await new ServiceProviderConsoleClient(api).page(paths.companies, lists.companies, offset, signal);
  const names = offset === 0 ? new Map<string, string>() : gathering.get(api.account);
  if (names) {
    addNames(names, page.elements);
    gathering.set(api.account, names);
    if (page.nextOffset === undefined) {
      gathering.delete(api.account);
      keep(api, companyNameList, names);
    }
  }
  return page;
}

/** Names that the pages so far have told, by account. */
const gathering = new WeakMap<object, Map<string, string>>();

/** Empty if this account may not read them. */
export function companyNames(api: Api, signal: AbortSignal): Promise<Names> {
  return namesIn(api, companyNameList, paths.companies, false, signal);
}

/** Empty if this account may not read them. */
export function resellerNames(api: Api, isAnew: boolean, signal: AbortSignal): Promise<Names> {
  return namesIn(api, 'resellerNames', paths.resellers, isAnew, signal);
}

function namesIn(api: Api, name: string, path: string, isAnew: boolean, signal: AbortSignal): Promise<Names> {
  return kept(api, name, isAnew, signal, async () => {
    const all = await ifThere(new ServiceProviderConsoleClient(api).all(path, lists.companies, signal));
    const names = new Map<string, string>();
    addNames(names, all?.elements ?? []);
    return names;
  });
}

/** The names of repositories on a server; empty if this account may not read them. */
export function repositoryNames(api: Api, listPath: string, signal: AbortSignal): Promise<Names> {
  return kept(api, listPath, false, signal, async () => {
    const client = new ServiceProviderConsoleClient(api);
    const all = await ifThere(client.all(listPath, lists.organizationRepositories, signal));
    const names = new Map<string, string>();
    addNames(names, all?.elements ?? []);
    return names;
  });
}

function addNames(
  names: Map<string, string>,
  bodies: readonly { readonly instanceUid: string | undefined; readonly name: string | undefined }[],
): void {
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
