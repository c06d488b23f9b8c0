import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Item, Tenant } from '../../items/item';
import type { Api, Page } from '../product';
import { pageWith } from '../reading/jsonResources';
import { keptIfWhole, readerFrom } from '../reading/kept';
import { mapped, type ReadList } from '../reading/readList';
import { ifThere } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { backupResourceItems, subtenantItem, type TenantPlace, tenantItem } from './cloudItems';
import { abilitiesIn } from './features';
import { lists } from './lists';
import { idOf, sameId } from './parts';
import { paths } from './paths';
import { type Quotas, quotasIn, without } from './quotas';
import { companyNames, type Names, nameIn, poolsOf, type Shares, sharesOf, siteNames } from './shares';
import type { SubtenantQuotaBody, TenantBody } from './wire';

// Cloud Connect tenants: those at a site, and those of a company.

/** One page of the tenants at a site. The first page reads their shares again, and the others use what it read. */
export async function tenantsOfSite(
  api: Api,
  siteId: string,
  siteName: string | undefined,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const { isOlder } = abilitiesIn(await api.features(signal));
  const client = new ServiceProviderConsoleClient(api);
  const [page, shares, names] = await Promise.all([
    client.page(paths.tenantsOf(siteId), lists.tenants, offset, signal),
    keptIfWhole(api, `shares at ${siteId}`, readerFrom(offset, siteId), signal, () =>
      sharesOf(api, isOlder, { siteId }, signal),
    ),
    companyNames(api, signal),
  ]);
  const gatewayPools = await poolsOf(api, page.elements, signal);
  return pageWith(without(shares.lacking, page), body =>
    tenantItem(body, { ...placeOf(body, shares, names, { siteId, siteName }), gatewayPools: gatewayPools(body) }),
  );
}

/** The tenants of a company, or of all companies. Each names its company. */
export async function tenantsOfCompanies(
  api: Api,
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<ReadList<Tenant>> {
  const { isOlder } = abilitiesIn(await api.features(signal));
  const [shares, names, sites] = await Promise.all([
    sharesOf(api, isOlder, { companyId }, signal),
    companyNames(api, signal),
    isOlder ? siteNames(api, signal) : undefined,
  ]);
  const bodies = await tenantBodies(api, isOlder ? shares : undefined, companyId, signal);
  const gatewayPools = await poolsOf(api, bodies.elements, signal);
  return mapped(without(shares.lacking, bodies), body => {
    const place = placeOf(body, shares, names);
    const siteName = sites && nameIn(sites, place.siteId);
    return tenantItem(body, {
      ...place,
      siteName,
      companyId: place.companyId ?? companyId,
      gatewayPools: gatewayPools(body),
    });
  });
}

/** @param older the links of API 3.5, which has no list of a company's tenants: a company has one for each site */
async function tenantBodies(
  api: Api,
  older: Shares | undefined,
  companyId: string | undefined,
  signal: AbortSignal,
): Promise<ReadList<TenantBody>> {
  const client = new ServiceProviderConsoleClient(api);
  if (companyId === undefined) {
    return await client.all(paths.tenants, lists.tenants, signal);
  }
  if (!older) {
    return await client.all(paths.tenantsOfCompany(companyId), lists.tenants, signal);
  }
  const links = await client.all(paths.companySitesOf(companyId), lists.companySites, signal);
  const expected = l10n.t('a tenant');
  const bodies = await Promise.all(
    links.elements.map(async link => {
      const id = link.cloudTenantUid ?? '';
      const body = await ifThere(client.one(paths.tenant(id), expected, lists.tenants.element, signal));
      return body ?? { ...nothingKnown, instanceUid: id };
    }),
  );
  return { elements: bodies, unreadable: links.unreadable };
}

const nothingKnown: TenantBody = {
  ...{ instanceUid: undefined, name: undefined, description: undefined, type: undefined, siteUid: undefined },
  ...{ siteName: undefined, assignedForCompany: undefined, isEnabled: undefined, lastActive: undefined },
  ...{ isLeaseExpirationEnabled: undefined, leaseExpirationDate: undefined },
  ...{ isThrottlingEnabled: undefined, throttlingValue: undefined, throttlingUnit: undefined },
  ...{ maxConcurrentTask: undefined, gatewayPoolsUids: [] },
};

function placeOf(
  body: TenantBody,
  shares: Shares,
  names: Names,
  site: { readonly siteId?: string; readonly siteName?: string | undefined } = {},
): TenantPlace {
  const link = shares.links.get(sameId(body.instanceUid) ?? '');
  const companyId = idOf(body.assignedForCompany) ?? idOf(link?.companyUid);
  return {
    siteId: site.siteId ?? idOf(link?.siteUid),
    siteName: site.siteName,
    companyId,
    companyName: nameIn(names, companyId),
    isOlder: shares.isOlder,
    resources: shares.of(body.instanceUid),
  };
}

/** The body that its row was made of has its shares already. */
export async function childrenOfTenant(api: Api, tenant: Tenant, signal: AbortSignal): Promise<ReadList<Item>> {
  if (!tenant.hasSubtenants) {
    return { elements: withResources(tenant, []) };
  }
  const client = new ServiceProviderConsoleClient(api);
  const [subtenants, quotas] = await Promise.all([
    client.all(paths.subtenantsOfTenant(tenant.id), lists.subtenants, signal),
    subtenantQuotas(api, tenant.scope?.siteId, tenant.id, signal),
  ]);
  const { elements, unreadable } = mapped(without(quotas.lacking, subtenants), body =>
    subtenantItem(body, tenant.id, quotas.told?.get(sameId(body.instanceUid) ?? '')),
  );
  return { elements: withResources(tenant, elements), unreadable };
}

/** What {@link childrenOfTenant} gives for each tenant at a site, by two lists for all. */
export async function childrenOfTenants(
  api: Api,
  siteId: string,
  tenants: readonly Tenant[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const client = new ServiceProviderConsoleClient(api);
  const [subtenants, quotas] = await Promise.all([
    client.all(paths.subtenantsOfSite(siteId), lists.subtenants, signal),
    subtenantQuotas(api, siteId, siteId, signal),
  ]);
  if (subtenants.unreadable || quotas.lacking) {
    return new Map(); // each tenant tells by itself what could not be read: nobody knows whose elements are missing
  }
  const families = new Map(tenants.map(tenant => [sameId(tenant.id) ?? '', { tenant, items: [] as Item[] }]));
  for (const body of subtenants.elements) {
    const family = families.get(sameId(body.tenantUid) ?? '');
    family?.items.push(subtenantItem(body, family.tenant.id, quotas.told?.get(sameId(body.instanceUid) ?? '')));
  }
  return new Map([...families.values()].map(({ tenant, items }) => [tenant.id, withResources(tenant, items)]));
}

/** Quotas by the IDs of their subtenants: only those that can sign in to the portal have one. */
function subtenantQuotas(
  api: Api,
  siteId: string | undefined,
  reader: string,
  signal: AbortSignal,
): Promise<Quotas<ReadonlyMap<string, SubtenantQuotaBody>>> {
  const path = paths.subtenantQuotas(siteId);
  return keptIfWhole(api, path, reader, signal, async () => {
    const all = new ServiceProviderConsoleClient(api).all(path, lists.subtenantQuotas, signal);
    return await quotasIn(
      all.then(({ elements }) => new Map(elements.map(body => [sameId(body.subtenantUid) ?? '', body]))),
    );
  });
}

function withResources(tenant: Tenant, subtenants: readonly Item[]): readonly Item[] {
  const known = backupResourceItems(tenant);
  return known.length === 0
    ? subtenants
    : [
        headingOf('backupResources', l10n.t('Backup Resources'), 'backupResource', {
          scope: { tenantId: tenant.id },
          known,
        }),
        ...subtenants,
      ];
}
