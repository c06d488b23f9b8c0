import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BrowseCommands } from './commands/browse';
import { CopyCommands } from './commands/copy';
import { ExchangeCommands } from './commands/exchange';
import { FolderCommands } from './commands/folders';
import { ServerCommands } from './commands/servers';
import { Targets } from './commands/targets';
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
  const copy = new CopyCommands(inventory, targets);
  const browse = new BrowseCommands(inventory, targets);
  const server = new ServerCommands(servers, inventory, targets, new RecentAddresses(context.globalState));
  const folder = new FolderCommands(servers.list, inventory, targets);
  const exchange = new ExchangeCommands(servers.list, log);
  const commands: Record<string, (...args: unknown[]) => unknown> = {
    addServer: server.addServer,
    editServer: server.editServer,
    connectionOptions: server.connectionOptions,
    testServer: server.testServer,
    removeServer: folder.removeRows(server.removeServer),
    signIn: server.signIn,
    signOut: server.signOut,
    trustCertificate: server.trustCertificate,
    refresh: browse.refresh,
    cancelLoad: browse.cancelLoad,
    loadMore: browse.loadMore,
    loadAll: browse.loadAll,
    newFolder: folder.newFolder,
    renameFolder: folder.renameFolder,
    removeFolder: folder.removeFolder,
    moveToFolder: folder.moveToFolder,
    moveUp: folder.moveUp,
    moveDown: folder.moveDown,
    setLabel: folder.setLabel,
    exportServers: exchange.exportServers,
    importServers: exchange.importServers,
    copyId: copy.copyId,
    copyName: copy.copyName,
    showLog: () => log.show(),
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

/** The second output file: the HTTP client, the parsers and the products, loaded when the first request is due. */
async function loadNetwork() {
  const network = await import('./network');
  if (vscode.l10n.bundle) {
    network.localize({ contents: vscode.l10n.bundle });
  }
  return network;
}

// The failures' sentences are written with the same library in both output files.
if (vscode.l10n.bundle) {
  l10n.config({ contents: vscode.l10n.bundle });
}
