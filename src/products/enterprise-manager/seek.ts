import type { BackupServer, Item, Tenant } from '../../items/item';
import type { Api } from '../product';
import { type Located, type Seeking, type Sought, soughtBy } from '../seek';
import { EnterpriseManagerClient } from './client';
import { backupServersHeading, tenantsHeading } from './headings';
import { repositoryItem, tenantItem } from './items';
import { isMore } from './queryPages';
import { cloudConnect, ownTenant } from './session';
import { childrenOfTenant } from './tenants';
import type { RepositoryBody } from './wire';

/** Tenants and repositories by the query service, which filters them by the names of their backup servers, too. */
export async function seek(api: Api, sought: Sought, signal: AbortSignal): Promise<Seeking | undefined> {
  const features = await api.features(signal);
  const isAdministrator = !features.includes(ownTenant);
  const hasTenants = features.includes(cloudConnect) && isAdministrator;
  const client = new EnterpriseManagerClient(api);
  // Without the name of a backup server nothing here could be recognized.
  const filter = sought.backupServers.length > 0 ? filterFor(sought) : undefined;
  switch (sought.kind) {
    case 'tenant': {
      if (!hasTenants || !filter) {
        return undefined;
      }
      const page = await client.someTenants(filter, signal);
      const above = [tenantsHeading()];
      const located = page.elements.map(body => ({ item: tenantItem(body, new Map()), above }));
      return { located, isPartial: isMore(1, page) };
    }
    case 'subtenant':
      return hasTenants && sought.tenant?.kind === 'tenant'
        ? await subtenantsOf(api, sought.tenant, sought, signal)
        : undefined;
    case 'repository': {
      if (!isAdministrator || !filter) {
        return undefined;
      }
      const page = await client.someRepositories(filter, signal);
      const located = page.elements.flatMap(body => locatedRepository(body, hasTenants) ?? []);
      return { located, isPartial: isMore(1, page) };
    }
    default:
      return undefined;
  }
}

async function subtenantsOf(api: Api, tenant: Tenant, sought: Sought, signal: AbortSignal): Promise<Seeking> {
  const { elements } = await childrenOfTenant(api, tenant, signal);
  const isSought = soughtBy(sought);
  const isIt = (item: Item) => item.kind === 'subtenant' && isSought(item);
  return { located: elements.filter(isIt).map(item => ({ item, above: [] })) };
}

/** Where it stands is below its backup server, which its link names. */
function locatedRepository(body: RepositoryBody, hasTenants: boolean): Located | undefined {
  const up = body.Links.find(({ Rel, Type }) => Rel === 'Up' && Type?.startsWith('BackupServer'));
  const id = /\/backupServers\/([^/?#]+)/i.exec(up?.Href ?? '')?.[1];
  if (id === undefined) {
    return undefined;
  }
  const server: BackupServer = { kind: 'backupServer', id, name: up?.Name ?? id, hasChildren: true };
  return { item: repositoryItem(body, hasTenants), above: [backupServersHeading(), server] };
}

/** `UID=="…",Name=="…"` and one of the backup servers: a comma is an or, a semicolon an and. */
function filterFor({ kind, ids, names, backupServers }: Sought): string {
  const type = kind === 'tenant' ? 'CloudTenant' : 'Repository';
  const isIt = [
    ...ids.map(id => `UID==${quoted(`urn:veeam:${type}:${id}`)}`),
    ...names.map(name => `Name==${quoted(name)}`),
  ];
  const isThere = backupServers.map(name => `BackupServerName==${quoted(name)}`);
  return [isIt, isThere].map(terms => `(${terms.join(',')})`).join(';');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
