import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BrowseCommands } from './commands/browse';
import type { Services } from './commands/services';
import { Targets } from './commands/targets';
import type { FeatureCommands } from './features';
import { Inventory } from './inventory/inventory';
import { CheckedSecretStore } from './servers/checkedSecretStore';
import type { Network } from './servers/connection';
import { NetworkSettings } from './servers/networkSettings';
import { RecentAddresses } from './servers/recentAddresses';
import { serverItem } from './servers/savedServer';
import { ServerList, storageKey } from './servers/serverList';
import { Servers } from './servers/servers';
import { FoldedFolders } from './views/foldedFolders';
import { ServersTree } from './views/serversTree';

/** What {@link deactivate} does with the window's servers. */
let endSessions: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('Backup Tenancy'), { log: true });
  context.globalState.setKeysForSync([storageKey]);

  const secrets = new CheckedSecretStore(context.secrets);
  const settings = new NetworkSettings();
  const network = async (): Promise<Network> => await settings.applyTo(await loadNetwork());
  const servers = new Servers(new ServerList(context.globalState), secrets, network, log);
  endSessions = () => servers.exit();
  const inventory = new Inventory(servers, log);
  const tree = new ServersTree(inventory, servers.list, new FoldedFolders(context.workspaceState));
  const showServers = () => inventory.setServers(servers.list.servers.map(serverItem), servers.list.folders);
  showServers();

  /** Does what nobody waits for. */
  const report = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  };
  /** Another window has signed the server in or out. Rows that nobody has asked for are not loaded for that. */
  const reload = async (id: string): Promise<void> => {
    const node = inventory.find(id);
    if (node?.openedBranch && node.openedBranch.state !== 'idle') {
      await inventory.refresh(node);
    }
  };

  const targets = new Targets(tree.view);
  const browse = new BrowseCommands(inventory, targets);
  const recent = new RecentAddresses(context.globalState);
  const commands: Record<string, Command> = {
    refresh: browse.refresh,
    cancelLoad: browse.cancelLoad,
    loadMore: browse.loadMore,
    loadAll: browse.loadAll,
    showLog: () => log.show(),
    ...whenNeeded({ servers, inventory, targets, recent, memory: context.globalState, log }),
  };

  context.subscriptions.push(
    log,
    tree,
    targets,
    settings,
    settings.onDidChange(() => report(servers.reconnect())),
    context.secrets.onDidChange(({ key }) => report(servers.secretsChanged(key))),
    { dispose: secrets.onDidLose.listen(notice => vscode.window.showWarningMessage(notice.message)) },
    { dispose: servers.onDidChangeSession.listen(id => report(reload(id))) },
    { dispose: servers.list.onDidChange.listen(showServers) },
    { dispose: () => servers.close() },
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`backupTenancy.${name}`, run)),
  );
}

/** VS Code waits for it, though not for long. */
export async function deactivate(): Promise<void> {
  await endSessions?.();
}

type Command = (...args: unknown[]) => unknown;

/** The commands whose code is loaded with the first one that is used. */
const featureCommands: Readonly<Record<keyof FeatureCommands, true>> = {
  addServer: true,
  editServer: true,
  connectionOptions: true,
  testServer: true,
  removeServer: true,
  signIn: true,
  signOut: true,
  trustCertificate: true,
  newFolder: true,
  renameFolder: true,
  removeFolder: true,
  moveToFolder: true,
  moveUp: true,
  moveDown: true,
  setLabel: true,
  exportServers: true,
  importServers: true,
  copyId: true,
  copyName: true,
  copyAs: true,
  copyAsLast: true,
  exportList: true,
};

function whenNeeded(services: Services): Record<string, Command> {
  let loaded: Promise<Record<string, Command>> | undefined;
  const load = async () => localized(await import('./features')).createCommands(services);
  return Object.fromEntries(
    Object.keys(featureCommands).map(name => [
      name,
      async (...args: unknown[]) => {
        loaded ??= load();
        return await (await loaded)[name]?.(...args);
      },
    ]),
  );
}

/** The second output file: the HTTP client, the parsers and the products, loaded when the first request is due. */
async function loadNetwork() {
  return localized(await import('./network'));
}

/** Sentences of failures are written with the same library in all output files. */
function localized<File extends Localized>(file: File): File {
  if (vscode.l10n.bundle) {
    file.localize({ contents: vscode.l10n.bundle });
  }
  return file;
}

type Localized = { readonly localize: typeof l10n.config };

localized({ localize: l10n.config });
