import * as v from 'valibot';
import { amount, flag, identified, identifier, moment, part, partList, text, texts, token } from '../reading/decode';

// The bodies of the Service Provider Console REST API v3, from API 3.5 on: signing in, companies, resellers, sites and what
// is shared out among them. Any member may be missing or null. Words of enumerations differ from release to release and are
// read as texts.

/** `OAuth2Result`. An account with a second factor gets the `mfa_token` alone. */
export const tokenBody = v.object({
  access_token: v.fallback(v.nullish(token), undefined),
  refresh_token: text,
  mfa_token: v.fallback(v.nullish(token), undefined),
  expires_in: amount,
});

/** `OAuth2Error`. */
export const tokenErrorBody = v.object({ error: text, error_description: text });

/** The product's own errors, and what its web framework says of routes that it does not have. */
export const errorBody = v.object({
  errors: partList({ message: text, retryAfter: amount }),
  error: v.fallback(v.union([v.string(), v.object({ code: text, message: text })]), ''),
  error_description: text,
});

/** `About`. */
export const aboutBody = v.object({
  installationId: identifier,
  installationDate: moment,
  serverVersion: text,
  windowsManagementAgentVersion: text,
  linuxManagementAgentVersion: text,
  macManagementAgentVersion: text,
});

/** `Company`. Until 3.5, it has the quota. */
export const companyBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  status: text,
  resellerUid: identifier,
  companyServices: part({ storageQuota: amount }),
});
export type CompanyBody = v.InferOutput<typeof companyBody>;

/** `Reseller`. */
export const resellerBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  status: text,
  proPartnerId: text,
  resellerServices: part({
    cloudConnectQuota: part({
      dataTransferOutQuota: amount,
      maxConcurrentTask: amount,
    }),
  }),
  quota: part({ dataTransferOutQuota: amount, isDataTransferOutQuotaUnlimited: flag }), // 3.5
});
export type ResellerBody = v.InferOutput<typeof resellerBody>;

/** `Organization`: what is known of a company or reseller beside its role here. */
export const organizationDetailsBody = v.object({
  alias: text,
  companyId: text,
  veeamTenantId: text,
  taxId: text,
  email: text,
  phone: text,
  website: text,
  street: text,
  zipCode: text,
  city: text,
  regionName: text,
  countryName: text,
  notes: text,
});

/** `OrganizationLocation`. */
export const locationBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  organizationUid: identifier,
  type: text,
  quotaGb: amount,
});
export type LocationBody = v.InferOutput<typeof locationBody>;

/** `User`. */
export const userBody = identified(['instanceUid', 'userName'], {
  instanceUid: identifier,
  organizationUid: identifier,
  userName: text,
  role: text,
  status: text,
  mfaPolicyStatus: text,
  mfaPolicyConfigurationStatus: text,
  profile: part({ firstName: text, lastName: text, title: text, email: text, phone: text, address: text }),
});
export type UserBody = v.InferOutput<typeof userBody>;

/** `CloudAgent`: a Cloud Connect server. */
export const siteBody = identified(['siteUid', 'siteName'], {
  siteUid: identifier,
  siteName: text,
  description: text,
  backupServerUid: identifier,
  maintenanceModeIsEnabled: flag,
});
export type SiteBody = v.InferOutput<typeof siteBody>;

/** `CloudTenant`. */
export const tenantBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  description: text,
  type: text,
  siteUid: identifier, // 3.6
  siteName: text, // 3.6
  assignedForCompany: identifier, // 3.6
  isEnabled: flag,
  lastActive: moment,
  isLeaseExpirationEnabled: flag,
  leaseExpirationDate: moment,
  isThrottlingEnabled: flag,
  throttlingValue: amount,
  throttlingUnit: text,
  maxConcurrentTask: amount,
  gatewayPoolsUids: texts,
});
export type TenantBody = v.InferOutput<typeof tenantBody>;

/** `CompanySiteResource`, 3.5: which tenant a company is at a site. */
export const companySiteBody = identified(['cloudTenantUid'], {
  cloudTenantUid: identifier,
  companyUid: identifier,
  siteUid: identifier,
});
export type CompanySiteBody = v.InferOutput<typeof companySiteBody>;

/** `TenantBackupResource`, and `CompanySiteBackupResource` of 3.5. */
export const backupResourceBody = identified(['instanceUid', 'cloudRepositoryName'], {
  instanceUid: identifier,
  tenantUid: identifier, // 3.6
  companyUid: identifier,
  siteUid: identifier,
  repositoryUid: identifier,
  cloudRepositoryName: text,
  storageQuota: amount,
  usedSpace: amount,
});
export type BackupResourceBody = v.InferOutput<typeof backupResourceBody>;

/** `TenantBackupResourceUsage` and `CompanySiteBackupResourceUsage`; `ResellerSiteBackupResourceUsage` has the same members. */
export const backupResourceUsageBody = identified(['backupResourceUid'], {
  backupResourceUid: identifier,
  usedStorageQuota: amount,
  performanceTierUsage: amount,
  capacityTierUsage: amount,
  archiveTierUsage: amount,
  serverBackups: amount,
  workstationBackups: amount,
  vmBackups: amount,
});

/** `TenantTrafficResource`. The quota is in GB. */
export const trafficBody = v.object({ dataTransferOutQuota: amount, isDataTransferOutQuotaUnlimited: flag });

/** `TenantReplicationResourceUsage`. */
export const replicationUsageBody = identified(['hardwarePlanUid'], {
  hardwarePlanUid: identifier,
  tenantUid: identifier,
  vCPUsConsumed: amount,
  memoryUsage: amount,
  storageUsage: amount,
  numberOfVms: amount,
});

/** `CloudSubTenant`. */
export const subtenantBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  tenantUid: identifier,
  name: text,
  description: text,
  isEnabled: flag,
});
export type SubtenantBody = v.InferOutput<typeof subtenantBody>;

/** `UserBackupResource`: the quota of a subtenant. */
export const subtenantQuotaBody = identified(['subtenantUid'], {
  subtenantUid: identifier,
  tenantBackupResourceUid: identifier, // 3.6
  companySiteBackupResourceUid: identifier, // 3.5
  resourceFriendlyName: text,
  storageQuota: amount,
  storageQuotaUsage: amount,
  isStorageQuotaUnlimited: flag,
});
export type SubtenantQuotaBody = v.InferOutput<typeof subtenantQuotaBody>;

/** `CloudGateway`. */
export const gatewayBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  port: amount,
  externalPort: amount,
  externalAddress: text,
  isDisabled: flag,
  isOutOfDate: flag,
  status: text,
});
export type GatewayBody = v.InferOutput<typeof gatewayBody>;

/** `CloudGatewayPool`. */
export const gatewayPoolBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  numberOfGateways: amount,
});
export type GatewayPoolBody = v.InferOutput<typeof gatewayPoolBody>;

/** `BackupHardwarePlan`. */
export const hardwarePlanBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  cpuQuota: amount,
  isCpuQuotaUnlimited: flag,
  memoryQuota: amount,
  isMemoryQuotaUnlimited: flag,
});
export type HardwarePlanBody = v.InferOutput<typeof hardwarePlanBody>;

/** `CompanyVb365Resource` and `CompanyHostedVbrResource`, which name the server differently; `ResellerVbrResource`, too. */
export const hostedServerBody = identified(['instanceUid', 'friendlyName'], {
  instanceUid: identifier,
  companyUid: identifier,
  resellerUid: identifier,
  friendlyName: text,
  vb365ServerUid: identifier,
  serverUid: identifier,
  vbrServerUid: identifier,
  /** `ResellerVb365RepositoryResource`. Their quotas are in bytes, unlike those of companies. */
  vb365Repositories: partList({
    instanceUid: identifier,
    repositoryUid: identifier,
    storageQuota: amount,
    isStorageQuotaUnlimited: flag,
  }),
});
export type HostedServerBody = v.InferOutput<typeof hostedServerBody>;

/** `CompanyVb365BackupResource` and `CompanyHostedVbrBackupResource`. Their quotas are in GB. */
export const hostedShareBody = identified(['instanceUid', 'repositoryUid'], {
  instanceUid: identifier,
  companyUid: identifier,
  vb365ResourceUid: identifier,
  hostedResourceUid: identifier,
  repositoryUid: identifier,
  storageQuota: amount,
  isStorageQuotaUnlimited: flag,
  usersQuota: amount,
  isUsersQuotaUnlimited: flag,
});
export type HostedShareBody = v.InferOutput<typeof hostedShareBody>;

/** `ResellerSiteResource`. */
export const resellerSiteBody = v.object({
  resellerUid: identifier,
  tenantsQuota: amount,
  usedTenantsQuota: amount,
  isTenantsQuotaUnlimited: flag,
});
export type ResellerSiteBody = v.InferOutput<typeof resellerSiteBody>;

/** `ResellerSiteBackupResource`. */
export const resellerShareBody = identified(['instanceUid', 'resourceFriendlyName'], {
  instanceUid: identifier,
  resellerUid: identifier,
  siteUid: identifier,
  repositoryUid: identifier,
  resourceFriendlyName: text,
  storageQuota: amount,
  isStorageQuotaUnlimited: flag,
});
export type ResellerShareBody = v.InferOutput<typeof resellerShareBody>;
