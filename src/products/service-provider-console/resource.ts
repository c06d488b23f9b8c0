import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import type { BackupResource, Heading, HostedResource, Item } from '../../items/item';
import type { Api, Resource } from '../product';
import { identifier } from '../reading/decode';
import { firstPageOf, ServiceProviderConsoleClient } from './client';
import { sameId } from './parts';
import { base, equals, filtered, paths } from './paths';

/** Where the API has an item. */
export function resource(_apiVersion: string, item: Item): Resource | undefined {
  if (item.kind === 'server') {
    return at(paths.about);
  }
  if (item.kind === 'group') {
    const path = pathBelow(item);
    return path === undefined ? undefined : at(firstPageOf(path));
  }
  const place = placeOf(item);
  return place && at(place.isList ? firstPageOf(place.path) : place.path, place.isList);
}

/** The item's JSON to the letter. */
export async function document(api: Api, item: Item, signal: AbortSignal): Promise<string> {
  const place = placeOf(item);
  const isThis = place?.isList ? (element: unknown) => isItem(element, item) : undefined;
  return await new ServiceProviderConsoleClient(api).resources.itemText(place?.path, isThis, signal);
}

function at(path: string, isList = false): Resource {
  return { path: `${base}${path}`, isList, formats: ['json'] };
}

function isItem(element: unknown, { id }: Item): boolean {
  return isObject(element) && sameId(v.parse(identifier, element.instanceUid)) === sameId(id);
}

/** The path of the list below a heading. */
function pathBelow({ id, contains, scope = {} }: Heading): string | undefined {
  const { companyId, resellerId = '', siteId, serverId = '', type } = scope;
  const ofOrganizations = type === 'vb365';
  switch (id) {
    case 'companies':
      return paths.companies;
    case 'resellers':
      return paths.resellers;
    case 'sites':
      return paths.sites;
    case 'organizationServers':
      return paths.organizationServers;
    case 'backupServers':
      return paths.backupServers;
    case 'enterpriseManagers':
      return paths.enterpriseManagers;
    case 'companiesOfReseller':
      return paths.companiesOf(resellerId);
    case 'hostedForReseller':
      return filtered(paths.resellerShares, equals('resellerUid', resellerId));
    case 'organizations':
      return companyId && paths.organizationsOfCompany(companyId);
    case 'hostedOrganizations':
      return paths.hostedServers('vb365', companyId);
    case 'hostedServers':
      return paths.hostedServers('vbr', companyId);
    case 'locations':
      return paths.locations(companyId);
    case 'users':
      return paths.users(companyId);
    case 'organizationsOfServer':
      return paths.organizationsOf(serverId);
    case 'repositoriesOfServer':
      return ofOrganizations ? paths.organizationRepositories(serverId) : paths.repositories(serverId);
    case 'jobsOfServer':
      return paths.jobs(serverId);
    case 'proxiesOfServer':
      return ofOrganizations ? paths.organizationProxies(serverId) : paths.proxies(serverId);
    case 'tenants':
      return siteId === undefined ? companyId && paths.tenantsOfCompany(companyId) : paths.tenantsOf(siteId);
    default:
      return siteId === undefined ? undefined : pathAtSite(contains, siteId);
  }
}

function pathAtSite(contains: Heading['contains'], siteId: string): string | undefined {
  switch (contains) {
    case 'gateway':
      return paths.gatewaysOf(siteId);
    case 'gatewayPool':
      return paths.gatewayPoolsOf(siteId);
    case 'hardwarePlan':
      return paths.hardwarePlansOf(siteId);
    default:
      return undefined;
  }
}

interface Place {
  readonly path: string;
  /** The list in which the item stands, as the API has no call for it alone. */
  readonly isList: boolean;
}

function placeOf(item: Item): Place | undefined {
  if (item.id === '') {
    return undefined;
  }
  const { serverId = '', type } = item.scope ?? {};
  switch (item.kind) {
    case 'company':
      return single(paths.company(item.id));
    case 'reseller':
      return single(paths.reseller(item.id));
    case 'location':
      return single(paths.location(item.id));
    case 'user':
      return single(paths.user(item.id));
    case 'site':
      return single(paths.site(item.id));
    case 'tenant':
      return single(paths.tenant(item.id));
    case 'subtenant':
      return single(paths.subtenant(item.id));
    case 'backupResource':
      return single(pathOfShare(item));
    case 'gateway':
      return single(paths.gateway(item.id));
    case 'gatewayPool':
      return single(paths.gatewayPool(item.id));
    case 'hardwarePlan':
      return single(paths.hardwarePlan(item.id));
    case 'hostedResource':
      return placeOfHosted(item);
    case 'organization':
      return single(paths.organizationOf(serverId, item.id));
    case 'backupServer':
      return single(pathOfServer(item.id, type));
    case 'repository':
    case 'scaleOutRepository':
    case 'extent':
      return type === 'vb365'
        ? { path: paths.organizationRepositories(serverId), isList: true }
        : single(paths.repository(serverId, item.id));
    case 'job':
      return single(paths.job(item.id));
    case 'proxy':
      return type === 'vb365'
        ? { path: paths.organizationProxies(serverId), isList: true }
        : single(paths.proxy(serverId, item.id));
    default:
      return undefined;
  }
}

function single(path: string): Place {
  return { path, isList: false };
}

function pathOfServer(id: string, type: string | undefined): string {
  return type === 'vb365'
    ? paths.organizationServer(id)
    : type === 'em'
      ? paths.enterpriseManager(id)
      : paths.backupServer(id);
}

/** In API 3.5 it is a company's at a site. */
function pathOfShare({ id, tenantId, scope }: BackupResource): string {
  const { isOlder, companyId = '', siteId = '' } = scope ?? {};
  return isOlder ? paths.companyBackupResource(companyId, siteId, id) : paths.backupResource(tenantId, id);
}

function placeOfHosted({ id, companyId, resellerId, scope }: HostedResource): Place | undefined {
  const { hosted, serverId = '', share } = scope ?? {};
  if (hosted === 'site') {
    return { path: filtered(paths.resellerShares, equals('resellerUid', resellerId ?? '')), isList: true };
  }
  if (hosted !== 'vb365' && hosted !== 'vbr') {
    return undefined;
  }
  if (companyId !== undefined) {
    return single(
      share ? paths.hostedShare(hosted, companyId, serverId, id) : paths.hostedServer(hosted, companyId, serverId),
    );
  }
  // A share of a reseller's is a part of its server.
  return resellerId === undefined ? undefined : single(paths.resellerHosted(hosted, resellerId, serverId));
}
