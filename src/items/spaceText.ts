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

/** `3 GB of 10 GB` */
export function quotaText(used: number | undefined, limit: number | undefined, words: Words): string | undefined {
  if (used === undefined || limit === undefined) {
    return (
      usageText(used, undefined, words) ?? (limit === undefined ? undefined : l10n.t('quota {0}', words.size(limit)))
    );
  }
  return l10n.t('{0} of {1}', words.size(used), words.size(limit));
}
