import type { Gateway, HardwarePlan } from '../enterprise-manager/data';
import { between, guid } from '../random';
import type { BackupResource, CloudConnect, CloudSubtenant, CloudTenant, GatewayPool, Site } from './cloud-connect';
import { type Organization, PLANTED_SECRET } from './data';
import { type ApiVersion, hasOwnTenants, when } from './version';

/** The bodies of Cloud Connect: sites and all that is on them. */

const GB = 1024 ** 3;
const MB = 1024 ** 2;

export function siteBody(site: Site): object {
  return {
    siteUid: site.id,
    siteName: site.name,
    description: site.index === 0 ? 'Cloud Connect server' : null,
    backupServerUid: site.backupServerId,
    managementAgentUid: guid('spcAgent', site.index),
    maintenanceModeIsEnabled: site.inMaintenance,
    tenantManagementInCloudConnectIsEnabled: site.index === 0,
  };
}

function tenantSettings(tenant: CloudTenant) {
  const { like } = tenant;
  return {
    type: like.type === 'vCD' ? 'VCD' : like.type === 'ActiveDirectory' ? 'Unknown' : 'General',
    lastActive: tenant.lastActive ?? null,
    leaseExpirationDate: like.leaseExpires ?? null,
    gatewaySelectionType: tenant.index % 4 === 3 ? 'GatewayPool' : 'StandaloneGateways',
    gatewayPoolsUids: tenant.index % 4 === 3 ? [guid('spcGatewayPool', tenant.site.index)] : [],
    isGatewayFailoverEnabled: false,
    // Without throttling there is no value, and the unit is left out: it is an enumeration that has no null.
    throttlingValue: like.throttling ? 50 : null,
    ...when(like.throttling, { throttlingUnit: 'MbitPerSec' }),
    maxConcurrentTask: like.maxConcurrentTasks,
  } as const;
}

export function tenantBody(tenant: CloudTenant, version: ApiVersion): object {
  const { id, index, name, site, company, like } = tenant;
  const isVcd = like.type === 'vCD';
  return {
    instanceUid: id,
    ...(hasOwnTenants(version)
      ? {
          siteUid: site.id,
          siteName: site.name,
          vCloudOrganizationUid: isVcd ? guid('vcdOrganization', index) : null,
          assignedForCompany: company?.id ?? null,
          credentials: { userName: name, password: `${PLANTED_SECRET}-of-tenant-${index}` },
        }
      : { backupServerUid: site.backupServerId }),
    name,
    description: like.description,
    hashedPassword: `${PLANTED_SECRET}-hash-${index}`,
    ...tenantSettings(tenant),
    isEnabled: like.enabled,
    isLeaseExpirationEnabled: like.leaseExpires !== undefined,
    isBackupProtectionEnabled: index % 2 === 0,
    backupProtectionPeriod: index % 2 === 0 ? 7 : null,
    isThrottlingEnabled: like.throttling,
    isBackupResourcesEnabled: like.resources.length > 0,
    isNativeReplicationResourcesEnabled: like.hasHardwarePlan,
    isVcdReplicationResourcesEnabled: isVcd,
  };
}

/** 3.5.1: a company on a site, which is its tenant there. */
export function companySiteBody(tenant: CloudTenant, company: Organization): object {
  const { id, index, name, site, like } = tenant;
  const { type, ...settings } = tenantSettings(tenant);
  return {
    companyUid: company.id,
    siteUid: site.id,
    cloudTenantUid: id,
    cloudTenantType: type,
    vCloudOrganizationUid: like.type === 'vCD' ? guid('vcdOrganization', index) : null,
    ownerCredentials: { userName: name, password: `${PLANTED_SECRET}-of-tenant-${index}` },
    description: like.description,
    leaseExpirationEnabled: like.leaseExpires !== undefined,
    throttlingEnabled: like.throttling,
    backupProtectionEnabled: index % 2 === 0,
    backupProtectionPeriodDays: index % 2 === 0 ? 7 : null,
    ...settings,
  };
}

function limit<Name extends string>(name: Name, value: number | null): object {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return { [name]: value, [`is${capital}Unlimited`]: value === null };
}

/** Storage in bytes. 3.5.1 knows the company that a resource belongs to and not the tenant. */
export function backupResourceBody(resource: BackupResource, version: ApiVersion): object {
  const { id, name, row, tenant, repositoryId, quotaBytes, usedBytes } = resource;
  return {
    instanceUid: id,
    companyUid: tenant.company?.id ?? null,
    ...when(hasOwnTenants(version), { tenantUid: tenant.id }),
    siteUid: tenant.site.id,
    repositoryUid: repositoryId,
    cloudRepositoryName: name,
    storageQuota: quotaBytes,
    usedSpace: tenant.index % 50 === 49 ? null : usedBytes,
    ...limit('serversQuota', tenant.index % 3 === 1 ? 10 : null),
    ...limit('workstationsQuota', tenant.index % 3 === 1 ? 0 : null),
    ...limit('vmsQuota', null),
    isWanAccelerationEnabled: false,
    wanAcceleratorUid: null,
    isDefault: row === 0,
  };
}

/** Only the site without an Enterprise Manager keeps its tenants on a scale-out repository, whose tiers have numbers. */
export function backupResourceUsageBody(resource: BackupResource, version: ApiVersion): object {
  const { id, row, tenant, quotaBytes, usedBytes } = resource;
  const hasTiers = resource.tenant.site.index > 1 && row === 0;
  const capacity = Math.floor(usedBytes / 4);
  return {
    backupResourceUid: id,
    companyUid: tenant.company?.id ?? null,
    ...when(hasOwnTenants(version), { tenantUid: tenant.id }),
    storageQuota: quotaBytes,
    usedStorageQuota: usedBytes,
    performanceTierUsage: usedBytes - (hasTiers ? capacity : 0),
    capacityTierUsage: hasTiers ? capacity : null,
    archiveTierUsage: hasTiers ? 0 : null,
    serverBackups: between(0, 12, 'server backups', tenant.index, row),
    workstationBackups: between(0, 12, 'workstation backups', tenant.index, row),
    vmBackups: tenant.like.backupCount,
  };
}

export function subtenantBody({ tenant, source }: CloudSubtenant): object {
  return {
    instanceUid: source.id,
    tenantUid: tenant.id,
    name: source.name,
    description: source.description,
    backupServerUid: tenant.site.backupServerId,
    isEnabled: source.enabled,
  };
}

/** The quota of a subtenant, in bytes. Its number stays when it means nothing, as in the Enterprise Manager. */
export function userBackupResourceBody(
  { tenant, source }: CloudSubtenant,
  userId: string,
  version: ApiVersion,
): object {
  const link = hasOwnTenants(version) ? 'tenantBackupResourceUid' : 'companySiteBackupResourceUid';
  return {
    siteUid: tenant.site.id,
    [link]: source.tenantResourceId,
    resourceFriendlyName: source.displayName,
    userUid: userId,
    description: source.description,
    subtenantUid: source.id,
    vcdUserId: null,
    storageQuota: source.unlimited ? null : source.quotaMb * MB,
    storageQuotaUsage: source.usedQuotaMb * MB,
    isStorageQuotaUnlimited: source.unlimited,
  };
}

/** The quota in GB. */
export function trafficBody(tenant: CloudTenant): object {
  return {
    siteUid: tenant.site.id,
    tenantUid: tenant.id,
    companyUid: tenant.company?.id ?? null,
    ...limit('dataTransferOutQuota', tenant.index % 2 === 0 ? null : 500),
  };
}

export function companyTrafficBody(tenant: CloudTenant): object {
  return { siteUid: tenant.site.id, ...limit('dataTransferOutQuota', tenant.index % 2 === 0 ? null : 500) };
}

export function replicationResourceBody(tenant: CloudTenant, version: ApiVersion): object {
  return {
    instanceUid: guid('spcReplication', tenant.index),
    ...when(hasOwnTenants(version), { tenantUid: tenant.id }),
    companyUid: tenant.company?.id ?? null,
    siteUid: tenant.site.id,
    hardwarePlans: [
      { hardwarePlanUid: guid('hardwarePlan', 0), isWanAccelerationEnabled: false, wanAcceleratorUid: null },
    ],
    isFailoverCapabilitiesEnabled: false,
    isPublicAllocationEnabled: false,
    numberOfPublicIps: 0,
  };
}

/** Memory and storage in bytes. */
export function replicationUsageBody(tenant: CloudTenant): object {
  return {
    hardwarePlanUid: guid('hardwarePlan', 0),
    companyUid: tenant.company?.id ?? null,
    tenantUid: tenant.id,
    siteUid: tenant.site.id,
    vCPUsConsumed: 4,
    memoryUsage: 8 * GB,
    storageUsage: 120 * GB,
    hostsCoresCount: 16,
    numberOfVms: 3,
  };
}

export function gatewayBody(gateway: Gateway, cloud: CloudConnect): object {
  const { index, id, name, enabled } = gateway;
  const site = cloud.siteOf(gateway);
  return {
    instanceUid: id,
    name,
    backupServerUid: site.backupServerId,
    gatewayPoolUid: index % 2 === 0 ? guid('spcGatewayPool', site.index) : null,
    port: 6180,
    externalPort: 6180,
    externalAddress: name,
    externalIpList: index % 2 === 0 ? [`192.0.2.${(index % 250) + 1}`] : null,
    isOutOfDate: index === 1,
    hostUid: guid('spcHost', index),
    isDisabled: !enabled,
    status: enabled ? 'Healthy' : 'Unknown',
  };
}

export function gatewayPoolBody({ id, name, site }: GatewayPool, cloud: CloudConnect): object {
  const members = cloud.gateways.filter(gateway => gateway.index % 2 === 0 && cloud.siteOf(gateway).id === site.id);
  return { instanceUid: id, name, backupServerUid: site.backupServerId, numberOfGateways: members.length };
}

/** CPU in MHz, memory in bytes. */
export function hardwarePlanBody(plan: HardwarePlan, cloud: CloudConnect): object {
  const { index, id, name } = plan;
  return {
    instanceUid: id,
    name,
    backupServerUid: cloud.siteOf(plan).backupServerId,
    ...limit('cpuQuota', index === 1 ? null : 24_000),
    ...limit('memoryQuota', index === 1 ? null : 64 * GB),
    networkWithInternetQuota: 1,
    networkWithoutInternetQuota: 2,
  };
}

export function hardwarePlanStorageBody({ index, id }: HardwarePlan): object {
  return {
    instanceUid: guid('spcPlanStorage', index),
    name: 'Replica Storage',
    hardwarePlanUid: id,
    quota: index === 1 ? null : 500 * GB,
  };
}

/** A reseller's share of a site. */
export function resellerSiteBody(reseller: Organization, site: Site, usedTenants: number): object {
  return {
    siteUid: site.id,
    resellerUid: reseller.id,
    ...limit('tenantsQuota', reseller.index === 0 ? 500 : null),
    usedTenantsQuota: usedTenants,
  };
}

/** Storage in bytes. */
export function resellerResourceBody(reseller: Organization, site: Site): object {
  return {
    resourceFriendlyName: `Storage of ${reseller.name}`,
    instanceUid: guid('spcResellerResource', reseller.index * 8 + site.index),
    siteUid: site.id,
    resellerUid: reseller.id,
    repositoryUid: guid('spcRepository', site.index * 8),
    ...limit('storageQuota', reseller.index === 1 ? null : 100 * 1024 * GB),
    ...limit('serversQuota', null),
    ...limit('workstationsQuota', null),
    ...limit('vmsQuota', 100),
  };
}

export function resellerResourceUsageBody(
  reseller: Organization,
  site: Site,
  resources: readonly BackupResource[],
): object {
  const sum = (of: (resource: BackupResource) => number) =>
    resources.reduce((total, resource) => total + of(resource), 0);
  return {
    backupResourceUid: guid('spcResellerResource', reseller.index * 8 + site.index),
    resellerUid: reseller.id,
    storageQuota: 100 * 1024 * GB,
    usedStorageQuota: sum(resource => resource.usedBytes),
    archiveTierUsage: null,
    capacityTierUsage: null,
    performanceTierUsage: sum(resource => resource.usedBytes),
    serverBackups: sum(resource => resource.tenant.index % 3),
    workstationBackups: sum(resource => resource.tenant.index % 5),
    vmBackups: sum(resource => resource.tenant.like.backupCount),
  };
}
