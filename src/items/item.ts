import type { BackupResource } from './backupResource';
import type { BackupServer } from './backupServer';
import type { Company } from './company';
import type { EntraTenant } from './entraTenant';
import type { Extent } from './extent';
import type { Gateway } from './gateway';
import type { GatewayPool } from './gatewayPool';
import type { HardwarePlan } from './hardwarePlan';
import type { Heading } from './heading';
import type { HostedResource } from './hostedResource';
import type { Job } from './job';
import type { Location } from './location';
import type { ManagedServer } from './managedServer';
import type { Organization } from './organization';
import type { ProtectedObject } from './protectedObject';
import type { Proxy as BackupProxy } from './proxy';
import type { Repository } from './repository';
import type { Reseller } from './reseller';
import type { ScaleOutRepository } from './scaleOutRepository';
import type { Server } from './server';
import type { Site } from './site';
import type { Subtenant } from './subtenant';
import type { Tenant } from './tenant';
import type { UsedRepository } from './usedRepository';
import type { User } from './user';

export type { BackupResource } from './backupResource';
export type { BackupServer } from './backupServer';
export type { Company } from './company';
export type { EntraTenant } from './entraTenant';
export type { Extent, Tier } from './extent';
export type { Gateway } from './gateway';
export type { GatewayPool } from './gatewayPool';
export type { HardwarePlan } from './hardwarePlan';
export type { Heading } from './heading';
export type { HostedResource } from './hostedResource';
export type { Job } from './job';
export type { Location } from './location';
export type { ManagedServer } from './managedServer';
export type { Organization } from './organization';
export type { ProtectedObject, ProtectedPart } from './protectedObject';
export type { Proxy } from './proxy';
export type { Repository } from './repository';
export type { Reseller } from './reseller';
export type { ScaleOutRepository } from './scaleOutRepository';
export type { Label, LabelColor, Server } from './server';
export type { Site } from './site';
export type { Subtenant } from './subtenant';
export type { Tenant, TenantResource } from './tenant';
export type { UsedRepository } from './usedRepository';
export type { User } from './user';

/**
 * What a backup server has, as plain data. Sizes are bytes (1 GB of the vendor's consoles is 1024³), moments are ISO
 * dates. `id` is what the server's API takes and the user copies; it is unique neither across kinds nor across parents,
 * so it never serves as a key. A fact that the server did not report is undefined, which is not zero.
 */
export type Item =
  | Server
  | Heading
  | Repository
  | Organization
  | ProtectedObject
  | UsedRepository
  | Job
  | BackupProxy
  | Tenant
  | Subtenant
  | BackupResource
  | HardwarePlan
  | Gateway
  | BackupServer
  | ScaleOutRepository
  | Extent
  | ManagedServer
  | EntraTenant
  | Company
  | Reseller
  | Site
  | Location
  | User
  | GatewayPool
  | HostedResource;

/** The word for a kind of items. It stands in keys and in exported files, so it never changes. */
export type ItemKind = Item['kind'];

/** Whether the item has an ID on its server, which can be copied. */
export function hasId({ kind, id }: Item): boolean {
  return id !== '' && kind !== 'server' && kind !== 'group';
}

/** What every item has. */
export interface Common {
  readonly id: string;
  readonly name: string;
  /** The text the administrator wrote. */
  readonly description?: string | undefined;
  /** Whether the product can be asked for its children; there may turn out to be none. */
  readonly hasChildren: boolean;
  /**
   * What is below is loaded for a person who opens it, never for a search through everything: it may be endless, and is
   * searched if its kind is asked for, or it stands elsewhere as well, and is found there.
   */
  readonly onDemand?: 'endless' | 'elsewhere' | undefined;
  /** Whose it is, and where it stands: ids by the names that its product gives them, for that product alone. */
  readonly scope?: Readonly<Record<string, string>> | undefined;
  /** The backup server that has the item, where another server tells of it: by the ID that it has there. */
  readonly standsOn?: string | undefined;
}
