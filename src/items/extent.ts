import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';
import { volumeText } from './spaceText';

/**
 * A repository as a part of a scale-out repository; `id` is the repository's. Its space is a part of the scale-out
 * repository's.
 */
export interface Extent extends Common {
  readonly kind: 'extent';
  readonly scaleOutRepositoryId: string;
  /** Undefined where the server does not say. */
  readonly tier?: Tier | undefined;
  /** Its unusual states: `Maintenance`, `Sealed`, `Evacuate`, … */
  readonly state?: string | undefined;
  readonly objectStorage: boolean;
  readonly type?: string | undefined;
  readonly hostName?: string | undefined;
  readonly path?: string | undefined;
  readonly capacityBytes?: number | undefined;
  readonly freeBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
  readonly online?: boolean | undefined;
  /** Components on its host have to be upgraded. */
  readonly outOfDate?: boolean | undefined;
  /** Why it cannot be used at present. */
  readonly problem?: string | undefined;
}

/** The part of a scale-out repository that an extent belongs to. */
export type Tier = 'performance' | 'capacity' | 'archive';

export const extent: Kind<Extent> = {
  name: () => l10n.t('Extent'),
  none: () => l10n.t('No extents'),
  prefix: 'r',
  icon: ({ problem, state }) => ({ name: 'database', tone: problem || state ? 'warning' : undefined }),
  beside: ({ objectStorage, state, problem, ...space }, words) => [
    problem,
    state,
    objectStorage && l10n.t('object storage'),
    volumeText(space, words),
  ],
  space: { used: 'usedBytes', limit: 'capacityBytes', free: 'freeBytes' },
};

// It has no row in the report: its space is in that of its scale-out repository.
export const extentFacts: Facts<Extent> = {
  facts: {
    problem: { form: 'text', label: () => l10n.t('Problem') },
    state: { form: 'text', label: () => l10n.t('State') },
    tier: { form: 'text', label: () => l10n.t('Tier'), instead: ({ tier }) => tier && tierName(tier) },
    capacityBytes: { form: 'bytes', label: () => l10n.t('Capacity') },
    usedBytes: { form: 'bytes', label: () => l10n.t('Used') },
    freeBytes: { form: 'bytes', label: () => l10n.t('Free') },
    type: { form: 'text', label: () => l10n.t('Type') },
    hostName: { form: 'text', label: () => l10n.t('Host') },
    path: { form: 'text', label: () => l10n.t('Path'), column: 'storagePath' },
    objectStorage: { form: 'flag' },
    online: { form: 'flag' },
    outOfDate: { form: 'flag' },
    scaleOutRepositoryId: { form: 'text' },
  },
};

/** A tier as headings call it. */
export function tierName(tier: Tier): string {
  switch (tier) {
    case 'performance':
      return l10n.t('Performance Tier');
    case 'capacity':
      return l10n.t('Capacity Tier');
    case 'archive':
      return l10n.t('Archive Tier');
  }
}
