import * as vscode from 'vscode';

const day = 24 * 60 * 60 * 1000;
const warningDays = 30;

/** A few words about a server's certificate that expires soon or has done so; undefined while there is time. */
export function expiryWarning(expires: string | undefined, now = Date.now()): string | undefined {
  const left = Date.parse(expires ?? '') - now;
  // What cannot be read gives no number, and no warning.
  if (!(left < warningDays * day)) {
    return undefined;
  }
  if (left <= 0) {
    return vscode.l10n.t('certificate has expired');
  }
  const days = Math.floor(left / day);
  return days === 0
    ? vscode.l10n.t('certificate expires today')
    : days === 1
      ? vscode.l10n.t('certificate expires in 1 day')
      : vscode.l10n.t('certificate expires in {0} days', days);
}
