import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading, Item } from '../../items/item';
import type { Api, Cursor, Page, Product } from '../product';
import { pageWith } from '../reading/jsonResources';
import { accountKinds } from './accountKinds';
import { Vb365Client, versionNumber } from './client';
import { details } from './details';
import { organizationsHeading, repositoriesHeading } from './headings';
import { vb365 } from './info';
import { backedUpOrganizationItem, jobItem, proxyItem } from './items';
import { organizationHeadings, organizations, usedRepositories } from './organizations';
import { isProtected, protectedHeadings, protectedObjects } from './protected';
import { repositories } from './repositories';
import { document, resource } from './resource';
import { secretMembers } from './secretMembers';
import { seek } from './seek';
import { apiVersions, probe, probeOn, renew, signIn, signOut, tokenCall, tokenHeader } from './session';

/** Veeam Backup for Microsoft 365: repositories with the organizations in each, and the organizations configured. */
export const product: Product = {
  info: vb365,
  apiVersions,
  probe,
  probeOn,
  accountKinds,
  // Refresh tokens are good for weeks: the next start of VS Code goes on with them.
  endsSessionOnExit: false,
  signIn,
  renew,
  signOut,

  async describeServer(api, signal) {
    if (versionNumber(api.apiVersion) < 6) {
      return {}; // it has no such call
    }
    const { version, installationId } = await new Vb365Client(api).serviceInstance(signal);
    return { version, installation: { id: installationId } };
  },

  async children(api: Api, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const client = new Vb365Client(api);
    const offset = cursor === undefined ? 0 : Number(cursor);
    switch (item.kind) {
      case 'server':
        return { items: headings() };
      case 'group':
        return await childrenOfHeading(api, item, offset, signal);
      case 'repository':
        return pageWith(await client.backedUpOrganizations(item.id, offset, signal), body =>
          backedUpOrganizationItem(body, item.id),
        );
      case 'organization':
        return { items: item.repositoryId === undefined ? organizationHeadings(item) : protectedHeadings(item) };
      default:
        return { items: [] };
    }
  },

  seek,
  details,
  resource,
  document: (api, item, _format, signal) => document(api, item, signal),
  tokenHeader,
  tokenCall,
  secretMembers,
};

function headings(): Heading[] {
  return [repositoriesHeading(), organizationsHeading(), headingOf('proxies', l10n.t('Backup Proxies'), 'proxy')];
}

async function childrenOfHeading(
  api: Api,
  { contains, scope = {} }: Heading,
  offset: number,
  signal: AbortSignal,
): Promise<Page> {
  const client = new Vb365Client(api);
  const { repositoryId = '', organizationId = '' } = scope;
  if (isProtected(contains)) {
    return await protectedObjects(api, contains, { repositoryId, organizationId }, offset, signal);
  }
  switch (contains) {
    case 'repository':
      return await repositories(api, offset, signal);
    case 'organization':
      return await organizations(api, offset, signal);
    case 'usedRepository':
      return await usedRepositories(api, organizationId, offset, signal);
    case 'job':
      return pageWith(await client.jobs(organizationId, offset, signal), body => jobItem(body, organizationId));
    case 'proxy':
      return pageWith(await client.proxies(offset, signal), proxyItem);
    default:
      return { items: [] };
  }
}
