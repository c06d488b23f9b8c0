// The third output file, loaded when a person first asks for one of these: whatever is not needed to show and copy rows.

import { CopyCommands } from './commands/copy';
import { CopyAsCommands } from './commands/copyAs';
import { ExchangeCommands } from './commands/exchange';
import { ExportCommands } from './commands/exportList';
import { FolderCommands } from './commands/folders';
import { ServerCommands } from './commands/servers';
import type { Services } from './commands/services';

export { config as localize } from '@vscode/l10n';

/** The commands of this file, by their names without the prefix. */
export function createCommands(services: Services) {
  const { servers, inventory, targets, recent, log } = services;
  const copy = new CopyCommands(inventory, targets);
  const copyAs = new CopyAsCommands(services);
  const list = new ExportCommands(inventory, targets);
  const server = new ServerCommands(servers, inventory, targets, recent);
  const folder = new FolderCommands(servers.list, inventory, targets);
  const exchange = new ExchangeCommands(servers.list, log);
  return {
    addServer: server.addServer,
    editServer: server.editServer,
    connectionOptions: server.connectionOptions,
    testServer: server.testServer,
    removeServer: folder.removeRows(server.removeServer),
    signIn: server.signIn,
    signOut: server.signOut,
    trustCertificate: server.trustCertificate,
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
    copyAs: copyAs.copyAs,
    copyAsLast: copyAs.copyAsLast,
    exportList: list.exportList,
  };
}

export type FeatureCommands = ReturnType<typeof createCommands>;
