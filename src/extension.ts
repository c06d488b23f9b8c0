import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BrowseCommands } from './commands/browse';
import { CopyCommands } from './commands/copy';
import { ExchangeCommands } from './commands/exchange';
import { FolderCommands } from './commands/folders';
import { ServerCommands } from './commands/servers';
import { Targets } from './commands/targets';
import { Inventory } from './inventory/inventory';
import { RecentAddresses } from './servers/recentAddresses';
import { serverItem } from './servers/savedServer';
import { ServerList, storageKey } from './servers/serverList';
import { Servers } from './servers/servers';
import { FoldedFolders } from './views/foldedFolders';
import { ServersTree } from './views/serversTree';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('Backup Tenancy'), { log: true });
  context.globalState.setKeysForSync([storageKey]);

  const servers = new Servers(new ServerList(context.globalState), context.secrets, loadNetwork, log);
  const inventory = new Inventory(servers, log);
  const tree = new ServersTree(inventory, servers.list, new FoldedFolders(context.workspaceState));
  const showServers = () => inventory.setServers(servers.list.servers.map(serverItem), servers.list.folders);
  showServers();

  const targets = new Targets(tree.view);
  const copy = new CopyCommands(inventory, targets);
  const browse = new BrowseCommands(inventory, targets);
  const server = new ServerCommands(servers, inventory, targets, new RecentAddresses(context.globalState));
  const folder = new FolderCommands(servers.list, inventory, targets);
  const exchange = new ExchangeCommands(servers.list, log);
  const commands: Record<string, (...args: unknown[]) => unknown> = {
    addServer: server.addServer,
    editServer: server.editServer,
    testServer: server.testServer,
    removeServer: server.removeServer,
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
    { dispose: servers.list.onDidChange.listen(showServers) },
    { dispose: () => servers.close() },
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`backupTenancy.${name}`, run)),
  );
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
