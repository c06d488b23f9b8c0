import * as l10n from '@vscode/l10n';
import type { Heading, Site } from '../../items/item';
import type { Api, Page } from '../product';
import { ServiceProviderConsoleClient } from './client';
import { gatewayItem, gatewayPoolItem, hardwarePlanItem, heading, pageWith, siteItem } from './items';
import { lists } from './lists';
import { paths } from './paths';
import { tenantsOfSite } from './tenants';

// Cloud Connect sites, and what stands below each.

/** One page. */
export async function sites(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  return pageWith(await new ServiceProviderConsoleClient(api).page(paths.sites, lists.sites, offset, signal), siteItem);
}

/** Nothing is asked for them. */
export function headingsOfSite({ id: siteId, name: siteName }: Site): Heading[] {
  const scope = { siteId, siteName };
  return [
    heading('tenants', l10n.t('Cloud Connect Tenants'), 'tenant', { scope }),
    heading('gateways', l10n.t('Cloud Gateways'), 'gateway', { scope }),
    heading('gatewayPools', l10n.t('Gateway Pools'), 'gatewayPool', { scope }),
    heading('hardwarePlans', l10n.t('Hardware Plans'), 'hardwarePlan', { scope }),
  ];
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
  const { elements, unreadable } = await new ServiceProviderConsoleClient(api).all(
    paths.gatewaysOfPool(poolId),
    lists.gateways,
    signal,
  );
  return { items: elements.map(gatewayItem), total: elements.length + (unreadable?.count ?? 0), unreadable };
}
