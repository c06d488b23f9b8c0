import { X509Certificate } from 'node:crypto';
import { guid } from '../random';
import type { BackupProxy, BackupReplicationData, EntraTenant, ManagedServer, ScaleOutRepository } from './data';
import type { Body } from './lists';
import { atLeast, buildOf, type Revision } from './revisions';

/** The bodies of each revision: what it calls its members, which it has, and the words of its enumerations. */

/** The server is in Central European Time. It writes seven fractional digits. */
function localTime(time: number): string {
  return new Date(time + 3600 * 1000).toISOString().replace('Z', '0000+01:00');
}

export function serverTimeBody(time: number, revision: Revision): Body {
  return {
    serverTime: localTime(time),
    timeZone: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    ...(atLeast(revision, '1.3-rev2') ? { ianaTimeZoneId: 'Europe/Berlin' } : {}),
  };
}

export function serverInfoBody(
  data: BackupReplicationData,
  newest: Revision,
  platform: 'Windows' | 'Linux',
  revision: Revision,
): Body {
  return {
    ...(atLeast(revision, '1.3-rev0') ? { platform } : {}),
    vbrId: data.vbrId,
    name: data.serverName,
    buildVersion: buildOf(newest),
    patches: [],
    ...(atLeast(revision, '1.2-rev0')
      ? {
          databaseVendor: 'PostgreSQL',
          sqlServerEdition: '',
          sqlServerVersion: 'PostgreSQL 15.4, compiled by Visual C++ build 1914, 64-bit',
          databaseSchemaVersion: '9227',
          databaseContentVersion: '9227',
        }
      : {}),
    ...(atLeast(revision, '1.3-rev0')
      ? {
          veeamRegistration: {
            isRegistered: true,
            expirationDate: '2027-03-01T00:00:00Z',
            thumprint: 'AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12',
          },
        }
      : {}),
  };
}

export function certificateBody(pem: string, revision: Revision): Body {
  const certificate = new X509Certificate(pem);
  const nameIn = (subject: string) => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    serialNumber: certificate.serialNumber,
    keyAlgorithm: 'ECC',
    keySize: '256',
    subject: certificate.subject.replaceAll('\n', ', '),
    issuedTo: nameIn(certificate.subject),
    issuedBy: nameIn(certificate.issuer),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validBy: new Date(certificate.validTo).toISOString(),
    ...(atLeast(revision, '1.3-rev0') ? { isTrusted: false } : {}),
  };
}

export function licenseBody(jobs: number, revision: Revision): Body {
  const expiration = { expirationDate: '2026-12-12T00:00:00Z' };
  const isThirteen = atLeast(revision, '1.3-rev0');
  return {
    status: 'Valid',
    type: 'Rental',
    edition: 'EnterprisePlus',
    cloudConnect: 'Enabled',
    licensedTo: 'Contoso Hosting',
    ...(atLeast(revision, '1.3-rev2') ? {} : expiration),
    ...(isThirteen ? {} : { socketLicenseSummary: null, capacityLicenseSummary: null, supportExpirationDate: null }),
    instanceLicenseSummary: {
      package: 'Suite',
      licensedInstancesNumber: 500,
      usedInstancesNumber: jobs,
      newInstancesNumber: 0,
      rentalInstancesNumber: jobs,
      objects: [
        { type: isThirteen ? 'Virtual Machines' : 'VM', count: jobs, multiplier: 1, usedInstancesNumber: jobs },
      ],
      ...(atLeast(revision, '1.3-rev2') ? expiration : {}),
    },
    supportId: '00000000',
    autoUpdateEnabled: true,
    freeAgentInstanceConsumptionEnabled: true,
    ...(isThirteen ? { IsMultiSection: false, proactiveSupportEnabled: false } : {}),
  };
}

export function scaleOutBody(row: ScaleOutRepository, data: BackupReplicationData, revision: Revision): Body {
  const isThirteen = atLeast(revision, '1.3-rev0');
  const hasCapacity = row.capacityIndex !== undefined;
  const capacityId = data.repositories[row.capacityIndex ?? -1]?.id;
  const archiveId = data.repositories[row.archiveIndex ?? -1]?.id;
  // In the vendor's sample of 1.3-rev2, an enabled capacity tier does not name its extents.
  const isSilent = atLeast(revision, '1.3-rev2') && row.index % 3 === 1;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ...tagOf(row.id, revision),
    performanceTier: {
      performanceExtents: row.performance.map(({ repositoryIndex, status }) => {
        const extent = data.repositories[repositoryIndex];
        const told = isThirteen ? status : status[0];
        return { id: extent?.id, name: extent?.name, ...(isSilent ? {} : { status: told }) };
      }),
      advancedSettings: { perVmBackup: true, fullWhenExtentOffline: false },
    },
    placementPolicy: {
      type: row.index % 2 === 0 ? 'DataLocality' : 'Performance',
      enforceStrictPlacementPolicy: false,
    },
    capacityTier: {
      [atLeast(revision, '1.2-rev0') ? 'isEnabled' : 'enabled']: hasCapacity,
      ...(hasCapacity
        ? {
            ...(isSilent ? {} : { extents: [{ id: capacityId }] }),
            copyPolicyEnabled: true,
            movePolicyEnabled: false,
            operationalRestorePeriodDays: 30,
          }
        : {}),
    },
    archiveTier:
      archiveId === undefined ? { isEnabled: false } : { isEnabled: true, extentId: archiveId, archivePeriodDays: 180 },
  };
}

export function tagOf(id: string, revision: Revision): Body {
  return { [atLeast(revision, '1.2-rev0') ? 'uniqueId' : 'tag']: id.replaceAll('-', '').toUpperCase() };
}

export function managedServerBody(row: ManagedServer, revision: Revision): Body {
  const base = {
    type: row.type,
    id: row.id,
    name: row.name,
    description: row.description,
    ...(atLeast(revision, '1.2-rev0') ? { status: row.isAvailable ? 'Available' : 'Unavailable' } : {}),
  };
  const credentials = { credentialsId: guid('credentials', row.index) };
  const side = atLeast(revision, '1.2-rev0') ? { serverSide: false } : { serverThisSide: false };
  const ports = { portRangeStart: 2500, portRangeEnd: 3300, ...side };
  const isThirteen = atLeast(revision, '1.3-rev0');
  const roles = isThirteen
    ? { isBackupServer: row.isBackupServer, isDefaultMountServer: row.isBackupServer, updatesState: row.updatesState }
    : {};
  switch (row.type) {
    case 'WindowsHost':
      return {
        networkSettings: { components: componentsOf(row, isThirteen), ...ports },
        ...base,
        ...credentials,
        ...(isThirteen ? { credentialsStorageType: 'Permanent' } : {}),
        ...roles,
      };
    case 'LinuxHost': {
      // Single-use credentials are not kept, so there is no id for them. 1.1-rev0 demands one.
      const isSingleUse = atLeast(revision, '1.2-rev0') && row.index % 4 === 2;
      return {
        sshSettings: { sshTimeOutMs: 20_000, ...ports, ...(isThirteen ? {} : { managementPort: 6162 }) },
        ...base,
        ...(isSingleUse ? {} : credentials),
        credentialsStorageType: isSingleUse ? 'SingleUse' : 'Permanent',
        ...roles,
        ...(isThirteen && row.isBackupServer ? { isVBRLinuxAppliance: true } : {}),
      };
    }
    case 'ViHost':
      return { viHostType: 'VC', port: 443, ...base, ...credentials };
    case 'CloudDirectorHost':
      return { url: `https://${row.name}`, viServers: [], ...base, ...credentials };
    case 'HvServer':
      return { maxTaskCount: 4, ...base, credentialsStorageType: 'Permanent', ...credentials };
    case 'HvCluster':
    case 'SCVMM':
      return { childServers: [{ hvServerName: 'hyperv01.example.com' }], ...base, ...credentials };
    default:
      return base;
  }
}

function componentsOf(row: ManagedServer, isThirteen: boolean): Body[] {
  const [installer, transport, gateway] = isThirteen
    ? ['InstallerSvc', 'TransportSvc', 'CloudGateway']
    : ['DeployerSvc', 'Transport', 'CloudGate'];
  return [
    { componentName: installer, port: 6160 },
    { componentName: transport, port: 6162 },
    ...(row.hasCloudGateway ? [{ componentName: gateway, port: 6168 }] : []),
  ];
}

export function proxyBody(row: BackupProxy, revision: Revision): Body {
  const base = { type: row.type, id: row.id, name: row.name, description: row.description };
  const hostName = atLeast(revision, '1.3-rev0') ? { hostName: row.host.name } : {};
  const server = { hostId: row.host.id, ...hostName, maxTaskCount: 2 };
  switch (row.type) {
    case 'ViProxy':
      return {
        server: {
          transportMode: transportMode(revision),
          failoverToNetwork: true,
          hostToProxyEncryption: false,
          connectedDatastores: {
            [atLeast(revision, '1.2-rev0') ? 'autoSelectEnabled' : 'autoSelect']: true,
            datastores: [],
          },
          ...server,
        },
        ...base,
      };
    case 'HvProxy':
    case 'GeneralPurposeProxy':
      return { server, ...base };
    default:
      return base;
  }
}

function transportMode(revision: Revision): string {
  return atLeast(revision, '1.3-rev1') ? 'Auto' : 'auto';
}

export function proxyStateBody(row: BackupProxy): Body {
  return {
    type: row.type,
    id: row.id,
    name: row.name,
    description: row.description,
    hostId: row.host.id,
    hostName: row.host.isBackupServer ? 'This server' : row.host.name,
    isDisabled: row.isDisabled,
    isOnline: row.isOnline,
    isOutOfDate: row.isOutOfDate,
  };
}

/** The secret is there in clear, as in the vendor's sample. */
export function entraTenantBody(row: EntraTenant, revision: Revision): Body {
  return {
    region: 'Global',
    id: row.id,
    azureTenantId: row.azureTenantId,
    description: `Tenant of ${row.name}`,
    cacheRepositoryId: row.cacheRepositoryId,
    authentication: {
      applicationId: guid('application', row.index),
      ...(row.usesCertificate ? {} : { secret: `sample-secret-of-tenant-${row.index}` }),
    },
    ...(atLeast(revision, '1.3-rev1') ? { protectionScope: ['Users', 'Groups', 'Logs'] } : {}),
    ...(atLeast(revision, '1.3-rev2')
      ? { name: row.name, credentialsType: row.usesCertificate ? 'Certificate' : 'Secret' }
      : {}),
  };
}
