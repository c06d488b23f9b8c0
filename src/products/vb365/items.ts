import * as l10n from '@vscode/l10n';
import type {
  Proxy as BackupProxy,
  Job,
  Organization,
  ProtectedObject,
  ProtectedPart,
  Repository,
  UsedRepository,
} from '../../items/item';
import { jobState } from '../reading/jobState';
import { filledVolumeOf, taken } from '../reading/volumes';
import {
  type BackedUpOrganizationBody,
  type JobBody,
  type OrganizationBody,
  type ProtectedObjectBody,
  type ProxyBody,
  type RepositoryBody,
  repositoryIdOf,
  type UsedRepositoryBody,
} from './wire';

const gigabyte = 1024 ** 3;

export function repositoryItem(body: RepositoryBody): Repository {
  const storage = body.objectStorage?.id === undefined ? undefined : body.objectStorage;
  const objectStorage = storage !== undefined || body.objectStorageId !== undefined;
  return {
    kind: 'repository',
    id: body.id ?? '',
    name: body.name ?? body.id ?? '',
    description: body.description,
    objectStorage,
    type: storage?.type,
    path: body.path,
    hasChildren: body.id !== undefined,
    problem: problemOf(body),
    // Before v8, the two sizes of a repository on object storage are those of its cache's volume.
    ...(objectStorage ? objectStorageSizes(storage) : filledVolumeOf(body.capacityBytes, body.freeSpaceBytes)),
  };
}

function objectStorageSizes(storage: RepositoryBody['objectStorage'] | undefined) {
  const capacityBytes =
    storage?.sizeLimitEnabled && storage.sizeLimitGB !== undefined ? storage.sizeLimitGB * gigabyte : undefined;
  return {
    capacityBytes,
    // Where the storage itself was not read, nobody says whether there is a limit.
    unlimited: storage?.sizeLimitEnabled === false ? true : undefined,
    freeBytes: storage?.freeSpaceBytes,
    usedBytes: storage?.usedSpaceBytes ?? taken(capacityBytes, storage?.freeSpaceBytes),
  };
}

function problemOf(body: RepositoryBody): string | undefined {
  if (body.isOutOfOrder) {
    return body.outOfOrderReason ?? l10n.t('out of order');
  }
  if (body.isOutdated) {
    return l10n.t('needs an upgrade');
  }
  return body.isOutOfSync ? l10n.t('out of sync with its object storage') : undefined;
}

/** An organization's data in one repository; `id` is the one in the backup (`backedUpOrganizationId`). */
export function backedUpOrganizationItem(body: BackedUpOrganizationBody, repositoryId: string): Organization {
  return {
    kind: 'organization',
    id: body.id ?? '',
    name: body.name ?? body.id ?? '',
    hasChildren: body.id !== undefined,
    repositoryId,
    ...usedSpace(body),
  };
}

/** Where the server does not tell the whole, its parts do if it tells both. */
function usedSpace(body: BackedUpOrganizationBody | UsedRepositoryBody) {
  const { usedSpaceBytes, localCacheUsedSpaceBytes: cache, objectStorageUsedSpaceBytes: storage } = body;
  return {
    usedBytes: usedSpaceBytes ?? (cache === undefined || storage === undefined ? undefined : cache + storage),
    localCacheBytes: cache,
    objectStorageBytes: storage,
  };
}

/** An organization as it is configured on the server. */
export function organizationItem(body: OrganizationBody): Organization {
  return {
    kind: 'organization',
    id: body.id ?? '',
    name: body.name ?? body.officeName ?? body.id ?? '',
    description: body.description,
    hasChildren: body.id !== undefined,
    officeName: body.officeName,
    type: body.type,
    region: body.region,
    lastBackup: body.lastBackuptime,
  };
}

/** A user, group, site or team of an organization in a repository. */
export function protectedObjectItem(
  kind: ProtectedObject['kind'],
  body: ProtectedObjectBody,
  { repositoryId, organizationId }: { readonly repositoryId: string; readonly organizationId: string },
): ProtectedObject {
  const parts = kind === 'protectedUser' || kind === 'protectedGroup' ? partsOf(body) : undefined;
  const mailbox = body.mailboxes.find(({ isArchive }) => !isArchive) ?? body.mailboxes[0];
  const email = body.email ?? mailbox?.email;
  const [url] = [
    ...[body.url, ...body.oneDriveUrl, ...body.personalSiteUrl, ...body.groupSiteUrl],
    ...[...body.oneDrives, ...body.sites].map(each => each.url),
  ].filter(each => each !== undefined);
  return {
    kind,
    id: body.id ?? '',
    name: body.displayName ?? body.title ?? email ?? body.id ?? '',
    description: body.description,
    hasChildren: false,
    repositoryId,
    organizationId,
    email,
    url,
    accountType: body.accountType,
    parts,
    lastBackup: latest([body.backedUpTime, ...(parts ?? []).map(part => part.lastBackup)]),
  };
}

/** v8 lists the mailboxes, drives and sites themselves, without a date; before, there was a mark and a date for each. */
function partsOf(body: ProtectedObjectBody): ProtectedPart[] {
  const part = (what: ProtectedPart['what'], isThere: boolean | undefined, lastBackup?: string): ProtectedPart[] =>
    (isThere ?? lastBackup !== undefined) ? [{ what, lastBackup }] : [];
  const { mailboxes, oneDrives, sites } = body;
  return [
    ...part('mailbox', body.isMailboxBackedUp ?? some(mailboxes, each => !each.isArchive), body.mailboxBackedUpTime),
    ...part('archive', body.isArchiveBackedUp ?? some(mailboxes, each => each.isArchive), body.archiveBackedUpTime),
    ...part('oneDrive', body.isOneDriveBackedUp ?? some(oneDrives), body.oneDriveBackedUpTime),
    ...part(
      'site',
      body.isPersonalSiteBackedUp ?? body.isSiteBackedUp ?? some(sites),
      body.personalSiteBackedUpTime ?? body.siteBackedUpTime,
    ),
  ];
}

/** Undefined where the list tells nothing. */
function some<Each>(list: readonly Each[], is: (each: Each) => boolean | undefined = () => true): true | undefined {
  return list.some(is) || undefined;
}

function latest(moments: readonly (string | undefined)[]): string | undefined {
  return moments
    .filter(moment => moment !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

/** By the ids in lower case. */
export type KnownRepositories = ReadonlyMap<string, { readonly id: string; readonly name: string }>;

/** A repository that an organization uses. v3 names it and tells no id, which is then that of the only one so named. */
export function usedRepositoryItem(
  body: UsedRepositoryBody,
  organizationId: string,
  repositories: KnownRepositories,
): UsedRepository {
  const id = repositoryIdOf(body) ?? idOfOnly(repositories, body.Details);
  return {
    kind: 'usedRepository',
    id: id ?? '',
    name: repositories.get(id?.toLowerCase() ?? '')?.name ?? body.Details ?? id ?? '',
    description: body.details,
    hasChildren: false,
    organizationId,
    ...usedSpace(body),
    protectedObjects: body.protectedObjectsCount,
    available: body.isAvailable,
  };
}

function idOfOnly(repositories: KnownRepositories, name: string | undefined): string | undefined {
  const [only, another] = [...repositories.values()].filter(each => each.name === name);
  return another ? undefined : only?.id;
}

/** Words of `lastStatus` for what a job does now; the others tell how the last run ended. */
const jobStates: ReadonlySet<string> = new Set(['Running', 'Queued', 'Disconnected', 'NotConfigured']);

export function jobItem(body: JobBody, organizationId: string): Job {
  return {
    kind: 'job',
    id: body.id ?? '',
    name: body.name ?? body.id ?? '',
    description: body.description,
    hasChildren: false,
    organizationId: body.organizationId ?? organizationId,
    repositoryId: repositoryIdOf(body),
    type: body.backupType,
    enabled: body.isEnabled,
    ...jobState(body.lastStatus, jobStates),
    lastRun: body.lastRun,
    nextRun: body.nextRun,
    lastBackup: body.lastBackup,
  };
}

export function proxyItem(body: ProxyBody): BackupProxy {
  return {
    kind: 'proxy',
    id: body.id ?? '',
    name: body.hostName ?? body.fqdn ?? body.id ?? '',
    description: body.description,
    hasChildren: false,
    port: body.port,
    online: yesOrNo(body.status, 'online', 'offline'),
    state: body.status,
    version: body.version,
    operatingSystem: body.operatingSystem,
    maintenance: yesOrNo(body.maintenanceModeState, 'enabled', 'disabled'),
    maintenanceState: body.maintenanceModeState,
  };
}

/** What one of two words means. Servers know further ones, which mean neither. */
function yesOrNo(word: string | undefined, yes: string, no: string): boolean | undefined {
  const known = word?.toLowerCase();
  return known === yes ? true : known === no ? false : undefined;
}
