import { guid, hash } from '../random';
import type {
  BackupProxy,
  BackupReplicationData,
  EntraTenant,
  Job,
  ManagedServer,
  Repository,
  ScaleOutRepository,
} from './data';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** What a member says that exists since a revision. */
function since(revision: Revision, first: Revision, members: Body): Body {
  return atLeast(revision, first) ? members : {};
}

export function repositoryState(repository: Repository, revision: Revision): Body {
  const { id, name, description, host, path, capacityGB, freeGB, usedSpaceGB, extentOf } = repository;
  return {
    type: typeOf(repository, revision),
    id,
    name,
    description,
    ...(host ? { hostId: host.id, hostName: host.name } : {}),
    ...(path === undefined ? {} : { path }),
    capacityGB,
    freeGB,
    usedSpaceGB,
    ...since(revision, '1.2-rev0', { isOnline: repository.isOnline }),
    ...since(revision, '1.3-rev0', {
      isOutOfDate: repository.isOutOfDate,
      ...(extentOf
        ? {
            scaleOutRepositoryDetails: {
              membership: extentOf.scaleOut.name,
              scaleOutRepositoryId: extentOf.scaleOut.id,
              extentType: extentOf.tier,
            },
          }
        : {}),
    }),
  };
}

/** The word for its type: 1.3-rev2 has replaced that of appliances. */
export function typeOf({ type }: Repository, revision: Revision): string {
  return type === 'DellDataDomain' && !atLeast(revision, '1.3-rev2') ? 'DDBoost' : type;
}

export function tag(revision: Revision, id: string): Body {
  const unique = id.replaceAll('-', '');
  return atLeast(revision, '1.2-rev0') ? { uniqueId: unique } : { tag: unique };
}

export function scaleOutRepository(
  { index, id, name, description, performance, capacityIndex, archiveIndex }: ScaleOutRepository,
  revision: Revision,
  data: BackupReplicationData,
): Body {
  const idAt = (at: number) => data.repositories[at]?.id;
  const isOn = atLeast(revision, '1.2-rev0') ? 'isEnabled' : 'enabled';
  return {
    id,
    name,
    description,
    ...tag(revision, id),
    performanceTier: {
      performanceExtents: performance.map(({ repositoryIndex, status }) => ({
        id: idAt(repositoryIndex),
        name: data.repositories[repositoryIndex]?.name,
        status: atLeast(revision, '1.3-rev0') ? status : status[0],
      })),
      advancedSettings: { perVmBackup: true, fullWhenExtentOffline: true },
    },
    placementPolicy: { type: index % 2 === 0 ? 'DataLocality' : 'Performance' },
    capacityTier:
      capacityIndex === undefined
        ? { [isOn]: false }
        : {
            [isOn]: true,
            // The second one's can be told by its state alone.
            ...(index === 1 && atLeast(revision, '1.3-rev0') ? {} : { extents: [{ id: idAt(capacityIndex) }] }),
            copyPolicyEnabled: true,
            movePolicyEnabled: index === 0,
            operationalRestorePeriodDays: 30,
          },
    archiveTier:
      archiveIndex === undefined
        ? { isEnabled: false }
        : { isEnabled: true, extentId: idAt(archiveIndex), archivePeriodDays: 90 },
  };
}

export function managedServer(server: ManagedServer, revision: Revision): Body {
  const { index, id, name, description, type, isAvailable, isBackupServer, updatesState, hasCloudGateway } = server;
  const isHost = type === 'WindowsHost' || type === 'LinuxHost';
  const credentialsId = guid('credentials', index);
  // Those of Nutanix and Proxmox have a word and no members of their own.
  const hasCredentials = !/^(?:Nutanix|Prism|Proxmox)/.test(type);
  return {
    type,
    id,
    name,
    description,
    ...(hasCredentials ? { credentialsId } : {}),
    ...since(revision, '1.2-rev0', { status: isAvailable ? 'Available' : 'Unavailable' }),
    ...((isHost || type === 'HvServer') && atLeast(revision, type === 'LinuxHost' ? '1.2-rev0' : '1.3-rev0')
      ? { credentialsStorageType: 'Permanent' }
      : {}),
    ...(isHost ? since(revision, '1.3-rev0', { isBackupServer, updatesState }) : {}),
    ...(hasCloudGateway
      ? {
          networkSettings: {
            components: [{ componentName: atLeast(revision, '1.3-rev0') ? 'CloudGateway' : 'CloudGate', port: 6168 }],
            portRangeStart: 2500,
            portRangeEnd: 3300,
            ...since(revision, '1.2-rev0', { serverSide: false }),
          },
        }
      : {}),
    ...(type === 'ViHost' ? { viHostType: 'VC', port: 443 } : {}),
    ...(type === 'CloudDirectorHost' ? { url: `https://${name}`, viServers: [] } : {}),
  };
}

export function proxyState({ id, name, description, type, host, ...state }: BackupProxy): Body {
  const { isDisabled, isOnline, isOutOfDate } = state;
  return { type, id, name, description, hostId: host.id, hostName: host.name, isDisabled, isOnline, isOutOfDate };
}

export function proxySettings({ id, name, description, type, host }: BackupProxy, revision: Revision): Body {
  const base = { type, id, name, description };
  if (type === 'NutanixAHV' || type === 'PVE') {
    return base;
  }
  return {
    ...base,
    server: { hostId: host.id, maxTaskCount: 4, ...since(revision, '1.3-rev0', { hostName: host.name }) },
  };
}

export function jobState(job: Job, revision: Revision): Body {
  const { id, name, description, type, status, workload, repository, nextRun } = job;
  const isOld = !atLeast(revision, '1.3-rev0');
  const isLower = !atLeast(revision, '1.3-rev1');
  const lower = (word: string) => (isLower ? word.charAt(0).toLowerCase() + word.slice(1) : word);
  return {
    type: type === 'VSphereBackup' && isOld ? 'Backup' : type,
    status: lower(status),
    lastResult: job.lastResult,
    workload: lower(workload),
    id,
    name,
    description,
    ...(job.lastRun === undefined ? {} : { lastRun: job.lastRun }),
    // Up to 1.2, there is null in the place of what is missing later.
    ...(nextRun !== undefined ? { nextRun } : isOld ? { nextRun: null } : {}),
    ...(repository ? { repositoryId: repository.id, repositoryName: repository.name } : {}),
    objectsCount: job.objectsCount,
    sessionId: guid('session', job.index),
    ...since(revision, '1.3-rev0', {
      nextRunPolicy: job.after ? 'After [another job]' : (nextRun ?? 'Not scheduled'),
      highPriority: job.highPriority,
      progressPercent: 100,
      isStorageSnapshot: false,
    }),
  };
}

export function session(job: Job, revision: Revision): Body {
  const sessionId = guid('session', job.index);
  return {
    sessionType: atLeast(revision, '1.2-rev0') ? 'BackupJob' : 'Job',
    state: 'Stopped',
    id: sessionId,
    name: job.name,
    ...(atLeast(revision, '1.2-rev0') ? { jobId: job.id } : { activityId: sessionId }),
    creationTime: job.lastRun ?? '2026-02-01T22:00:00+01:00',
    endTime: '2026-02-28T23:26:04.1+01:00',
    progressPercent: 100,
    result: {
      result: job.lastResult === 'None' ? 'Success' : job.lastResult,
      message: job.lastResult === 'Failed' ? 'The disk is full.' : '',
      isCanceled: false,
    },
    usn: hash('usn', job.index) % 100_000,
  };
}

export function entraTenant(tenant: EntraTenant, revision: Revision): Body {
  const { index, id, name, azureTenantId, cacheRepositoryId, usesCertificate } = tenant;
  return {
    id,
    azureTenantId,
    description: `Tenant ${index + 1}`,
    cacheRepositoryId,
    region: 'Global',
    // The vendor's sample gives the secret in clear.
    authentication: {
      applicationId: guid('application', index),
      ...(usesCertificate
        ? {
            certificate: {
              certificate: 'TUlJQg==',
              formatType: atLeast(revision, '1.3-rev1') ? 'Pfx' : 'pfx',
              password: 'sample secret',
            },
          }
        : { secret: 'sample secret' }),
    },
    ...since(revision, '1.3-rev1', { protectionScope: ['Users', 'Groups'] }),
    ...since(revision, '1.3-rev2', { name, credentialsType: usesCertificate ? 'Certificate' : 'Secret' }),
  };
}

export function serverInfo(data: BackupReplicationData, revision: Revision, build: string, platform: string): Body {
  return {
    vbrId: data.vbrId,
    name: data.serverName,
    buildVersion: build,
    patches: [],
    ...since(revision, '1.2-rev0', {
      databaseVendor: 'PostgreSQL',
      sqlServerEdition: '',
      sqlServerVersion: 'PostgreSQL 17.5',
      databaseSchemaVersion: '9688',
      databaseContentVersion: '9688',
    }),
    ...since(revision, '1.3-rev0', { platform, veeamRegistration: { isRegistered: true } }),
  };
}

export function license(revision: Revision): Body {
  const dates = { expirationDate: '2027-12-12T00:00:00Z', supportExpirationDate: '2027-12-12T00:00:00Z' };
  const isNew = atLeast(revision, '1.3-rev2');
  return {
    status: 'Valid',
    type: 'Rental',
    edition: 'EnterprisePlus',
    licensedTo: 'Contoso',
    supportId: '00000000',
    cloudConnect: 'Enterprise',
    autoUpdateEnabled: true,
    freeAgentInstanceConsumptionEnabled: true,
    instanceLicenseSummary: {
      package: 'Backup',
      licensedInstancesNumber: 100,
      usedInstancesNumber: 40,
      newInstancesNumber: 0,
      rentalInstancesNumber: 0,
      ...(isNew ? dates : {}),
    },
    ...(isNew ? {} : dates),
    ...since(revision, '1.3-rev0', { IsMultiSection: false, proactiveSupportEnabled: false }),
  };
}
