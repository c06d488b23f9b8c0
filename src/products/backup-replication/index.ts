import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading, Item } from '../../items/item';
import type { Api, Cursor, Page, Product } from '../product';
import { pageWith } from '../reading/jsonResources';
import { accountKinds } from './accountKinds';
import { BackupReplicationClient } from './client';
import { details } from './details';
import { backupReplication } from './info';
import { entraTenantItem, jobItem, managedServerItem, proxyItem } from './items';
import { narrowed } from './narrowed';
import { hasEntraTenants, paths } from './paths';
import { document, resource } from './resource';
import {
  childrenOfScaleOut,
  repositories,
  repositoriesHeading,
  scaleOutHeading,
  scaleOutRepositories,
} from './scaleOut';
import { secretMembers } from './secretMembers';
import { seek } from './seek';
import { renew, signIn, signOut, tokenCall, tokenHeader } from './session';
import { apiVersions, probe, refusesVersion, versionHeaders } from './versions';

/** Veeam Backup & Replication: repositories, scale-out repositories, jobs and the servers that carry them. */
export const product: Product = {
  info: backupReplication,
  apiVersions,
  probe,
  versionHeaders,
  refusesVersion,
  accountKinds,
  // From 13 on, beside the API; older releases have a console for Windows alone.
  webConsole: ({ url, version = '' }) =>
    Number.parseInt(version, 10) >= 13 ? `https://${new URL(url).hostname}` : undefined,
  // A refresh token that is left behind would be good for two weeks.
  endsSessionOnExit: true,
  signIn,
  renew,
  signOut,

  async describeServer(api, signal) {
    const { buildVersion, vbrId, name } = await new BackupReplicationClient(api).serverInfo(signal);
    return { version: buildVersion, installation: { id: vbrId, name } };
  },

  async children(api: Api, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const offset = cursor === undefined ? 0 : Number(cursor);
    switch (item.kind) {
      case 'server':
        return { items: headings(api.apiVersion) };
      case 'group':
        return item.known ? { items: item.known, total: item.known.length } : await list(api, item, offset, signal);
      case 'repository':
        return await jobsOf(api, item.id, offset, signal);
      case 'scaleOutRepository':
        return { items: childrenOfScaleOut(item) };
      default:
        return { items: [] };
    }
  },

  seek,
  narrowed,
  details,
  resource,
  document: (api, item, _format, signal) => document(api, item, signal),
  tokenHeader,
  tokenCall,
  secretMembers,
};

function headings(apiVersion: string): Heading[] {
  return [
    repositoriesHeading(),
    scaleOutHeading(),
    headingOf('jobs', l10n.t('Jobs'), 'job'),
    headingOf('managedServers', l10n.t('Managed Servers'), 'managedServer'),
    headingOf('proxies', l10n.t('Backup Proxies'), 'proxy'),
    ...(hasEntraTenants(apiVersion)
      ? [headingOf('entraTenants', l10n.t('Microsoft Entra ID Tenants'), 'entraTenant')]
      : []),
  ];
}

async function list(api: Api, heading: Heading, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new BackupReplicationClient(api);
  switch (heading.contains) {
    case 'repository':
      return await repositories(api, offset, signal);
    case 'scaleOutRepository':
      return await scaleOutRepositories(api, signal);
    case 'job':
      return heading.scope?.repositoryId === undefined
        ? pageWith(await client.jobs(paths.jobs, offset, signal), jobItem)
        : await jobsOf(api, heading.scope.repositoryId, offset, signal);
    case 'managedServer':
      return pageWith(await client.managedServers(offset, signal), managedServerItem);
    case 'proxy':
      return pageWith(await client.proxies(offset, signal), proxyItem);
    case 'entraTenant':
      return pageWith(await client.entraTenants(offset, signal), entraTenantItem);
    default:
      return { items: [] };
  }
}

/** The jobs that write to a repository. */
async function jobsOf(api: Api, repositoryId: string, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new BackupReplicationClient(api);
  const page = pageWith(await client.jobs(paths.jobsOf(repositoryId), offset, signal), jobItem);
  return page.total === 0 ? { ...page, note: l10n.t('No job writes to this repository') } : page;
}
