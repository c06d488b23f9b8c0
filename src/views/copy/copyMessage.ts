import * as vscode from 'vscode';
import { copyToClipboard } from '../shared/clipboard';
import type { Targets } from '../shared/targets';

/** Copies what rows tell of failures, a line each; answers with the copied text, for scripts. */
export function copyMessage(targets: Targets) {
  return async (argument?: unknown, selected?: unknown): Promise<string | undefined> => {
    const failures = targets
      .rows(argument, selected)
      .flatMap(row => (row.type === 'failure' ? (row.parent.openedBranch?.failure ?? []) : []));
    if (failures.length === 0) {
      return undefined;
    }
    const text = failures.map(({ message }) => message).join('\n');
    await copyToClipboard(text, vscode.l10n.t('Copied the message'));
    return text;
  };
}
