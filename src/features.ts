// The third output file, loaded when a person first asks for one of these: whatever is not needed to show and copy rows.

import { CopyCommands } from './commands/copy';
import { DetailsCommands } from './commands/details';
import { DocumentCommands } from './commands/documents';
import { ExchangeCommands } from './commands/exchange';
import { FolderCommands } from './commands/folders';
import { ServerCommands } from './commands/servers';
import type { Services } from './commands/services';
import { DetailsView } from './views/detailsView';
import { Documents } from './views/documents';
import { tooltipOf } from './views/tooltip';

export { config as localize } from '@vscode/l10n';

/** All that is made when the first of it is needed. */
export function createFeatures(services: Services) {
  const { servers, inventory, tree, targets, details: pane, documentChanged } = services;
  const selection = { onDidChange: tree.onDidChangeSelection, nodes: () => targets.subjects(undefined, undefined) };
  const details = new DetailsView(pane, selection, inventory, servers);
  const documents = new Documents(servers, inventory, documentChanged);
  const detailsCommands = new DetailsCommands(services, details);
  return {
    tooltipOf,
    details,
    documents,
    commands: createCommands(services, detailsCommands, new DocumentCommands(services, documents)),
    dispose() {
      for (const each of [detailsCommands, details, documents]) {
        each.dispose();
      }
    },
  };
}

export type Features = ReturnType<typeof createFeatures>;

/** The commands of this file, by their names without the prefix. */
function createCommands(services: Services, details: DetailsCommands, document: DocumentCommands) {
  const { servers, inventory, targets, recent, log } = services;
  const copy = new CopyCommands(inventory, targets);
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
    openDetails: details.openDetails,
    refreshDetails: details.refreshDetails,
    copyValue: details.copyValue,
    copyRawValue: details.copyRawValue,
    openAsJson: document.openAsJson,
    openAsXml: document.openAsXml,
    compareWith: document.compareWith,
    refreshDocument: document.refreshDocument,
  };
}
