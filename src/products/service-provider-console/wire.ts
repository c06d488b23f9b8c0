import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { UnexpectedShape } from '../failures';
import {
  amount,
  expectList,
  flag,
  identified,
  identifier,
  moment,
  part,
  partList,
  shapeOf,
  text,
  token,
} from '../reading/decode';
import type { ReadList } from '../reading/readList';

// The bodies of the Service Provider Console REST API v3, from API 3.5 on. Any member may be missing or null. Words of
// enumerations differ from release to release and are read as texts.

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

/** `Company`. Until 3.5, the quota is told here. */
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
      insiderProtectionQuota: amount,
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
const backupResourceUsageBody = identified(['backupResourceUid'], {
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
const replicationUsageBody = identified(['hardwarePlanUid'], {
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

/** `BackupServer`, `Vb365Server` and `EnterpriseManager`. */
export const serverBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  version: text,
  displayVersion: text,
  backupServerRoleType: text,
  status: text,
  installationUid: identifier,
  organizationUid: identifier,
});
export type ServerBody = v.InferOutput<typeof serverBody>;

/** `EnterpriseManagerBackupServer`. */
const managedServerBody = v.object({
  instanceUid: identifier,
  address: text,
  port: amount,
  backupServer: part({ instanceUid: identifier, name: text, version: text, backupServerRoleType: text, status: text }),
});

/** `Vb365OrganizationBase`. */
export const organizationBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  type: text,
  region: text,
  lastBackupTime: moment,
  vb365ServerUid: identifier,
  vb365ServerName: text,
  mappedOrganizationUid: identifier, // 3.6
  mappedOrganizationName: text, // 3.6
});
export type OrganizationBody = v.InferOutput<typeof organizationBody>;

/** `Vb365OrganizationToCompanyMapping`. */
export const mappingBody = identified(['vb365OrganizationUid'], {
  vb365OrganizationUid: identifier,
  companyUid: identifier,
  companyName: text,
});
export type MappingBody = v.InferOutput<typeof mappingBody>;

/** `BackupRepository`. Numbers come with `expand=BackupRepositoryInfo` alone, and count only where they are available. */
export const repositoryBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  backupServerUid: identifier,
  _embedded: part({
    type: text,
    path: text,
    hostName: text,
    status: text,
    isOutOfDate: flag,
    capacity: amount,
    isCapacityAvailable: flag,
    freeSpace: amount,
    isFreeSpaceAvailable: flag,
    usedSpace: amount,
    isUsedSpaceAvailable: flag,
    backupSize: amount,
    parentRepositoryUid: identifier,
    isImmutabilityEnabled: flag,
    immutabilityInterval: amount,
  }),
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** `Vb365BackupRepository`. */
export const organizationRepositoryBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  description: text,
  path: text,
  isObjectStorageRepository: flag,
  isOutOfSync: flag,
  capacityBytes: amount,
  freeSpaceBytes: amount,
  usedSpaceBytes: amount,
});
export type OrganizationRepositoryBody = v.InferOutput<typeof organizationRepositoryBody>;

/** `BackupServerJob`. */
export const jobBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  description: text,
  backupServerUid: identifier,
  organizationUid: identifier,
  mappedOrganizationUid: identifier,
  type: text,
  status: text,
  isEnabled: flag,
  lastRun: moment,
  destination: text,
});
export type JobBody = v.InferOutput<typeof jobBody>;

/** `BackupProxy` and `Vb365BackupProxy`. */
export const proxyBody = identified(['instanceUid', 'name', 'hostName'], {
  instanceUid: identifier,
  name: text,
  description: text,
  hostName: text,
  port: amount,
  version: text,
  type: text,
  proxyType: text,
  status: text,
  isDisabled: flag,
  isOutOfDate: flag,
  backupServerUid: identifier,
});
export type ProxyBody = v.InferOutput<typeof proxyBody>;

/** A list of the API: what it is called in a sentence, and what is in it. */
export interface ListOf<Element> {
  readonly expected: () => string;
  readonly element: v.GenericSchema<unknown, Element>;
}

function listOf<Element>(expected: () => string, element: v.GenericSchema<unknown, Element>): ListOf<Element> {
  return { expected, element };
}

export const lists = {
  companies: listOf(() => l10n.t('a list of companies'), companyBody),
  resellers: listOf(() => l10n.t('a list of resellers'), resellerBody),
  resellerSites: listOf(() => l10n.t('a list of sites of resellers'), resellerSiteBody),
  resellerShares: listOf(() => l10n.t('a list of backup resources'), resellerShareBody),
  locations: listOf(() => l10n.t('a list of locations'), locationBody),
  users: listOf(() => l10n.t('a list of users'), userBody),
  sites: listOf(() => l10n.t('a list of Cloud Connect sites'), siteBody),
  tenants: listOf(() => l10n.t('a list of tenants'), tenantBody),
  companySites: listOf(() => l10n.t('a list of tenants'), companySiteBody),
  backupResources: listOf(() => l10n.t('a list of backup resources'), backupResourceBody),
  usage: listOf(() => l10n.t('a list of backup resources'), backupResourceUsageBody),
  replicationUsage: listOf(() => l10n.t('a list of replication resources'), replicationUsageBody),
  subtenants: listOf(() => l10n.t('a list of subtenants'), subtenantBody),
  subtenantQuotas: listOf(() => l10n.t('a list of backup resources'), subtenantQuotaBody),
  gateways: listOf(() => l10n.t('a list of cloud gateways'), gatewayBody),
  gatewayPools: listOf(() => l10n.t('a list of gateway pools'), gatewayPoolBody),
  hardwarePlans: listOf(() => l10n.t('a list of hardware plans'), hardwarePlanBody),
  hostedServers: listOf(() => l10n.t('a list of hosted resources'), hostedServerBody),
  hostedShares: listOf(() => l10n.t('a list of hosted resources'), hostedShareBody),
  servers: listOf(() => l10n.t('a list of servers'), serverBody),
  managedServers: listOf(() => l10n.t('a list of servers'), managedServerBody),
  organizations: listOf(() => l10n.t('a list of organizations'), organizationBody),
  mappings: listOf(() => l10n.t('a list of organizations'), mappingBody),
  repositories: listOf(() => l10n.t('a list of backup repositories'), repositoryBody),
  organizationRepositories: listOf(() => l10n.t('a list of backup repositories'), organizationRepositoryBody),
  jobs: listOf(() => l10n.t('a list of backup jobs'), jobBody),
  proxies: listOf(() => l10n.t('a list of backup proxies'), proxyBody),
} as const;

/** One answer of a list. */
export interface ListBody<Element> extends ReadList<Element> {
  /** Where the next page begins; undefined behind the last one. */
  readonly nextOffset: number | undefined;
  readonly total: number | undefined;
}

/** What was asked for. A server may give fewer. */
export interface Asked {
  readonly offset: number;
  readonly limit: number;
}

/** @throws {UnexpectedShape} */
export async function readList<Element>(
  host: string,
  { expected, element }: ListOf<Element>,
  body: unknown,
  asked: Asked,
): Promise<ListBody<Element>> {
  const { elements, ...paging } = readEnvelope(host, expected(), body, asked);
  return { ...paging, ...(await expectList(host, expected(), element, elements, asked.offset)) };
}

/**
 * A list with its elements as they came. A total of less than what came is none: some lists always tell 0.
 * @throws {UnexpectedShape}
 */
export function readEnvelope(
  host: string,
  expected: string,
  body: unknown,
  { offset, limit }: Asked,
): ListBody<unknown> {
  if (!isObject(body) || !Array.isArray(body.data)) {
    throw new UnexpectedShape(host, expected, shapeOf(body));
  }
  const { length } = body.data;
  const end = offset + length;
  const paging = isObject(body.meta) && isObject(body.meta.pagingInfo) ? body.meta.pagingInfo : {};
  const told = v.parse(amount, paging.total);
  const total = told === undefined || told < end ? undefined : told;
  const goesOn = total === undefined ? length >= limit : end < total;
  return { elements: body.data, total: total ?? (goesOn ? undefined : end), nextOffset: goesOn ? end : undefined };
}
