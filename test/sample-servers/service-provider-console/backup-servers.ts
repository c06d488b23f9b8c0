import type { CloudRepository } from '../enterprise-manager/data';
import { HOSTILE_NAMES } from '../names';
import { between, guid, pick } from '../random';
import type { Organization, ServiceProviderConsoleData } from './data';

export interface BackupServer {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly installationId: string;
  readonly role: 'CloudConnect' | 'Hosted' | 'Client' | 'Unknown';
  readonly status: 'Healthy' | 'Warning' | 'Inaccessible' | 'Unknown';
  readonly organization: Organization;
}

export interface BackupRepository {
  readonly id: string;
  readonly name: string;
  readonly server: BackupServer;
  readonly type: string;
  /** Missing where the storage does not tell. */
  readonly capacityBytes: number | undefined;
  readonly freeSpaceBytes: number | undefined;
  readonly parentId: string | undefined;
  readonly isCloud: boolean;
  readonly isImmutable: boolean;
  readonly status: 'Healthy' | 'Warning' | 'Error' | 'Unknown';
}

export interface BackupJob {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly server: BackupServer;
  readonly status: string;
  readonly type: string;
  /** Whose data it protects, where a hosted server's job is mapped to a company. */
  readonly mapped: Organization | undefined;
}

export interface BackupProxy {
  readonly index: number;
  readonly id: string;
  readonly server: BackupServer;
}

/** A company's share of a hosted backup server. */
export interface HostedResource {
  readonly id: string;
  readonly company: Organization;
  readonly server: BackupServer;
  readonly repository: BackupRepository;
  readonly quotaGb: number | undefined;
}

const GB = 1024 ** 3;
/** The repository that comes with every installation has the same id everywhere. */
const DEFAULT_REPOSITORY_ID = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';

/** The Cloud Connect servers come first, in the order of the sites; then a hosted server; then those of companies. */
export class BackupServers {
  readonly servers: readonly BackupServer[];
  readonly repositories: readonly BackupRepository[];
  readonly jobs: readonly BackupJob[];
  readonly proxies: readonly BackupProxy[];
  readonly hostedResources: readonly HostedResource[];

  constructor(private readonly data: ServiceProviderConsoleData) {
    const { sites } = data.cloudConnect;
    const remote = data.companies.slice(0, data.options.remoteServers);
    this.servers = [
      ...sites.map(site => this.server(site.index, site.name, 'CloudConnect', data.provider)),
      this.server(sites.length, 'hosted-vbr01.example.com', 'Hosted', data.provider),
      ...remote.map((company, row) =>
        this.server(
          sites.length + 1 + row,
          `vbr.customer${company.index + 1}.example.com`,
          row === 3 ? 'Unknown' : 'Client',
          company,
          (['Healthy', 'Inaccessible', 'Warning', 'Unknown'] as const)[row % 4],
        ),
      ),
    ];
    this.repositories = this.servers.flatMap(server => this.repositoriesOf(server));
    this.jobs = this.servers.flatMap(server => this.jobsOf(server));
    this.proxies = this.servers.flatMap(server =>
      [0, 1].map(row => ({
        index: server.index * 2 + row,
        id: guid('spcBackupProxy', server.index * 2 + row),
        server,
      })),
    );
    this.hostedResources = this.resourcesOfHosted();
  }

  get hosted(): BackupServer {
    return this.servers[this.data.cloudConnect.sites.length] as BackupServer;
  }

  private server(
    index: number,
    name: string,
    role: BackupServer['role'],
    organization: Organization,
    status: BackupServer['status'] = 'Healthy',
  ): BackupServer {
    const installationId = this.data.options.backupServerInstallations[index] ?? guid('spcVbrInstallation', index);
    return { index, id: guid('spcBackupServer', index), name, installationId, role, status, organization };
  }

  private repositoriesOf(server: BackupServer): BackupRepository[] {
    const { enterpriseManager } = this.data.cloudConnect;
    if (server.index < enterpriseManager.backupServers.length) {
      return enterpriseManager
        .repositoriesOf(enterpriseManager.backupServers.at(server.index))
        .map(repository => cloudRepository(repository, server));
    }
    const id = (row: number) => guid('spcRepository', server.index * 8 + row);
    const sized = (row: number, name: string, type: string, more: Partial<BackupRepository> = {}) => {
      const capacityGb = between(1, 64, 'capacity', server.index, row) * 512;
      return {
        id: id(row),
        name,
        server,
        type,
        capacityBytes: capacityGb * GB,
        freeSpaceBytes: between(0, capacityGb, 'free', server.index, row) * GB,
        parentId: undefined,
        isCloud: server.role === 'CloudConnect',
        isImmutable: false,
        status: 'Healthy' as const,
        ...more,
      };
    };
    const unknownSize = { capacityBytes: undefined, freeSpaceBytes: undefined };
    if (server.role === 'Client' || server.role === 'Unknown') {
      const hostile = this.data.options.hostileNames ? HOSTILE_NAMES[server.index % HOSTILE_NAMES.length] : undefined;
      return [
        sized(0, 'Default Backup Repository', 'Windows', { id: DEFAULT_REPOSITORY_ID }),
        sized(1, hostile ?? 'Cloud of the provider', 'Cloud', unknownSize),
      ];
    }
    const { hostedRepositories } = this.data.options;
    if (server.role === 'Hosted' && hostedRepositories.length > 0) {
      return hostedRepositories.map(({ id, name }, row) => sized(row, name, 'Windows', { id }));
    }
    return [
      sized(0, 'Scale-out North', 'ScaleOut'),
      sized(1, 'Cloud Volume 1', 'Windows'),
      sized(2, 'Extent of North', 'LinuxHardened', { parentId: id(0), isImmutable: true }),
      sized(3, 'Bucket', 'AmazonS3Compatible', unknownSize),
      sized(4, 'Old share', 'Unknown', { ...unknownSize, status: 'Unknown' }),
      sized(5, 'Appliance', 'DellEmcDataDomain', { status: 'Error' }),
    ];
  }

  private jobsOf(server: BackupServer): BackupJob[] {
    const { companies, options } = this.data;
    const statuses = ['Success', 'Warning', 'Failed', 'Running', 'Idle', 'None', 'Unknown'];
    const types = ['BackupVm', 'AgentPolicy', 'BackupCopy', 'ReplicationVM', 'SobrMaintenance', 'Unknown'];
    return Array.from({ length: options.jobsPerServer }, (_, row) => {
      const index = server.index * options.jobsPerServer + row;
      return {
        index,
        id: guid('spcJob', index),
        name: `${types[row % types.length]} ${row + 1} of ${server.name}`,
        server,
        status: statuses[row % statuses.length] ?? 'None',
        type: types[row % types.length] ?? 'Unknown',
        mapped: server.role === 'Hosted' ? companies[row % 4] : undefined,
      };
    });
  }

  /** Companies 0 to 3 have a share of the hosted server, one of them without a limit. */
  private resourcesOfHosted(): HostedResource[] {
    const repositories = this.repositories.filter(({ server }) => server.id === this.hosted.id);
    return this.data.companies.slice(0, 4).map(company => ({
      id: guid('spcHostedResource', company.index),
      company,
      server: this.hosted,
      repository: repositories[company.index % repositories.length] as BackupRepository,
      quotaGb: company.index === 1 ? undefined : (company.index + 1) * 512,
    }));
  }
}

function cloudRepository(repository: CloudRepository, server: BackupServer): BackupRepository {
  return {
    id: repository.id,
    name: repository.name,
    server,
    type: pick(['Windows', 'Linux', 'ScaleOut', 'Share'], 'type', repository.name),
    capacityBytes: repository.capacityBytes,
    freeSpaceBytes: repository.freeSpaceBytes,
    parentId: undefined,
    isCloud: true,
    isImmutable: false,
    status: 'Healthy',
  };
}
