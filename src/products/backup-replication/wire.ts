import * as v from 'valibot';
import { isObject } from '../../base/isObject';
import { UnexpectedShape } from '../failures';
import { amount, flag, identified, identifier, moment, part, partList, shapeOf, text, texts } from '../reading/decode';
import type { Asked, ListBody } from '../reading/jsonResources';
import { pagingBehind } from '../reading/pages';

// The bodies of the Backup & Replication REST API, 1.1-rev0 to 1.3-rev2. Members come with newer versions; the vendor's own
// samples lack some that are required. Enumerations change their words and their case: they are read as texts.

/** `Error`. */
export const errorBody = v.object({ errorCode: text, message: text });

/** `ServerTimeModel`. */
export const serverTimeBody = v.object({ serverTime: v.string() });

/** `ServerInfoModel`. */
export const serverInfoBody = v.object({
  vbrId: text,
  name: text,
  buildVersion: text,
  patches: texts,
  platform: text,
  databaseVendor: text,
  sqlServerVersion: text,
});

/** `InstalledLicenseModel`. From 1.3-rev2 on, the dates are in the summaries. */
export const licenseBody = v.object({
  status: text,
  type: text,
  edition: text,
  licensedTo: text,
  supportId: text,
  cloudConnect: text,
  expirationDate: moment,
  supportExpirationDate: moment,
  instanceLicenseSummary: part({
    licensedInstancesNumber: amount,
    usedInstancesNumber: amount,
    expirationDate: moment,
    supportExpirationDate: moment,
  }),
  socketLicenseSummary: part({
    licensedSocketsNumber: amount,
    usedSocketsNumber: amount,
    expirationDate: moment,
    supportExpirationDate: moment,
  }),
});

/** `RepositoryStateModel`. */
export const repositoryStateBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  type: text,
  hostName: text,
  path: text,
  capacityGB: amount,
  freeGB: amount,
  usedSpaceGB: amount,
  isOnline: flag,
  isOutOfDate: flag,
  scaleOutRepositoryDetails: part({ scaleOutRepositoryId: identifier, extentType: text }),
});
export type RepositoryStateBody = v.InferOutput<typeof repositoryStateBody>;

/** `ScaleOutRepositoryModel`. */
export const scaleOutRepositoryBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  // One word up to 1.2, a list from 1.3 on.
  performanceTier: part({ performanceExtents: partList({ id: identifier, name: text, status: texts }) }),
  placementPolicy: part({ type: text }),
  capacityTier: part({
    enabled: flag, // 1.1
    isEnabled: flag,
    extents: partList({ id: identifier }),
    copyPolicyEnabled: flag,
    movePolicyEnabled: flag,
    operationalRestorePeriodDays: amount,
  }),
  archiveTier: part({ isEnabled: flag, extentId: identifier, archivePeriodDays: amount }),
});
export type ScaleOutRepositoryBody = v.InferOutput<typeof scaleOutRepositoryBody>;

/** `JobStateModel`. */
export const jobStateBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  type: text,
  status: text,
  lastResult: text,
  lastRun: moment,
  nextRun: moment,
  nextRunPolicy: text,
  workload: text,
  repositoryId: identifier,
  repositoryName: text,
  objectsCount: amount,
});
export type JobStateBody = v.InferOutput<typeof jobStateBody>;

/** What all variants of `ManagedServerModel` have, and `viHostType` of `ViHostModel`. */
export const managedServerBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  type: text,
  viHostType: text,
  status: text,
  isBackupServer: flag,
  isDefaultMountServer: flag,
  updatesState: text,
});
export type ManagedServerBody = v.InferOutput<typeof managedServerBody>;

/** `ProxyStateModel`, or before 1.3 `ProxyModel`. */
export const proxyBody = identified(['id', 'name'], {
  id: identifier,
  name: text,
  description: text,
  type: text,
  hostName: text,
  isDisabled: flag,
  isOnline: flag,
  isOutOfDate: flag,
  server: part({ hostName: text }),
});
export type ProxyBody = v.InferOutput<typeof proxyBody>;

/** `EntraIDTenantModel`. */
export const entraTenantBody = identified(['id', 'azureTenantId'], {
  id: identifier,
  azureTenantId: identifier,
  name: text, // 1.3-rev2
  description: text,
  cacheRepositoryId: identifier,
  region: text,
});
export type EntraTenantBody = v.InferOutput<typeof entraTenantBody>;

const advancedSettings = part({ perVmBackup: flag });
const bucketEntries = {
  bucketName: text,
  containerName: text,
  folderName: text,
  storageConsumptionLimit: part({ isEnabled: flag, consumptionLimitCount: amount, consumptionLimitKind: text }),
  immutability: part({ isEnabled: flag, daysCount: amount }),
};

/** The number counts only where the switch beside it is on. Deduplicating storage has the older name of the switch in 1.3-rev2. */
const tasks = {
  maxTaskCount: amount,
  taskLimitEnabled: flag,
  enableTaskLimit: flag, // 1.1
};

/** What the variants of `RepositoryModel` have for people. */
export const repositoryBody = v.object({
  ...tasks,
  repository: part({ ...tasks, makeRecentBackupsImmutableDays: amount, advancedSettings }),
  share: part({ sharePath: text }),
  account: part({ servicePoint: text, regionId: text, regionType: text }),
  bucket: part(bucketEntries),
  container: part(bucketEntries),
});
export type RepositoryBody = v.InferOutput<typeof repositoryBody>;

/** `SessionModel`. */
export const sessionBody = v.object({
  creationTime: moment,
  endTime: moment,
  state: text,
  result: part({ result: text, message: text }),
});

/**
 * A list with its elements as they came. Of its `pagination`, some answers lack `skip` and `limit`; `total` is always there.
 * @throws {UnexpectedShape}
 */
export function envelope(host: string, expected: string, body: unknown, asked: Asked): ListBody<unknown> {
  if (!isObject(body) || !Array.isArray(body.data)) {
    throw new UnexpectedShape(host, expected, shapeOf(body));
  }
  const told = isObject(body.pagination) ? v.parse(amount, body.pagination.total) : undefined;
  return { elements: body.data, ...pagingBehind(told, body.data.length, asked) };
}
