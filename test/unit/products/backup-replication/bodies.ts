// Bodies as the vendor documents them, with made-up content.

const gb = 1024 ** 3;

export const bytes = (gigabytes: number): number => Math.round(gigabytes * gb);

/** The same on every installation. */
export const defaultRepositoryId = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';

export function state(id: string, name: string, facts: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'WinLocal',
    id,
    name,
    description: 'Created by CONTOSO\\admin',
    hostId: '6a6a0000-0000-4000-8000-00000000bb01',
    hostName: 'repo01.example.com',
    path: 'D:\\Backups',
    capacityGB: 99.4,
    freeGB: 16.4,
    usedSpaceGB: 30.4,
    isOnline: true,
    isOutOfDate: false,
    ...facts,
  };
}

export function extentState(
  id: string,
  name: string,
  extentType: string,
  facts: Readonly<Record<string, unknown>> = {},
) {
  const scaleOutRepositoryDetails = { membership: 'Scale-out 1', scaleOutRepositoryId: 'sobr-1', extentType };
  return state(id, name, { scaleOutRepositoryDetails, ...facts });
}

export const scaleOut = {
  id: 'sobr-1',
  name: 'Scale-out 1',
  description: '',
  uniqueId: 'f1a2',
  performanceTier: {
    performanceExtents: [
      { id: 'ext-a', name: 'Extent A', status: ['Normal'] },
      { id: 'ext-b', name: 'Extent B', status: ['Maintenance', 'Sealed'] },
    ],
  },
  placementPolicy: { type: 'DataLocality', enforceStrictPlacementPolicy: false },
  capacityTier: {
    isEnabled: true,
    extents: [{ id: 'ext-c' }],
    copyPolicyEnabled: true,
    movePolicyEnabled: true,
    operationalRestorePeriodDays: 30,
  },
  archiveTier: { isEnabled: true, extentId: 'ext-d', archivePeriodDays: 90 },
};

/** As revisions up to 1.2 give it. */
export const scaleOutInOldWords = {
  ...scaleOut,
  performanceTier: {
    performanceExtents: [
      { id: 'ext-a', name: 'Extent A', status: 'Normal' },
      { id: 'ext-b', name: 'Extent B', status: 'Maintenance' },
    ],
  },
};

export const extents = [
  extentState('ext-a', 'Extent A', 'Performance', { capacityGB: 100, freeGB: 40, usedSpaceGB: 70 }),
  extentState('ext-b', 'Extent B', 'Performance', { capacityGB: 200, freeGB: 150, usedSpaceGB: 20 }),
  extentState('ext-c', 'Bucket', 'Capacity', { type: 'S3Compatible', capacityGB: 0, freeGB: 0, usedSpaceGB: 500 }),
  extentState('ext-d', 'Cold', 'Archive', { type: 'AmazonS3Glacier', capacityGB: -1, freeGB: -1, usedSpaceGB: 900 }),
];

export const job = {
  type: 'VSphereBackup',
  status: 'Inactive',
  lastResult: 'Warning',
  workload: 'Vm',
  id: 'job-1',
  name: 'Contoso nightly',
  description: 'Created by CONTOSO\\admin',
  lastRun: '2026-03-01T22:00:12.694588+01:00',
  nextRun: '2026-03-02T22:00:00+01:00',
  nextRunPolicy: '3/2/2026 10:00 PM',
  repositoryId: defaultRepositoryId,
  repositoryName: 'Default Backup Repository',
  objectsCount: 12,
  sessionId: 'session-1',
  highPriority: false,
  progressPercent: 100,
};

/** The same as 1.1 and 1.2 give it. */
export const jobInOldWords = {
  ...job,
  type: 'Backup',
  status: 'inactive',
  workload: 'vm',
  nextRun: null,
  nextRunPolicy: undefined,
};
