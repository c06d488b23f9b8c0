import { guid } from '../random';
import type { BackupServer, CloudRepository, Gateway, HardwarePlan, Subtenant, Tenant, TenantResource } from './data';
import type { Link, Member, Resource } from './representations';

/** The product's version; that of its API is another one. */
export type Release = 12 | 13;

/** What a backup server of that release tells of itself. */
export const releases = {
  12: { version: '12.3.1.1139', port: 9392 },
  13: { version: '13.0.1.2067', port: 443 },
} as const;

/**
 * The resources of the API as a session of one version sees them. A key resource has two representations, a reference
 * and an entity; the others have one.
 */
export class Resources {
  /** @param base "https://host:port/api" */
  constructor(
    private readonly base: string,
    private readonly version: number,
    readonly release: Release,
  ) {}

  href(...path: readonly string[]): string {
    return [this.base, ...path].join('/');
  }

  link(rel: string, type: string | undefined, path: string, name?: string): Link {
    return { rel, href: `${this.base}/${path}`, ...(type && { type }), ...(name !== undefined && { name }) };
  }

  backupServer(server: BackupServer, entity: boolean): Resource {
    const path = `backupServers/${server.id}`;
    const down = [
      this.link('Down', 'RepositoryReferenceList', `${path}/repositories`),
      this.link('Down', 'JobReferenceList', `${path}/jobs`),
    ];
    return this.key('BackupServer', path, server, [], down, entity, {
      Description: server.description,
      Port: releases[this.release].port,
      Version: releases[this.release].version,
    });
  }

  repository(repository: CloudRepository, entity: boolean): Resource {
    const path = `repositories/${repository.id}`;
    const down = [
      this.link('Down', 'BackupReferenceList', `${path}/backups`),
      this.link('Down', 'ReplicaReferenceList', `${path}/replicas`),
    ];
    return this.key('Repository', path, repository, [this.upToServer(repository.server)], down, entity, {
      Capacity: repository.capacityBytes,
      FreeSpace: repository.freeSpaceBytes,
      Kind: repository.kind,
    });
  }

  gateway(gateway: Gateway, entity: boolean): Resource {
    const { id, index, server, enabled } = gateway;
    return this.key('CloudGateway', `cloud/gateways/${id}`, gateway, [this.upToServer(server)], [], entity, {
      Description: '',
      Enabled: enabled,
      NetworkMode: index % 2 === 0 ? 'NAT' : 'Direct',
      ExternalIP: `192.0.2.${(index % 250) + 1}`,
      ExternalPort: 6180,
      InternalPort: 6180,
    });
  }

  hardwarePlan(plan: HardwarePlan, entity: boolean): Resource {
    const path = `cloud/hardwarePlans/${plan.id}`;
    const down = [this.link('Down', 'CloudTenantReferenceList', `${path}/tenants`)];
    const isLimited = plan.index % 2 === 0;
    return this.key('CloudHardwarePlan', path, plan, [this.upToServer(plan.server)], down, entity, {
      Description: '',
      ProcessorUsageLimitMhz: isLimited ? 4000 : -1,
      MemoryUsageLimitMb: isLimited ? 16_384 : -1,
      HardwarePlanDetails: {
        element: 'HardwarePlanDetails',
        members: {
          ViCloudHardwarePlan: isLimited ? platformDetails('ViCloudHardwarePlan') : null,
          HvCloudHardwarePlan: isLimited ? null : platformDetails('HvCloudHardwarePlan'),
        },
      },
    });
  }

  licenseCounters(tenant: Tenant): Resource {
    const path = `cloud/tenants/${tenant.id}`;
    return {
      element: 'CloudTenantFreeLicenseCounters',
      attributes: { Href: this.href(path, 'freelicenseCounters') },
      links: [this.link('Up', 'CloudTenant', `${path}?format=Entity`, tenant.name)],
      members: {
        RentalVMBackupCount: 2,
        RentalWorkstationBackupCount: tenant.index % 5,
        RentalServerBackupCount: tenant.index % 3,
        NewVMBackupCount: 4,
        NewWorkstationBackupCount: 5,
        NewServerBackupCount: 1,
        NewVMReplicaCount: 0,
      },
    };
  }

  tenant(tenant: Tenant, entity: boolean): Resource {
    const path = `cloud/tenants/${tenant.id}`;
    const up = [this.upToServer(tenant.server)];
    return this.key('CloudTenant', path, tenant, up, this.tenantLinks(tenant, path), entity, {
      Password: null,
      Description: tenant.description,
      Enabled: tenant.enabled,
      LeaseOptions: {
        element: 'LeaseOptions',
        attributes: { Enabled: tenant.leaseExpires !== undefined, ExpirationDate: tenant.leaseExpires },
      },
      Resources: {
        list: 'CloudTenantResources',
        items: tenant.resources.map(resource => this.tenantResource(tenant, resource, null)),
      },
      LastResult: tenant.lastResult,
      LastActive: tenant.lastActive,
      ComputeResources: {
        list: 'CloudTenantComputeResources',
        items: tenant.hasHardwarePlan ? [this.computeResource(tenant)] : null,
      },
      ThrottlingEnabled: tenant.throttling,
      ThrottlingSpeedLimit: tenant.throttling ? 20 : 1,
      ThrottlingSpeedUnit: 'MBps',
      PublicIpCount: 0,
      ...this.tenantCounts(tenant),
      ...(this.version >= 4 ? { TenantType: this.tenantType(tenant) } : {}),
      VCloudComputeResources: tenant.type === 'vCD' ? this.vCloudComputeResources(tenant) : null,
      ...(this.version >= 5 ? { CloudGatewayPools: null } : {}),
    });
  }

  tenantResource(tenant: Tenant, resource: TenantResource, links: readonly Link[] | null): Resource {
    return {
      element: 'CloudTenantResource',
      attributes: {
        Type: 'CloudTenantResource',
        Href: this.href('cloud/tenants', tenant.id, 'resources', resource.id),
        Id: resource.id,
      },
      links,
      members: {
        RepositoryQuota: {
          element: 'RepositoryQuota',
          members: {
            DisplayName: resource.displayName,
            RepositoryUid: urn('Repository', resource.repositoryId),
            WanAcceleratorUid: null,
            Quota: resource.quotaMb,
            UsedQuota: resource.usedQuotaMb,
          },
        },
      },
    };
  }

  /** The resource as the list of a tenant's resources shows it. */
  listedTenantResource(tenant: Tenant, resource: TenantResource): Resource {
    const path = `cloud/tenants/${tenant.id}`;
    return this.tenantResource(tenant, resource, [
      this.link('Delete', undefined, `${path}/resources/${resource.id}`),
      this.link('Up', 'CloudTenant', `${path}?format=Entity`, tenant.name),
      this.link('Up', 'BackupServer', `backupServers/${tenant.server.id}?format=Entity`, tenant.server.name),
    ]);
  }

  computeResource(tenant: Tenant): Resource {
    const id = guid('computeResource', tenant.index);
    return {
      element: 'CloudTenantComputeResource',
      attributes: {
        Type: 'CloudTenantComputeResource',
        Href: this.href('cloud/tenants', tenant.id, 'computeResources', id),
        Id: id,
      },
      links: null,
      members: {
        CloudHardwarePlanUid: urn('CloudHardwarePlan', guid('hardwarePlan', 0)),
        WanAcceleratorUid: null,
        PlatformType: 'VMware',
        UseNetworkFailoverResources: false,
        ComputeResourceStats: {
          element: 'ComputeResourceStats',
          members: {
            MemoryUsageMb: 8192,
            CPUCount: 4,
            StorageResourceStats: { list: 'StorageResourceStats', items: [storageStat('Replica Storage', 120, 500)] },
          },
        },
      },
    };
  }

  /** The list of one tenant's subtenants has no QuotaId, the answer of the query service does. */
  subtenant(subtenant: Subtenant, withQuotaId: boolean): Resource {
    const { tenant } = subtenant;
    const up = `cloud/tenants/${tenant.id}`;
    const path = `${up}/subtenants/${subtenant.id}`;
    return {
      element: 'CloudSubtenant',
      attributes: { Type: 'CloudSubtenant', Href: this.href(path), Id: subtenant.id },
      links: [
        this.link('Edit', 'CloudSubtenant', path, subtenant.name),
        this.link('Delete', undefined, path),
        this.link('Up', 'CloudTenant', `${up}?format=Entity`, tenant.name),
        this.link('Up', 'BackupServer', `backupServers/${tenant.server.id}?format=Entity`, tenant.server.name),
      ],
      members: {
        Name: subtenant.name,
        Description: subtenant.description,
        Password: '',
        Enabled: subtenant.enabled,
        RepositoryQuota: {
          element: 'RepositoryQuota',
          attributes: { Unlimited: subtenant.unlimited },
          members: {
            DisplayName: subtenant.displayName,
            TenantResourceId: subtenant.tenantResourceId,
            QuotaMb: subtenant.quotaMb,
            UsedQuotaMb: subtenant.usedQuotaMb,
            QuotaId: withQuotaId && this.version >= 5 ? subtenant.quotaId : undefined,
          },
        },
      },
    };
  }

  private key(
    type: string,
    path: string,
    { id, name }: { id: string; name: string },
    up: readonly Link[],
    links: readonly Link[],
    entity: boolean,
    members: Readonly<Record<string, Member | undefined>>,
  ): Resource {
    const reference = `${type}Reference`;
    const alternate = entity
      ? this.link('Alternate', reference, path, name)
      : this.link('Alternate', type, `${path}?format=Entity`, name);
    return {
      element: entity ? type : 'Ref',
      attributes: {
        Type: entity ? type : reference,
        Href: this.href(entity ? `${path}?format=Entity` : path),
        Name: name,
        UID: urn(type, id),
      },
      links: [...up, alternate, ...(entity ? links : [])],
      ...(entity ? { members } : {}),
    };
  }

  private upToServer(server: BackupServer): Link {
    return this.link('Up', 'BackupServerReference', `backupServers/${server.id}`, server.name);
  }

  private tenantLinks(tenant: Tenant, path: string): Link[] {
    const links = [
      this.link('Edit', 'CloudTenantReference', path, tenant.name),
      this.link('Down', 'CloudTenantResourceList', `${path}/resources`),
      this.link('Create', 'CloudTenantResource', `${path}/resources`),
      this.link('Delete', undefined, path),
    ];
    links.push(this.link('Related', 'FreeLicenseCounters', `${path}/freelicenseCounters`, 'FreeLicenseCounters'));
    // Only an account that Cloud Connect keeps itself can have subtenants and hardware plans.
    if (tenant.type === 'Standalone') {
      links.push(
        this.link('Down', 'CloudTenantComputeResourceList', `${path}/computeResources`),
        this.link('Create', 'CloudTenantComputeResource', `${path}/computeResources`),
        this.link('Down', 'CloudSubtenantList', `${path}/subtenants`),
        this.link('Create', 'CloudSubtenant', `${path}/subtenants`),
      );
    }
    return links;
  }

  private tenantCounts(tenant: Tenant): Record<string, Member> {
    if (this.version < 5) {
      return { VmCount: tenant.backupCount, MaxConcurrentTasks: tenant.maxConcurrentTasks };
    }
    return {
      BackupCount: tenant.backupCount,
      ReplicaCount: 0,
      MaxConcurrentTasks: tenant.maxConcurrentTasks,
      WorkStationBackupCount: tenant.index % 5,
      ServerBackupCount: tenant.index % 3,
      BackupProtectionEnabled: tenant.index % 2 === 0,
      BackupProtectionPeriod: 3,
    };
  }

  private tenantType(tenant: Tenant): Resource {
    return { element: 'TenantType', members: tenantTypeMembers(tenant) };
  }

  private vCloudComputeResources(tenant: Tenant): Member {
    const id = guid('vCloudResource', tenant.index);
    const resource: Resource = {
      element: 'CloudTenantVCloudComputeResource',
      attributes: { Type: 'CloudTenantVCloudComputeResource', Id: id },
      members: {
        VirtualDataCenterName: `${tenant.name} VDC`,
        VirtualDataCenterRef: `urn:vCloud:Vdc:${id}`,
        Enabled: true,
        AllocationModel: 'Flex',
        UseNetworkFailoverResources: false,
        ResourceUsage: {
          element: 'ResourceUsage',
          members: { CpuUsageMhz: 1200, MemoryUsageMb: 4096, StorageUsageGb: 80 },
        },
      },
    };
    return { list: 'CloudTenantVCloudComputeResources', items: [resource] };
  }
}

function tenantTypeMembers(tenant: Tenant): Record<string, Member> {
  switch (tenant.type) {
    case 'vCD':
      return {
        StandaloneTenant: null,
        vCloudTenant: {
          element: 'vCloudTenant',
          members: {
            OrganizationName: tenant.name,
            OrganizationRef: `urn:vCloud:Organization:${tenant.id}.urn:vcloud:org:${tenant.id}`,
          },
        },
      };
    case 'ActiveDirectory':
      return {
        StandaloneTenant: null,
        vCloudTenant: null,
        ADTenantType: {
          element: 'ADTenantType',
          members: {
            Domain: { element: 'Domain', members: { DomainName: 'example.com', Port: 389 } },
            Account: tenant.name,
          },
        },
      };
    default: {
      const credentials: Resource = {
        element: 'TenantCredentials',
        members: { Username: tenant.name, Password: null },
      };
      return {
        StandaloneTenant: { element: 'StandaloneTenant', members: { TenantCredentials: credentials } },
        vCloudTenant: null,
      };
    }
  }
}

function platformDetails(element: string): Resource {
  return { element, members: { ParentName: 'host01.example.com' } };
}

function storageStat(name: string, usageGb: number, limitGb: number): Resource {
  return {
    element: 'StorageResourceStat',
    members: { StorageName: name, StorageUsageGb: usageGb, StorageLimitGb: limitGb },
  };
}

export function urn(type: string, id: string): string {
  return `urn:veeam:${type}:${id}`;
}
