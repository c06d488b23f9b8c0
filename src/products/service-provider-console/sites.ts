import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading, Item, Site } from '../../items/item';
import type { Api, Page } from '../product';
import { pageWith, wholePage } from '../reading/jsonResources';
import { mapped } from '../reading/readList';
import { ServiceProviderConsoleClient } from './client';
import { gatewayItem, gatewayPoolItem, hardwarePlanItem, siteItem } from './cloudItems';
import { lists } from './lists';
import { paths } from './paths';
import { tenantsOfSite } from './tenants';

// Cloud Connect sites, and what stands below each.

/** All sites. */
export function sitesHeading(): Heading {
  return headingOf('sites', l10n.t('Cloud Connect Sites'), 'site');
}

/** One page. */
export async function sites(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  return pageWith(await new ServiceProviderConsoleClient(api).page(paths.sites, lists.sites, offset, signal), siteItem);
}

/** They take no request. */
export function headingsOfSite({ id: siteId, name: siteName }: Site): Heading[] {
  const scope = { siteId, siteName };
  return [
    tenantsHeading(scope),
    headingOf('gateways', l10n.t('Cloud Gateways'), 'gateway', { scope }),
    headingOf('gatewayPools', l10n.t('Gateway Pools'), 'gatewayPool', { scope }),
    headingOf('hardwarePlans', l10n.t('Hardware Plans'), 'hardwarePlan', { scope }),
  ];
}

function tenantsHeading(scope?: Heading['scope']): Heading {
  return headingOf('tenants', l10n.t('Cloud Connect Tenants'), 'tenant', { scope });
}

/** The headings that the tenants at a site stand below. */
export function aboveTenants(siteId: string, siteName: string): readonly Item[] {
  const site: Site = { kind: 'site', id: siteId, name: siteName, hasChildren: true };
  return [sitesHeading(), site, tenantsHeading()];
}

/** One page of what stands below one of these headings. */
export async function rowsOfSite(
  api: Api,
  { contains, scope }: Heading,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new ServiceProviderConsoleClient(api);
  const { siteId = '', siteName } = scope ?? {};
  switch (contains) {
    case 'tenant':
      return await tenantsOfSite(api, siteId, siteName, offset, signal);
    case 'gateway':
      return pageWith(await client.page(paths.gatewaysOf(siteId), lists.gateways, offset, signal), body => ({
        ...gatewayItem(body),
        backupServer: siteName,
      }));
    case 'gatewayPool':
      return pageWith(await client.page(paths.gatewayPoolsOf(siteId), lists.gatewayPools, offset, signal), body => ({
        ...gatewayPoolItem(body),
        backupServer: siteName,
      }));
    case 'hardwarePlan':
      return pageWith(await client.page(paths.hardwarePlansOf(siteId), lists.hardwarePlans, offset, signal), body => ({
        ...hardwarePlanItem(body),
        backupServer: siteName,
      }));
    default:
      return { items: [] };
  }
}

export async function gatewaysOfPool(api: Api, poolId: string, signal: AbortSignal): Promise<Page> {
  const list = await new ServiceProviderConsoleClient(api).all(paths.gatewaysOfPool(poolId), lists.gateways, signal);
  return wholePage(mapped(list, gatewayItem));
}
