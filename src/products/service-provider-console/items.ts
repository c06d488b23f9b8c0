import * as l10n from '@vscode/l10n';
import type {
  BackupResource,
  Company,
  Gateway,
  GatewayPool,
  HardwarePlan,
  Heading,
  HostedResource,
  Item,
  ItemKind,
  Location,
  Reseller,
  Site,
  Subtenant,
  Tenant,
  TenantResource,
  User,
} from '../../items/item';
import type { Page } from '../product';
import type { ListBody } from './lists';
import type {
  BackupResourceBody,
  CompanyBody,
  GatewayBody,
  GatewayPoolBody,
  HardwarePlanBody,
  HostedServerBody,
  HostedShareBody,
  LocationBody,
  ResellerBody,
  ResellerShareBody,
  SiteBody,
  SubtenantBody,
  SubtenantQuotaBody,
  TenantBody,
  UserBody,
} from './wire';

// Companies, and what belongs to them. The API gives sizes in bytes, and some quotas in GB: each name here says which.

/** 1 GB of the vendor's consoles. */
const gigabyte = 1024 ** 3;

export function bytesOf(gigabytes: number | undefined): number | undefined {
  return gigabytes === undefined ? undefined : gigabytes * gigabyte;
}

/** A limit, unless there is none: the number beside the flag says nothing then. */
export function limitOf(limit: number | undefined, isUnlimited: boolean | undefined): number | undefined {
  return isUnlimited ? undefined : limit;
}

/** Of IDs that are written in either case. */
export function sameId(id: string | undefined): string | undefined {
  const small = id?.toLowerCase();
  return small === noId ? undefined : small;
}

const noId = '00000000-0000-0000-0000-000000000000';

/** An ID that names something. */
export function idOf(id: string | undefined): string | undefined {
  return sameId(id) === undefined ? undefined : id;
}

/** Those that have something in common, by that. */
export function groupsOf<Element>(
  elements: readonly Element[],
  keyOf: (element: Element) => string | undefined,
): ReadonlyMap<string, readonly Element[]> {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const key = keyOf(element) ?? '';
    const group = groups.get(key);
    if (group) {
      group.push(element);
    } else {
      groups.set(key, [element]);
    }
  }
  return groups;
}

/** A page of the tree. */
export function pageWith<Element>(list: ListBody<Element>, toItem: (element: Element) => Item): Page {
  return {
    items: list.elements.map(toItem),
    next: list.nextOffset?.toString(),
    total: list.total,
    unreadable: list.unreadable,
  };
}

export function heading(id: string, name: string, contains: ItemKind, more: Partial<Heading> = {}): Heading {
  return { kind: 'group', id, name, contains, hasChildren: true, ...more };
}

/** What every item here has. Names may be null. */
export function common(id: string | undefined, name: string | undefined) {
  return { id: id ?? '', name: name ?? id ?? '' };
}

/** What companies and tenants may fill, and have filled. */
export interface Sum {
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

export function companyItem(body: CompanyBody, sum: Sum | undefined, resellerName: string | undefined): Company {
  return {
    kind: 'company',
    ...common(body.instanceUid, body.name),
    hasChildren: body.instanceUid !== undefined,
    status: statusOf(body.status),
    resellerId: idOf(body.resellerUid),
    resellerName,
    quotaBytes: sum?.quotaBytes,
    usedBytes: sum?.usedBytes,
  };
}

/** Words that newer releases know from older ones alone are said as those said them. */
function statusOf(status: string | undefined): string | undefined {
  return status?.replace(/^REMOVED_/, '');
}

/** What a reseller has of the provider's sites. */
export interface ResellerTotals extends Sum {
  readonly unlimited?: boolean | undefined;
  readonly tenantsQuota?: number | undefined;
  readonly tenants?: number | undefined;
}

export function resellerItem(body: ResellerBody, totals: ResellerTotals | undefined): Reseller {
  return {
    kind: 'reseller',
    ...common(body.instanceUid, body.name),
    hasChildren: body.instanceUid !== undefined,
    status: body.status,
    ...totals,
  };
}

export function locationItem(body: LocationBody): Location {
  return {
    kind: 'location',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    companyId: idOf(body.organizationUid),
    type: body.type,
    quotaBytes: bytesOf(body.quotaGb),
  };
}

export function userItem(body: UserBody): User {
  return {
    kind: 'user',
    ...common(body.instanceUid, body.userName),
    hasChildren: false,
    companyId: idOf(body.organizationUid),
    role: body.role,
    enabled: body.status === 'Enabled' ? true : body.status === 'Disabled' ? false : undefined,
    mfaPolicy: body.mfaPolicyStatus,
    mfaState: body.mfaPolicyConfigurationStatus,
  };
}

export function siteItem(body: SiteBody): Site {
  return {
    kind: 'site',
    ...common(body.siteUid, body.siteName),
    description: body.description,
    hasChildren: body.siteUid !== undefined,
    maintenance: body.maintenanceModeIsEnabled,
    backupServerId: idOf(body.backupServerUid),
  };
}

/** What is known of a tenant beside its own body. */
export interface TenantPlace {
  readonly siteId?: string | undefined;
  readonly siteName?: string | undefined;
  readonly companyId?: string | undefined;
  readonly companyName?: string | undefined;
  /** API 3.5, where its shares have another address. */
  readonly isOlder: boolean;
  /** Undefined if this account may not read them. */
  readonly resources: readonly TenantResource[] | undefined;
}

export function tenantItem(body: TenantBody, place: TenantPlace): Tenant {
  const { companyId, companyName, resources = [] } = place;
  const siteId = idOf(body.siteUid) ?? place.siteId;
  return {
    kind: 'tenant',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: body.instanceUid !== undefined,
    enabled: body.isEnabled,
    type: body.type,
    quotaBytes: sumOf(resources.map(({ quotaBytes }) => quotaBytes)),
    usedBytes: sumOf(resources.map(({ usedBytes }) => usedBytes)),
    resources,
    hasSubtenants: body.type !== 'VCD',
    backupServer: body.siteName ?? place.siteName,
    lastActive: body.lastActive,
    leaseExpires: body.isLeaseExpirationEnabled === false ? undefined : body.leaseExpirationDate,
    companyId,
    companyName,
    scope: {
      ...(siteId === undefined ? {} : { siteId }),
      ...(companyId === undefined ? {} : { companyId }),
      ...(place.isOlder ? { isOlder: 'true' } : {}),
    },
  };
}

/** Undefined where one of them is not known: the others alone are not the whole. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter(amount => amount !== undefined);
  return known.length === 0 || known.length < amounts.length
    ? undefined
    : known.reduce((total, amount) => total + amount, 0);
}

/** A share of a cloud repository. Its quota is always one. */
export function tenantResource(body: BackupResourceBody): TenantResource {
  return {
    ...common(body.instanceUid, body.cloudRepositoryName),
    repositoryId: idOf(body.repositoryUid),
    quotaBytes: body.storageQuota,
    usedBytes: body.usedSpace,
  };
}

/** A row for each of them. */
export function backupResourceItems({ id, name, resources, scope }: Tenant): BackupResource[] {
  return resources.map(resource => ({
    kind: 'backupResource',
    hasChildren: false,
    tenantId: id,
    tenantName: name,
    ...resource,
    scope,
  }));
}

export function subtenantItem(body: SubtenantBody, tenantId: string, quota: SubtenantQuotaBody | undefined): Subtenant {
  return {
    kind: 'subtenant',
    ...common(body.instanceUid, body.name),
    description: body.description,
    hasChildren: false,
    tenantId,
    enabled: body.isEnabled,
    unlimited: quota?.isStorageQuotaUnlimited ?? false,
    quotaBytes: limitOf(quota?.storageQuota, quota?.isStorageQuotaUnlimited),
    usedBytes: quota?.storageQuotaUsage,
    tenantResourceId: idOf(quota?.tenantBackupResourceUid) ?? idOf(quota?.companySiteBackupResourceUid),
    quotaName: quota?.resourceFriendlyName,
  };
}

export function gatewayItem(body: GatewayBody): Gateway {
  return {
    kind: 'gateway',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    enabled: body.isDisabled === undefined ? undefined : !body.isDisabled,
    address: body.externalAddress,
    port: body.externalPort ?? body.port,
    problem: problemOf(body),
  };
}

/** What is wrong, in the server's word for it if there is no other. */
export function problemOf(body: {
  readonly status: string | undefined;
  readonly isOutOfDate: boolean | undefined;
}): string | undefined {
  if (body.isOutOfDate) {
    return l10n.t('needs an upgrade');
  }
  return body.status === 'Healthy' || body.status === 'Unknown' ? undefined : body.status;
}

export function gatewayPoolItem(body: GatewayPoolBody): GatewayPool {
  return {
    kind: 'gatewayPool',
    ...common(body.instanceUid, body.name),
    hasChildren: body.instanceUid !== undefined,
    onDemand: true, // its gateways stand among those of the site
    gateways: body.numberOfGateways,
  };
}

export function hardwarePlanItem(body: HardwarePlanBody): HardwarePlan {
  return {
    kind: 'hardwarePlan',
    ...common(body.instanceUid, body.name),
    hasChildren: false,
    processorMhz: limitOf(body.cpuQuota, body.isCpuQuotaUnlimited),
    memoryBytes: limitOf(body.memoryQuota, body.isMemoryQuotaUnlimited),
  };
}

/** What a company or reseller has on a server of the provider's that hosts for it. */
export function hostedItem(
  server: HostedServerBody,
  { hosted, repositoryName }: { readonly hosted: string; readonly repositoryName?: string | undefined },
  share?: HostedShareBody,
): HostedResource {
  const ownerId = idOf(server.companyUid) ?? idOf(share?.companyUid);
  return {
    ...hostedServer(server, hosted),
    ...(share ? common(share.instanceUid, server.friendlyName ?? repositoryName) : {}),
    companyId: ownerId,
    repositoryId: idOf(share?.repositoryUid),
    repositoryName,
    quotaBytes: bytesOf(limitOf(share?.storageQuota, share?.isStorageQuotaUnlimited)),
    unlimited: share?.isStorageQuotaUnlimited,
    usersQuota: limitOf(share?.usersQuota, share?.isUsersQuotaUnlimited),
    usersUnlimited: share?.isUsersQuotaUnlimited,
    scope: { hosted, serverId: server.instanceUid ?? '', ...(share ? { share: 'yes' } : {}) },
  };
}

function hostedServer(server: HostedServerBody, hosted: string): HostedResource {
  return {
    kind: 'hostedResource',
    ...common(server.instanceUid, server.friendlyName),
    hasChildren: false,
    serverId: idOf(server.vb365ServerUid) ?? idOf(server.serverUid) ?? idOf(server.vbrServerUid),
    serverName: server.friendlyName,
    scope: { hosted, serverId: server.instanceUid ?? '' },
  };
}

/** What a reseller may give away of a server that is hosted for it: a row for each repository, or one for the server. */
export function resellerHostedItems(
  server: HostedServerBody,
  hosted: string,
  nameOf: (repositoryId: string | undefined) => string | undefined,
): HostedResource[] {
  const own = { ...hostedServer(server, hosted), resellerId: idOf(server.resellerUid) };
  return server.vb365Repositories.length === 0
    ? [own]
    : server.vb365Repositories.map(share => ({
        ...own,
        ...common(share.instanceUid, server.friendlyName),
        repositoryId: idOf(share.repositoryUid),
        repositoryName: nameOf(share.repositoryUid),
        // In bytes, unlike the quotas of companies.
        quotaBytes: limitOf(share.storageQuota, share.isStorageQuotaUnlimited),
        unlimited: share.isStorageQuotaUnlimited,
      }));
}

/** What a reseller may give away of a cloud repository. */
export function resellerShareItem(body: ResellerShareBody, usedBytes: number | undefined): HostedResource {
  return {
    kind: 'hostedResource',
    ...common(body.instanceUid, body.resourceFriendlyName),
    hasChildren: false,
    resellerId: idOf(body.resellerUid),
    repositoryId: idOf(body.repositoryUid),
    quotaBytes: limitOf(body.storageQuota, body.isStorageQuotaUnlimited),
    usedBytes,
    unlimited: body.isStorageQuotaUnlimited,
    scope: { hosted: 'site', siteId: body.siteUid ?? '' },
  };
}
