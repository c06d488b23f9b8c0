import * as l10n from '@vscode/l10n';
import type { Words } from './kind';

/** `3 GB of 10 GB used` */
export function usageText(used: number | undefined, capacity: number | undefined, words: Words): string | undefined {
  if (used === undefined) {
    return undefined;
  }
  return capacity === undefined
    ? l10n.t('{0} used', words.size(used))
    : l10n.t('{0} of {1} used', words.size(used), words.size(capacity));
}

/**
 * `3 GB of 10 GB used`; `3 GB used, 5 GB of 10 GB free` where what is used is something else than what is not free, as other
 * files take space, too, and blocks that files share take it once.
 */
export function volumeText(
  {
    usedBytes,
    capacityBytes,
    freeBytes,
  }: Readonly<Partial<Record<'usedBytes' | 'capacityBytes' | 'freeBytes', number | undefined>>>,
  words: Words,
): string | undefined {
  const isSame =
    capacityBytes === undefined || freeBytes === undefined || usedBytes === Math.max(0, capacityBytes - freeBytes);
  return isSame || usedBytes === undefined
    ? usageText(usedBytes, capacityBytes, words)
    : l10n.t('{0} used, {1} of {2} free', words.size(usedBytes), words.size(freeBytes), words.size(capacityBytes));
}

/** `3 GB of 10 GB` */
export function quotaText(used: number | undefined, limit: number | undefined, words: Words): string | undefined {
  if (used === undefined || limit === undefined) {
    return (
      usageText(used, undefined, words) ?? (limit === undefined ? undefined : l10n.t('quota {0}', words.size(limit)))
    );
  }
  return l10n.t('{0} of {1}', words.size(used), words.size(limit));
}
