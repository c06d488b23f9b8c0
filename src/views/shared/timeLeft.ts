import * as vscode from 'vscode';

const day = 24 * 60 * 60 * 1000;

/**
 * How long until something expires, or since it has, in whole days; undefined for what is no date.
 * @param withinDays undefined also for what has longer than that
 */
export function timeLeft(
  iso: string | undefined,
  withinDays = Number.POSITIVE_INFINITY,
  now = Date.now(),
): string | undefined {
  const left = Date.parse(iso ?? '') - now;
  if (Number.isNaN(left) || left > withinDays * day) {
    return undefined;
  }
  const days = Math.floor(Math.abs(left) / day);
  if (left > 0) {
    return days === 0
      ? vscode.l10n.t('expires within a day')
      : days === 1
        ? vscode.l10n.t('expires in 1 day')
        : vscode.l10n.t('expires in {0} days', days);
  }
  return days === 0
    ? vscode.l10n.t('expired within the last day')
    : days === 1
      ? vscode.l10n.t('expired 1 day ago')
      : vscode.l10n.t('expired {0} days ago', days);
}
