import { between, guid, hash } from '../random';
import type { BackedUpOrganization, BackupProxy, Organization, Repository, UsedRepository, Vb365Data } from './data';
import type { Links } from './links';

/** The bodies of each version of the API: what it calls its members, which it has, and how it writes numbers. */

const LAST_RUN = '2026-03-01T21:00:09.7000000Z';

export function repositoryBody(repository: Repository, version: number, links: Links): object {
  const { isObjectStorage, index } = repository;
  // Until v7 the numbers of an object storage repository are those of the volume that holds its cache.
  const sized = version < 8 || !isObjectStorage;
  const self = ['BackupRepositories', repository.id];
  return {
    ...(version >= 6
      ? { objectStorageEncryptionEnabled: isObjectStorage, encryptionKeyId: null, isOutOfSync: false }
      : {}),
    ...((version === 6 || version === 7) && isObjectStorage
      ? { objectStorageId: guid('objectStorage', index), objectStorageCachePath: repository.path }
      : {}),
    capacityBytes: sized ? repository.capacityBytes : null,
    freeSpaceBytes: sized ? repository.freeSpaceBytes : null,
    id: repository.id,
    name: repository.name,
    description: repository.description,
    path: repository.path,
    ...(isObjectStorage
      ? {
          retentionType: 'ItemLevel',
          retentionPeriodType: 'Monthly',
          monthlyRetentionPeriod: 36,
          retentionFrequencyType: 'Monthly',
          monthlyTime: '03:00:00',
          monthlyDaynumber: 'First',
          monthlyDayofweek: 'Sunday',
        }
      : {
          retentionType: 'SnapshotBased',
          retentionPeriodType: 'Yearly',
          yearlyRetentionPeriod: 'Years3',
          retentionFrequencyType: 'Daily',
          dailyTime: '08:00:00',
          dailyType: 'Everyday',
        }),
    proxyId: repository.proxyId,
    ...(version >= 6 ? { isLongTerm: repository.isLongTerm } : {}),
    ...(version >= 8
      ? {
          proxyPoolId: null,
          organizationId: null,
          isOutdated: false,
          isIndexed: true,
          isMigrationLocked: false,
          isOutOfOrder: index % 8 === 7,
          outOfOrderReason: index % 8 === 7 ? 'The storage cannot be reached' : null,
        }
      : {}),
    ...(version >= 8 && isObjectStorage ? { objectStorage: objectStorageBody(repository, links) } : {}),
    ...links.of({ self, proxy: ['Proxies', repository.proxyId] }),
  };
}

function objectStorageBody(repository: Repository, links: Links): object {
  const limited = repository.index % 8 !== 1 || repository.index === 1;
  const limitGb = 10 * 1024;
  const accountId = guid('account', repository.index);
  return {
    id: guid('objectStorage', repository.index),
    accountId,
    type: 'AmazonS3Compatible',
    sizeLimitEnabled: limited,
    sizeLimitGB: limited ? limitGb : null,
    usedSpaceBytes: repository.objectStorageUsedBytes,
    freeSpaceBytes: limited ? Math.max(0, limitGb * 1024 ** 3 - repository.objectStorageUsedBytes) : null,
    enableImmutability: true,
    immutabilityPeriodDays: 30,
    s3Folder: `folder-${repository.index}`,
    amazonBucketS3Compatible: {
      servicePoint: 'https://s3.example.com',
      customRegionId: 'example-1',
      name: 'sample-bucket',
    },
    ...links.of({ account: ['Accounts', accountId] }),
  };
}

export function backedUpOrganizationBody(row: BackedUpOrganization, version: number): object {
  const { name, id, usedSpaceBytes } = row;
  if (version <= 3) {
    return { name, id, usedSpaceBytes: usedSpaceBytes === null ? null : String(usedSpaceBytes) };
  }
  if (version < 6) {
    return { name, id, usedSpaceBytes };
  }
  const { localCacheUsedSpaceBytes, objectStorageUsedSpaceBytes } = row;
  return { name, id, usedSpaceBytes, localCacheUsedSpaceBytes, objectStorageUsedSpaceBytes };
}

export function organizationDataBody(
  row: BackedUpOrganization,
  repository: Repository,
  version: number,
  links: Links,
): object {
  const { organization } = row;
  return {
    displayName: row.name,
    organizationId: version >= 7 ? (organization?.id ?? null) : row.id,
    ...(version >= 7 ? { backedUpOrganizationId: row.id } : {}),
    ...(version >= 8 ? { msid: organization?.msid ?? null } : {}),
    ...links.of({ self: ['BackupRepositories', repository.id, 'OrganizationData', row.id] }),
  };
}

export function organizationBody(
  organization: Organization,
  data: Vb365Data,
  extendedView: boolean,
  version: number,
  links: Links,
): object {
  const { id, index } = organization;
  const online = organization.type !== 'OnPremises';
  const settings = {
    useApplicationOnlyAuth: true,
    officeOrganizationName: organization.officeName,
    applicationId: guid('application', index),
  };
  const self = ['Organizations', id];
  const related = ['jobs', 'groups', 'users', 'sites', ...(version >= 5 ? ['teams'] : [])];
  return {
    ...(version >= 6 ? { isTeamsOnline: online, isTeamsChatsOnline: false } : {}),
    ...(online
      ? {
          exchangeOnlineSettings: settings,
          sharePointOnlineSettings: { ...settings, sharePointSaveAllWebParts: false },
        }
      : {}),
    isExchangeOnline: online,
    isSharePointOnline: online,
    ...(organization.type === 'Office365' || version < 6 ? {} : { isExchange: true, isSharepoint: false }),
    type: organization.type,
    region: 'Worldwide',
    id,
    name: organization.name,
    ...(version >= 6 ? { officeName: organization.officeName } : {}),
    ...(version >= 7 ? { description: index % 2 === 0 ? `Customer ${index}` : null } : {}),
    // Since v6 the server asks its proxies for these only when it is told to.
    ...(extendedView || version < 6 ? backupTimes(data.isBackedUp(organization), index) : {}),
    ...(version >= 8 ? { msid: organization.msid, backedUpOrganizationId: organization.backedUpOrganizationId } : {}),
    ...links.of({
      self,
      ...Object.fromEntries(related.map(name => [name, [...self, name]])),
      usedRepositories: [...self, 'usedRepositories'],
    }),
  };
}

function backupTimes(isBackedup: boolean, index: number): object {
  const day = String(between(1, 28, 'first backup', index)).padStart(2, '0');
  return {
    isBackedup,
    firstBackuptime: isBackedup ? `2024-01-${day}T21:00:04.1000000Z` : null,
    lastBackuptime: isBackedup ? LAST_RUN : null,
  };
}

export function usedRepositoryBody({ repository, usage }: UsedRepository, version: number, links: Links): object {
  const { usedSpaceBytes, localCacheUsedSpaceBytes, objectStorageUsedSpaceBytes } = usage;
  if (version <= 3) {
    // The oldest form: text for every value, a capital letter, and no id of the repository.
    return { usedSpaceBytes: String(usedSpaceBytes ?? 0), isAvailable: 'true', Details: repository.name };
  }
  return {
    ...(version >= 8 ? { repositoryId: repository.id } : {}),
    usedSpaceBytes,
    localCacheUsedSpaceBytes,
    objectStorageUsedSpaceBytes,
    isAvailable: true,
    details: '',
    ...(version >= 8 ? { protectedObjectsCount: hash('objects', repository.index, usage.id) % 5000 } : {}),
    ...links.of({ backupRepository: ['BackupRepositories', repository.id] }),
  };
}

export function proxyBody(proxy: BackupProxy, version: number, links: Links): object {
  return {
    type: 'Domain',
    useInternetProxy: false,
    id: proxy.id,
    hostName: proxy.hostName,
    ...(version >= 7 ? { fqdn: proxy.hostName } : {}),
    description: '',
    port: 9193,
    ...(version < 8 ? { threadsNumber: 64 } : {}),
    enableNetworkThrottling: false,
    status: proxy.online ? 'Online' : 'Offline',
    ...(version >= 8
      ? { operatingSystem: 'Windows', proxyPoolId: null, maintenanceModeState: 'Disabled', version: null }
      : {}),
    ...links.of({ self: ['Proxies', proxy.id] }),
  };
}

export function jobBody(organization: Organization, data: Vb365Data, version: number, links: Links): object {
  const id = guid('job', organization.index);
  const repository = data.usedRepositories(organization)[0]?.repository;
  return {
    description: '',
    backupType: 'EntireOrganization',
    id,
    repositoryId: repository?.id ?? null,
    ...(version >= 8 ? { organizationId: organization.id } : {}),
    name: `Backup of ${organization.name}`,
    lastRun: LAST_RUN,
    nextRun: null,
    isEnabled: organization.index % 5 !== 4,
    lastStatus: ['Success', 'Warning', 'Failed', 'Running'][organization.index % 4],
    ...links.of({ self: ['Jobs', id], organization: ['Organizations', organization.id] }),
  };
}
