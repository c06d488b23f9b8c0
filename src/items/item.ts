/**
 * What a backup server has, as plain data. Sizes are bytes (1 GB of the vendor's consoles is 1024³), moments are ISO
 * dates. `id` is what the server's API takes and the user copies; it is unique neither across kinds nor across parents,
 * so it never serves as a key. A fact that the server did not tell is undefined, which is not zero.
 */
export type Item =
  | Server
  | Group
  | Repository
  | Organization
  | ProtectedObject
  | UsedRepository
  | Job
  | Proxy
  | Tenant
  | Subtenant
  | BackupResource
  | HardwarePlan
  | Gateway
  | BackupServer;

export type ItemKind = Item['kind'];

/** Whether the item has an ID of the server's that can be copied. */
export function hasId({ kind, id }: Item): boolean {
  return id !== '' && kind !== 'server' && kind !== 'group';
}

interface Common {
  readonly id: string;
  readonly name: string;
  /** The text the administrator wrote. */
  readonly description?: string | undefined;
  /** Whether the product can be asked for its children; there may turn out to be none. */
  readonly hasChildren: boolean;
  /**
   * What is below is loaded for a person who opens it, never for a search through everything: it may be endless, or stand
   * elsewhere as well.
   */
  readonly onDemand?: boolean | undefined;
}

/** A connected server; `id` is this extension's own. */
export interface Server extends Common {
  readonly kind: 'server';
  readonly product: string;
  readonly url: string;
  readonly userName?: string | undefined;
  /** Of the product, once the server told it. */
  readonly version?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** Of the certificate that the server showed last, as an ISO date. */
  readonly certificateExpires?: string | undefined;
  /** The id of the folder that the user has put it in. */
  readonly folder?: string | undefined;
  readonly label?: Label | undefined;
}

/** A mark of the user's own on a server. */
export interface Label {
  readonly text?: string | undefined;
  readonly color?: LabelColor | undefined;
}

export type LabelColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

/** A heading under a server or item; `id` names it within its product. */
export interface Group extends Common {
  readonly kind: 'group';
  readonly contains: ItemKind;
  /** Whose rows these are, for a heading below an item: ids by the names that the product gives them. */
  readonly scope?: Readonly<Record<string, string>> | undefined;
  /** What is below, where the heading's parent has told it already: nothing is asked for then. */
  readonly known?: readonly Item[] | undefined;
}

/** A backup repository. */
export interface Repository extends Common {
  readonly kind: 'repository';
  /** The id with its type, where the API has such: `urn:veeam:Repository:…`. */
  readonly urn?: string | undefined;
  readonly objectStorage: boolean;
  /** The kind of repository, as its product names it: `WindowsLocal`, `AmazonS3Compatible`. */
  readonly type?: string | undefined;
  readonly path?: string | undefined;
  readonly capacityBytes?: number | undefined;
  readonly freeBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly backupServer?: string | undefined;
  /** Why it cannot be used at present. */
  readonly problem?: string | undefined;
}

/** A Microsoft 365 organization: one that is configured on the server, or its data in one repository. */
export interface Organization extends Common {
  readonly kind: 'organization';
  /** The repository whose data this is about. */
  readonly repositoryId?: string | undefined;
  /** It is the one that the account belongs to, which sees no list of organizations. */
  readonly isOwn?: boolean | undefined;
  readonly usedBytes?: number | undefined;
  readonly localCacheBytes?: number | undefined;
  readonly objectStorageBytes?: number | undefined;
  /** The domain under onmicrosoft.com. */
  readonly officeName?: string | undefined;
  /** `Office365`, `OnPremises`, `Hybrid`. */
  readonly type?: string | undefined;
  readonly region?: string | undefined;
  /** Undefined also where the server was not asked; see `extendedView` of the vendor's API. */
  readonly lastBackup?: string | undefined;
}

/** A user, group, site or team whose data a repository holds. */
export interface ProtectedObject extends Common {
  readonly kind: 'protectedUser' | 'protectedGroup' | 'protectedSite' | 'protectedTeam';
  readonly repositoryId: string;
  /** As in the backup. */
  readonly organizationId?: string | undefined;
  readonly email?: string | undefined;
  /** Of a site, or of a user's OneDrive. */
  readonly url?: string | undefined;
  /** `User`, `SharedMailbox`, `PublicMailbox`. */
  readonly accountType?: string | undefined;
  /** Of what it consists in the backup: `mailbox`, `archive`, `oneDrive`, `site`. */
  readonly parts?: readonly ProtectedPart[] | undefined;
  /** The latest of its parts'. */
  readonly lastBackup?: string | undefined;
}

export interface ProtectedPart {
  readonly what: 'mailbox' | 'archive' | 'oneDrive' | 'site';
  readonly lastBackup?: string | undefined;
}

/** A repository that holds data of an organization; `id` is the repository's. */
export interface UsedRepository extends Common {
  readonly kind: 'usedRepository';
  readonly organizationId: string;
  readonly usedBytes?: number | undefined;
  readonly localCacheBytes?: number | undefined;
  readonly objectStorageBytes?: number | undefined;
  readonly protectedObjects?: number | undefined;
  /** Whether the server could ask it for its numbers. */
  readonly available?: boolean | undefined;
}

/** A backup job of an organization. */
export interface Job extends Common {
  readonly kind: 'job';
  readonly organizationId?: string | undefined;
  readonly repositoryId?: string | undefined;
  /** `EntireOrganization`, `SelectedItems`. */
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Success`, `Warning`, `Failed`, `Running`, `Stopped`, … */
  readonly lastResult?: string | undefined;
  readonly lastRun?: string | undefined;
  readonly nextRun?: string | undefined;
  readonly lastBackup?: string | undefined;
}

/** A backup proxy. */
export interface Proxy extends Common {
  readonly kind: 'proxy';
  readonly port?: number | undefined;
  /** Undefined also for a {@link state} that is neither. */
  readonly online?: boolean | undefined;
  /** As its server calls it: `Online`, `Offline`, and others. */
  readonly state?: string | undefined;
  readonly version?: string | undefined;
  readonly operatingSystem?: string | undefined;
  /** Undefined also for a {@link maintenanceState} that is neither. */
  readonly maintenance?: boolean | undefined;
  /** As its server calls it: `Enabled`, `Disabled`, and others. */
  readonly maintenanceState?: string | undefined;
}

/** A Cloud Connect tenant. */
export interface Tenant extends Common {
  readonly kind: 'tenant';
  readonly urn?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Standalone`, `vCD`, `ActiveDirectory`. */
  readonly type?: string | undefined;
  /** Sum over its backup resources. */
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly resources: readonly TenantResource[];
  /** Whether it can have some: tenants of vCloud Director cannot. */
  readonly hasSubtenants: boolean;
  /** Whether it can be subscribed to hardware plans, so that what it uses of them can be asked for. */
  readonly hasComputeResources?: boolean;
  readonly backupServer?: string | undefined;
  /** `Success`, `Warning`, `Failed`, `None`. */
  readonly lastResult?: string | undefined;
  readonly lastActive?: string | undefined;
  readonly leaseExpires?: string | undefined;
}

/** A share of a cloud repository that a tenant may fill. */
export interface TenantResource {
  readonly id: string;
  readonly name: string;
  readonly repositoryUrn?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

/** A user of a tenant with a quota of its own. */
export interface Subtenant extends Common {
  readonly kind: 'subtenant';
  readonly tenantId: string;
  readonly enabled?: boolean | undefined;
  /** Without a quota of its own: the tenant's is the limit, and {@link quotaBytes} is undefined. */
  readonly unlimited: boolean;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  /** The {@link TenantResource} it draws on. */
  readonly tenantResourceId?: string | undefined;
  readonly quotaName?: string | undefined;
}

/** A tenant's share of a cloud repository: {@link TenantResource} as a row, below the tenant or below the repository. */
export interface BackupResource extends Common {
  readonly kind: 'backupResource';
  readonly tenantId: string;
  readonly tenantName: string;
  readonly repositoryUrn?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

/** What tenants can replicate to. */
export interface HardwarePlan extends Common {
  readonly kind: 'hardwarePlan';
  readonly urn?: string | undefined;
  /** `VMware`, `Hyper-V`. */
  readonly platform?: string | undefined;
  /** Undefined without a limit. */
  readonly processorMhz?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly backupServer?: string | undefined;
}

/** A cloud gateway, through which tenants come in. */
export interface Gateway extends Common {
  readonly kind: 'gateway';
  readonly urn?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** `Direct`, `NAT`. */
  readonly networkMode?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly backupServer?: string | undefined;
}

/** A Veeam Backup & Replication server behind Enterprise Manager. */
export interface BackupServer extends Common {
  readonly kind: 'backupServer';
  readonly urn?: string | undefined;
  readonly port?: number | undefined;
  readonly version?: string | undefined;
}
