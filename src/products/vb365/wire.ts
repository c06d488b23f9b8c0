import * as v from 'valibot';
import { amount, expectShape, flag, identified, moment, part, shapeOf, text, token } from '../decode';
import { UnexpectedShape } from '../failures';

/**
 * The bodies of the Veeam Backup for Microsoft 365 REST API, v3 to v8. Members come and go between versions, numbers and
 * booleans are sometimes quoted (v3), nearly everything may be null.
 */

/** `OAuthTokenResponse`. */
export const tokenBody = v.object({
  access_token: token,
  refresh_token: text,
  expires_in: amount,
});

/** `RESTExceptionInfo`, or the OAuth error of the token call. */
export const errorBody = v.object({ message: text, errorCode: text, error: text, error_description: text });

export const serviceInstanceBody = v.object({ version: text });

/** `RESTBackupRepository`. */
export const repositoryBody = identified(['id', 'name'], {
  id: text,
  name: text,
  description: text,
  path: text,
  capacityBytes: amount,
  freeSpaceBytes: amount,
  objectStorageId: text,
  isOutOfSync: flag,
  isOutdated: flag,
  isOutOfOrder: flag,
  outOfOrderReason: text,
  objectStorage: part({
    id: text,
    type: text,
    sizeLimitEnabled: flag,
    sizeLimitGB: amount,
    usedSpaceBytes: amount,
    freeSpaceBytes: amount,
  }),
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** `RESTBackupRepositoryStorageUsageInfo`: an organization's data in a repository. */
export const backedUpOrganizationBody = identified(['id', 'name'], {
  id: text,
  name: text,
  usedSpaceBytes: amount,
  localCacheUsedSpaceBytes: amount,
  objectStorageUsedSpaceBytes: amount,
});
export type BackedUpOrganizationBody = v.InferOutput<typeof backedUpOrganizationBody>;

/** `RestOrganizationComposed`. */
export const organizationBody = identified(['id', 'name', 'officeName'], {
  id: text,
  name: text,
  officeName: text,
  description: text,
  type: text,
  region: text,
  lastBackuptime: moment,
});
export type OrganizationBody = v.InferOutput<typeof organizationBody>;

/** One answer of a list, whichever of the two envelopes it came in. */
export interface ListBody<Element> {
  readonly elements: readonly Element[];
  /** Where the next page begins; undefined behind the last one. */
  readonly nextOffset: number | undefined;
  readonly total: number | undefined;
}

/**
 * Reads a list. Which resource comes as a bare array and which as a page differs by version, and the documentation
 * contradicts the specification, so either is good anywhere.
 *
 * `asked` is the offset and limit of the request: a server may clamp the limit, and not every version echoes it.
 * @throws {UnexpectedShape}
 */
export function readList<Element>(
  host: string,
  expected: string,
  schema: v.GenericSchema<unknown, Element>,
  body: unknown,
  asked: { readonly offset: number; readonly limit: number },
): ListBody<Element> {
  if (Array.isArray(body)) {
    const elements = expectShape(host, expected, v.array(schema), body);
    return { elements, nextOffset: undefined, total: elements.length };
  }
  const page = body as
    | { results?: unknown; limit?: unknown; totalCount?: unknown; _links?: unknown }
    | null
    | undefined;
  if (typeof page !== 'object' || page === null || !Array.isArray(page.results)) {
    throw new UnexpectedShape(host, expected, shapeOf(body));
  }
  const elements = expectShape(host, expected, v.array(schema), page.results);
  const limit = v.parse(amount, page.limit) ?? 0;
  const links = page._links as { readonly next?: unknown } | null | undefined;
  const more =
    elements.length > 0 &&
    // The link to the next page is only looked for, never followed: it may name another host, or an older version.
    (typeof links === 'object' && links !== null
      ? Boolean(links.next)
      : // A limit that was not asked for tells nothing of where the list ends; an empty page does.
        limit < 1 || limit > asked.limit || elements.length >= limit);
  return {
    elements,
    nextOffset: more ? asked.offset + elements.length : undefined,
    total: v.parse(amount, page.totalCount),
  };
}
