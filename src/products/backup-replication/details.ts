import * as l10n from '@vscode/l10n';
import { isFailure } from '../../base/failure';
import type { Item } from '../../items/item';
import type { Api, Detail } from '../product';
import { detailsOf, detailsOfAll } from '../reading/detailFacts';
import { ifThere } from '../reading/whenMissing';
import { BackupReplicationClient } from './client';
import { resultOf } from './items';
import { hasLicense } from './paths';
import type { RepositoryBody } from './wire';

/** Facts that are shown in the details of an item alone, as each takes a request. */
export async function details(api: Api, item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
  const client = new BackupReplicationClient(api);
  if (item.kind === 'server') {
    return await detailsOfAll({
      [l10n.t('Server')]: server(client, signal),
      ...(hasLicense(api.apiVersion) ? { [l10n.t('License')]: license(client, signal) } : {}),
    });
  }
  if (item.id === '') {
    return [];
  }
  switch (item.kind) {
    case 'repository':
    case 'extent':
      return await settings(client, item.id, signal);
    case 'scaleOutRepository':
      return await policies(client, item.id, signal);
    case 'job':
      return await lastSession(client, item.id, signal);
    default:
      return [];
  }
}

/** For administrators alone, as the license is. */
async function server(client: BackupReplicationClient, signal: AbortSignal): Promise<readonly Detail[]> {
  const body = await ifThere(client.serverInfo(signal));
  return detailsOf([
    [l10n.t('Name on the server'), body?.name],
    [l10n.t('Installation ID'), body?.vbrId],
    [l10n.t('Build'), body?.buildVersion],
    [l10n.t('Patches'), body?.patches.join(', ') || undefined],
    [l10n.t('Platform'), body?.platform],
    [l10n.t('Database'), body?.sqlServerVersion ?? body?.databaseVendor],
  ]);
}

async function license(client: BackupReplicationClient, signal: AbortSignal): Promise<readonly Detail[]> {
  const body = await ifThere(client.license(signal));
  const { instanceLicenseSummary: instances, socketLicenseSummary: sockets } = body ?? {};
  return detailsOf([
    [l10n.t('License'), [body?.edition, body?.type].filter(Boolean).join(', ') || undefined],
    [l10n.t('State of the license'), body?.status],
    [l10n.t('Licensed to'), body?.licensedTo],
    [l10n.t('License expires'), body?.expirationDate ?? instances?.expirationDate ?? sockets?.expirationDate, 'expiry'],
    [
      l10n.t('Support expires'),
      body?.supportExpirationDate ?? instances?.supportExpirationDate ?? sockets?.supportExpirationDate,
      'expiry',
    ],
    [l10n.t('Licensed instances'), instances?.licensedInstancesNumber, 'count'],
    [l10n.t('Instances in use'), instances?.usedInstancesNumber, 'count'],
    [l10n.t('Licensed sockets'), sockets?.licensedSocketsNumber, 'count'],
    [l10n.t('Sockets in use'), sockets?.usedSocketsNumber, 'count'],
    [l10n.t('Cloud Connect'), body?.cloudConnect],
    [l10n.t('Support ID'), body?.supportId],
  ]);
}

/**
 * A row shows a state, and the API has no settings for some types of repositories: before 1.3-rev2, for instance, none for
 * deduplicating storage.
 */
async function settings(client: BackupReplicationClient, id: string, signal: AbortSignal): Promise<readonly Detail[]> {
  try {
    return settingsOf(await client.repository(id, signal));
  } catch (error) {
    if (isFailure(error) && error.kind === 'notFound' && (await client.hasRepositoryState(id, signal))) {
      return [];
    }
    throw error;
  }
}

function settingsOf({ repository, share, account, ...body }: RepositoryBody): readonly Detail[] {
  const storage = body.bucket ?? body.container;
  const { immutability, storageConsumptionLimit: limit } = storage ?? {};
  const days =
    repository?.makeRecentBackupsImmutableDays ?? (immutability?.isEnabled ? immutability.daysCount : undefined);
  const perMachine = repository?.advancedSettings?.perVmBackup;
  return detailsOf([
    [l10n.t('Share'), share?.sharePath],
    [l10n.t('Service point'), account?.servicePoint],
    [l10n.t('Region'), account?.regionId ?? account?.regionType],
    [l10n.t('Bucket or container'), storage?.bucketName ?? storage?.containerName],
    [l10n.t('Folder'), storage?.folderName],
    [
      l10n.t('Consumption limit'),
      limit?.isEnabled && limit.consumptionLimitCount !== undefined
        ? [limit.consumptionLimitCount, limit.consumptionLimitKind].filter(Boolean).join(' ')
        : undefined,
    ],
    [l10n.t('Immutable for days'), days, 'count'],
    [l10n.t('Concurrent tasks at most'), tasksIn(repository) ?? tasksIn(body), 'count'],
    [
      l10n.t('Per-machine backup files'),
      perMachine === undefined ? undefined : perMachine ? l10n.t('yes') : l10n.t('no'),
    ],
  ]);
}

function tasksIn(settings: Tasks | null): number | undefined {
  const isLimited = settings?.taskLimitEnabled ?? settings?.enableTaskLimit;
  return isLimited === false ? undefined : settings?.maxTaskCount;
}

type Tasks = Pick<RepositoryBody, 'maxTaskCount' | 'taskLimitEnabled' | 'enableTaskLimit'>;

async function policies(client: BackupReplicationClient, id: string, signal: AbortSignal): Promise<readonly Detail[]> {
  const { capacityTier, archiveTier } = await client.scaleOutRepository(id, signal);
  const isOn = capacityTier?.isEnabled ?? capacityTier?.enabled;
  const rule = [
    capacityTier?.copyPolicyEnabled && l10n.t('copy as soon as created'),
    capacityTier?.movePolicyEnabled && l10n.t('move once out of the restore window'),
  ];
  return detailsOf([
    [l10n.t('To the capacity tier'), (isOn && rule.filter(Boolean).join(', ')) || undefined],
    [
      l10n.t('Operational restore window in days'),
      isOn && capacityTier?.movePolicyEnabled ? capacityTier.operationalRestorePeriodDays : undefined,
      'count',
    ],
    [
      l10n.t('To the archive tier after days'),
      archiveTier?.isEnabled ? archiveTier.archivePeriodDays : undefined,
      'count',
    ],
  ]);
}

async function lastSession(
  client: BackupReplicationClient,
  jobId: string,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const session = await ifThere(client.lastSession(jobId, signal));
  return detailsOf([
    [l10n.t('Last session'), session?.state],
    [l10n.t('Result'), resultOf(session?.result?.result)],
    [l10n.t('Message'), session?.result?.message],
    [l10n.t('Started'), session?.creationTime, 'moment'],
    [l10n.t('Ended'), session?.endTime, 'moment'],
  ]);
}
