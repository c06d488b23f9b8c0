import * as vscode from 'vscode';

/** What a command says that needs a server where there is none. */
export async function offerToAddServer(): Promise<void> {
  const add = vscode.l10n.t('Add Server…');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('There are no backup servers yet.'), add)) === add) {
    await vscode.commands.executeCommand('backupTenancy.addServer');
  }
}
