import * as l10n from '@vscode/l10n';
import { isFailure } from '../../http/failure';
import type { Item } from '../item';
import type { Api, Page, Product } from '../product';
import { EnterpriseManagerClient } from './client';
import { enterpriseManager } from './info';
import { backupServerItem, repositoryItem, subtenantItem, tenantItem } from './items';
import { document, resource } from './resource';
import { apiVersions, authorize, cloudConnect, ownTenant, probe, signIn, signOut } from './session';

/** Veeam Backup Enterprise Manager: Cloud Connect tenants with their subtenants, backup servers with their repositories. */
export const product: Product = {
  info: enterpriseManager,
  apiVersions,
  probe,
  signInMethods: () => ['password'],
  endsSessionOnExit: true,
  signIn,
  renew: async () => undefined,
  signOut,
  authorize,

  async describeServer(api, signal) {
    try {
      await new EnterpriseManagerClient(api).logonSessions(signal);
    } catch (error) {
      // A tenant's account may be kept from looking. That, too, shows that its session is good.
      if (!isFailure(error) || (error.kind !== 'accessDenied' && error.kind !== 'notFound')) {
        throw error;
      }
    }
    return {}; // the API does not tell the product's version
  },

  async children(api: Api, item: Item, _cursor, signal: AbortSignal): Promise<Page> {
    const client = new EnterpriseManagerClient(api);
    switch (item.kind) {
      case 'server':
        return groups(await api.features(signal));
      case 'group':
        if (item.contains === 'backupServer') {
          return page((await client.backupServers(signal)).map(backupServerItem));
        }
        return (await api.features(signal)).includes(cloudConnect)
          ? page((await client.tenants(signal)).map(tenantItem))
          : { items: [], note: noCloudConnect() };
      case 'backupServer':
        return page((await client.repositories(item.id, signal)).map(repositoryItem));
      case 'tenant':
        return page((await client.subtenants(item.id, signal)).map(body => subtenantItem(body, item.id)));
      default:
        return { items: [] };
    }
  },

  resource,
  document,
  tokenHeader: { name: 'X-RestSvcSessionId', prefix: '', variable: 'VEEAM_SESSION_ID' },
};

function groups(features: readonly string[]): Page {
  const tenants = { id: 'tenants', name: l10n.t('Cloud Tenants'), contains: 'tenant' } as const;
  const backupServers = { id: 'backupServers', name: l10n.t('Backup Servers'), contains: 'backupServer' } as const;
  if (features.includes(ownTenant)) {
    return { items: [{ kind: 'group', hasChildren: true, ...tenants }] };
  }
  // Without Cloud Connect, what is there comes first.
  const order = features.includes(cloudConnect) ? [tenants, backupServers] : [backupServers, tenants];
  return { items: order.map(group => ({ kind: 'group', hasChildren: true, ...group })) };
}

function noCloudConnect(): string {
  return l10n.t('Cloud Connect is not licensed on the connected backup servers, or this account may not see it.');
}

function page(items: readonly Item[]): Page {
  return { items, total: items.length };
}
