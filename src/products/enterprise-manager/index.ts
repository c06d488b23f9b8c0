import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading, Item } from '../../items/item';
import type { Api, Page, Product } from '../product';
import { mapped, type ReadList } from '../reading/readList';
import { accountKinds } from './accountKinds';
import { EnterpriseManagerClient } from './client';
import { details } from './details';
import { backupServersHeading, tenantsHeading } from './headings';
import { enterpriseManager } from './info';
import { backupServerItem, gatewayItem, hardwarePlanItem, repositoryItem } from './items';
import { document, resource } from './resource';
import { seek } from './seek';
import { apiVersions, cloudConnect, ownTenant, probe, signIn, signOut, tokenCall, tokenHeader } from './session';
import { childrenOfTenant, childrenOfTenants, quotaHolders, tenants } from './tenants';

/** Veeam Backup Enterprise Manager: Cloud Connect tenants with their subtenants, backup servers with their repositories. */
export const product: Product = {
  info: enterpriseManager,
  apiVersions,
  probe,
  accountKinds,
  // The port that the installation proposes for the web site.
  webConsole: ({ url }) => `https://${new URL(url).hostname}:9443`,
  endsSessionOnExit: true,
  signIn,
  signOut,

  async describeServer(api, signal) {
    await new EnterpriseManagerClient(api).logonSessions(signal);
    return {}; // the API does not tell the product's version
  },

  async children(api: Api, item: Item, _cursor, signal: AbortSignal): Promise<Page> {
    if (item.kind === 'group' && item.known) {
      return page({ elements: item.known });
    }
    const client = new EnterpriseManagerClient(api);
    const features = await api.features(signal);
    switch (item.kind) {
      case 'server':
        return headings(features);
      case 'group':
        return await childrenOfHeading(api, item, signal);
      case 'backupServer': {
        const hasTenants = features.includes(cloudConnect);
        return page(mapped(await client.repositories(item.id, signal), body => repositoryItem(body, hasTenants)));
      }
      case 'repository':
        return features.includes(cloudConnect)
          ? page(await quotaHolders(api, item, signal), l10n.t('No tenant has quota on this repository'))
          : { items: [], note: noCloudConnect() };
      case 'tenant':
        return page(await childrenOfTenant(api, item, signal));
      default:
        return { items: [] };
    }
  },

  async grandchildren(api, heading, parents, signal) {
    const all = parents.filter(parent => parent.kind === 'tenant');
    return heading.contains === 'tenant' ? await childrenOfTenants(api, all, signal) : undefined;
  },

  seek,
  details,
  resource,
  document,
  tokenHeader,
  tokenCall,
};

function headings(features: readonly string[]): Page {
  const tenantHeading = tenantsHeading();
  if (features.includes(ownTenant)) {
    return { items: [tenantHeading] };
  }
  const backupServers = backupServersHeading();
  if (!features.includes(cloudConnect)) {
    // What is there comes first.
    return { items: [backupServers, tenantHeading] };
  }
  return {
    items: [
      tenantHeading,
      backupServers,
      headingOf('gateways', l10n.t('Cloud Gateways'), 'gateway'),
      headingOf('hardwarePlans', l10n.t('Hardware Plans'), 'hardwarePlan'),
    ],
  };
}

async function childrenOfHeading(api: Api, { contains }: Heading, signal: AbortSignal): Promise<Page> {
  const client = new EnterpriseManagerClient(api);
  if (contains === 'backupServer') {
    return page(mapped(await client.backupServers(signal), backupServerItem));
  }
  if (!(await api.features(signal)).includes(cloudConnect)) {
    return { items: [], note: noCloudConnect() };
  }
  switch (contains) {
    case 'tenant':
      return page(await tenants(api, signal));
    case 'gateway':
      return page(mapped(await client.gateways(signal), gatewayItem));
    case 'hardwarePlan':
      return page(mapped(await client.hardwarePlans(signal), hardwarePlanItem));
    default:
      return { items: [] };
  }
}

function noCloudConnect(): string {
  return l10n.t('Cloud Connect is not licensed on the connected backup servers, or this account may not see it.');
}

function page({ elements: items, unreadable }: ReadList<Item>, noteIfEmpty?: string): Page {
  return {
    items,
    total: items.length + (unreadable?.count ?? 0),
    unreadable,
    ...(items.length === 0 && !unreadable && noteIfEmpty ? { note: noteIfEmpty } : {}),
  };
}
