import type { BackupServer, Repository, Subtenant, Tenant } from '../item';
import type { BackupServerBody, LinkBody, RepositoryBody, SubtenantBody, TenantBody } from './wire';

const megabyte = 1024 ** 2;

export function backupServerItem(body: BackupServerBody): BackupServer {
  return {
    kind: 'backupServer',
    ...identityOf(body),
    description: body.Description,
    hasChildren: body.UID !== undefined,
    port: body.Port,
    version: body.Version,
  };
}

export function repositoryItem(body: RepositoryBody): Repository {
  const { Capacity, FreeSpace } = body;
  return {
    kind: 'repository',
    ...identityOf(body),
    hasChildren: false,
    objectStorage: false,
    type: body.Kind,
    capacityBytes: Capacity,
    freeBytes: FreeSpace,
    usedBytes: Capacity === undefined || FreeSpace === undefined ? undefined : Math.max(0, Capacity - FreeSpace),
    backupServer: backupServerOf(body.Links),
  };
}

export function tenantItem(body: TenantBody): Tenant {
  const resources = body.Resources.map(({ Id, RepositoryQuota }) => ({
    id: Id ?? '',
    name: RepositoryQuota?.DisplayName ?? Id ?? '',
    repositoryUrn: RepositoryQuota?.RepositoryUid,
    quotaBytes: bytes(RepositoryQuota?.Quota),
    usedBytes: bytes(RepositoryQuota?.UsedQuota),
  }));
  const lease = body.LeaseOptions;
  // Tenants of vCloud Director and Active Directory have no such link, and no subtenants.
  const hasSubtenants = body.Links.some(({ Type }) => Type === 'CloudSubtenantList');
  return {
    kind: 'tenant',
    ...identityOf(body),
    description: body.Description,
    hasChildren: body.UID !== undefined && hasSubtenants,
    hasSubtenants,
    enabled: body.Enabled,
    type: typeOf(body.TenantType),
    quotaBytes: sum(resources.map(resource => resource.quotaBytes)),
    usedBytes: sum(resources.map(resource => resource.usedBytes)),
    resources,
    backupServer: backupServerOf(body.Links),
    lastResult: body.LastResult,
    lastActive: body.LastActive,
    leaseExpires: lease?.Enabled ? (lease.ExpirationDate ?? lease.LeaseExpirationDate) : undefined,
  };
}

export function subtenantItem(body: SubtenantBody, tenantId: string): Subtenant {
  const quota = body.RepositoryQuota;
  const unlimited = quota?.Unlimited ?? false;
  return {
    kind: 'subtenant',
    id: body.Id ?? '',
    name: body.Name ?? body.Id ?? '',
    description: body.Description,
    hasChildren: false,
    tenantId,
    enabled: body.Enabled,
    unlimited,
    quotaBytes: unlimited ? undefined : bytes(quota?.QuotaMb),
    usedBytes: bytes(quota?.UsedQuotaMb),
    tenantResourceId: quota?.TenantResourceId,
    quotaId: quota?.QuotaId,
    quotaName: quota?.DisplayName,
  };
}

/** The GUID of `urn:veeam:<Type>:<guid>` is what goes into paths, and what people call the ID. */
function identityOf(body: { readonly UID: string | undefined; readonly Name: string | undefined }) {
  const id = body.UID?.slice(body.UID.lastIndexOf(':') + 1) ?? '';
  return { id, urn: body.UID, name: body.Name ?? id };
}

function backupServerOf(links: readonly LinkBody[]): string | undefined {
  return links.find(({ Rel, Type }) => Rel === 'Up' && Type?.startsWith('BackupServer'))?.Name;
}

function typeOf(type: TenantBody['TenantType']): string | undefined {
  if (type?.StandaloneTenant) {
    return 'Standalone';
  }
  return type?.vCloudTenant ? 'vCD' : type?.ADTenantType ? 'ActiveDirectory' : undefined;
}

function bytes(megabytes: number | undefined): number | undefined {
  return megabytes === undefined ? undefined : megabytes * megabyte;
}

function sum(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter(amount => amount !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, amount) => total + amount, 0);
}
