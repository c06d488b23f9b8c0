import { HOSTILE_NAMES, LONG_NAME, numberedName } from '../names';
import { between, guid, hash, indexOfGuid, pick } from '../random';
import { Rows } from '../rows';

export interface EnterpriseManagerDataOptions {
  /** How many Cloud Connect tenants. */
  tenants: number;
  /** How many subtenants each standalone tenant has, or a function of the tenant's index. */
  subtenantsPerTenant: number | ((tenant: number) => number);
  backupServers: number;
  repositoriesPerServer: number;
  gateways: number;
  hardwarePlans: number;
  /** Names that attack whatever shows them. */
  hostileNames: boolean;
}

export interface BackupServer {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface CloudRepository {
  readonly id: string;
  readonly name: string;
  readonly server: BackupServer;
  readonly capacityBytes: number;
  readonly freeSpaceBytes: number;
  readonly kind: string;
}

export interface Gateway {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly server: BackupServer;
  readonly enabled: boolean;
}

export interface HardwarePlan {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly server: BackupServer;
}

export interface TenantResource {
  readonly id: string;
  readonly displayName: string;
  readonly repositoryId: string;
  readonly quotaMb: number;
  readonly usedQuotaMb: number;
}

export type TenantType = 'Standalone' | 'vCD' | 'ActiveDirectory';

export interface Tenant {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: TenantType;
  readonly enabled: boolean;
  readonly server: BackupServer;
  readonly resources: readonly TenantResource[];
  readonly hasHardwarePlan: boolean;
  readonly leaseExpires: string | undefined;
  readonly throttling: boolean;
  readonly lastResult: 'Success' | 'Warning' | 'Failed';
  /** Missing for a tenant that was never active, or the sentinel that means the same. */
  readonly lastActive: string | undefined;
  readonly backupCount: number;
  readonly maxConcurrentTasks: number;
  /** Only standalone tenants can have any. */
  readonly subtenants: Rows<Subtenant>;
}

export interface Subtenant {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly unlimited: boolean;
  readonly displayName: string;
  readonly tenantResourceId: string;
  readonly quotaMb: number;
  readonly usedQuotaMb: number;
  readonly quotaId: string;
  readonly tenant: Tenant;
}

const GB = 1024 ** 3;
const NEVER = '1753-01-01T00:00:00Z';
/** A subtenant's number is its tenant's times this, plus its row. */
const SUBTENANT_STRIDE = 2 ** 20;

/** Tenants at these indexes are the awkward ones, at any size of the data set. */
const VCD = 1;
const ACTIVE_DIRECTORY = 2;
const WITHOUT_RESOURCES = 3;
const DISABLED = 4;
const LEASED_AND_THROTTLED = 5;
const LAST_ACTIVE_MISSING = 6;
const LAST_ACTIVE_SENTINEL = 7;

export class EnterpriseManagerData {
  readonly backupServers: Rows<BackupServer>;
  readonly repositories: Rows<CloudRepository>;
  readonly tenants: Rows<Tenant>;
  readonly gateways: Rows<Gateway>;
  readonly hardwarePlans: Rows<HardwarePlan>;
  private starts: number[] | undefined;

  constructor(private readonly options: EnterpriseManagerDataOptions) {
    this.backupServers = new Rows(options.backupServers, index => this.backupServer(index));
    this.repositories = new Rows(options.backupServers * options.repositoriesPerServer, index =>
      this.repository(index),
    );
    this.tenants = new Rows(options.tenants, index => this.tenant(index));
    this.gateways = new Rows(options.gateways, index => ({
      index,
      id: guid('gateway', index),
      name: `gateway${index + 1}.example.com`,
      server: this.backupServer(index % options.backupServers),
      enabled: index !== 1,
    }));
    this.hardwarePlans = new Rows(options.hardwarePlans, index => ({
      index,
      id: guid('hardwarePlan', index),
      name: `Replica Plan ${index + 1}`,
      server: this.backupServer(0),
    }));
  }

  /** All subtenants of all tenants, tenant by tenant. */
  get subtenants(): Rows<Subtenant> {
    const starts = this.subtenantStarts();
    // Rows that follow each other mostly have the same tenant.
    let tenant: Tenant | undefined;
    return new Rows(starts.at(-1) ?? 0, index => {
      const owner = lastAtOrBelow(starts, index);
      tenant = tenant?.index === owner ? tenant : this.tenant(owner);
      return this.subtenant(tenant, index - (starts[owner] ?? 0));
    });
  }

  findBackupServer(id: string): BackupServer | undefined {
    return byId('backupServer', id, this.backupServers);
  }

  findRepository(id: string): CloudRepository | undefined {
    return byId('cloudRepository', id, this.repositories);
  }

  findTenant(id: string): Tenant | undefined {
    return byId('tenant', id, this.tenants);
  }

  findGateway(id: string): Gateway | undefined {
    return byId('gateway', id, this.gateways);
  }

  findHardwarePlan(id: string): HardwarePlan | undefined {
    return byId('hardwarePlan', id, this.hardwarePlans);
  }

  findSubtenant(tenant: Tenant, id: string): Subtenant | undefined {
    const row = (indexOfGuid('subtenant', id) ?? -1) - tenant.index * SUBTENANT_STRIDE;
    return row >= 0 && row < tenant.subtenants.length ? tenant.subtenants.at(row) : undefined;
  }

  repositoriesOf(server: BackupServer): CloudRepository[] {
    const index = indexOfGuid('backupServer', server.id) ?? 0;
    const { repositoriesPerServer: count } = this.options;
    return this.repositories.slice(index * count, (index + 1) * count);
  }

  private backupServer(index: number): BackupServer {
    return {
      id: guid('backupServer', index),
      name: `vbr${String(index + 1).padStart(2, '0')}`,
      description: index === 0 ? 'Cloud Connect server' : '',
    };
  }

  private repository(index: number): CloudRepository {
    const server = Math.floor(index / this.options.repositoriesPerServer);
    // Every backup server comes with a repository of the same name.
    const isDefault = index % this.options.repositoriesPerServer === 1;
    const capacityGb = between(1, 64, 'capacity', index) * 512;
    return {
      id: guid('cloudRepository', index),
      name: isDefault ? 'Default Backup Repository' : `Cloud Volume ${index + 1}`,
      server: this.backupServer(server),
      capacityBytes: capacityGb * GB,
      freeSpaceBytes: between(0, capacityGb, 'free', index) * GB,
      kind: pick(['WindowsLocal', 'LinuxLocal', 'Extendable', 'CifsShare'], 'kind', index),
    };
  }

  private tenant(index: number): Tenant {
    const type = index === VCD ? 'vCD' : index === ACTIVE_DIRECTORY ? 'ActiveDirectory' : 'Standalone';
    const server = this.backupServer(index % this.options.backupServers);
    const tenant = {
      index,
      id: guid('tenant', index),
      name: this.tenantName(index),
      description: index % 3 === 0 ? 'Gold plan' : '',
      type,
      enabled: index !== DISABLED && (index < 8 || hash('disabled', index) % 20 !== 0),
      server,
      resources: this.resources(index),
      hasHardwarePlan: index === LEASED_AND_THROTTLED,
      leaseExpires: index === LEASED_AND_THROTTLED ? '2027-01-31T00:00:00Z' : undefined,
      throttling: index === LEASED_AND_THROTTLED,
      lastResult: index === 0 ? 'Success' : pick(['Success', 'Success', 'Warning', 'Failed'] as const, 'result', index),
      lastActive: lastActive(index),
      backupCount: index === 0 ? 12 : between(0, 40, 'backups', index),
      maxConcurrentTasks: index % 4,
    } as const;
    const whole: Tenant = {
      ...tenant,
      subtenants: new Rows(this.subtenantCount(index), row => this.subtenant(whole, row)),
    };
    return whole;
  }

  private tenantName(index: number): string {
    const hostile = this.options.hostileNames ? HOSTILE_NAMES[index - 8] : undefined;
    const wellKnown = ['Northwind', 'Contoso', 'example\\fabrikam', 'Fabrikam'];
    return hostile ?? wellKnown[index] ?? (index === LAST_ACTIVE_MISSING ? LONG_NAME : numberedName('Tenant', index));
  }

  private resources(tenant: number): TenantResource[] {
    const { backupServers, repositoriesPerServer } = this.options;
    if (tenant === WITHOUT_RESOURCES || repositoriesPerServer === 0) {
      return [];
    }
    const count = tenant % 10 === 9 ? 2 : 1;
    return Array.from({ length: count }, (_, row) => {
      const quotaMb = tenant === 0 ? 250 * 1024 : between(1, 2048, 'quota', tenant, row) * 1024;
      // Now and then a tenant has used more than it was given.
      const usedQuotaMb = tenant === 0 ? 166 * 1024 : between(0, Math.floor(quotaMb * 1.05), 'used', tenant, row);
      const server = tenant % backupServers;
      return {
        id: guid('tenantResource', tenant * 4 + row),
        displayName: `${tenant < 4 ? 'Cloud' : 'Tenant'} Volume ${row + 1}`,
        repositoryId: guid('cloudRepository', server * repositoriesPerServer + (row % repositoriesPerServer)),
        quotaMb,
        usedQuotaMb,
      };
    });
  }

  private subtenantCount(tenant: number): number {
    if (tenant === VCD || tenant === ACTIVE_DIRECTORY) {
      return 0;
    }
    const { subtenantsPerTenant } = this.options;
    return typeof subtenantsPerTenant === 'number' ? subtenantsPerTenant : subtenantsPerTenant(tenant);
  }

  private subtenant(tenant: Tenant, row: number): Subtenant {
    const number = tenant.index * SUBTENANT_STRIDE + row;
    const prefix = tenant.index === 0 ? 'nw' : `t${tenant.index}`;
    const hostile =
      this.options.hostileNames && row === 2 ? HOSTILE_NAMES[tenant.index % HOSTILE_NAMES.length] : undefined;
    const name = hostile ?? `${prefix}-user-${String(row + 1).padStart(2, '0')}`;
    const quotaMb = row === 0 ? 10 * 1024 : between(1, 100, 'quota', number) * 1024;
    return {
      id: guid('subtenant', number),
      name,
      description: row % 2 === 0 ? 'Laptop backups' : '',
      enabled: row % 10 !== 1,
      // The quota keeps its number and means nothing then.
      unlimited: row % 5 === 1,
      displayName: `${name} volume`,
      tenantResourceId: tenant.resources[0]?.id ?? guid('tenantResource', tenant.index * 4),
      quotaMb,
      usedQuotaMb: row === 0 ? 2 * 1024 : between(0, quotaMb, 'used', number),
      quotaId: guid('quota', number),
      tenant,
    };
  }

  /** For each tenant the number of subtenants before it, and at the end their total. */
  private subtenantStarts(): number[] {
    if (!this.starts) {
      this.starts = [0];
      for (let tenant = 0; tenant < this.options.tenants; tenant++) {
        this.starts.push((this.starts[tenant] ?? 0) + this.subtenantCount(tenant));
      }
    }
    return this.starts;
  }
}

function byId<T>(kind: string, id: string, rows: Rows<T>): T | undefined {
  const index = indexOfGuid(kind, id);
  return index !== undefined && index < rows.length ? rows.at(index) : undefined;
}

function lastActive(index: number): string | undefined {
  if (index === LAST_ACTIVE_MISSING) {
    return undefined;
  }
  const day = String(between(1, 28, 'active', index)).padStart(2, '0');
  return index === LAST_ACTIVE_SENTINEL ? NEVER : `2026-02-${day}T21:20:27.177Z`;
}

/** The last position whose value is not above the wanted one; tenants without subtenants share a start. */
function lastAtOrBelow(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= wanted) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
