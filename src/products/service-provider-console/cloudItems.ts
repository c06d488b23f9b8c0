import type {
  BackupResource,
  Gateway,
  GatewayPool,
  HardwarePlan,
  HostedResource,
  Site,
  Subtenant,
  Tenant,
  TenantResource,
} from '../../items/item';
import { common, idOf, limitOf, problemOf, sumOf } from './parts';
import type {
  BackupResourceBody,
  GatewayBody,
  GatewayPoolBody,
  HardwarePlanBody,
  ResellerShareBody,
  SiteBody,
  SubtenantBody,
  SubtenantQuotaBody,
  TenantBody,
} from './wire';

// Cloud Connect: sites, tenants and what they have there. All sizes are in bytes.

export function siteItem(body: SiteBody): Site {
  return {
    kind: 'site',
    ...common(body.siteUid, body.siteName),
    description: body.description,
    hasChildren: body.siteUid !== undefined,
    maintenance: body.maintenanceModeIsEnabled,
    backupServerId: idOf(body.backupServerUid),
  };
}

/** What is known of a tenant beside its own body. */
export interface TenantPlace {
  readonly siteId?: string | undefined;
  readonly siteName?: string | undefined;
  readonly companyId?: string | undefined;
  readonly companyName?: string | undefined;
  /** API 3.5, where its shares have another address. */
  readonly isOlder: boolean;
  /** Undefined if this account may not read them. */
  readonly resources: readonly TenantResource[] | undefined;
  readonly gatewayPools?: string | undefined;
}

export function tenantItem(body: TenantBody, place: TenantPlace): Tenant {
  const { companyId, companyName, resources = [] } = place;
  const siteId = idOf(body.siteUid) ?? place.siteId;
  return {
    kind: 'tenant',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: body.instanceUid !== undefined,
    enabled: body.isEnabled,
    type: body.type,
    quotaBytes: sumOf(resources.map(({ quotaBytes }) => quotaBytes)),
    usedBytes: sumOf(resources.map(({ usedBytes }) => usedBytes)),
    resources,
    hasSubtenants: body.type !== 'VCD',
    backupServer: body.siteName ?? place.siteName,
    lastActive: body.lastActive,
    leaseExpires: body.isLeaseExpirationEnabled === false ? undefined : body.leaseExpirationDate,
    maxConcurrentTasks: body.maxConcurrentTask,
    throttlingLimit: body.isThrottlingEnabled ? body.throttlingValue : undefined,
    throttlingUnit: body.isThrottlingEnabled ? unitIn(body.throttlingUnit) : undefined,
    gatewayPools: place.gatewayPools,
    companyId,
    companyName,
    scope: {
      ...(siteId === undefined ? {} : { siteId }),
      ...(companyId === undefined ? {} : { companyId }),
      ...(place.isOlder ? { isOlder: 'true' } : {}),
    },
  };
}

function unitIn(unit: string | undefined): string | undefined {
  return speedUnits.get(unit ?? '') ?? unit;
}

const speedUnits = new Map([
  ['KbytePerSec', 'KB/s'],
  ['MbitPerSec', 'Mbit/s'],
  ['MbytePerSec', 'MB/s'],
]);

/** A share of a cloud repository. Its quota is always one. */
export function tenantResource(body: BackupResourceBody): TenantResource {
  return {
    ...common(body.instanceUid, body.cloudRepositoryName),
    repositoryId: idOf(body.repositoryUid),
    quotaBytes: body.storageQuota,
    usedBytes: body.usedSpace,
  };
}

/** A row for each of them. */
export function backupResourceItems({ id, name, resources, scope }: Tenant): BackupResource[] {
  return resources.map(resource => ({
    kind: 'backupResource',
    hasChildren: false,
    tenantId: id,
    tenantName: name,
    ...resource,
    scope,
  }));
}

export function subtenantItem(body: SubtenantBody, tenantId: string, quota: SubtenantQuotaBody | undefined): Subtenant {
  return {
    kind: 'subtenant',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: false,
    tenantId,
    enabled: body.isEnabled,
    unlimited: quota?.isStorageQuotaUnlimited,
    quotaBytes: limitOf(quota?.storageQuota, quota?.isStorageQuotaUnlimited),
    usedBytes: quota?.storageQuotaUsage,
    tenantResourceId: idOf(quota?.tenantBackupResourceUid) ?? idOf(quota?.companySiteBackupResourceUid),
    quotaName: quota?.resourceFriendlyName,
  };
}

export function gatewayItem(body: GatewayBody): Gateway {
  return {
    kind: 'gateway',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    enabled: body.isDisabled === undefined ? undefined : !body.isDisabled,
    address: body.externalAddress,
    port: body.externalPort ?? body.port,
    problem: problemOf(body),
  };
}

export function gatewayPoolItem(body: GatewayPoolBody): GatewayPool {
  return {
    kind: 'gatewayPool',
    ...common(body.instanceUid, body.name),
    hasChildren: body.instanceUid !== undefined,
    onDemand: 'elsewhere', // its gateways stand among those of the site
    gateways: body.numberOfGateways,
  };
}

export function hardwarePlanItem(body: HardwarePlanBody): HardwarePlan {
  return {
    kind: 'hardwarePlan',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    processorMhz: limitOf(body.cpuQuota, body.isCpuQuotaUnlimited),
    processorUnlimited: body.isCpuQuotaUnlimited,
    memoryBytes: limitOf(body.memoryQuota, body.isMemoryQuotaUnlimited),
    memoryUnlimited: body.isMemoryQuotaUnlimited,
  };
}

/** What a reseller may give away of a cloud repository. */
export function resellerShareItem(body: ResellerShareBody, usedBytes: number | undefined): HostedResource {
  return {
    kind: 'hostedResource',
    ...common(body.instanceUid, body.resourceFriendlyName),
    hasChildren: false,
    resellerId: idOf(body.resellerUid),
    repositoryId: idOf(body.repositoryUid),
    quotaBytes: limitOf(body.storageQuota, body.isStorageQuotaUnlimited),
    usedBytes,
    unlimited: body.isStorageQuotaUnlimited,
    scope: { hosted: 'site', siteId: body.siteUid ?? '' },
  };
}
