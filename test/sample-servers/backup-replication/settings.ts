import { guid } from '../random';
import { tag, typeOf } from './bodies';
import type { Repository } from './data';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** The settings of a repository. Of types that are as good as another one, what all have in common. */
export function repositorySettings(repository: Repository, revision: Revision): Body {
  const { id, name, description } = repository;
  const settings = ofType(repository);
  return {
    id,
    name,
    description,
    type: typeOf(repository, revision),
    ...tag(revision, id),
    ...settings,
    ...(settings ? { mountServer: mountServerOf(revision) } : {}),
  };
}

function ofType({ index, type, host, path }: Repository): Body | undefined {
  const repository = { maxTaskCount: 4, advancedSettings: { perVmBackup: true, alignDataBlocks: true } };
  const account = { credentialsId: guid('credentials', index), connectionSettings: { connectionType: 'Direct' } };
  const place = {
    folderName: 'veeam',
    storageConsumptionLimit: { isEnabled: true, consumptionLimitCount: 20, consumptionLimitKind: 'TB' },
  };
  const bucket = { bucketName: `backup${index}`, ...place, immutability: { isEnabled: true, daysCount: 30 } };
  switch (type) {
    case 'WinLocal':
    case 'LinuxLocal':
      return { hostId: host?.id, repository: { path, ...repository } };
    case 'LinuxHardened':
      return { hostId: host?.id, repository: { path, ...repository, makeRecentBackupsImmutableDays: 14 } };
    case 'Smb':
      return { share: { sharePath: path, credentialsId: account.credentialsId }, repository };
    case 'Nfs':
      return { share: { sharePath: path }, repository };
    case 'S3Compatible':
      return {
        account: { ...account, servicePoint: 'https://s3.example.com', regionId: 'eu-1' },
        bucket,
        maxTaskCount: 4,
      };
    case 'AmazonS3':
      return {
        account: { ...account, regionType: 'Global' },
        bucket: { regionId: 'eu-central-1', ...bucket },
        maxTaskCount: 4,
      };
    case 'AzureBlob':
      return {
        account: { ...account, regionType: 'Global' },
        container: { containerName: `backup${index}`, ...place },
        maxTaskCount: 4,
      };
    default:
      return undefined;
  }
}

function mountServerOf(revision: Revision): Body {
  const settings = {
    mountServerId: guid('managedServer', 1),
    vPowerNFSEnabled: false,
    writeCacheFolder: 'C:\\Cache',
  };
  return atLeast(revision, '1.3-rev0') ? { mountServerSettingsType: 'Windows', windows: settings } : settings;
}
