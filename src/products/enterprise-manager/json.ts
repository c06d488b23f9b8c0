import { nextSlice } from '../../base/timeSlices';
import { JsonParser } from '../reading/bodyParser';

/** The members that this extension reads, as the vendor documents their names. */
export const documentedNames: readonly string[] = [
  // Lists, and what is around them.
  'BackupServers',
  'CloudGateways',
  'CloudHardwarePlans',
  'CloudSubtenants',
  'CloudTenantComputeResources',
  'CloudTenantResources',
  'CloudTenants',
  'Entities',
  'Links',
  'PagingInfo',
  'QueryResult',
  'Repositories',
  'Resources',
  'StorageResourceStats',
  'SupportedVersions',
  // In most resources.
  'Description',
  'Enabled',
  'Href',
  'Id',
  'Name',
  'Port',
  'Rel',
  'Type',
  'UID',
  // In errors, sessions and pages.
  'EnterpriseManager',
  'Message',
  'PageNum',
  'PagesCount',
  'SessionId',
  'UserName',
  // In backup servers and repositories.
  'Capacity',
  'FreeSpace',
  'Kind',
  'Version',
  // In tenants and subtenants.
  'ADTenantType',
  'DisplayName',
  'ExpirationDate',
  'LastActive',
  'LastResult',
  'LeaseExpirationDate',
  'LeaseOptions',
  'MaxConcurrentTasks',
  'Quota',
  'QuotaMb',
  'RepositoryQuota',
  'RepositoryUid',
  'StandaloneTenant',
  'TenantResourceId',
  'TenantType',
  'ThrottlingEnabled',
  'ThrottlingSpeedLimit',
  'ThrottlingSpeedUnit',
  'Unlimited',
  'UsedQuota',
  'UsedQuotaMb',
  'vCloudTenant',
  // In gateways, hardware plans and what tenants use of them.
  'CPUCount',
  'CloudHardwarePlanUid',
  'ComputeResourceStats',
  'ExternalIP',
  'ExternalPort',
  'HardwarePlanDetails',
  'HvCloudHardwarePlan',
  'MemoryUsageLimitMb',
  'MemoryUsageMb',
  'NetworkMode',
  'PlatformType',
  'ProcessorUsageLimitMhz',
  'StorageLimitGb',
  'StorageName',
  'StorageUsageGb',
  'ViCloudHardwarePlan',
  // In licences.
  'NewServerBackupCount',
  'NewVMBackupCount',
  'NewVMReplicaCount',
  'NewWorkstationBackupCount',
  'RentalServerBackupCount',
  'RentalVMBackupCount',
  'RentalWorkstationBackupCount',
];

const documented: ReadonlySet<string> = new Set(documentedNames);
const spellings: ReadonlyMap<string, string> = new Map(documentedNames.map(name => [name.toLowerCase(), name]));

/** Takes a fraction of a millisecond. */
const valuesAtOnce = 500;

/** The members of an object, or the elements of a list by their places. */
interface Members {
  [name: string | number]: unknown;
}

/**
 * Enterprise Manager's JSON, in which the members that are read have their documented names. The server may write them
 * otherwise: version 13 has `uid`, `cpuCount` and `externalIP`, some earlier ones have `CpuCount`.
 */
export class EnterpriseManagerJson extends JsonParser {
  override async end(): Promise<unknown> {
    return await withDocumentedNames(await super.end());
  }
}

/** The same value with documented names, changed in place as far as it can be; a long one in slices. */
export async function withDocumentedNames(body: unknown): Promise<unknown> {
  const open: Members[] = [];
  const begin = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const renamed = Array.isArray(value) ? value : renamedMembers(value as Members);
    open.push(renamed as Members);
    return renamed;
  };
  const whole = begin(body);
  let values = 0;
  for (let parent = open.pop(); parent; parent = open.pop()) {
    for (const name of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
      const value = parent[name];
      const renamed = begin(value);
      if (renamed !== value) {
        parent[name] = renamed;
      }
      if (++values % valuesAtOnce === 0) {
        await nextSlice();
      }
    }
  }
  return whole;
}

/** One level of them. If the documented name is there beside another spelling of it, that counts. */
function renamedMembers(members: Members): Members {
  for (const name in members) {
    if (documentedNameOf(name) !== name) {
      return renamedCopy(members);
    }
  }
  return members;
}

function renamedCopy(members: Members): Members {
  const copy: Members = {};
  for (const [name, value] of Object.entries(members)) {
    const inDocuments = documentedNameOf(name);
    // A member called `__proto__` would become the prototype.
    if (name !== '__proto__' && (inDocuments === name || !Object.hasOwn(members, inDocuments))) {
      copy[inDocuments] = value;
    }
  }
  return copy;
}

/** The name itself if it is not one of those that are read. */
function documentedNameOf(name: string): string {
  return documented.has(name) ? name : (spellings.get(name.toLowerCase()) ?? name);
}
