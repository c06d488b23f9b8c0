import type { Heading, Item } from '../../items/item';
import { NotFound } from '../failures';
import type { Api, DocumentFormat, Resource } from '../product';
import { EnterpriseManagerClient, speaksJson } from './client';

/** Where the API has an item. */
export function resource(apiVersion: string, item: Item): Resource | undefined {
  if (item.kind === 'server') {
    // It tells of the API's versions, to anybody.
    return { path: '/api/', isList: false, formats: ['xml'] };
  }
  const path = item.kind === 'group' ? pathBelow(item) : itemPath(item);
  return path === undefined
    ? undefined
    : { path, isList: false, formats: speaksJson(apiVersion) ? ['json', 'xml'] : ['xml'] };
}

/** The item as the server gives it. */
export async function document(api: Api, item: Item, format: DocumentFormat, signal: AbortSignal): Promise<string> {
  const path = itemPath(item);
  if (path === undefined) {
    throw new NotFound(api.host);
  }
  return await new EnterpriseManagerClient(api).text(path, format, signal);
}

function itemPath(item: Item): string | undefined {
  if (item.id === '') {
    return undefined;
  }
  switch (item.kind) {
    case 'backupServer':
      return entity('backupServers', item.id);
    case 'repository':
      return entity('repositories', item.id);
    case 'tenant':
      return entity('cloud', 'tenants', item.id);
    case 'hardwarePlan':
      return entity('cloud', 'hardwarePlans', item.id);
    case 'gateway':
      return entity('cloud', 'gateways', item.id);
    // These have one form alone.
    case 'backupResource':
      return at('cloud', 'tenants', item.tenantId, 'resources', item.id);
    case 'subtenant':
      return at('cloud', 'tenants', item.tenantId, 'subtenants', item.id);
    default:
      return undefined;
  }
}

/** The path of the list below a heading. */
function pathBelow({ contains, scope: { tenantId } = {} }: Heading): string | undefined {
  switch (contains) {
    case 'backupServer':
      return entity('backupServers');
    case 'tenant':
      return entity('cloud', 'tenants');
    case 'hardwarePlan':
      return entity('cloud', 'hardwarePlans');
    case 'gateway':
      return entity('cloud', 'gateways');
    case 'backupResource':
      return tenantId === undefined ? undefined : at('cloud', 'tenants', tenantId, 'resources');
    default:
      return undefined;
  }
}

function entity(...segments: string[]): string {
  return `${at(...segments)}?format=Entity`;
}

function at(...segments: string[]): string {
  return `/api/${segments.map(encodeURIComponent).join('/')}`;
}
