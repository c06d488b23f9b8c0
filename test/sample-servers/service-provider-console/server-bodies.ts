import { between, guid } from '../random';
import type { BackupJob, BackupProxy, BackupRepository, BackupServer, HostedResource } from './backup-servers';
import type { Organization, ServiceProviderConsoleData } from './data';
import { type ApiVersion, hasOwnTenants, when } from './version';

/** The bodies of backup servers, and of what the provider gives of them to others. */

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

/** A word that the version does not have is "Unknown" in it. */
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

export function resellerVbrBody(reseller: Organization, server: BackupServer): object {
  return {
    instanceUid: guid('spcResellerVbr', reseller.index),
    vbrServerUid: server.id,
    friendlyName: `Hosted backup of ${reseller.name}`,
    resellerUid: reseller.id,
  };
}
