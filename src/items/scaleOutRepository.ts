import * as l10n from '@vscode/l10n';
import type { Extent } from './extent';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { repositorySpace } from './repository';
import { volumeText } from './spaceText';

/** A repository that is made of others, its extents. */
export interface ScaleOutRepository extends Common {
  readonly kind: 'scaleOutRepository';
  /** Sums over the extents of the performance tier: what is moved or copied to object storage does not fill it. */
  readonly capacityBytes?: number | undefined;
  readonly freeBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  /** On the extents of the capacity tier and of the archive tier. */
  readonly capacityTierBytes?: number | undefined;
  readonly archiveTierBytes?: number | undefined;
  /** `DataLocality`, `Performance`. */
  readonly placementPolicy?: string | undefined;
  /** What is wrong with its extents: offline, sealed, in maintenance, or out of date. */
  readonly problem?: string | undefined;
  readonly extents: readonly Extent[];
}

export const scaleOutRepository: Kind<ScaleOutRepository> = {
  name: () => l10n.t('Scale-out repository'),
  none: () => l10n.t('No scale-out repositories'),
  emptyBelow: () => l10n.t('No extents'),
  prefix: 'r',
  icon: ({ problem }) => ({ name: 'layers', tone: problem ? 'warning' : undefined }),
  beside: ({ problem, ...space }, words) => [problem, volumeText(space, words)],
  space: { used: 'usedBytes', limit: 'capacityBytes', free: 'freeBytes' },
};

export const scaleOutRepositoryFacts: Facts<ScaleOutRepository> = {
  facts: {
    problem: { form: 'text', label: () => l10n.t('Problem') },
    capacityBytes: { form: 'bytes', label: () => l10n.t('Capacity') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    freeBytes: { form: 'bytes', label: () => l10n.t('Free') },
    capacityTierBytes: { form: 'bytes', label: () => l10n.t('Used on the capacity tier') },
    archiveTierBytes: { form: 'bytes', label: () => l10n.t('Used on the archive tier') },
    placementPolicy: { form: 'text', label: () => l10n.t('Placement policy') },
  },
  report: {
    table: repositorySpace,
    plural: () => l10n.t('Scale-out repositories'),
    count: 'scaleOutRepositories',
    sums: [
      { id: 'scaleOutCapacityBytes', title: () => l10n.t('Scale-out capacity'), of: 'limitBytes' },
      { id: 'scaleOutUsedBytes', title: () => l10n.t('Scale-out used'), of: 'usedBytes', only: 'limited' },
      { id: 'scaleOutFreeBytes', title: () => l10n.t('Scale-out free'), of: 'freeBytes', only: 'limited' },
    ],
    fill: {
      title: () => l10n.t('Scale-out space'),
      used: 'scaleOutUsedBytes',
      limit: 'scaleOutCapacityBytes',
      free: 'scaleOutFreeBytes',
    },
    unlimited: () => false,
  },
};
