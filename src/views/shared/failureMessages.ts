import * as vscode from 'vscode';
import { type Failure, isFailure } from '../../base/failure';
import type { Node } from '../../inventory/tree/node';
import { withoutLinks } from './harmless';

/** A button of a message. */
export interface Remedying {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** Says what went well, with the way to what was sent and received. */
export async function showOutcome(text: string): Promise<void> {
  await (await vscode.window.showInformationMessage(withoutLinks(text), showLog()))?.run();
}

/** Says what went wrong, with the way to the log. Failures that are shown to nobody are passed over. */
export async function showFailure(error: unknown, remedies: readonly Remedying[] = []): Promise<void> {
  if (isFailure(error) && error.kind === 'cancelled') {
    return;
  }
  await (await vscode.window.showErrorMessage(withoutLinks(sentenceOf(error)), ...remedies, showLog()))?.run();
}

export function sentenceOf(error: unknown): string {
  const failure: Failure | undefined = isFailure(error) ? error : undefined;
  if (failure) {
    return failure.message;
  }
  return error instanceof Error ? error.message : vscode.l10n.t('Something unexpected happened.');
}

/** What can be done about a failure of a server's. */
export function remediesOf(error: unknown, server: Node): readonly Remedying[] {
  const run = (command: string) => async () => {
    await vscode.commands.executeCommand(`backupTenancy.${command}`, server);
  };
  return (isFailure(error) ? error.remedies : []).flatMap(remedy => {
    switch (remedy) {
      case 'signIn':
        return { title: vscode.l10n.t('Sign In'), run: run('signIn') };
      case 'edit':
        return { title: vscode.l10n.t('Edit Server…'), run: run('editServer') };
      case 'connectionOptions':
        return { title: vscode.l10n.t('Connection Options…'), run: run('connectionOptions') };
      default:
        return [];
    }
  });
}

function showLog(): Remedying {
  return {
    title: vscode.l10n.t('Show Log'),
    run: async () => {
      await vscode.commands.executeCommand('backupTenancy.showLog');
    },
  };
}
