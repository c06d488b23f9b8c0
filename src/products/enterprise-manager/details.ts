import * as l10n from '@vscode/l10n';
import type { Item, Tenant } from '../../items/item';
import { unreadableText } from '../../items/unreadable';
import type { Api, Detail } from '../product';
import { type DetailFact, detailsOf, detailsOfAll } from '../reading/detailFacts';
import { ifPossible, ifThere } from '../reading/whenMissing';
import { EnterpriseManagerClient } from './client';
import type { ComputeResourceBody, LicenseCountersBody } from './wire';

const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;

/** What only the details of an item tell. */
export async function details(api: Api, item: Item, signal: AbortSignal): Promise<readonly Detail[]> {
  if (item.kind !== 'tenant' || item.id === '') {
    return [];
  }
  const client = new EnterpriseManagerClient(api);
  return await detailsOfAll({
    [l10n.t('Rental licenses')]: licenseCounters(client, item, signal),
    [l10n.t('Hardware plan')]: replication(client, item, signal),
  });
}

async function licenseCounters(
  client: EnterpriseManagerClient,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const counters = await ifThere(client.licenseCounters(tenant.id, signal));
  return counters ? detailsOf(counterFacts(counters)) : [];
}

function counterFacts(counters: LicenseCountersBody): DetailFact[] {
  return [
    [l10n.t('VMs with a rental license'), counters.RentalVMBackupCount, 'count'],
    [l10n.t('Workstations with a rental license'), counters.RentalWorkstationBackupCount, 'count'],
    [l10n.t('Servers with a rental license'), counters.RentalServerBackupCount, 'count'],
    [l10n.t('New VMs this month'), counters.NewVMBackupCount, 'count'],
    [l10n.t('New workstations this month'), counters.NewWorkstationBackupCount, 'count'],
    [l10n.t('New servers this month'), counters.NewServerBackupCount, 'count'],
    [l10n.t('New VM replicas this month'), counters.NewVMReplicaCount, 'count'],
  ];
}

async function replication(
  client: EnterpriseManagerClient,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<readonly Detail[]> {
  const resources = tenant.hasComputeResources ? await ifThere(client.computeResources(tenant.id, signal)) : undefined;
  if (!resources?.elements.length) {
    return [];
  }
  const { elements, unreadable } = resources;
  const plans = (await ifPossible(client.hardwarePlans(signal)))?.elements ?? [];
  const nameOf = (uid: string | undefined) => plans.find(({ UID }) => UID === uid)?.Name ?? uid;
  return detailsOf([
    ...elements.flatMap(resource => resourceFacts(resource, nameOf(resource.CloudHardwarePlanUid))),
    [l10n.t('Hardware plan'), unreadable && unreadableText(unreadable)],
  ]);
}

function resourceFacts(
  { PlatformType, ComputeResourceStats: stats }: ComputeResourceBody,
  plan: string | undefined,
): DetailFact[] {
  return [
    [l10n.t('Hardware plan'), [plan, PlatformType].filter(Boolean).join(' · ') || undefined],
    [l10n.t('CPUs of replicas'), stats?.CPUCount, 'count'],
    [l10n.t('Memory of replicas'), times(stats?.MemoryUsageMb, megabyte), 'bytes'],
    ...(stats?.StorageResourceStats ?? []).flatMap(({ StorageName, StorageUsageGb, StorageLimitGb }): DetailFact[] => [
      [l10n.t('Used of {0}', StorageName ?? l10n.t('replica storage')), times(StorageUsageGb, gigabyte), 'bytes'],
      [l10n.t('Limit of {0}', StorageName ?? l10n.t('replica storage')), times(StorageLimitGb, gigabyte), 'bytes'],
    ]),
  ];
}

function times(value: number | undefined, unit: number): number | undefined {
  return value === undefined ? undefined : value * unit;
}
