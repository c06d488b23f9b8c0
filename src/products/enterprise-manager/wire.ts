import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { UnexpectedShape } from '../failures';
import {
  amount,
  expectList,
  expectShape,
  expectWholeList,
  flag,
  identified,
  identifier,
  moment,
  part,
  shapeOf,
  text,
} from '../reading/decode';
import type { ReadList } from '../reading/readList';

// The resources of the Enterprise Manager REST API, read alike from XML and JSON: attributes and elements are members, and a
// list is found under any of the names that the two forms give it.

/**
 * A list in any of its forms: `[...]`, `{ Link: [...] }` (XML), `{ Links: [...] }` (JSON nests it once more inside some
 * resources), null, missing, or an empty element.
 */
function list<Element>(name: string, element: v.GenericSchema<unknown, Element>) {
  return v.optional(
    v.pipe(
      v.unknown(),
      v.transform(value => withoutOdd(elementsOf(name, value, 2))),
      v.array(element),
    ),
    null,
  );
}

/** @param wrappers how many more levels may lie around the list */
function elementsOf(name: string, value: unknown, wrappers: number): unknown {
  if (Array.isArray(value)) {
    return value;
  }
  if (isObject(value) && wrappers > 0) {
    const inner = value[name] ?? value[plural(name)];
    // Attributes alone are an empty list; anything more, under a name that is not known, is not.
    return inner === undefined && Object.values(value).some(member => typeof member === 'object' && member !== null)
      ? value
      : elementsOf(name, inner, wrappers - 1);
  }
  return isEmpty(value) ? [] : value;
}

/** A part that is none counts as one of which nothing is known: it must not hide the element around it. */
function withoutOdd(parts: unknown): unknown {
  return Array.isArray(parts) ? parts.map((part: unknown) => (isObject(part) ? part : {})) : parts;
}

/** Nothing, in XML also where the element is written on several lines. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function plural(name: string): string {
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

const linkBody = v.object({ Rel: text, Type: text, Name: text, Href: text });
const links = list('Link', linkBody);
export type LinkBody = v.InferOutput<typeof linkBody>;

export const enterpriseManagerBody = v.object({
  SupportedVersions: list('SupportedVersion', v.object({ Name: text })),
});

export const logonSessionBody = identified(['SessionId', 'UserName'], {
  SessionId: text,
  UserName: text,
  Links: links,
});
export type LogonSessionBody = v.InferOutput<typeof logonSessionBody>;

/** `Error`. */
export const errorBody = identified(['Message'], { Message: text });

export const backupServerBody = identified(['UID', 'Name'], {
  UID: identifier,
  Name: text,
  Description: text,
  Port: amount,
  Version: text,
});
export type BackupServerBody = v.InferOutput<typeof backupServerBody>;

/** Sizes in bytes. */
export const repositoryBody = identified(['UID', 'Name'], {
  UID: identifier,
  Name: text,
  Capacity: amount,
  FreeSpace: amount,
  Kind: text,
  Links: links,
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** Quotas in MB (1024² bytes). */
export const tenantBody = identified(['UID', 'Name'], {
  UID: identifier,
  Name: text,
  Description: text,
  Enabled: flag,
  LeaseOptions: part({ Enabled: flag, ExpirationDate: moment, LeaseExpirationDate: moment }),
  Resources: list(
    'CloudTenantResource',
    v.object({
      Id: identifier,
      RepositoryQuota: part({ DisplayName: text, RepositoryUid: text, Quota: amount, UsedQuota: amount }),
    }),
  ),
  LastResult: text,
  LastActive: moment,
  ThrottlingEnabled: flag,
  ThrottlingSpeedLimit: amount,
  ThrottlingSpeedUnit: text,
  MaxConcurrentTasks: amount,
  /** An object with one member, whose name says which. */
  TenantType: v.optional(v.unknown()),
  Links: links,
});
export type TenantBody = v.InferOutput<typeof tenantBody>;

/** Quotas in MB (1024² bytes). `QuotaMb` keeps a number while `Unlimited` is true; it means nothing then. */
const subtenant = {
  Id: identifier,
  Name: text,
  Description: text,
  Enabled: flag,
  RepositoryQuota: part({
    Unlimited: flag,
    DisplayName: text,
    TenantResourceId: text,
    QuotaMb: amount,
    UsedQuotaMb: amount,
  }),
};
export const subtenantBody = identified(['Id', 'Name'], subtenant);
export type SubtenantBody = v.InferOutput<typeof subtenantBody>;

/** As the query service lists those of all tenants: the links tell whose it is. */
export const anyonesSubtenantBody = identified(['Id', 'Name'], { ...subtenant, Href: text, Links: links });
export type AnyonesSubtenantBody = v.InferOutput<typeof anyonesSubtenantBody>;

/** A limit, or that there is none: -1. */
const limit = v.optional(
  v.pipe(
    v.unknown(),
    v.transform(value => (String(value).trim() === '-1' ? ('unlimited' as const) : v.parse(amount, value))),
  ),
  null,
);

/** Limits in MHz and MB (1024² bytes). */
export const hardwarePlanBody = identified(['UID', 'Name'], {
  UID: identifier,
  Name: text,
  Description: text,
  ProcessorUsageLimitMhz: limit,
  MemoryUsageLimitMb: limit,
  /** An object with one member, whose name says which. */
  HardwarePlanDetails: v.optional(v.unknown()),
  Links: links,
});
export type HardwarePlanBody = v.InferOutput<typeof hardwarePlanBody>;

export const gatewayBody = identified(['UID', 'Name'], {
  UID: identifier,
  Name: text,
  Description: text,
  Enabled: flag,
  NetworkMode: text,
  ExternalIP: text,
  ExternalPort: amount,
  Links: links,
});
export type GatewayBody = v.InferOutput<typeof gatewayBody>;

/** What a tenant uses of a hardware plan. */
export const computeResourceBody = identified(['CloudHardwarePlanUid', 'PlatformType', 'ComputeResourceStats'], {
  CloudHardwarePlanUid: text,
  PlatformType: text,
  ComputeResourceStats: part({
    CPUCount: amount,
    MemoryUsageMb: amount,
    StorageResourceStats: list(
      'StorageResourceStat',
      v.object({ StorageName: text, StorageUsageGb: amount, StorageLimitGb: amount }),
    ),
  }),
});
export type ComputeResourceBody = v.InferOutput<typeof computeResourceBody>;

/** Machines of a tenant that use the tenant's own licence, or none as they came this month. */
const licenseCounters = {
  RentalVMBackupCount: amount,
  RentalWorkstationBackupCount: amount,
  RentalServerBackupCount: amount,
  NewVMBackupCount: amount,
  NewWorkstationBackupCount: amount,
  NewServerBackupCount: amount,
  NewVMReplicaCount: amount,
};
export const licenseCountersBody = identified(
  Object.keys(licenseCounters) as (keyof typeof licenseCounters)[],
  licenseCounters,
);
export type LicenseCountersBody = v.InferOutput<typeof licenseCountersBody>;

/**
 * The resource that a body is about. XML names it by its root element; in JSON it is the object itself, and a list is
 * the member of that name.
 * @throws {UnexpectedShape}
 */
export function readResource<Schema extends v.GenericSchema>(
  host: string,
  name: string,
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const value = isObject(body) && name in body ? (isEmpty(body[name]) ? {} : body[name]) : body;
  return expectShape(host, name, schema, value);
}

/** @throws {UnexpectedShape} */
export async function readResources<Element>(
  host: string,
  name: string,
  schema: v.GenericSchema<unknown, Element>,
  body: unknown,
): Promise<ReadList<Element>> {
  const wrapper = plural(name);
  if (!Array.isArray(body) && !(isObject(body) && wrapper in body)) {
    throw new UnexpectedShape(host, wrapper, shapeOf(body));
  }
  const elements = elementsOf(name, Array.isArray(body) ? body : body[wrapper], 1);
  return await expectList(host, wrapper, schema, elements);
}

/** One page of what the query service has found. */
export interface QueryPage<Element> {
  readonly elements: readonly Element[];
  /** Whether it tells of pages at all. */
  readonly isPaged: boolean;
  /** Its own number, from 1 on, and how many there are, as far as it tells. */
  readonly pageNumber: number | undefined;
  readonly pages: number | undefined;
  /** Whether it has a link to another one. */
  readonly hasNext: boolean;
}

const pagingBody = part({ PageNum: amount, PagesCount: amount, Links: links });

/**
 * The list stands under `Resources`; key resources would stand under `Entities`. An answer without it is no empty one: its
 * JSON form is nowhere documented.
 * @throws {UnexpectedShape}
 */
export async function readQueryPage<Element>(
  host: string,
  name: string,
  schema: v.GenericSchema<unknown, Element>,
  body: unknown,
): Promise<QueryPage<Element>> {
  const wrapper = plural(name);
  const result = isObject(body) && isObject(body.QueryResult) ? body.QueryResult : body;
  const place = isObject(result)
    ? [result.Resources, result.Entities].filter(isObject).find(each => wrapper in each)
    : undefined;
  if (!isObject(result) || !place) {
    throw new UnexpectedShape(host, wrapper, shapeOf(result));
  }
  // Without one of them it is not known whose list is complete.
  const elements = await expectWholeList(host, wrapper, schema, elementsOf(name, place[wrapper], 2));
  const paging = v.parse(pagingBody, result.PagingInfo);
  return {
    elements,
    isPaged: paging !== null,
    pageNumber: paging?.PageNum,
    pages: paging?.PagesCount,
    hasNext: paging?.Links.some(({ Rel }) => Rel === 'Next') ?? false,
  };
}
