import * as l10n from '@vscode/l10n';
import type { BackupResource, Item, Repository, Tenant } from '../../items/item';
import type { Api, Detail } from '../product';
import { type DetailFact, detailsOf } from '../reading/detailFacts';
import { ifThere } from '../reading/whenMissing';
import { ServiceProviderConsoleClient } from './client';
import { abilitiesIn } from './features';
import { lists } from './lists';
import { bytesOf, sameId } from './parts';
import { paths } from './paths';
import { repositoryBody } from './serverWire';
import { aboutBody, companyBody, organizationDetailsBody, resellerBody, trafficBody, userBody } from './wire';

/** Seconds. */
const day = 24 * 60 * 60;

/** Facts that are shown in the details of an item alone, as each takes a request. */
export async function details(api: Api, item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
  const client = new ServiceProviderConsoleClient(api);
  switch (item.kind) {
    case 'server':
      return await ofServer(client, signal);
    case 'company':
      return await ofCompany(client, item.id, signal);
    case 'reseller':
      return await ofReseller(client, item.id, signal);
    case 'user':
      return await ofUser(client, item.id, signal);
    case 'tenant':
      return abilitiesIn(await api.features(signal)).isOlder ? [] : await ofTenant(client, item, signal);
    case 'backupResource':
      return await ofBackupResource(api, item, signal);
    case 'repository':
      return item.scope?.type === 'vbr' ? await ofRepository(client, item, signal) : [];
    default:
      return [];
  }
}

async function ofServer(client: ServiceProviderConsoleClient, signal: AbortSignal): Promise<readonly Detail[]> {
  const about = await ifThere(client.one(paths.about, l10n.t('a description of the server'), aboutBody, signal));
  return detailsOf([
    [l10n.t('Installation ID'), about?.installationId],
    [l10n.t('Installed'), about?.installationDate, 'moment'],
    [l10n.t('Management agent for Windows'), about?.windowsManagementAgentVersion],
    [l10n.t('Management agent for Linux'), about?.linuxManagementAgentVersion],
    [l10n.t('Management agent for macOS'), about?.macManagementAgentVersion],
  ]);
}

async function ofCompany(
  client: ServiceProviderConsoleClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const [company, organization] = await Promise.all([
    ifThere(client.one(paths.company(id), l10n.t('a company'), companyBody, signal)),
    ofOrganization(client, id, signal),
  ]);
  return [
    ...detailsOf([[l10n.t('Storage quota'), company?.companyServices?.storageQuota, 'bytes']]), // API 3.5
    ...organization,
  ];
}

async function ofReseller(
  client: ServiceProviderConsoleClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const [reseller, organization] = await Promise.all([
    ifThere(client.one(paths.reseller(id), l10n.t('a reseller'), resellerBody, signal)),
    ofOrganization(client, id, signal),
  ]);
  const quota = reseller?.resellerServices?.cloudConnectQuota;
  const older = reseller?.quota;
  return [
    ...detailsOf([
      // In bytes, unlike that of tenants.
      outgoing(quota?.dataTransferOutQuota ?? older?.dataTransferOutQuota, older?.isDataTransferOutQuotaUnlimited),
      [l10n.t('Concurrent tasks'), quota?.maxConcurrentTask, 'count'],
      [l10n.t('Partner ID'), reseller?.proPartnerId],
    ]),
    ...organization,
  ];
}

/** A company or a reseller as an organization of its own. */
async function ofOrganization(
  client: ServiceProviderConsoleClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const expected = l10n.t('an organization');
  const body = await ifThere(client.one(paths.organization(id), expected, organizationDetailsBody, signal));
  const place = [
    body?.street,
    [body?.zipCode, body?.city].filter(Boolean).join(' '),
    body?.regionName,
    body?.countryName,
  ];
  return detailsOf([
    [l10n.t('Alias'), body?.alias],
    [l10n.t('ID in other systems'), body?.companyId],
    [l10n.t('Veeam tenant ID'), body?.veeamTenantId],
    [l10n.t('Tax ID'), body?.taxId],
    [l10n.t('E-mail'), body?.email],
    [l10n.t('Phone'), body?.phone],
    [l10n.t('Website'), body?.website],
    [l10n.t('Postal address'), place.filter(Boolean).join(', ') || undefined],
    [l10n.t('Notes'), body?.notes],
  ]);
}

async function ofUser(
  client: ServiceProviderConsoleClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const { profile } = await client.one(paths.user(id), l10n.t('a user'), userBody, signal);
  return detailsOf([
    [l10n.t('Full name'), [profile?.firstName, profile?.lastName].filter(Boolean).join(' ') || undefined],
    [l10n.t('E-mail'), profile?.email],
    [l10n.t('Phone'), profile?.phone],
    [l10n.t('Postal address'), profile?.address],
  ]);
}

/** API 3.6 and later. */
async function ofTenant(
  client: ServiceProviderConsoleClient,
  { id }: Tenant,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const [traffic, replication] = await Promise.all([
    ifThere(client.one(paths.traffic(id), l10n.t('a quota of outgoing data'), trafficBody, signal)),
    ifThere(client.all(paths.replicationUsage(id), lists.replicationUsage, signal)),
  ]);
  return [
    // In GB, unlike that of resellers.
    ...detailsOf([outgoing(bytesOf(traffic?.dataTransferOutQuota), traffic?.isDataTransferOutQuotaUnlimited)]),
    ...(replication?.elements ?? [])
      .filter(({ tenantUid }) => sameId(tenantUid) === sameId(id))
      .flatMap(usage =>
        detailsOf([
          [l10n.t('Replicas'), usage.numberOfVms, 'count'],
          [l10n.t('Processors of replicas'), usage.vCPUsConsumed, 'count'],
          [l10n.t('Memory of replicas'), usage.memoryUsage, 'bytes'],
          [l10n.t('Storage of replicas'), usage.storageUsage, 'bytes'],
        ]),
      ),
  ];
}

function outgoing(bytes: number | undefined, isUnlimited: boolean | undefined): DetailFact {
  const label = l10n.t('Quota of outgoing data');
  return isUnlimited ? [label, l10n.t('unlimited')] : [label, bytes, 'bytes'];
}

async function ofBackupResource(api: Api, item: BackupResource, signal: AbortSignal): Promise<readonly Detail[]> {
  const client = new ServiceProviderConsoleClient(api);
  const { companyId, siteId } = item.scope ?? {};
  const { isOlder } = abilitiesIn(await api.features(signal));
  if (isOlder && (companyId === undefined || siteId === undefined)) {
    return [];
  }
  const path = isOlder ? paths.companyUsage(companyId ?? '', siteId ?? '') : paths.usage(item.tenantId);
  const all = await ifThere(client.all(path, lists.usage, signal));
  const usage = all?.elements.find(each => sameId(each.backupResourceUid) === sameId(item.id));
  return detailsOf([
    [l10n.t('Used on the performance tier'), usage?.performanceTierUsage, 'bytes'],
    [l10n.t('Used on the capacity tier'), usage?.capacityTierUsage, 'bytes'],
    [l10n.t('Used on the archive tier'), usage?.archiveTierUsage, 'bytes'],
    [l10n.t('Backed-up servers'), usage?.serverBackups, 'count'],
    [l10n.t('Backed-up workstations'), usage?.workstationBackups, 'count'],
    [l10n.t('Backed-up virtual machines'), usage?.vmBackups, 'count'],
  ]);
}

async function ofRepository(
  client: ServiceProviderConsoleClient,
  { id, scope }: Repository,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const path = paths.repository(scope?.serverId ?? '', id);
  const { _embedded: info } = await client.one(path, l10n.t('a backup repository'), repositoryBody, signal);
  const seconds = info?.isImmutabilityEnabled ? info.immutabilityInterval : undefined;
  return detailsOf([
    [l10n.t('Size of backups'), info?.backupSize, 'bytes'],
    [l10n.t('Immutable for days'), seconds === undefined ? undefined : Math.round(seconds / day), 'count'],
  ]);
}
