import { guid } from '../random';
import { tagOf } from './bodies';
import { type Repository, type RepositoryType, type ScaleOutRepository, THIS_SERVER_ID } from './data';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** The two bodies of a repository: its numbers, and its settings, which each type has in its own way. */

export function repositoryStateBody(row: Repository, revision: Revision): Body {
  const isThirteen = atLeast(revision, '1.3-rev0');
  return {
    type: typeWord(row.type, revision),
    id: row.id,
    name: row.name,
    description: row.description,
    ...(row.host ? { hostId: row.host.id, hostName: row.host.name } : {}),
    ...(row.path === undefined ? {} : { path: row.path }),
    capacityGB: row.capacityGB,
    freeGB: row.freeGB,
    usedSpaceGB: row.usedSpaceGB,
    ...(atLeast(revision, '1.2-rev0') ? { isOnline: row.isOnline } : {}),
    ...(isThirteen && row.extentOf
      ? {
          scaleOutRepositoryDetails: {
            membership: row.extentOf.scaleOut.name,
            scaleOutRepositoryId: row.extentOf.scaleOut.id,
            extentType: row.extentOf.tier,
          },
        }
      : {}),
    ...(isThirteen ? { isOutOfDate: row.isOutOfDate } : {}),
  };
}

/** A scale-out repository as a row among the states, with the sums of its performance tier. */
export function scaleOutStateBody(row: ScaleOutRepository, extents: readonly Repository[], revision: Revision): Body {
  const sum = (member: 'capacityGB' | 'freeGB' | 'usedSpaceGB') =>
    Math.round(extents.reduce((total, extent) => total + Math.max(0, extent[member]), 0) * 10) / 10;
  return {
    type: 'ExtendableRepository',
    id: row.id,
    name: row.name,
    description: row.description,
    capacityGB: sum('capacityGB'),
    freeGB: sum('freeGB'),
    usedSpaceGB: sum('usedSpaceGB'),
    ...(atLeast(revision, '1.2-rev0') ? { isOnline: extents.every(extent => extent.isOnline) } : {}),
    ...(atLeast(revision, '1.3-rev0') ? { isOutOfDate: extents.some(extent => extent.isOutOfDate) } : {}),
  };
}

export function repositoryBody(row: Repository, revision: Revision): Body {
  return {
    ...settingsOf(row, revision),
    ...(row.type === 'AmazonS3Glacier' || row.type === 'DellDataDomain' ? {} : { mountServer: mountServer(revision) }),
    type: typeWord(row.type, revision),
    id: row.id,
    name: row.name,
    description: row.description,
    ...tagOf(row.id, revision),
  };
}

/** Whether a revision has settings for a type. Older ones know the word for deduplicating storage alone. */
export function hasSettings({ type }: Repository, revision: Revision): boolean {
  return type !== 'DellDataDomain' || atLeast(revision, '1.3-rev2');
}

function typeWord(type: RepositoryType, revision: Revision): string {
  return type === 'DellDataDomain' && !atLeast(revision, '1.3-rev2') ? 'DDBoost' : type;
}

function settingsOf(row: Repository, revision: Revision): Body {
  const isLimited = row.index % 4 !== 3;
  const tasks = limitOf('Task', revision, { maxTaskCount: 4 }, isLimited);
  const advancedSettings = {
    RotatedDriveCleanupMode: 'Disabled',
    alignDataBlocks: true,
    decompressBeforeStoring: false,
    rotatedDrives: false,
    perVmBackup: true,
  };
  const settings = { ...tasks, ...limitOf('ReadWrite', revision, { readWriteRate: 0 }, false), advancedSettings };
  const credentialsId = guid('credentials', row.index);
  const autoSelect = { [atLeast(revision, '1.2-rev0') ? 'autoSelectEnabled' : 'autoSelect']: true };
  const connectionSettings = { connectionType: 'Direct' };
  const limits = { ...CONSUMPTION_LIMIT, ...immutability(revision) };
  const folder = { folderName: `folder${row.index}`, ...limits };
  switch (row.type) {
    case 'WinLocal':
      return { hostId: row.host?.id, repository: { path: row.path, ...settings } };
    case 'LinuxLocal':
      return { hostId: row.host?.id, repository: { path: row.path, ...settings, useFastCloningOnXFSVolumes: true } };
    case 'LinuxHardened':
      return {
        hostId: row.host?.id,
        repository: {
          path: row.path,
          ...settings,
          useFastCloningOnXFSVolumes: true,
          makeRecentBackupsImmutableDays: 14,
        },
      };
    case 'Smb':
      return { share: { sharePath: row.path, credentialsId, gatewayServer: autoSelect }, repository: settings };
    case 'Nfs':
      return { share: { sharePath: row.path, gatewayServer: autoSelect }, repository: settings };
    case 'S3Compatible':
    case 'WasabiCloud':
      return {
        ...tasks,
        account: {
          ...(row.type === 'S3Compatible' ? { servicePoint: 's3.example.com' } : {}),
          regionId: 'example-1',
          credentialsId,
          connectionSettings,
        },
        bucket: { bucketName: `bucket${row.index}`, ...folder },
      };
    case 'AmazonS3':
      return {
        ...tasks,
        account: { credentialsId, regionType: 'Global', connectionSettings },
        bucket: { regionId: 'eu-central-1', bucketName: `bucket${row.index}`, ...folder },
      };
    case 'AmazonS3Glacier':
      return {
        account: { credentialsId, regionType: 'Global', connectionSettings },
        bucket: {
          regionId: 'eu-central-1',
          bucketName: `bucket${row.index}`,
          folderName: 'archive',
          useDeepArchive: true,
        },
      };
    case 'AzureBlob':
      return {
        ...tasks,
        account: { credentialsId, regionType: 'Global', connectionSettings },
        container: {
          containerName: `container${row.index}`,
          folderName: `folder${row.index}`,
          ...CONSUMPTION_LIMIT,
          ...(atLeast(revision, '1.3-rev0') ? immutability(revision) : {}),
        },
      };
    case 'VeeamDataCloudVault':
      return {
        ...tasks,
        account: { vault: { vaultId: guid('vault', row.index), isInitialized: true }, connectionSettings },
        container: { folder: `folder${row.index}`, ...limits },
      };
    case 'DellDataDomain':
      return {
        dellDataDomain: { ddServername: 'dd01.example.com', credentialsId },
        repository: { path: row.path, enableTaskLimit: isLimited, maxTaskCount: 4 },
      };
  }
}

/** "enableTaskLimit" of 1.1 became "taskLimitEnabled". The number stays where the limit is off. */
function limitOf(name: 'Task' | 'ReadWrite', revision: Revision, value: Body, isOn: boolean): Body {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return { [atLeast(revision, '1.2-rev0') ? `${lower}LimitEnabled` : `enable${name}Limit`]: isOn, ...value };
}

const CONSUMPTION_LIMIT = {
  storageConsumptionLimit: { isEnabled: true, consumptionLimitCount: 10, consumptionLimitKind: 'TB' },
};

function immutability(revision: Revision): Body {
  const mode = atLeast(revision, '1.3-rev0') ? { immutabilityMode: 'RepositorySettings' } : {};
  return { immutability: { isEnabled: true, daysCount: 30, ...mode } };
}

function mountServer(revision: Revision): Body {
  const settings = {
    mountServerId: THIS_SERVER_ID,
    writeCacheFolder: 'C:\\ProgramData\\Veeam\\Backup\\IRCache\\',
    vPowerNFSEnabled: true,
    vPowerNFSPortSettings: { mountPort: 1058, vPowerNFSPort: 2049 },
  };
  return atLeast(revision, '1.3-rev0') ? { mountServerSettingsType: 'Windows', windows: settings } : settings;
}
