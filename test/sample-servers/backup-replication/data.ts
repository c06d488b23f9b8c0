import { HOSTILE_NAMES, LONG_NAME, numberedName } from '../names';
import { between, guid, hash, pick } from '../random';
import { makeJobs, makeSessions } from './jobs';
import { atLeast, type Revision } from './revisions';
import { makeServers } from './servers';

export interface BackupReplicationDataOptions {
  /** Rows of repositories/states, extents included. */
  repositories: number;
  /** As far as there are repositories enough to be their extents. */
  scaleOutRepositories: number;
  managedServers: number;
  proxies: number;
  jobs: number;
  entraTenants: number;
  hostileNames: boolean;
  /** What the server says of the capacity and the free space of object storage: 0 or -1. */
  unknownCapacityGB: number;
  platform: 'Windows' | 'Linux';
}

export type Tier = 'Performance' | 'Capacity' | 'Archive';

/** The words that the newest revision uses. */
export type RepositoryType =
  | 'WinLocal'
  | 'LinuxLocal'
  | 'LinuxHardened'
  | 'Smb'
  | 'Nfs'
  | 'DellDataDomain'
  | 'S3Compatible'
  | 'AmazonS3'
  | 'AmazonS3Glacier'
  | 'AzureBlob'
  | 'WasabiCloud'
  | 'VeeamDataCloudVault';

export interface Repository {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: RepositoryType;
  /** Object storage is on none. */
  readonly host: ManagedServer | undefined;
  readonly path: string | undefined;
  readonly capacityGB: number;
  readonly freeGB: number;
  readonly usedSpaceGB: number;
  readonly isOnline: boolean;
  readonly isOutOfDate: boolean;
  readonly extentOf: { readonly scaleOut: ScaleOutRepository; readonly tier: Tier } | undefined;
}

export interface PerformanceExtent {
  readonly repositoryIndex: number;
  readonly status: readonly string[];
}

export interface ScaleOutRepository {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly performance: readonly PerformanceExtent[];
  readonly capacityIndex: number | undefined;
  readonly archiveIndex: number | undefined;
}

export interface ManagedServer {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly isAvailable: boolean;
  readonly isBackupServer: boolean;
  readonly updatesState: string;
  /** The cloud gateway of a service provider is on it. */
  readonly hasCloudGateway: boolean;
}

export interface BackupProxy {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly host: ManagedServer;
  readonly isDisabled: boolean;
  readonly isOnline: boolean;
  readonly isOutOfDate: boolean;
}

export interface Job {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The word since 1.3-rev0. */
  readonly type: string;
  /** The words since 1.3-rev1. */
  readonly status: string;
  readonly workload: string;
  readonly lastResult: 'None' | 'Success' | 'Warning' | 'Failed';
  readonly lastRun: string | undefined;
  readonly nextRun: string | undefined;
  /** The session of the last run. */
  readonly sessionId: string | undefined;
  /** Replicas are in none. Jobs know a scale-out repository, and not its extents. */
  readonly repository: Repository | ScaleOutRepository | undefined;
  readonly objectsCount: number;
  readonly highPriority: boolean;
  /** The job after which it runs. */
  readonly afterIndex: number | undefined;
}

/** One run of a job. */
export interface Session {
  readonly index: number;
  readonly id: string;
  readonly job: Job;
  readonly creationTime: string;
  /** Missing as long as it runs. */
  readonly endTime: string | undefined;
  readonly result: Job['lastResult'];
}

export interface EntraTenant {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly azureTenantId: string;
  readonly cacheRepositoryId: string;
  readonly usesCertificate: boolean;
}

/** Every installation has this repository and this server, with these ids. */
export const DEFAULT_REPOSITORY_ID = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';
export const THIS_SERVER_ID = '6745a759-2205-4cd2-b172-8ec8f7e60ef8';

export const CREATED_BY = 'Created by CONTOSO\\admin';

/** The extents of the scale-out repositories, again and again. */
const LAYOUTS: readonly (readonly Tier[])[] = [
  ['Performance', 'Performance', 'Capacity', 'Archive'],
  ['Performance', 'Capacity'],
  ['Performance', 'Performance'],
];

/** In front of the first extent are the rows that have a story of their own. */
const FIRST_EXTENT = 8;

/** The synthetic infrastructure of one backup server, as its newest revision knows it. */
export class BackupReplicationData {
  readonly vbrId = guid('vbr', 1);
  readonly serverName = 'vbr01.example.com';
  readonly managedServers: readonly ManagedServer[];
  readonly proxies: readonly BackupProxy[];
  readonly scaleOutRepositories: readonly ScaleOutRepository[];
  readonly repositories: readonly Repository[];
  readonly jobs: readonly Job[];
  /** The newest of each job first. */
  readonly sessions: readonly Session[];
  readonly entraTenants: readonly EntraTenant[];

  /** Without the backup server. */
  private readonly windowsHosts: readonly ManagedServer[];
  private readonly linuxHosts: readonly ManagedServer[];

  constructor(
    private readonly options: BackupReplicationDataOptions,
    private readonly newest: Revision,
  ) {
    const { servers, proxies } = makeServers(options, newest);
    this.managedServers = servers;
    this.proxies = proxies;
    const hosts = servers.filter(({ isBackupServer }) => !isBackupServer);
    this.windowsHosts = hosts.filter(({ type }) => type === 'WindowsHost');
    this.linuxHosts = hosts.filter(({ type }) => type === 'LinuxHost');
    this.scaleOutRepositories = this.makeScaleOuts();
    const extents = new Map<number, Repository['extentOf']>();
    for (const scaleOut of this.scaleOutRepositories) {
      for (const { repositoryIndex } of scaleOut.performance) {
        extents.set(repositoryIndex, { scaleOut, tier: 'Performance' });
      }
      for (const [index, tier] of [
        [scaleOut.capacityIndex, 'Capacity'],
        [scaleOut.archiveIndex, 'Archive'],
      ] as const) {
        if (index !== undefined) {
          extents.set(index, { scaleOut, tier });
        }
      }
    }
    this.repositories = Array.from({ length: options.repositories }, (_, index) =>
      this.repository(index, extents.get(index)),
    );
    this.jobs = makeJobs(options, newest, this.repositories);
    this.sessions = makeSessions(this.jobs);
    this.entraTenants = Array.from({ length: options.entraTenants }, (_, index) => ({
      index,
      id: guid('entra', index),
      name: ['Contoso', 'Fabrikam', 'Northwind'][index] ?? numberedName('Entra tenant', index),
      azureTenantId: guid('azureTenant', index),
      cacheRepositoryId: DEFAULT_REPOSITORY_ID,
      usesCertificate: index % 3 === 2,
    }));
  }

  private makeScaleOuts(): ScaleOutRepository[] {
    const scaleOuts: ScaleOutRepository[] = [];
    let next = FIRST_EXTENT;
    for (let index = 0; index < this.options.scaleOutRepositories; index++) {
      const layout = LAYOUTS[index % LAYOUTS.length] ?? [];
      if (next + layout.length > this.options.repositories) {
        break;
      }
      const first = next;
      next += layout.length;
      const at = (tier: Tier) => (layout.includes(tier) ? first + layout.indexOf(tier) : undefined);
      scaleOuts.push({
        index,
        id: guid('scaleOut', index),
        name: this.options.hostileNames && index === 2 ? `${HOSTILE_NAMES[1]}` : `Scale-out ${index + 1}`,
        description: index === 0 ? CREATED_BY : '',
        performance: layout
          .filter(tier => tier === 'Performance')
          .map((_, row) => ({ repositoryIndex: first + row, status: statusOf(index, row) })),
        capacityIndex: at('Capacity'),
        archiveIndex: at('Archive'),
      });
    }
    return scaleOuts;
  }

  private repository(index: number, extentOf: Repository['extentOf']): Repository {
    const type = this.typeOf(index, extentOf?.tier);
    const isObjectStorage = OBJECT_STORAGE.has(type);
    const capacityGB = isObjectStorage ? this.options.unknownCapacityGB : between(4, 400, 'capacity', index) * 256;
    const freeGB = isObjectStorage ? this.options.unknownCapacityGB : between(0, capacityGB * 10, 'free', index) / 10;
    // What backups occupy is not the difference: other files lie there, and block cloning saves space.
    const usedSpaceGB = isObjectStorage
      ? between(0, 900_000, 'used', index) / 10
      : Math.round((capacityGB - freeGB) * between(5, 13, 'share', index)) / 10;
    return {
      index,
      id: index === 0 ? DEFAULT_REPOSITORY_ID : guid('repository', index),
      name: this.nameOf(index, extentOf),
      description: index === 0 ? 'Created by Veeam Backup' : pick([CREATED_BY, '', 'Second copy'], 'text', index),
      type,
      host: isObjectStorage ? undefined : this.hostOf(index, type),
      path: isObjectStorage ? undefined : pathOf(index, type),
      ...(index === 0 ? { capacityGB: 476.3, freeGB: 181.7, usedSpaceGB: 243.1 } : { capacityGB, freeGB, usedSpaceGB }),
      isOnline: index !== 4 && index % 41 !== 40,
      isOutOfDate: index === 5 || index % 53 === 52,
      extentOf,
    };
  }

  private typeOf(index: number, tier: Tier | undefined): RepositoryType {
    if (tier) {
      const extents = { Performance: 'LinuxHardened', Capacity: 'S3Compatible', Archive: 'AmazonS3Glacier' } as const;
      return tier === 'Performance' && index % 2 === 1 ? 'WinLocal' : extents[tier];
    }
    const first = (['WinLocal', 'WinLocal', 'LinuxHardened', 'S3Compatible', 'Smb', 'LinuxLocal'] as const)[index];
    if (first) {
      return index === 0 && this.options.platform === 'Linux' ? 'LinuxLocal' : first;
    }
    if (index === 6) {
      return atLeast(this.newest, '1.3-rev0') ? 'VeeamDataCloudVault' : 'WasabiCloud';
    }
    const others = ['DellDataDomain', 'Nfs', 'AmazonS3', 'AzureBlob', 'LinuxLocal', 'WinLocal'] as const;
    return others[(index - 7) % others.length] ?? 'WinLocal';
  }

  private nameOf(index: number, extentOf: Repository['extentOf']): string {
    if (extentOf) {
      return `${extentOf.scaleOut.name}, ${extentOf.tier.toLowerCase()} extent ${index}`;
    }
    if (this.options.hostileNames && index === 7) {
      return `Repo ${HOSTILE_NAMES[0]}`;
    }
    const wellKnown = [
      'Default Backup Repository',
      'Cloud Volume 1',
      'Hardened Repository 1',
      'Contoso Bucket',
      'Fabrikam Share',
      'Northwind Linux',
      'Object Vault',
      `Appliance of ${LONG_NAME}`,
    ];
    return wellKnown[index] ?? numberedName('Repository', index);
  }

  private hostOf(index: number, type: RepositoryType): ManagedServer | undefined {
    const [thisServer] = this.managedServers;
    if (index === 0) {
      return thisServer;
    }
    const hosts = type === 'LinuxHardened' || type === 'LinuxLocal' ? this.linuxHosts : this.windowsHosts;
    return hosts[hash('host', index) % Math.max(1, hosts.length)] ?? thisServer;
  }
}

const OBJECT_STORAGE: ReadonlySet<RepositoryType> = new Set([
  'S3Compatible',
  'AmazonS3',
  'AmazonS3Glacier',
  'AzureBlob',
  'WasabiCloud',
  'VeeamDataCloudVault',
]);

function statusOf(scaleOut: number, row: number): string[] {
  if (row === 1) {
    return scaleOut === 0 ? ['Maintenance'] : ['Sealed', 'Evacuate'];
  }
  return ['Normal'];
}

function pathOf(index: number, type: RepositoryType): string {
  if (index === 0) {
    return type === 'WinLocal' ? 'C:\\Backup' : '/var/lib/veeam/backup';
  }
  switch (type) {
    case 'WinLocal':
      return `D:\\Backups\\${index}`;
    case 'Smb':
      return `\\\\nas01.example.com\\backup${index}`;
    case 'Nfs':
      return `nas01.example.com:/backup${index}`;
    case 'DellDataDomain':
      return `ddboost://dd01.example.com:storage${index}@/`;
    default:
      return `/mnt/backup${index}`;
  }
}
