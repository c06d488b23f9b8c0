import type { Company, HostedResource, Location, Reseller, User } from '../../items/item';
import { bytesOf, common, idOf, limitOf, type Sum } from './parts';
import type { CompanyBody, HostedServerBody, HostedShareBody, LocationBody, ResellerBody, UserBody } from './wire';

// Companies, resellers, and what belongs to them.

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
    standsOn: idOf(server.vb365ServerUid) ?? idOf(server.serverUid) ?? idOf(server.vbrServerUid),
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
