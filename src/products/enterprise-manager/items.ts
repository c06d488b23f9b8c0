import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type {
  BackupResource,
  BackupServer,
  Gateway,
  HardwarePlan,
  Repository,
  Subtenant,
  Tenant,
  TenantResource,
} from '../../items/item';
import { filledVolumeOf } from '../reading/volumes';
import type {
  BackupServerBody,
  GatewayBody,
  HardwarePlanBody,
  LinkBody,
  RepositoryBody,
  SubtenantBody,
  TenantBody,
} from './wire';

const megabyte = 1024 ** 2;

export function backupServerItem(body: BackupServerBody): BackupServer {
  return {
    kind: 'backupServer',
    ...identityOf(body),
    description: body.Description,
    hasChildren: body.UID !== undefined,
    port: body.Port,
    version: body.Version,
  };
}

/** What the kinds of object storage have in their names, from `AmazonS3Compatible` to `VeeamDataCloudVault`. */
const objectStorageKinds = /S3|Azure|Google|Wasabi|IBM|Snowball|Vault/;

/** @param hasTenants whether tenants may have quota on it */
export function repositoryItem(body: RepositoryBody, hasTenants: boolean): Repository {
  return {
    kind: 'repository',
    ...identityOf(body),
    hasChildren: hasTenants && body.UID !== undefined,
    // The same shares stand below their tenants, and come all together or not at all.
    onDemand: 'elsewhere',
    objectStorage: objectStorageKinds.test(body.Kind ?? ''),
    type: body.Kind,
    ...filledVolumeOf(body.Capacity, body.FreeSpace),
    backupServer: backupServerOf(body.Links),
  };
}

/** What repositories are called, by their URNs in lower case. */
export type RepositoryNames = ReadonlyMap<string, string>;

export function repositoryNames(bodies: readonly RepositoryBody[]): RepositoryNames {
  return new Map(
    bodies.flatMap(({ UID, Name }) => (UID === undefined || Name === undefined ? [] : [[UID.toLowerCase(), Name]])),
  );
}

export function tenantItem(body: TenantBody, names: RepositoryNames): Tenant {
  const resources = body.Resources.map(({ Id, RepositoryQuota }) => ({
    id: Id ?? '',
    name: RepositoryQuota?.DisplayName ?? Id ?? '',
    repositoryUrn: RepositoryQuota?.RepositoryUid,
    repositoryName: names.get(RepositoryQuota?.RepositoryUid?.toLowerCase() ?? ''),
    quotaBytes: bytes(RepositoryQuota?.Quota),
    usedBytes: bytes(RepositoryQuota?.UsedQuota),
  }));
  const lease = body.LeaseOptions;
  const links = new Set(body.Links.map(({ Type }) => Type));
  // Tenants of vCloud Director have no such link, and no subtenants.
  const hasSubtenants = links.has('CloudSubtenantList');
  return {
    kind: 'tenant',
    ...identityOf(body),
    description: body.Description,
    hasChildren: body.UID !== undefined && (hasSubtenants || resources.length > 0),
    hasSubtenants,
    hasComputeResources: links.has('CloudTenantComputeResourceList'),
    enabled: body.Enabled,
    type: choiceIn(body.TenantType, tenantTypes),
    quotaBytes: sumOfAll(resources.map(resource => resource.quotaBytes)),
    usedBytes: sumOfAll(resources.map(resource => resource.usedBytes)),
    resources,
    backupServer: backupServerOf(body.Links),
    lastResult: body.LastResult,
    lastActive: body.LastActive,
    leaseExpires: lease?.Enabled ? (lease.ExpirationDate ?? lease.LeaseExpirationDate) : undefined,
    maxConcurrentTasks: body.MaxConcurrentTasks,
    // The limit keeps a number while throttling is off; it means nothing then.
    throttlingLimit: body.ThrottlingEnabled ? body.ThrottlingSpeedLimit : undefined,
    throttlingUnit: body.ThrottlingEnabled ? unitIn(body.ThrottlingSpeedUnit) : undefined,
  };
}

function unitIn(unit: string | undefined): string | undefined {
  return unit === 'MBps' ? 'MB/s' : unit;
}

export function subtenantItem(body: SubtenantBody, tenantId: string): Subtenant {
  const quota = body.RepositoryQuota;
  // A number without a word about it is a limit.
  const unlimited = quota?.Unlimited ?? (quota?.QuotaMb === undefined ? undefined : false);
  return {
    kind: 'subtenant',
    id: body.Id ?? '',
    name: body.Name ?? body.Id ?? '',
    description: body.Description,
    hasChildren: false,
    tenantId,
    enabled: body.Enabled,
    unlimited,
    quotaBytes: unlimited ? undefined : bytes(quota?.QuotaMb),
    usedBytes: bytes(quota?.UsedQuotaMb),
    tenantResourceId: quota?.TenantResourceId,
    quotaName: quota?.DisplayName,
  };
}

/** A tenant's share of a repository as a row, called after the share below the tenant and after the tenant elsewhere. */
export function backupResourceItem(
  tenant: Tenant,
  resource: TenantResource,
  below: 'tenant' | 'repository',
): BackupResource {
  const { id, name, ...facts } = resource;
  return {
    kind: 'backupResource',
    id,
    name: below === 'tenant' ? name : tenant.name,
    hasChildren: false,
    tenantId: tenant.id,
    tenantName: tenant.name,
    ...facts,
  };
}

export function hardwarePlanItem(body: HardwarePlanBody): HardwarePlan {
  const { ProcessorUsageLimitMhz: processor, MemoryUsageLimitMb: memory } = body;
  return {
    kind: 'hardwarePlan',
    ...identityOf(body),
    description: body.Description,
    hasChildren: false,
    platform: choiceIn(body.HardwarePlanDetails, platforms),
    ...(processor === 'unlimited' ? { processorUnlimited: true } : { processorMhz: processor }),
    ...(memory === 'unlimited' ? { memoryUnlimited: true } : { memoryBytes: bytes(memory) }),
    backupServer: backupServerOf(body.Links),
  };
}

export function gatewayItem(body: GatewayBody): Gateway {
  return {
    kind: 'gateway',
    ...identityOf(body),
    description: body.Description,
    hasChildren: false,
    enabled: body.Enabled,
    networkMode: body.NetworkMode,
    address: body.ExternalIP,
    port: body.ExternalPort,
    backupServer: backupServerOf(body.Links),
  };
}

/** The GUID of `urn:veeam:<Type>:<guid>` is what goes into paths, and what people call the ID. */
function identityOf(body: { readonly UID: string | undefined; readonly Name: string | undefined }) {
  const id = body.UID?.slice(body.UID.lastIndexOf(':') + 1) ?? '';
  return { id, urn: body.UID, name: body.Name ?? id };
}

function backupServerOf(links: readonly LinkBody[]): string | undefined {
  return links.find(({ Rel, Type }) => Rel === 'Up' && Type?.startsWith('BackupServer'))?.Name;
}

// By the names of members in lower case.
const tenantTypes = new Map([
  ['standalonetenant', 'Standalone'],
  ['vcloudtenant', 'vCD'],
  ['adtenanttype', 'ActiveDirectory'],
]);
const platforms = new Map([
  ['vicloudhardwareplan', 'VMware'],
  ['hvcloudhardwareplan', 'Hyper-V'],
]);

/** Which member an object has, in the words that are known; one that is not known is called as it came. */
function choiceIn(value: unknown, known: ReadonlyMap<string, string>): string | undefined {
  const members = isObject(value) ? Object.entries(value).filter(([, member]) => member) : [];
  const words = members.map(([name]) => known.get(name.toLowerCase()));
  const other = members.find(([, member]) => isObject(member))?.[0];
  return words.find(word => word !== undefined) ?? (other && oneLine(other, 100));
}

function bytes(megabytes: number | undefined): number | undefined {
  return megabytes === undefined ? undefined : megabytes * megabyte;
}

/** Undefined where one of them is not known: the others alone are not the whole. */
function sumOfAll(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter(amount => amount !== undefined);
  return known.length === 0 || known.length < amounts.length
    ? undefined
    : known.reduce((total, amount) => total + amount, 0);
}
