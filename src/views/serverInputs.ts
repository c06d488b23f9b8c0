import * as vscode from 'vscode';
import { productOf, type SavedServer } from '../servers/savedServer';

/** Asks for the password of a saved server, and whether to keep it; undefined if the user leaves. */
export async function askForPassword(
  server: SavedServer,
): Promise<{ password: string; remember: boolean } | undefined> {
  const title = vscode.l10n.t('Sign in to {0}', server.name);
  const password = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Password of {0} for {1} on {2}',
      server.userName,
      productOf(server)?.name ?? server.product,
      new URL(server.url).host,
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (!password) {
    return undefined;
  }
  const choice = await vscode.window.showQuickPick(rememberChoices(), { title, ignoreFocusOut: true });
  return choice && { password, remember: choice.remember };
}

/** The items of a quick pick that asks whether to keep the password. */
export function rememberChoices(): readonly (vscode.QuickPickItem & { readonly remember: boolean })[] {
  return [
    {
      label: vscode.l10n.t('Remember the password'),
      detail: vscode.l10n.t('Kept in the secret store of this computer; sessions are renewed without asking.'),
      remember: true,
    },
    {
      label: vscode.l10n.t('Do not remember the password'),
      detail: vscode.l10n.t('Only the session is kept; you are asked again when it ends.'),
      remember: false,
    },
  ];
}
