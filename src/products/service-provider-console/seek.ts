import { groupsOf } from '../../base/groupsOf';
import { isUuid } from '../../base/uuid';
import type { Item, Tenant } from '../../items/item';
import type { Api } from '../product';
import { pageWith } from '../reading/jsonResources';
import { type Located, type Seeking, type Sought, soughtBy, soughtIn } from '../seek';
import { ServiceProviderConsoleClient } from './client';
import { tenantItem, tenantResource } from './cloudItems';
import { aboveOf, companiesHeading } from './companies';
import { abilitiesIn } from './features';
import { hostedOf } from './hosted';
import { companyItem } from './items';
import { lists } from './lists';
import { organizationsOfCompanies } from './organizations';
import { idOf, sameId, sumOf } from './parts';
import { anyOf, equals, filtered, paths } from './paths';
import { organizationItem, organizationRepositoryItem } from './serverItems';
import { aboveOrganizations, aboveRepositories, locatedRepository, serversByIds } from './servers';
import { aboveTenants } from './sites';
import { childrenOfTenant, tenantsOfCompanies } from './tenants';
import type { TenantBody } from './wire';

/** All lists know filters. API 3.5 knows companies and tenants as one thing, and is asked for those of a company alone. */
export async function seek(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  switch (sought.kind) {
    case 'company':
      return await companiesLike(api, sought, signal);
    case 'tenant':
      return await tenantsLike(api, sought, signal);
    case 'organization':
      return await organizationsLike(api, sought, signal);
    case 'hostedResource':
      return sought.companyId === undefined ? undefined : await sharesOf(api, sought.companyId, signal);
    case 'subtenant':
      return sought.tenant?.kind === 'tenant' ? await subtenantsLike(api, sought.tenant, sought, signal) : undefined;
    case 'repository':
      return sought.standsOn === undefined
        ? undefined
        : await repositoriesOn(api, sought.standsOn.toLowerCase(), sought, signal);
  }
}

async function companiesLike(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking> {
  const client = new ServiceProviderConsoleClient(api);
  const { isOlder } = abilitiesIn(await api.features(signal));
  const ids = uidsIn(sought.ids);
  const [companies, shares] = await Promise.all([
    client.page(narrowedTo(paths.companies, sought), lists.companies, 0, signal),
    ids.length === 0
      ? undefined
      : client.page(
          filtered(paths.backupResources(isOlder), anyOf(ids.map(id => equals('companyUid', id)))),
          lists.backupResources,
          0,
          signal,
        ),
  ]);
  const byCompany = groupsOf(shares?.elements ?? [], body => sameId(body.companyUid));
  const page = pageWith(companies, body => {
    const own = byCompany.get(sameId(body.instanceUid) ?? '') ?? [];
    const sum = {
      quotaBytes: sumOf(own.map(each => each.storageQuota)),
      usedBytes: sumOf(own.map(each => each.usedSpace)),
    };
    return companyItem(body, sum, undefined);
  });
  return soughtIn(page, sought, [companiesHeading()]);
}

async function tenantsLike(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  const { companyId } = sought;
  const { isOlder } = abilitiesIn(await api.features(signal));
  if (isOlder) {
    return companyId === undefined
      ? undefined
      : { located: (await tenantsOfCompanies(api, companyId, signal)).elements.map(item => located(item, companyId)) };
  }
  const client = new ServiceProviderConsoleClient(api);
  const path = companyId === undefined ? narrowedTo(paths.tenants, sought) : paths.tenantsOfCompany(companyId);
  const { elements, nextOffset } = await client.page(path, lists.tenants, 0, signal);
  const items = await withShares(api, elements, companyId, signal);
  return { located: items.map(item => located(item, item.companyId)), isPartial: nextOffset !== undefined };
}

/** What the tenants may fill is in another list. */
async function withShares(
  api: Api,
  bodies: readonly TenantBody[],
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<readonly Tenant[]> {
  const ids = bodies.flatMap(({ instanceUid }) => idOf(instanceUid) ?? []);
  if (ids.length === 0) {
    return [];
  }
  const whose =
    companyId === undefined ? anyOf(ids.map(id => equals('tenantUid', id))) : equals('companyUid', companyId);
  const path = filtered(paths.backupResources(false), whose);
  const shares = await new ServiceProviderConsoleClient(api).page(path, lists.backupResources, 0, signal);
  const byTenant = groupsOf(shares.elements, body => sameId(body.tenantUid));
  return bodies.map(body =>
    tenantItem(body, {
      isOlder: false,
      companyId: idOf(body.assignedForCompany) ?? companyId,
      resources: (byTenant.get(sameId(body.instanceUid) ?? '') ?? []).map(tenantResource),
    }),
  );
}

function located(item: Tenant, companyId: string | undefined): Located {
  const siteId = item.scope?.siteId;
  return {
    item,
    above:
      companyId === undefined && siteId !== undefined
        ? aboveTenants(siteId, item.backupServer ?? siteId)
        : aboveOf({ id: companyId ?? '', name: item.companyName ?? companyId ?? '' }, 'tenants'),
  };
}

async function organizationsLike(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  const { companyId, standsOn } = sought;
  if (companyId !== undefined) {
    const { elements } = await organizationsOfCompanies(api, companyId, signal);
    const locate = (item: Item & { readonly companyName?: string | undefined }): Located => ({
      item,
      above: aboveOf({ id: companyId, name: item.companyName ?? companyId }, 'organizations'),
    });
    return { located: elements.map(locate) };
  }
  if (standsOn === undefined) {
    return undefined;
  }
  const path = narrowedTo(paths.organizationsOf(standsOn), sought);
  const list = await new ServiceProviderConsoleClient(api).page(path, lists.organizations, 0, signal);
  const page = pageWith(list, body => organizationItem(body, undefined));
  return soughtIn(page, sought, aboveOrganizations(standsOn));
}

/** What the provider hosts for a company, in two lists for each product. */
async function sharesOf(api: Api, companyId: string, signal: AbortSignal): Promise<Seeking> {
  const company = { id: companyId, name: companyId };
  const [organizations, servers] = await Promise.all([
    hostedOf(api, 'vb365', companyId, signal, false),
    hostedOf(api, 'vbr', companyId, signal, false),
  ]);
  return {
    located: [
      ...organizations.elements.map(item => ({ item, above: aboveOf(company, 'hostedOrganizations') })),
      ...servers.elements.map(item => ({ item, above: aboveOf(company, 'hostedServers') })),
    ],
  };
}

async function subtenantsLike(api: Api, tenant: Tenant, sought: Sought, signal: AbortSignal): Promise<Seeking> {
  const { elements } = await childrenOfTenant(api, tenant, signal);
  const isSought = soughtBy(sought);
  const isIt = (item: Item) => item.kind === 'subtenant' && isSought(item);
  return { located: elements.filter(isIt).map(item => ({ item, above: [] })) };
}

async function repositoriesOn(
  api: Api,
  serverId: string,
  sought: Sought,
  signal: AbortSignal,
): Promise<Seeking | undefined> {
  const client = new ServiceProviderConsoleClient(api);
  // They are known by now: that is where the ID of the server comes from.
  const isOrganizationServer = (await serversByIds(api, 'vb365', signal)).has(serverId);
  if (isOrganizationServer) {
    const path = narrowedTo(paths.organizationRepositories(serverId), sought);
    const list = await client.page(path, lists.organizationRepositories, 0, signal);
    const page = pageWith(list, body => organizationRepositoryItem(body, serverId));
    return soughtIn(page, sought, aboveRepositories(serverId, 'vb365'));
  }
  const path = narrowedTo(paths.repositories(serverId), sought);
  const { elements, nextOffset } = await client.page(path, lists.repositories, 0, signal);
  const all = elements.map(locatedRepository);
  const isSought = soughtBy(sought);
  return { located: all.filter(({ item }) => isSought(item)), isPartial: nextOffset !== undefined };
}

/** The list of what has one of the names, or of the IDs as far as they can be some of this server. */
function narrowedTo(list: string, { ids, names }: Sought): string {
  const wanted = [...uidsIn(ids).map(id => equals('instanceUid', id)), ...names.map(name => equals('name', name))];
  return filtered(list, anyOf(wanted));
}

/** Other products have longer IDs as well. The members of this API that are compared with them take nothing but a UUID. */
function uidsIn(ids: readonly string[]): readonly string[] {
  return ids.filter(isUuid);
}
