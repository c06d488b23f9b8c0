/**
 * What a backup server has, as plain data. Sizes are bytes (1 GB of the vendor's consoles is 1024³), moments are ISO
 * dates. `id` is what the server's API takes and the user copies; it is unique neither across kinds nor across parents,
 * so it never serves as a key. A fact that the server did not tell is undefined, which is not zero.
 */
export type Item = Server | Group | Repository | Organization | Tenant | Subtenant | BackupServer;

export type ItemKind = Item['kind'];

interface Common {
  readonly id: string;
  readonly name: string;
  /** The text the administrator wrote. */
  readonly description?: string | undefined;
  /** Whether the product can be asked for its children; there may turn out to be none. */
  readonly hasChildren: boolean;
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
}

/** A backup repository. */
export interface Repository extends Common {
  readonly kind: 'repository';
  /** The id with its type, where the API has such: `urn:veeam:Repository:…`. */
  readonly urn?: string | undefined;
  readonly objectStorage: boolean;
  /** Of repository as its product names it: `WindowsLocal`, `AmazonS3Compatible`. */
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
  readonly quotaId?: string | undefined;
  readonly quotaName?: string | undefined;
}

/** A Veeam Backup & Replication server behind Enterprise Manager. */
export interface BackupServer extends Common {
  readonly kind: 'backupServer';
  readonly urn?: string | undefined;
  readonly port?: number | undefined;
  readonly version?: string | undefined;
}
