import { between, guid } from '../random';
import type { BackupProxy as M365Proxy, Repository } from '../vb365/data';
import type { BackupJob, BackupProxy, BackupRepository, BackupServer, HostedResource } from './backup-servers';
import type { Location, Organization, ServiceProviderConsoleData } from './data';
import type { Vb365JobRow, Vb365Organization, Vb365Resource, Vb365Server } from './microsoft365';
import { type ApiVersion, hasOwnTenants, when } from './version';

/** The bodies of backup servers, of servers of Microsoft 365 backup, and of what the provider gives of them to companies. */

const LAST_RUN = '2026-03-01T22:00:09+01:00';
const LAST_END = '2026-03-01T22:41:30+01:00';

export function backupServerBody(server: BackupServer, data: ServiceProviderConsoleData, version: ApiVersion): object {
  return {
    instanceUid: server.id,
    name: server.name,
    organizationUid: server.organization.id,
    locationUid: data.defaultLocationOf(server.organization)?.id,
    managementAgentUid: guid('spcAgent', server.index),
    version: '13.0.1.180',
    displayVersion: '13.0.1.180',
    installationUid: server.installationId,
    backupServerRoleType: server.role,
    status: server.status,
    ...when(hasOwnTenants(version), { inHighAvailabilityCluster: server.index === 1 }),
  };
}

/** Numbers in bytes, only with the expand; the interval of immutability in seconds. */
export function repositoryBody(repository: BackupRepository, expand: ReadonlySet<string>): object {
  const { id, name, server } = repository;
  return {
    instanceUid: id,
    name,
    backupServerUid: server.id,
    _embedded: expand.has('backuprepositoryinfo') ? repositoryInfo(repository) : null,
  };
}

function repositoryInfo(repository: BackupRepository): object {
  const { id, server, type, capacityBytes, freeSpaceBytes, parentId, isCloud, isImmutable, status } = repository;
  const isSized = capacityBytes !== undefined && freeSpaceBytes !== undefined;
  const used = isSized ? capacityBytes - freeSpaceBytes : undefined;
  return {
    parentRepositoryUid: parentId ?? null,
    perVMBackupFiles: type === 'Unknown' ? null : true,
    capacity: capacityBytes ?? null,
    isCapacityAvailable: isSized,
    freeSpace: freeSpaceBytes ?? null,
    isFreeSpaceAvailable: isSized,
    usedSpace: used ?? null,
    isUsedSpaceAvailable: isSized,
    backupSize: used === undefined ? null : Math.floor(used * 0.96),
    isImmutabilityEnabled: type === 'Unknown' ? null : isImmutable,
    immutabilityInterval: isImmutable ? 30 * 86_400 : null,
    type,
    cloudRepositoryUid: isCloud ? id : null,
    path: type === 'Windows' ? 'D:\\Backups' : '/mnt/backups',
    hostName: `repo.${server.name}`,
    hostUid: type === 'Cloud' ? null : guid('spcHost', 100 + server.index),
    isOutOfDate: false,
    status,
    isCloud,
  };
}

export function hostBody(server: BackupServer): object {
  return {
    instanceUid: guid('spcHost', 100 + server.index),
    name: `repo.${server.name}`,
    backupServerUid: server.id,
    type: server.role === 'Client' ? 'BackupServer' : 'WindowsHost',
  };
}

export function proxyBody({ index, id, server }: BackupProxy): object {
  return {
    instanceUid: id,
    name: `proxy${index + 1}.example.com`,
    version: '13.0.1.180',
    backupServerUid: server.id,
    isOutOfDate: index % 5 === 1,
    isDisabled: index % 7 === 3,
    hostUid: guid('spcHost', 200 + index),
    hostName: `proxy${index + 1}.example.com`,
    status: server.status === 'Inaccessible' ? 'Unknown' : 'Healthy',
    type: (['vSphere', 'HyperV', 'File', 'Unknown'] as const)[index % 4],
  };
}

/** A word that the client's version does not know comes as "Unknown". */
export function jobBody(job: BackupJob, data: ServiceProviderConsoleData, version: ApiVersion): object {
  const { index, id, name, server, status, type, mapped } = job;
  const neverRan = status === 'None';
  const site = data.cloudConnect.sites.find(({ backupServerId }) => backupServerId === server.id);
  return {
    instanceUid: id,
    uniqueUid: guid('spcUniqueJob', index),
    name,
    description: '',
    createdBy: 'EXAMPLE\\backup-admin',
    creationTime: index % 4 === 3 ? null : '2025-03-01T09:00:00+01:00',
    backupServerUid: server.id,
    locationUid: data.defaultLocationOf(server.organization)?.id,
    siteUid: site?.id ?? null,
    organizationUid: server.organization.id,
    mappedOrganizationUid: mapped?.id ?? null,
    type: type === 'SobrMaintenance' && !hasOwnTenants(version) ? 'Unknown' : type,
    status,
    isEnabled: index % 6 !== 5,
    lastRun: neverRan ? null : LAST_RUN,
    lastEndTime: neverRan || status === 'Running' ? null : LAST_END,
    lastDuration: neverRan ? null : 2481,
    processingRate: neverRan ? null : 104.5,
    avgDuration: neverRan ? null : 2300,
    transferredData: neverRan ? null : between(0, 2 ** 40, 'transferred', index),
    backupChainSize: neverRan ? null : between(0, 2 ** 42, 'chain', index),
    bottleneck: 'Source',
    scheduleType: 'Daily',
    ...when(hasOwnTenants(version), {
      schedule: { dailyScheduleOptions: { kind: 'Everyday', days: null, time: '22:00', timeUtc: '21:00' } },
    }),
    failureMessage: status === 'Failed' ? 'The storage cannot be reached.\r\nSee the log.' : null,
    targetType: server.role === 'Client' ? 'Cloud' : 'Local',
    destination: index % 6 === 0 ? null : 'Default Backup Repository',
    retentionLimit: 7,
    retentionLimitType: 'Days',
    isGfsOptionEnabled: false,
    lastSessionTasks: [],
  };
}

export function enterpriseManagerBody(index: number): object {
  return {
    instanceUid: guid('spcEnterpriseManager', index),
    name: index === 0 ? 'em01.example.com' : 'em-lab.example.com',
    managementAgentUid: guid('spcAgent', 500 + index),
    installationUid: guid('spcEmInstallation', index),
    version: index === 0 ? '13.0.1.180' : '12.3.2.3617',
    status: index === 0 ? 'Healthy' : 'OutofDate',
  };
}

export function enterpriseManagerServerBody(
  server: BackupServer,
  data: ServiceProviderConsoleData,
  version: ApiVersion,
): object {
  return {
    instanceUid: guid('spcEmServer', server.index),
    address: server.name,
    port: 9392,
    backupServer: backupServerBody(server, data, version),
  };
}

/** The quota in GB; `isJobSchedulingEnabled` is gone with 3.6. */
export function hostedResourceBody(resource: HostedResource, version: ApiVersion): object {
  return {
    instanceUid: resource.id,
    serverUid: resource.server.id,
    friendlyName: 'Hosted backup',
    companyUid: resource.company.id,
    ...when(!hasOwnTenants(version), { isJobSchedulingEnabled: true }),
  };
}

export function hostedBackupResourceBody({ id, company, repository, quotaGb }: HostedResource): object {
  return {
    instanceUid: guid('spcHostedBackupResource', company.index),
    companyUid: company.id,
    hostedResourceUid: id,
    repositoryUid: repository.id,
    storageQuota: quotaGb ?? null,
    isStorageQuotaUnlimited: quotaGb === undefined,
  };
}

// Microsoft 365

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

export function vb365ProxyBody({ id, hostName, online }: M365Proxy): object {
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

export function resellerVbrBody(reseller: Organization, server: BackupServer): object {
  return {
    instanceUid: guid('spcResellerVbr', reseller.index),
    vbrServerUid: server.id,
    friendlyName: `Hosted backup of ${reseller.name}`,
    resellerUid: reseller.id,
  };
}
