import * as l10n from '@vscode/l10n';
import type { Proxy as BackupProxy, BackupServer, Job, Organization, Repository } from '../../items/item';
import { jobState } from '../reading/jobState';
import { volumeOf } from '../reading/volumes';
import { common, idOf, problemOf } from './parts';
import type {
  JobBody,
  MappingBody,
  OrganizationBody,
  OrganizationRepositoryBody,
  ProxyBody,
  RepositoryBody,
  ServerBody,
} from './serverWire';

// Backup servers of companies and of the provider, and what is on them. All sizes are in bytes.

/** Which product a backup server is, as its paths need it. */
export type ServerType = 'vb365' | 'vbr' | 'em';

export function serverItem(body: ServerBody, type: ServerType, companyName: string | undefined): BackupServer {
  return {
    kind: 'backupServer',
    ...common(body.instanceUid, body.name),
    hasChildren: body.instanceUid !== undefined,
    version: body.displayVersion ?? body.version,
    role: body.backupServerRoleType,
    status: body.status,
    installationId: idOf(body.installationUid),
    companyId: idOf(body.organizationUid),
    companyName,
    scope: scopes[type],
  };
}

const scopes = { vb365: { type: 'vb365' }, vbr: { type: 'vbr' }, em: { type: 'em' } } as const;

/** A Microsoft 365 organization as the console has collected it. Until API 3.5, a list of its own says whose it is. */
export function organizationItem(body: OrganizationBody, mapping: MappingBody | undefined): Organization {
  const companyId = idOf(body.mappedOrganizationUid) ?? idOf(mapping?.companyUid);
  return {
    kind: 'organization',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    type: body.type,
    region: body.region,
    lastBackup: body.lastBackupTime,
    backupServer: body.vb365ServerName,
    mapped: companyId !== undefined,
    companyId,
    companyName: body.mappedOrganizationName ?? mapping?.companyName,
    scope: { serverId: body.vb365ServerUid ?? '' },
    standsOn: idOf(body.vb365ServerUid),
  };
}

/** Numbers count only where the server says that they are available. */
export function repositoryItem(body: RepositoryBody): Repository {
  const { _embedded: info } = body;
  const ifAvailable = (number: number | undefined, isAvailable: boolean | undefined) =>
    isAvailable === false ? undefined : number;
  const capacity = ifAvailable(info?.capacity, info?.isCapacityAvailable);
  const free = ifAvailable(info?.freeSpace, info?.isFreeSpaceAvailable);
  return {
    kind: 'repository',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    objectStorage: objectStorages.has(info?.type?.toLowerCase() ?? ''),
    type: info?.type,
    hostName: info?.hostName,
    path: info?.path,
    ...volumeOf(capacity, free),
    usedBytes: ifAvailable(info?.usedSpace, info?.isUsedSpaceAvailable),
    outOfDate: info?.isOutOfDate,
    problem: info ? problemOf(info) : undefined,
    scope: { type: 'vbr', serverId: body.backupServerUid ?? '' },
    standsOn: idOf(body.backupServerUid),
  };
}

/** Types of repositories that have no size of their own. */
const objectStorages = new Set(
  [
    ...['AmazonS3', 'AmazonS3Compatible', 'AmazonS3External', 'AmazonS3Glacier', 'AmazonSnowball', 'AzureArchiveTier'],
    ...['AzureExternal', 'GoogleArchiveTier', 'GoogleCloud', 'IbmCloudObjectStorage', 'MicrosoftAzureArchive'],
    ...['MicrosoftAzureBlobStorage', 'MicrosoftAzureDataBox', 'S3Compatible', 'VeeamVault', 'Wasabi', 'ElevenEleven'],
  ].map(type => type.toLowerCase()),
);

export function organizationRepositoryItem(body: OrganizationRepositoryBody, serverId: string): Repository {
  return {
    kind: 'repository',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: false,
    objectStorage: body.isObjectStorageRepository ?? false,
    path: body.path,
    ...volumeOf(body.capacityBytes, body.freeSpaceBytes),
    usedBytes: body.usedSpaceBytes,
    problem: body.isOutOfSync ? l10n.t('out of sync with its object storage') : undefined,
    scope: { type: 'vb365', serverId },
    standsOn: idOf(serverId),
  };
}

export function jobItem(body: JobBody): Job {
  return {
    kind: 'job',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: false,
    organizationId: idOf(body.mappedOrganizationUid) ?? idOf(body.organizationUid),
    type: body.type,
    enabled: body.isEnabled,
    ...jobState(body.status === 'None' ? undefined : body.status, jobStates),
    lastRun: body.lastRun,
    repositoryName: body.destination,
  };
}

/** Words for what a job does now. The one member `status` has these and the results of the last run: `Success`, `Warning`, … */
const jobStates: ReadonlySet<string> = new Set(
  'Disabling Enabling Idle Running Starting Stopping WaitingRepository WaitingTape'.split(' '),
);

export function proxyItem(body: ProxyBody, type: 'vb365' | 'vbr', serverId: string): BackupProxy {
  const online = { online: true, healthy: true, offline: false }[body.status?.toLowerCase() ?? ''];
  return {
    kind: 'proxy',
    ...common(body.instanceUid, body.name ?? body.hostName),
    description: body.description,
    hasChildren: false,
    hostName: body.hostName,
    port: body.port,
    version: body.version,
    type: body.type ?? body.proxyType,
    enabled: body.isDisabled === undefined ? undefined : !body.isDisabled,
    outOfDate: body.isOutOfDate,
    online,
    state: body.status,
    scope: { type, serverId },
  };
}
