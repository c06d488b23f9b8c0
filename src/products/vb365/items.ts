import * as l10n from '@vscode/l10n';
import type { Organization, Repository } from '../item';
import type { BackedUpOrganizationBody, OrganizationBody, RepositoryBody } from './wire';

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
    ...(objectStorage ? objectStorageSizes(storage) : volumeSizes(body)),
  };
}

function objectStorageSizes(storage: RepositoryBody['objectStorage'] | undefined) {
  return {
    capacityBytes:
      storage?.sizeLimitEnabled && storage.sizeLimitGB !== undefined ? storage.sizeLimitGB * gigabyte : undefined,
    freeBytes: storage?.freeSpaceBytes,
    usedBytes: storage?.usedSpaceBytes,
  };
}

function volumeSizes({ capacityBytes, freeSpaceBytes }: RepositoryBody) {
  return {
    capacityBytes,
    freeBytes: freeSpaceBytes,
    usedBytes:
      capacityBytes === undefined || freeSpaceBytes === undefined
        ? undefined
        : Math.max(0, capacityBytes - freeSpaceBytes),
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
    hasChildren: false,
    repositoryId,
    usedBytes: body.usedSpaceBytes,
    localCacheBytes: body.localCacheUsedSpaceBytes,
    objectStorageBytes: body.objectStorageUsedSpaceBytes,
  };
}

/** An organization as it is configured on the server. */
export function organizationItem(body: OrganizationBody): Organization {
  return {
    kind: 'organization',
    id: body.id ?? '',
    name: body.name ?? body.officeName ?? body.id ?? '',
    description: body.description,
    hasChildren: false,
    officeName: body.officeName,
    type: body.type,
    region: body.region,
    lastBackup: body.lastBackuptime,
  };
}
