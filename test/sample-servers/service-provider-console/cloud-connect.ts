import type { EnterpriseManagerData, Gateway, HardwarePlan, Subtenant, Tenant } from '../enterprise-manager/data';
import { guid } from '../random';
import type { Organization, ServiceProviderConsoleData } from './data';

export interface Site {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly backupServerId: string;
  readonly inMaintenance: boolean;
}

export interface CloudTenant {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly site: Site;
  /** Missing for a tenant that was made in the console of Backup & Replication. */
  readonly company: Organization | undefined;
  /** The awkward ones of the Enterprise Manager are so here, too. */
  readonly like: Tenant;
  readonly lastActive: string | undefined;
}

export interface BackupResource {
  readonly id: string;
  readonly name: string;
  readonly row: number;
  readonly tenant: CloudTenant;
  readonly repositoryId: string;
  readonly quotaBytes: number;
  readonly usedBytes: number;
}

export interface CloudSubtenant {
  readonly tenant: CloudTenant;
  readonly source: Subtenant;
}

export interface GatewayPool {
  readonly id: string;
  readonly name: string;
  readonly site: Site;
}

const MB = 1024 ** 2;

/**
 * The sites are the backup servers of the Enterprise Manager, under its names and with its tenants, and one more, which
 * it does not manage and which holds all the other tenants.
 */
export class CloudConnect {
  readonly sites: readonly Site[];
  readonly tenants: readonly CloudTenant[];
  readonly resources: readonly BackupResource[];
  readonly subtenants: readonly CloudSubtenant[];
  readonly gatewayPools: readonly GatewayPool[];
  readonly gateways: readonly Gateway[];
  readonly hardwarePlans: readonly HardwarePlan[];

  constructor(
    data: ServiceProviderConsoleData,
    /** With rows for all tenants, of which its own server has the first ones. */
    readonly enterpriseManager: EnterpriseManagerData,
  ) {
    const servers = enterpriseManager.backupServers;
    this.sites = Array.from({ length: servers.length + 1 }, (_, index) => ({
      index,
      id: guid('spcSite', index),
      name: index < servers.length ? servers.at(index).name : 'cc01.example.com',
      backupServerId: guid('spcBackupServer', index),
      inMaintenance: index === 1,
    }));
    this.tenants = Array.from({ length: data.options.tenants }, (_, index) => this.tenant(index, data));
    this.resources = this.tenants.flatMap(tenant => this.resourcesOf(tenant));
    this.subtenants = this.tenants.flatMap(tenant => tenant.like.subtenants.map(source => ({ tenant, source })));
    this.gatewayPools = this.sites.map(site => ({
      id: guid('spcGatewayPool', site.index),
      name: `Pool of ${site.name}`,
      site,
    }));
    this.gateways = enterpriseManager.gateways.slice();
    this.hardwarePlans = enterpriseManager.hardwarePlans.slice();
  }

  site(index: number): Site {
    return this.sites[Math.min(index, this.sites.length - 1)] as Site;
  }

  /** The site of a gateway or of a hardware plan. */
  siteOf({ server }: { readonly server: { readonly name: string } }): Site {
    return this.sites.find(site => site.name === server.name) ?? this.site(0);
  }

  private tenant(index: number, data: ServiceProviderConsoleData): CloudTenant {
    const { tenants, backupServers } = this.enterpriseManager;
    const isShared = index < data.options.enterpriseManager.tenants;
    const like = tenants.at(index);
    return {
      index,
      id: like.id,
      name: like.name,
      site: this.site(isShared ? index % backupServers.length : backupServers.length),
      company: data.company(companyOfTenant(index)),
      like,
      // The Enterprise Manager has a date for "never" that this product does not use.
      lastActive: like.lastActive?.startsWith('1753') ? undefined : like.lastActive,
    };
  }

  private resourcesOf(tenant: CloudTenant): BackupResource[] {
    const isShared = tenant.site.index < this.enterpriseManager.backupServers.length;
    return tenant.like.resources.map((resource, row) => ({
      id: resource.id,
      name: resource.displayName,
      row,
      tenant,
      repositoryId: isShared ? resource.repositoryId : guid('spcRepository', tenant.site.index * 8 + row),
      quotaBytes: resource.quotaMb * MB,
      usedBytes: resource.usedQuotaMb * MB,
    }));
  }
}

/** Fabrikam has two tenants on two sites; every tenth tenant has no company. */
function companyOfTenant(tenant: number): number | undefined {
  if (tenant < 4) {
    return [0, 1, 2, 2][tenant];
  }
  return tenant % 10 === 4 ? undefined : tenant - 2;
}
