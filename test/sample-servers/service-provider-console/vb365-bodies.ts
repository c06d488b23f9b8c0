import { guid } from '../random';
import type { BackupProxy, Repository } from '../vb365/data';
import type { Location, Organization, ServiceProviderConsoleData } from './data';
import type { Vb365JobRow, Vb365Organization, Vb365Resource, Vb365Server } from './microsoft365';
import { type ApiVersion, hasOwnTenants, when } from './version';

/** The bodies of servers of Microsoft 365 backup, and of what the provider gives of them to others. */

const LAST_RUN = '2026-03-01T22:00:09+01:00';

export function vb365ServerBody(server: Vb365Server, location: Location | undefined): object {
  const isReached = server.installationId !== undefined;
  return {
    instanceUid: server.id,
    locationUid: location?.id,
    organizationUid: server.organization.id,
    managementAgentUid: guid('spcAgent', 100 + server.index),
    installationUid: server.installationId ?? null,
    name: server.name,
    version: isReached ? '8.0.2.159' : '7.1.0.1401',
    majorVersion: isReached ? 8 : 7,
    serverApiVersion: isReached ? 'V8' : 'Unknown',
    status: server.status,
    managementAgentStatus: isReached ? 'Healthy' : 'Inaccessible',
  };
}

export function vb365OrganizationBody(
  organization: Vb365Organization,
  data: ServiceProviderConsoleData,
  version: ApiVersion,
  expand: ReadonlySet<string>,
): object {
  const { index, id, name, type, isBackedUp, server, company } = organization;
  const location = company && data.defaultLocationOf(company);
  const embedded = {
    ...when(expand.has('organizationdetails') && type === 'Microsoft365', {
      organizationDetails: { microsoft365OrganizationDetails: microsoft365Body(organization) },
    }),
    ...when(expand.has('vb365server'), {
      vb365Server: vb365ServerBody(server, data.defaultLocationOf(server.organization)),
    }),
  };
  return {
    instanceUid: id,
    name,
    type,
    isBackedUp,
    region: 'Default',
    cloudAuthenticatedMethod: type === 'OnPremises' ? 'Unknown' : 'Modern',
    protectedServices:
      type === 'OnPremises'
        ? ['MicrosoftExchangeServer']
        : ['ExchangeOnline', 'SharePointOnlineAndOneDriveForBusiness', 'MicrosoftTeams'],
    vb365ServerUid: server.id,
    vb365ServerName: server.name,
    locationUid: location?.id ?? null,
    locationName: location?.name ?? null,
    firstBackupTime: isBackedUp ? '2025-02-10T01:00:00+01:00' : null,
    lastBackupTime: isBackedUp ? '2026-03-01T23:10:00+01:00' : null,
    registeredBy: null,
    registrationDate: index % 2 === 0 ? '2025-02-09T15:00:00+01:00' : null,
    isRemoving: false,
    isJobSchedulingEnabled: index % 3 === 0 ? true : null,
    ...when(hasOwnTenants(version), {
      mappedOrganizationUid: company?.id ?? null,
      mappedOrganizationName: company?.name ?? null,
    }),
    ...when(Object.keys(embedded).length > 0, { _embedded: embedded }),
  };
}

export function microsoft365Body({ id, name }: Vb365Organization): object {
  return {
    instanceUid: id,
    name,
    isTeamsOnline: true,
    isTeamsChatsOnline: false,
    region: 'Default',
    exchangeAndSharePointOnlineConnectionSettings: {},
  };
}

export function companyMappingBody({ index, id, name, server, company }: Vb365Organization): object {
  return {
    instanceUid: guid('spcVb365Mapping', index),
    vb365OrganizationUid: id,
    companyUid: company?.id,
    vb365OrganizationName: name,
    vb365ServerUid: server.id,
    vb365ServerName: server.name,
    companyName: company?.name,
  };
}

/** Numbers in bytes. A repository on object storage without a limit has neither capacity nor free space. */
export function vb365RepositoryBody(repository: Repository): object {
  const { id, index, name, description, proxyId, path, isLongTerm, isObjectStorage } = repository;
  const { capacityBytes, freeSpaceBytes, objectStorageUsedBytes } = repository;
  return {
    instanceUid: id,
    name,
    description,
    proxyUid: proxyId,
    proxyPoolUid: null,
    path,
    isArchiveRepository: isLongTerm,
    isAvailableForBackupJob: !isLongTerm,
    isAvailableForCopyJob: isLongTerm,
    isObjectStorageRepository: isObjectStorage,
    objectStorageRepositoryUid: isObjectStorage ? guid('objectStorage', index) : null,
    objectStorageRepositoryCachePath: isObjectStorage ? path : '',
    objectStorageRepositoryEncryptionEnabled: isObjectStorage ? true : null,
    encryptionKeyId: null,
    isOutOfSync: false,
    capacityBytes: isObjectStorage ? null : capacityBytes,
    freeSpaceBytes: isObjectStorage ? null : freeSpaceBytes,
    usedSpaceBytes: isObjectStorage ? objectStorageUsedBytes : capacityBytes - freeSpaceBytes,
    dailyRetentionPeriod: null,
    monthlyRetentionPeriod: isObjectStorage ? 36 : null,
    dailyTime: '08:00:00',
    monthlyTime: '03:00:00',
    retentionType: isObjectStorage ? 'ItemLevel' : 'SnapshotBased',
    retentionPeriodType: isObjectStorage ? 'Monthly' : 'Yearly',
    yearlyRetentionPeriod: isObjectStorage ? 'Unknown' : 'Years3',
    retentionFrequencyType: isObjectStorage ? 'Monthly' : 'Daily',
    dailyType: 'Everyday',
    monthlyDayNumber: 'First',
    monthlyDayOfWeek: 'Sunday',
  };
}

export function vb365ProxyBody({ id, hostName, online }: BackupProxy): object {
  return {
    instanceUid: id,
    proxyType: 'Domain',
    status: online ? 'Online' : 'Offline',
    hostName,
    description: '',
    port: 9193,
  };
}

export function vb365JobBody({ job, organization, repository }: Vb365JobRow, version: ApiVersion): object {
  const { company, server } = organization;
  return {
    instanceUid: job.id,
    name: job.name,
    jobType: 'BackupJob',
    repositoryUid: repository.id,
    repositoryName: repository.name,
    vb365OrganizationUid: organization.id,
    vspcOrganizationUid: company?.id ?? null,
    vspcOrganizationName: company?.name ?? null,
    scheduleEditingAvailable: false,
    vb365ServerUid: server.id,
    vb365ServerName: server.name,
    managementAgentUid: guid('spcAgent', 100 + server.index),
    lastRun: LAST_RUN,
    nextRun: job.index % 5 === 4 ? null : '2026-03-02T22:00:00+01:00',
    isEnabled: job.index % 5 !== 4,
    isCopyJobAvailable: false,
    lastStatus: (['Success', 'Warning', 'Failed', 'Running'] as const)[job.index % 4],
    lastStatusDetails: '',
    lastErrorLogRecords: job.index % 4 === 2 ? [{ message: 'A mailbox could not be reached.', logType: 'Error' }] : [],
    ...when(hasOwnTenants(version), { siteName: null, locationName: null }),
  };
}

export function vb365ResourceBody(resource: Vb365Resource, version: ApiVersion): object {
  return {
    instanceUid: resource.id,
    vb365ServerUid: resource.server.id,
    friendlyName: resource.company.index % 3 === 2 ? null : 'Microsoft 365 backup',
    companyUid: resource.company.id,
    ...when(!hasOwnTenants(version), { isJobSchedulingEnabled: true }),
  };
}

/** The quota in GB. */
export function vb365BackupResourceBody(resource: Vb365Resource): object {
  const { quotaGb, usersQuota, repository } = resource;
  return {
    instanceUid: resource.backupResourceId,
    companyUid: resource.company.id,
    vb365ResourceUid: resource.id,
    repositoryUid: repository.id,
    proxyUid: repository.proxyId,
    proxyPoolUid: null,
    usersQuota: usersQuota ?? null,
    isUsersQuotaUnlimited: usersQuota === undefined,
    storageQuota: quotaGb ?? null,
    isStorageQuotaUnlimited: quotaGb === undefined,
  };
}

/** The quotas of a reseller in bytes, though those of a company are in GB. */
export function resellerVb365Body(
  reseller: Organization,
  server: Vb365Server,
  repositories: readonly Repository[],
): object {
  const id = guid('spcResellerVb365', reseller.index);
  return {
    instanceUid: id,
    vb365ServerUid: server.id,
    friendlyName: `Microsoft 365 backup of ${reseller.name}`,
    resellerUid: reseller.id,
    vb365Repositories: repositories.slice(0, 2).map((repository, row) => ({
      instanceUid: guid('spcResellerVb365Repository', reseller.index * 8 + row),
      resellerUid: reseller.id,
      vb365ResourceUid: id,
      repositoryUid: repository.id,
      proxyUid: repository.proxyId,
      proxyPoolUid: null,
      storageQuota: row === 0 ? 10 * 1024 ** 4 : null,
      isStorageQuotaUnlimited: row !== 0,
    })),
  };
}
