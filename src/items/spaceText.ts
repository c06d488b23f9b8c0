import * as l10n from '@vscode/l10n';
import type { Words } from './kind';

/** `30 % of 10 GB used`, and `3 GB used` without a capacity. */
export function usageText(used: number | undefined, capacity: number | undefined, words: Words): string | undefined {
  if (used === undefined) {
    return undefined;
  }
  return capacity === undefined || capacity <= 0
    ? l10n.t('{0} used', words.size(used))
    : l10n.t('{0} of {1} used', words.percent(used / capacity), words.size(capacity));
}

/**
 * `30 % of 10 GB used`; `50 % of 10 GB full, 3 GB used by backups` where what is used is something else than what is not free, as other
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
  const isSame = !capacityBytes || freeBytes === undefined || usedBytes === Math.max(0, capacityBytes - freeBytes);
  return isSame || usedBytes === undefined
    ? usageText(usedBytes, capacityBytes, words)
    : l10n.t(
        '{0} of {1} full, {2} used by backups',
        words.percent(Math.max(0, 1 - freeBytes / capacityBytes)),
        words.size(capacityBytes),
        words.size(usedBytes),
      );
}

/** `30 % of 10 GB`, the more telling number first, as it is what a narrow view shows. */
export function quotaText(used: number | undefined, limit: number | undefined, words: Words): string | undefined {
  if (used === undefined || !limit) {
    return (
      usageText(used, undefined, words) ?? (limit === undefined ? undefined : l10n.t('quota {0}', words.size(limit)))
    );
  }
  return l10n.t('{0} of {1}', words.percent(used / limit), words.size(limit));
}

/** `3 GB used, unlimited`, and `unlimited` where nothing is used or nobody knows. */
export function unlimitedText(used: number | undefined, words: Words): string {
  return used ? l10n.t('{0} used, unlimited', words.size(used)) : l10n.t('unlimited');
}
