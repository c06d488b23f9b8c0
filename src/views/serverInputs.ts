import * as vscode from 'vscode';
import { products } from '../products/product';
import { originOf, productOf, type SavedServer } from '../servers/savedServer';
import type { NewServer } from '../servers/servers';

/** Asks for all that a server needs; undefined if the user leaves. */
export async function askForServer(): Promise<{ server: NewServer; password: string } | undefined> {
  const product = await vscode.window.showQuickPick(
    products.map(({ id, name, icon, defaultPort }) => ({
      label: `$(${icon}) ${name}`,
      description: vscode.l10n.t('port {0}', defaultPort),
      id,
      defaultPort,
    })),
    {
      title: vscode.l10n.t('Add Server (1/4): Product'),
      placeHolder: vscode.l10n.t('Which product runs on the server?'),
      ignoreFocusOut: true,
    },
  );
  if (!product) {
    return undefined;
  }
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Server (2/4): Address'),
    prompt: vscode.l10n.t('Host name, with a port if it is not {0}', product.defaultPort),
    placeHolder: 'backup.example.com',
    ignoreFocusOut: true,
    validateInput: text =>
      text.trim() !== '' && !originOf(text, product.defaultPort)
        ? vscode.l10n.t('Enter a host, host:port, or an https address')
        : undefined,
  });
  const url = address && originOf(address, product.defaultPort);
  if (!url) {
    return undefined;
  }
  const userName = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Server (3/4): Account'),
    prompt: vscode.l10n.t('User name for {0}', new URL(url).host),
    placeHolder: 'DOMAIN\\user',
    ignoreFocusOut: true,
  });
  if (!userName) {
    return undefined;
  }
  const password = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Server (4/4): Password'),
    prompt: vscode.l10n.t('Password of {0}. It is kept in the secret store of this computer.', userName),
    password: true,
    ignoreFocusOut: true,
  });
  if (!password) {
    return undefined;
  }
  return { server: { product: product.id, url, userName, name: new URL(url).hostname }, password };
}

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
  const choice = await vscode.window.showQuickPick(
    [
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
    ],
    { title, ignoreFocusOut: true },
  );
  return choice && { password, remember: choice.remember };
}
