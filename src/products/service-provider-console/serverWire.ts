import * as v from 'valibot';
import { amount, flag, identified, identifier, moment, part, text } from '../reading/decode';

// The bodies of backup servers that report to the Service Provider Console, and of what they have.

/** `BackupServer`, `Vb365Server` and `EnterpriseManager`. */
export const serverBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  version: text,
  displayVersion: text,
  backupServerRoleType: text,
  status: text,
  installationUid: identifier,
  organizationUid: identifier,
});
export type ServerBody = v.InferOutput<typeof serverBody>;

/** `EnterpriseManagerBackupServer`. */
export const managedServerBody = v.pipe(
  v.object({
    instanceUid: identifier,
    address: text,
    port: amount,
    backupServer: part({
      instanceUid: identifier,
      name: text,
      version: text,
      backupServerRoleType: text,
      status: text,
    }),
  }),
  v.check(({ instanceUid, address, backupServer }) =>
    Boolean(instanceUid || address || backupServer?.instanceUid || backupServer?.name),
  ),
);

/** `Vb365OrganizationBase`. */
export const organizationBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  type: text,
  region: text,
  lastBackupTime: moment,
  vb365ServerUid: identifier,
  vb365ServerName: text,
  mappedOrganizationUid: identifier, // 3.6
  mappedOrganizationName: text, // 3.6
});
export type OrganizationBody = v.InferOutput<typeof organizationBody>;

/** `Vb365OrganizationToCompanyMapping`. */
export const mappingBody = identified(['vb365OrganizationUid'], {
  vb365OrganizationUid: identifier,
  vb365ServerUid: identifier,
  companyUid: identifier,
  companyName: text,
});
export type MappingBody = v.InferOutput<typeof mappingBody>;

/** `BackupRepository`. Numbers come with `expand=BackupRepositoryInfo` alone, and count only where they are available. */
export const repositoryBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  backupServerUid: identifier,
  _embedded: part({
    type: text,
    path: text,
    hostName: text,
    status: text,
    isOutOfDate: flag,
    capacity: amount,
    isCapacityAvailable: flag,
    freeSpace: amount,
    isFreeSpaceAvailable: flag,
    usedSpace: amount,
    isUsedSpaceAvailable: flag,
    backupSize: amount,
    parentRepositoryUid: identifier,
    isImmutabilityEnabled: flag,
    immutabilityInterval: amount,
  }),
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** `Vb365BackupRepository`. */
export const organizationRepositoryBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  description: text,
  path: text,
  isObjectStorageRepository: flag,
  isOutOfSync: flag,
  capacityBytes: amount,
  freeSpaceBytes: amount,
  usedSpaceBytes: amount,
});
export type OrganizationRepositoryBody = v.InferOutput<typeof organizationRepositoryBody>;

/** `BackupServerJob`. */
export const jobBody = identified(['instanceUid', 'name'], {
  instanceUid: identifier,
  name: text,
  description: text,
  backupServerUid: identifier,
  organizationUid: identifier,
  mappedOrganizationUid: identifier,
  type: text,
  status: text,
  isEnabled: flag,
  lastRun: moment,
  destination: text,
});
export type JobBody = v.InferOutput<typeof jobBody>;

/** `BackupProxy` and `Vb365BackupProxy`. */
export const proxyBody = identified(['instanceUid', 'name', 'hostName'], {
  instanceUid: identifier,
  name: text,
  description: text,
  hostName: text,
  port: amount,
  version: text,
  type: text,
  proxyType: text,
  status: text,
  isDisabled: flag,
  isOutOfDate: flag,
  backupServerUid: identifier,
});
export type ProxyBody = v.InferOutput<typeof proxyBody>;
