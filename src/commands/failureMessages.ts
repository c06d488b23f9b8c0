import * as vscode from 'vscode';
import { type Failure, isFailure } from '../http/failure';

/** Says what went wrong, with the way to the log. Failures that are shown to nobody are passed over. */
export async function showFailure(error: unknown): Promise<void> {
  if (isFailure(error) && error.kind === 'cancelled') {
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(sentenceOf(error), showLog);
  if (choice === showLog) {
    await vscode.commands.executeCommand('backupTenancy.showLog');
  }
}

export function sentenceOf(error: unknown): string {
  const failure: Failure | undefined = isFailure(error) ? error : undefined;
  if (failure) {
    return failure.message;
  }
  return error instanceof Error ? error.message : vscode.l10n.t('Something unexpected happened.');
}
