import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { UnexpectedShape } from '../failures';
import { amount, flag, identified, identifier, moment, part, partList, shapeOf, text, texts } from '../reading/decode';
import type { Asked, ListBody } from '../reading/jsonResources';

// The bodies of the Veeam Backup for Microsoft 365 REST API, v3 to v8. Members come and go between versions, numbers and
// booleans are sometimes quoted (v3), nearly everything may be null.

/** `RESTExceptionInfo`, or the OAuth error of the token call. */
export const errorBody = v.object({ message: text, errorCode: text, error: text, error_description: text });

export const serviceInstanceBody = v.object({ installationId: identifier, version: text });

const objectStorageMembers = {
  id: identifier,
  type: text,
  sizeLimitEnabled: flag,
  sizeLimitGB: amount,
  usedSpaceBytes: amount,
  freeSpaceBytes: amount,
};

/** `RESTObjectStorageRepositoryComposed`, up to v7. Repositories name it in `objectStorageId`. */
export const objectStorageBody = identified(['id'], objectStorageMembers);
export type ObjectStorageBody = v.InferOutput<typeof objectStorageBody>;

/** `RESTBackupRepository`; since v8 with its object storage in it. */
export const repositoryBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  path: text,
  capacityBytes: amount,
  freeSpaceBytes: amount,
  objectStorageId: identifier,
  isOutOfSync: flag,
  isOutdated: flag,
  isOutOfOrder: flag,
  outOfOrderReason: text,
  objectStorage: part(objectStorageMembers),
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** `RESTBackupRepositoryStorageUsageInfo`: an organization's data in a repository. */
export const backedUpOrganizationBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  usedSpaceBytes: amount,
  localCacheUsedSpaceBytes: amount,
  objectStorageUsedSpaceBytes: amount,
});
export type BackedUpOrganizationBody = v.InferOutput<typeof backedUpOrganizationBody>;

/** `RestOrganizationComposed`. */
export const organizationBody = identified(['id', 'name', 'officeName'], {
  id: identifier,
  name: text,
  officeName: text,
  description: text,
  type: text,
  region: text,
  lastBackuptime: moment,
});
export type OrganizationBody = v.InferOutput<typeof organizationBody>;

/**
 * What {@link organizationBody} has beside that in the extended view, for which the server asks its proxies, and what
 * `RESTLoggedInOrganization` always has.
 */
export const backupStateBody = v.object({ isBackedup: flag, firstBackuptime: moment, lastBackuptime: moment });

/**
 * A user, group, site or team in a backup: `RESTProtectedUser` … of v8, `RESTBackupUserData` … before. None of them has all
 * of these members.
 */
export const protectedObjectBody = identified(['id', 'displayName', 'title'], {
  id: identifier,
  displayName: text,
  title: text,
  description: text,
  email: text,
  url: text,
  accountType: text,
  organizationId: identifier,
  backedUpOrganizationId: identifier,
  backedUpTime: moment,
  isMailboxBackedUp: flag,
  mailboxBackedUpTime: moment,
  isArchiveBackedUp: flag,
  archiveBackedUpTime: moment,
  isOneDriveBackedUp: flag,
  oneDriveBackedUpTime: moment,
  oneDriveUrl: texts,
  isPersonalSiteBackedUp: flag,
  personalSiteBackedUpTime: moment,
  personalSiteUrl: texts,
  isSiteBackedUp: flag,
  siteBackedUpTime: moment,
  groupSiteUrl: texts,
  mailboxes: partList({ email: text, isArchive: flag }),
  oneDrives: partList({ url: text }),
  sites: partList({ url: text }),
});
export type ProtectedObjectBody = v.InferOutput<typeof protectedObjectBody>;

const links = { _links: part({ backupRepository: part({ href: text }) }) };

/** `RESTOrganizationStorageSpaceUsage`. Only v8 has the repository's id in it; v3 has its name instead, in `Details`. */
export const usedRepositoryBody = v.pipe(
  v.object({
    repositoryId: identifier,
    Details: text,
    details: text,
    usedSpaceBytes: amount,
    localCacheUsedSpaceBytes: amount,
    objectStorageUsedSpaceBytes: amount,
    protectedObjectsCount: amount,
    isAvailable: flag,
    ...links,
  }),
  v.check(body => repositoryIdOf(body) !== undefined || body.Details !== undefined),
);
export type UsedRepositoryBody = v.InferOutput<typeof usedRepositoryBody>;

/** The repository that a body is about: the last segment of the link to it, where it is not told otherwise. */
export function repositoryIdOf(body: {
  readonly repositoryId: string | undefined;
  readonly _links: { readonly backupRepository: { readonly href: string | undefined } | null } | null;
}): string | undefined {
  return body.repositoryId ?? lastSegment(body._links?.backupRepository?.href);
}

/** Whether an element of that list is about the repository of this id or, where it tells none, of this name. */
export function isUsedRepository(
  element: unknown,
  { id, name }: { readonly id: string; readonly name: string },
): boolean {
  const { success, output } = v.safeParse(usedRepositoryBody, element);
  if (!success) {
    return false;
  }
  const told = repositoryIdOf(output);
  return told === undefined ? output.Details === name : told === id;
}

/** The last segment of a link, which may name any host, or none. */
function lastSegment(href: string | undefined): string | undefined {
  const segment = href?.split(/[?#]/, 1)[0]?.split('/').filter(Boolean).at(-1);
  try {
    return segment && decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `RESTJob`. */
export const jobBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  backupType: text,
  repositoryId: identifier,
  organizationId: identifier,
  isEnabled: flag,
  lastStatus: text,
  lastRun: moment,
  nextRun: moment,
  lastBackup: moment,
  ...links,
});
export type JobBody = v.InferOutput<typeof jobBody>;

/** `RESTOrganizationLicensingInformation`. */
export const licensedUsersBody = v.object({ licensedUsers: amount, newUsers: amount });

/** `RESTProxy`. */
export const proxyBody = identified(['id', 'hostName', 'fqdn'], {
  id: identifier,
  hostName: text,
  fqdn: text,
  description: text,
  port: amount,
  status: text,
  version: text,
  operatingSystem: text,
  maintenanceModeState: text,
});
export type ProxyBody = v.InferOutput<typeof proxyBody>;

/** `RESTHealthReport`. */
export const healthBody = v.object({
  status: text,
  entries: v.fallback(
    v.optional(v.record(v.string(), part({ status: text, description: text })), () => ({})),
    {},
  ),
});

/** `RESTLicense`; v6 has other names for the dates. */
export const licenseBody = v.object({
  type: text,
  status: text,
  licensedTo: text,
  expirationDate: moment,
  licenseExpires: moment,
  supportExpirationDate: moment,
  totalNumber: amount,
  usedNumber: amount,
  newNumber: amount,
  supportID: text,
});

/**
 * A list with its elements as they came. Which resource comes as a bare array and which as a page differs by version, and
 * the documentation contradicts the specification, so either is good anywhere.
 * @throws {UnexpectedShape}
 */
export function envelope(host: string, expected: string, body: unknown, asked: Asked): ListBody<unknown> {
  if (Array.isArray(body)) {
    return { elements: body, isBare: true, ...pagingOfArray(body.length, asked) };
  }
  if (!isObject(body) || !Array.isArray(body.results)) {
    throw new UnexpectedShape(host, expected, shapeOf(body));
  }
  const { length } = body.results;
  const total = v.parse(amount, body.totalCount);
  const isMore = goesOn(body, length, total, asked) || (total !== undefined && asked.offset + length < total);
  return {
    elements: body.results,
    isBare: false,
    nextOffset: isMore ? nextOffset(body, length, asked) : undefined,
    total,
  };
}

/**
 * Servers that honour the limit give so many elements and no more; those that do not give all of them, many or few, or as
 * many as their own limit allows. Such limits are round numbers, so that few lists have to be asked for twice.
 */
function pagingOfArray(length: number, { offset, limit }: Asked): Pick<ListBody<unknown>, 'nextOffset' | 'total'> {
  const isMore = length === limit || (length < limit && length >= smallestLimit && length % 10 === 0);
  return {
    nextOffset: isMore ? offset + length : undefined,
    // Behind the first page, it may be the whole list all the same.
    total: isMore || offset > 0 ? undefined : length,
  };
}

/** The default of servers; none is known that gives fewer. */
const smallestLimit = 30;

type Body = Readonly<Record<string, unknown>>;

/**
 * Whether a page says that there is another one: by its link to that, or by being full where it has no links or neither such a
 * link nor a count that can be right.
 */
function goesOn(body: Body, length: number, total: number | undefined, asked: Asked): boolean {
  if (isObject(body._links)) {
    const isKnown = total !== undefined && total >= asked.offset + length;
    return Boolean(body._links.next) || (!isKnown && length >= asked.limit);
  }
  const limit = v.parse(amount, body.limit) ?? 0;
  // A limit that was not asked for tells nothing of where the list ends; an empty page does.
  return length > 0 && (limit < 1 || limit > asked.limit || length >= limit);
}

/** Behind an empty page there is no telling but by its link, of which the number alone is taken, or by the usual step. */
function nextOffset(body: Body, length: number, { offset, limit }: Asked): number {
  if (length > 0) {
    return offset + length;
  }
  const links = body._links as { readonly next?: { readonly href?: unknown } | null } | null | undefined;
  const told = Number(/[?&]offset=(\d{1,9})(?!\d)/i.exec(String(v.parse(text, links?.next?.href)))?.[1]);
  return told > offset ? told : offset + limit;
}
