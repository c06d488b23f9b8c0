import * as l10n from '@vscode/l10n';
import type { Group, Item } from '../item';
import type { Api, Cursor, Page, Product } from '../product';
import { Vb365Client } from './client';
import { requestAssertion } from './deviceCode';
import { vb365 } from './info';
import { backedUpOrganizationItem, organizationItem, repositoryItem } from './items';
import { document, resource } from './resource';
import { apiVersions, authorize, probe, renew, signIn, signInMethods, signInWithAssertion, signOut } from './session';
import type { ListBody } from './wire';

/** Veeam Backup for Microsoft 365: repositories with the organizations in each, and the organizations configured. */
export const product: Product = {
  info: vb365,
  apiVersions,
  probe,
  signInMethods,
  microsoft365: { requestAssertion, signIn: signInWithAssertion },
  // Refresh tokens are good for weeks: the next start of VS Code goes on with them.
  endsSessionOnExit: false,
  signIn,
  renew,
  signOut,
  authorize,

  async describeServer(api, signal) {
    const hasServiceInstance = Number(api.apiVersion.slice(1)) >= 6;
    return hasServiceInstance ? { version: (await new Vb365Client(api).serviceInstance(signal)).version } : {};
  },

  async children(api: Api, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const client = new Vb365Client(api);
    const offset = cursor === undefined ? 0 : Number(cursor);
    switch (item.kind) {
      case 'server':
        return { items: groups() };
      case 'group':
        return item.contains === 'repository'
          ? page(await client.repositories(offset, signal), repositoryItem)
          : page(await client.organizations(offset, signal), organizationItem);
      case 'repository':
        return page(await client.backedUpOrganizations(item.id, offset, signal), body =>
          backedUpOrganizationItem(body, item.id),
        );
      default:
        return { items: [] };
    }
  },

  resource,
  document: (api, item, _format, signal) => document(api, item, signal),
  tokenHeader: { name: 'Authorization', prefix: 'Bearer ', variable: 'VB365_TOKEN' },
};

function groups(): Group[] {
  return [
    {
      kind: 'group',
      id: 'repositories',
      name: l10n.t('Backup Repositories'),
      contains: 'repository',
      hasChildren: true,
    },
    { kind: 'group', id: 'organizations', name: l10n.t('Organizations'), contains: 'organization', hasChildren: true },
  ];
}

function page<Body>(list: ListBody<Body>, toItem: (body: Body) => Item): Page {
  return { items: list.elements.map(toItem), next: list.nextOffset?.toString(), total: list.total };
}
