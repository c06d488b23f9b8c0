import * as l10n from '@vscode/l10n';
import type { Proxy as BackupProxy, EntraTenant, Job, ManagedServer, Repository } from '../../items/item';
import type { EntraTenantBody, JobStateBody, ManagedServerBody, ProxyBody, RepositoryStateBody } from './wire';

const gigabyte = 1024 ** 3;

export function repositoryItem(body: RepositoryStateBody): Repository {
  return {
    kind: 'repository',
    ...identityOf(body),
    hasChildren: body.id !== undefined,
    // The same jobs stand below their own heading.
    onDemand: 'elsewhere',
    ...storageOf(body),
  };
}

/** What a repository and an extent have in common. */
export function storageOf(body: RepositoryStateBody) {
  const type = inNewestWords(body.type);
  const objectStorage = objectStorageTypes.test(type ?? '');
  return {
    objectStorage,
    type,
    hostName: body.hostName,
    path: body.path,
    ...sizesOf(body, objectStorage),
    online: body.isOnline,
    outOfDate: body.isOutOfDate,
    problem: problemOf(body),
  };
}

/** What the types of object storage have in their names, from `AmazonS3` to `GoogleCloudStorageExternal`. */
const objectStorageTypes = /S3|Azure|Google|IBMCloud|Wasabi|Snowball|Vault|External$/;

/** Used space is what backups take, not what is missing from the free space. Servers send 0 or -1 for an unknown size. */
function sizesOf({ capacityGB, freeGB, usedSpaceGB }: RepositoryStateBody, objectStorage: boolean) {
  const isKnown = (capacityGB ?? 0) > 0 && !(objectStorage && (freeGB ?? 0) >= (capacityGB ?? 0));
  return {
    capacityBytes: isKnown ? bytes(capacityGB) : undefined,
    freeBytes: isKnown ? bytes(freeGB) : undefined,
    usedBytes: bytes(usedSpaceGB),
  };
}

function bytes(gigabytes: number | undefined): number | undefined {
  return gigabytes === undefined ? undefined : Math.round(gigabytes * gigabyte);
}

function problemOf({ isOnline, isOutOfDate }: RepositoryStateBody): string | undefined {
  return isOnline === false ? l10n.t('offline') : isOutOfDate ? l10n.t('needs an upgrade') : undefined;
}

export function jobItem(body: JobStateBody): Job {
  const status = capitalized(body.status);
  return {
    kind: 'job',
    ...identityOf(body),
    hasChildren: false,
    repositoryId: known(body.repositoryId),
    repositoryName: body.repositoryName,
    type: inNewestWords(body.type),
    workload: capitalized(body.workload),
    status,
    enabled: status === 'Disabled' ? false : enabledStates.has(status ?? '') ? true : undefined,
    lastResult: resultOf(body.lastResult),
    lastRun: body.lastRun,
    nextRun: body.nextRun,
    schedule: body.nextRunPolicy,
    objects: body.objectsCount,
  };
}

/** How something ended; undefined if it has not. */
export function resultOf(word: string | undefined): string | undefined {
  return /^none$/i.test(word ?? '') ? undefined : capitalized(word);
}

/** The states of a job that is enabled. Servers may have further ones. */
const enabledStates: ReadonlySet<string> = new Set([
  'Enabled',
  'Running',
  'Inactive',
  'Starting',
  'Stopping',
  'Stopped',
]);

export function managedServerItem(body: ManagedServerBody): ManagedServer {
  const state = capitalized(body.status);
  return {
    kind: 'managedServer',
    ...identityOf(body),
    hasChildren: false,
    type: [body.type, body.viHostType && `(${body.viHostType})`].filter(Boolean).join(' ') || undefined,
    available: state === 'Available' ? true : state === 'Unavailable' ? false : undefined,
    state,
    isBackupServer: body.isBackupServer,
    isDefaultMountServer: body.isDefaultMountServer,
    updatesState: body.updatesState,
  };
}

export function proxyItem(body: ProxyBody): BackupProxy {
  return {
    kind: 'proxy',
    ...identityOf(body),
    hasChildren: false,
    type: body.type,
    hostName: body.hostName ?? body.server?.hostName,
    enabled: body.isDisabled === undefined ? undefined : !body.isDisabled,
    online: body.isOnline,
    outOfDate: body.isOutOfDate,
  };
}

export function entraTenantItem(body: EntraTenantBody): EntraTenant {
  const azureTenantId = known(body.azureTenantId);
  return {
    kind: 'entraTenant',
    id: body.id ?? '',
    name: body.name ?? azureTenantId ?? body.description ?? body.id ?? '',
    description: body.description,
    hasChildren: false,
    azureTenantId,
    region: body.region,
    repositoryId: known(body.cacheRepositoryId),
  };
}

export function identityOf({
  id,
  name,
  description,
}: {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
}) {
  return { id: id ?? '', name: name ?? id ?? '', description };
}

/** An id; undefined where the server writes zeros, which stand for nothing. */
function known(id: string | undefined): string | undefined {
  return id === undefined || /^[0-]+$/.test(id) ? undefined : id;
}

/** `CloudVm` for `cloudVm`: versions differ in the case of the same words. */
export function capitalized(word: string | undefined): string | undefined {
  return word && word.charAt(0).toUpperCase() + word.slice(1);
}

/** What 1.3-rev2 calls it: earlier versions have other words for the same. */
function inNewestWords(type: string | undefined): string | undefined {
  return newestWords[type ?? ''] ?? type;
}

const newestWords: Readonly<Record<string, string>> = {
  // Types of jobs.
  Backup: 'VSphereBackup',
  // Types of repositories.
  DDBoost: 'DellDataDomain',
  HPStoreOnceIntegration: 'HPEStoreOnce',
  Quantum: 'QuantumDXi',
  SmartObjectS3: 'S3Integrated',
};
