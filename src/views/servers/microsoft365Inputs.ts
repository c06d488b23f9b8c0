import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { DeviceCode, SignInMethod } from '../../products/product';
import { hostAndPort } from '../../servers/discovery/address';
import type { SavedMicrosoft365, SavedServer } from '../../servers/list/savedServer';
import { abortWith } from '../shared/cancellation';
import { withoutLinks } from '../shared/harmless';

/** Whether it may be the name of a Microsoft 365 account: `DOMAIN\\user` and `HOST\\user` are accounts of Windows. */
export function mayBeMicrosoft365(userName: string): boolean {
  return !userName.includes('\\');
}

/**
 * How the user wants to sign in; undefined if they leave. Nobody is asked who has no choice.
 * @param methods those that the server's version knows
 * @throws what `methods` throws
 */
export async function askForSignInMethod(
  server: SavedServer,
  methods: () => Promise<readonly SignInMethod[]>,
): Promise<SignInMethod | undefined> {
  if (!server.microsoft365 && !mayBeMicrosoft365(server.userName)) {
    return 'password';
  }
  if (!(await methods()).includes('microsoft365')) {
    return 'password';
  }
  const host = hostAndPort(server.url);
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Microsoft 365 account'),
        detail: vscode.l10n.t(
          'Sign in at Microsoft in a browser; multi-factor authentication works. {0} gets the tokens.',
          host,
        ),
        method: 'microsoft365' as const,
      },
      {
        label: vscode.l10n.t('User name and password'),
        detail: vscode.l10n.t('Sent to {0}.', host),
        method: 'password' as const,
      },
    ],
    { title: vscode.l10n.t('Sign in to {0}', server.name), ignoreFocusOut: true },
  );
  return choice?.method;
}

/**
 * Asks which organization and application it is, with what was used last, and says who gets the tokens; undefined if the user
 * leaves.
 */
export async function askForMicrosoft365(server: SavedServer): Promise<SavedMicrosoft365 | undefined> {
  const title = vscode.l10n.t('Sign in to {0}', server.name);
  const authority = server.microsoft365?.authority;
  const required = (text: string) => (text.trim() === '' ? vscode.l10n.t('Enter a value') : undefined);
  const tenant = await vscode.window.showInputBox({
    title,
    prompt: [
      vscode.l10n.t('Microsoft 365 organization. {0} gets the tokens that Microsoft issues.', hostAndPort(server.url)),
      authority && vscode.l10n.t('You sign in at {0}.', new URL(authority).host),
    ]
      .filter(Boolean)
      .join(' '),
    placeHolder: 'contoso.onmicrosoft.com',
    value: server.microsoft365?.tenant ?? '',
    ignoreFocusOut: true,
    validateInput: required,
  });
  if (!tenant) {
    return undefined;
  }
  const clientId = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Application (client) ID of the Microsoft Entra application that the organization was added with. Its tokens go to {0}.',
      hostAndPort(server.url),
    ),
    placeHolder: '00000000-0000-0000-0000-000000000000',
    value: server.microsoft365?.clientId ?? '',
    ignoreFocusOut: true,
    validateInput: required,
  });
  return clientId ? { ...server.microsoft365, tenant: tenant.trim(), clientId: clientId.trim() } : undefined;
}

/**
 * Runs a sign-in with a device code: shows the code and who gets the tokens, offers to copy the code and to open the browser,
 * and lets the user cancel.
 * @throws what `signIn` throws
 */
export async function withDeviceCode(
  server: SavedServer,
  account: SavedMicrosoft365,
  signIn: (show: (code: DeviceCode) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(vscode.l10n.t('Sign in to {0}', server.name)),
      cancellable: true,
    },
    async (progress, cancelled) => {
      const controller = new AbortController();
      const subscription = abortWith(cancelled, controller);
      const show = (code: DeviceCode) => {
        progress.report({
          message: withoutLinks(vscode.l10n.t('enter the code {0} at {1}', code.userCode, code.verificationUrl)),
        });
        offer(server, account, code).then(undefined, () => controller.abort());
      };
      try {
        await signIn(show, controller.signal);
      } finally {
        subscription.dispose();
      }
    },
  );
}

async function offer(
  server: SavedServer,
  { clientId, tenant }: SavedMicrosoft365,
  { userCode, verificationUrl }: DeviceCode,
): Promise<void> {
  const open = vscode.l10n.t('Copy Code and Open Browser');
  const copy = vscode.l10n.t('Copy Code');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      vscode.l10n.t(
        'To sign in to {0}, enter the code {1} at Microsoft. {2} then gets the tokens of the application {3} in {4}.',
        oneLine(server.name, 60),
        userCode,
        hostAndPort(server.url),
        oneLine(clientId, 60),
        oneLine(tenant, 60),
      ),
    ),
    open,
    copy,
  );
  if (answer) {
    await vscode.env.clipboard.writeText(userCode);
  }
  if (answer === open) {
    await vscode.env.openExternal(vscode.Uri.parse(verificationUrl, true));
  }
}
