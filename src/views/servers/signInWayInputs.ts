import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { AccountKind, BrowserWay, DeviceCode, SignInSettings, SignInWay } from '../../products/signIn';
import { hostAndPort } from '../../servers/discovery/address';
import type { SavedServer } from '../../servers/list/savedServer';
import { settingsOf } from '../../servers/list/serverFacts';
import { abortWith } from '../shared/cancellation';
import { nameIn, withoutLinks } from '../shared/harmless';
import { pickOne } from '../shared/pick';

/**
 * How the user wants to sign in; undefined if they leave. Nobody is asked who has no choice.
 * @param known the account's kind in the newest version that its product knows
 * @param served the kind in the version that the server speaks, which takes a request where that is not known
 * @throws what `served` throws
 */
export async function askForWay(
  server: SavedServer,
  known: AccountKind | undefined,
  served: () => Promise<AccountKind | undefined>,
): Promise<SignInWay | undefined> {
  const isPossible = (way: SignInWay) =>
    settingsOf(server, way.id) !== undefined || (way.fits?.(server.userName) ?? true);
  const possible = known?.ways.filter(isPossible) ?? [];
  if (possible.length < 2) {
    return possible[0];
  }
  const ways = (await served())?.ways.filter(isPossible) ?? [];
  if (ways.length < 2) {
    return ways[0];
  }
  const host = hostAndPort(server.url);
  const items = ways.map(way => ({ label: way.name(), detail: way.detail(host), way }));
  // Whoever has a password enters it when the server is added; those who come back to choose mostly have not.
  const inBrowserFirst = items.sort((one, other) => Number('browser' in other.way) - Number('browser' in one.way));
  const choice = await pickOne(inBrowserFirst, {
    title: vscode.l10n.t('Sign in to {0}', nameIn(server.name, 40)),
    staysOpen: true,
  });
  return choice?.way;
}

/**
 * Asks for the settings of a way to sign in, with what was used last, and says who gets what; undefined if the user leaves.
 */
export async function askForSettings(
  server: SavedServer,
  { id, browser }: BrowserWay,
): Promise<SignInSettings | undefined> {
  const saved = settingsOf(server, id) ?? {};
  const authority = browser.authorityOf(saved);
  const isUsual = authority === browser.authorityOf({});
  let settings: SignInSettings = saved;
  for (const [index, field] of browser.fields.entries()) {
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Sign in to {0}', nameIn(server.name, 40)),
      prompt: [
        field.prompt(hostAndPort(server.url)),
        index === 0 && !isUsual && vscode.l10n.t('You sign in at {0}.', new URL(authority).host),
      ]
        .filter(Boolean)
        .join(' '),
      placeHolder: field.example,
      value: saved[field.id] ?? '',
      ignoreFocusOut: true,
      validateInput: text => (text.trim() === '' ? vscode.l10n.t('Enter a value') : undefined),
    });
    if (!answer) {
      return undefined;
    }
    settings = { ...settings, [field.id]: answer.trim() };
  }
  return settings;
}

/**
 * Runs a sign-in with a browser: shows the code and who gets what, offers to copy the code and to open the browser, and lets
 * the user cancel.
 * @throws what `signIn` throws
 */
export async function withDeviceCode(
  server: SavedServer,
  way: BrowserWay,
  settings: SignInSettings,
  signIn: (show: (code: DeviceCode) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(vscode.l10n.t('Sign in to {0}', nameIn(server.name, 40))),
      cancellable: true,
    },
    async (progress, cancelled) => {
      const controller = new AbortController();
      const subscription = abortWith(cancelled, controller);
      const show = (code: DeviceCode) => {
        progress.report({
          message: withoutLinks(vscode.l10n.t('enter the code {0} at {1}', code.userCode, code.verificationUrl)),
        });
        offer(server, way, settings, code).then(undefined, () => controller.abort());
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
  { browser }: BrowserWay,
  settings: SignInSettings,
  { userCode, verificationUrl }: DeviceCode,
): Promise<void> {
  const open = vscode.l10n.t('Copy Code and Open Browser');
  const copy = vscode.l10n.t('Copy Code');
  const instruction = browser.instruction({
    server: nameIn(server.name, 60),
    host: hostAndPort(server.url),
    code: userCode,
    settings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, oneLine(value ?? '', 60)])),
  });
  const answer = await vscode.window.showInformationMessage(withoutLinks(instruction), open, copy);
  if (answer) {
    await vscode.env.clipboard.writeText(userCode);
  }
  if (answer === open) {
    await vscode.env.openExternal(vscode.Uri.parse(verificationUrl, true));
  }
}
