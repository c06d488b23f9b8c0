import { between, guid, hash } from '../random';
import type {
  BackedUpOrganization,
  BackupProxy,
  Job,
  Organization,
  ProtectedKind,
  ProtectedObject,
  Repository,
  UsedRepository,
  Vb365Data,
} from './data';
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
    ...(version >= 8 && isObjectStorage ? { objectStorage: objectStorageBody(repository, version, links) } : {}),
    ...links.of({ self, proxy: ['Proxies', repository.proxyId] }),
  };
}

function objectStorageBody(repository: Repository, version: number, links: Links): object {
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
    ...(version >= 7 ? { enableImmutability: true } : {}),
    ...(version >= 8 ? { immutabilityPeriodDays: 30 } : {}),
    s3Folder: `folder-${repository.index}`,
    amazonBucketS3Compatible: {
      servicePoint: 'https://s3.example.com',
      customRegionId: 'example-1',
      name: 'sample-bucket',
    },
    ...links.of({ account: ['Accounts', accountId] }),
  };
}

/** Up to v7, object storage has a list of its own. */
export function objectStorageRepositoryBody(repository: Repository, version: number, links: Links): object {
  return { name: `Storage of ${repository.name}`, description: '', ...objectStorageBody(repository, version, links) };
}

export function licensedUsersBody({ index }: Organization): object {
  return { licensedUsers: between(1, 400, 'licensed users', index), newUsers: index % 3 };
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

export function ownOrganizationBody(organization: Organization, data: Vb365Data, version: number): object {
  const { id, name, type, index } = organization;
  return {
    id,
    name,
    ...(version >= 8 ? { description: null } : {}),
    type,
    ...backupTimes(data.isBackedUp(organization), index),
    _actions: {},
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
      ? {
          operatingSystem: proxy.index % 2 === 0 ? 'Windows' : 'Linux',
          proxyPoolId: null,
          maintenanceModeState: proxy.index === 2 ? 'Enabled' : 'Disabled',
          version: proxy.online ? '13.0.2.159' : null,
        }
      : {}),
    ...links.of({ self: ['Proxies', proxy.id] }),
  };
}

export function jobBody(job: Job, data: Vb365Data, version: number, links: Links): object {
  const { id, name, index, row, organization } = job;
  const used = data.usedRepositories(organization);
  const repository = used[row % Math.max(1, used.length)]?.repository;
  return {
    description: '',
    backupType: row === 0 ? 'EntireOrganization' : 'SelectedItems',
    id,
    repositoryId: repository?.id ?? null,
    ...(version >= 8 ? { organizationId: organization.id } : {}),
    name,
    lastRun: LAST_RUN,
    nextRun: index % 5 === 4 ? null : '2026-03-02T21:00:00Z',
    ...(version >= 7 ? { lastBackup: LAST_RUN } : {}),
    isEnabled: index % 5 !== 4,
    lastStatus: ['Success', 'Warning', 'Failed', 'Running'][index % 4],
    ...links.of({
      self: ['Jobs', id],
      organization: ['Organizations', organization.id],
      ...(repository ? { backupRepository: ['BackupRepositories', repository.id] } : {}),
    }),
  };
}

/** The list of the Data resources that has such an object. */
export const DATA_LISTS: Readonly<Record<ProtectedKind, string>> = {
  user: 'UserData',
  group: 'GroupData',
  site: 'SiteData',
  team: 'TeamData',
};

/** An object as a repository lists it: `RESTBackupUserData` and its like. */
export function dataBody(object: ProtectedObject, version: number, links: Links): object {
  const { kind, id, name, repository, owner } = object;
  return {
    ...(version === 7 ? { isDeleted: false, proxyId: repository.proxyId } : {}),
    ...(version >= 6 ? { itemType: itemTypes[kind], repositoryId: repository.id } : {}),
    id,
    ...(kind === 'user' ? userData(object) : {}),
    ...(kind === 'group' ? groupData(object) : {}),
    ...(kind === 'site' ? { title: name, url: siteUrl(object), backedUpTime: LAST_RUN } : { displayName: name }),
    ...(kind === 'team' ? { backedUpTime: object.row % 7 === 6 ? null : LAST_RUN } : {}),
    ...(version >= 8 && (kind === 'site' || kind === 'team') ? { msid: owner.organization?.msid ?? null } : {}),
    // Up to v6 there is one id of the organization alone.
    ...(version >= 7
      ? { organizationId: owner.organization?.id ?? null, backedUpOrganizationId: owner.id }
      : { organizationId: owner.id }),
    ...links.of({ self: ['BackupRepositories', repository.id, DATA_LISTS[kind], id] }),
  };
}

const itemTypes: Readonly<Record<ProtectedKind, string>> = { user: 'User', group: 'Group', site: 'Site', team: 'Team' };

/** Every fourth user is a shared mailbox; every third has an archive, one has nothing but a drive. */
function userData(object: ProtectedObject): object {
  const { id, row } = object;
  const hasArchive = row % 3 === 1;
  return {
    accountId: `account-${row}`,
    email: emailOf(object),
    accountType: accountTypeOf(object),
    isMailboxBackedUp: row !== 4,
    mailboxBackedUpTime: row === 4 ? null : '2026-03-01T02:11:09Z',
    isArchiveBackedUp: hasArchive,
    archiveBackedUpTime: hasArchive ? '2026-03-01T02:12:10Z' : null,
    archiveName: hasArchive ? `In-Place Archive ${id.length}` : '',
    isOneDriveBackedUp: hasOneDrive(object),
    oneDriveBackedUpTime: hasOneDrive(object) ? '2026-03-01T02:14:30Z' : null,
    oneDriveUrl: hasOneDrive(object) ? [oneDriveUrl(object)] : [],
    isPersonalSiteBackedUp: false,
    personalSiteBackedUpTime: null,
    personalSiteUrl: [],
  };
}

function groupData(object: ProtectedObject): object {
  return {
    accountId: `group-${object.row}`,
    email: emailOf(object),
    isMailboxBackedUp: true,
    mailboxBackedUpTime: '2026-03-01T02:11:09Z',
    isSiteBackedUp: object.row === 0,
    siteBackedUpTime: object.row === 0 ? '2026-03-01T02:16:00Z' : null,
    groupSiteUrl: object.row === 0 ? [siteUrl(object)] : [],
  };
}

/** An object as v8 lists it for all repositories: `RESTProtectedUser` and its like, which know no dates. */
export function protectedBody(object: ProtectedObject): object {
  const { kind, id, name, owner, row } = object;
  const common = {
    id,
    displayName: name,
    organizationId: owner.organization?.id ?? null,
    backedUpOrganizationId: owner.id,
    eTag: 1 + row,
  };
  const mailbox = (isArchive: boolean) => ({
    id: guid(isArchive ? 'archive' : 'mailbox', row),
    displayName: name,
    email: emailOf(object),
    isArchive,
  });
  const site = { id: `site-${row}`, msid: `site-${row}`, displayName: name, url: siteUrl(object) };
  switch (kind) {
    case 'user':
      return {
        ...common,
        msid: guid('user', row),
        accountType: accountTypeOf(object),
        mailboxes: [...(row === 4 ? [] : [mailbox(false)]), ...(row % 3 === 1 ? [mailbox(true)] : [])],
        oneDrives: hasOneDrive(object) ? [{ id: `drive-${row}`, displayName: name, url: oneDriveUrl(object) }] : [],
        sites: [],
      };
    case 'group':
      return { ...common, msid: null, mailboxes: [mailbox(false)], sites: row === 0 ? [site] : [] };
    case 'site':
      return { ...common, msid: `site-${row}`, url: siteUrl(object) };
    case 'team':
      return { ...common, msid: guid('team msid', row), description: row === 0 ? 'Everybody' : '' };
  }
}

function hasOneDrive(object: ProtectedObject): boolean {
  return object.row % 4 !== 3;
}

function accountTypeOf(object: ProtectedObject): string {
  return hasOneDrive(object) ? 'User' : 'SharedMailbox';
}

function emailOf({ kind, row, owner }: ProtectedObject): string {
  return `${kind}${row + 1}@${owner.organization?.officeName ?? 'legacy.example.com'}`;
}

function oneDriveUrl({ row, owner }: ProtectedObject): string {
  return `https://my.${owner.organization?.officeName ?? 'legacy.example.com'}/personal/user${row + 1}`;
}

function siteUrl({ kind, row, owner }: ProtectedObject): string {
  return `https://${owner.organization?.officeName ?? 'legacy.example.com'}/sites/${kind}${row + 1}`;
}

export function healthBody(data: Vb365Data): object {
  const offline = data.proxies.map(proxy => proxy).some(({ online }) => !online);
  return {
    status: offline ? 'Unhealthy' : 'Healthy',
    entries: {
      'NATS server': { status: 'Healthy', description: null },
      'PostgreSQL configuration database': offline
        ? { status: 'Unhealthy', description: 'A backup proxy cannot reach the database' }
        : { status: 'Healthy', description: null },
    },
  };
}

export function licenseBody(data: Vb365Data, version: number): object {
  const total = 5000;
  return {
    licenseID: guid('license', 1),
    email: 'licenses@example.com',
    status: 'Valid',
    ...(version >= 7
      ? { licenseExpires: '2027-01-31T00:00:00Z', gracePeriodExpires: null, package: 'Suite' }
      : {
          expirationDate: '2027-01-31T00:00:00Z',
          supportExpirationDate: '2027-01-31T00:00:00Z',
          contactPerson: 'Avery Example',
        }),
    type: 'Rental',
    licensedTo: 'Contoso Hosting',
    totalNumber: total,
    usedNumber: Math.min(total, data.organizations.length * 6),
    newNumber: 3,
    supportID: '00000042',
  };
}
