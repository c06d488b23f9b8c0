// The third output file, loaded when a person first asks for one of these: whatever is not needed to show and copy rows.

import { AgentTools } from './agents/tools';
import { BranchCommands } from './commands/branches';
import { CopyCommands } from './commands/copy';
import { CopyAsCommands } from './commands/copyAs';
import { DetailsCommands } from './commands/details';
import { DocumentCommands } from './commands/documents';
import { ExchangeCommands } from './commands/exchange';
import { ExportCommands } from './commands/exportList';
import { FindCommands } from './commands/find';
import { FolderCommands } from './commands/folders';
import { InsertCommands } from './commands/insert';
import { LinkCommands } from './commands/links';
import { ReportCommands } from './commands/report';
import { ServerCommands } from './commands/servers';
import type { Services } from './commands/services';
import { IdIndex } from './inventory/idIndex';
import { LanguageModelTools } from './views/agentTools';
import { DetailsView } from './views/detailsView';
import { Documents } from './views/documents';
import { IdHints, IdHover } from './views/idProviders';
import { PublicApi } from './views/publicApi';

export { config as localize } from '@vscode/l10n';
export { Arrangement } from './views/arrangement';
export { tooltipOf } from './views/tooltip';

/** All that is made when the first of it is needed. */
export function createFeatures(services: Services) {
  const { servers, inventory, tree, targets, details: pane, documentChanged } = services;
  const { view } = tree;
  const ids = new IdIndex(inventory);
  const server = new ServerCommands(servers, inventory, targets, services.recent);
  const find = new FindCommands(inventory, tree);
  const links = new LinkCommands(inventory, find.reveal, proposed => server.addServer({ proposed }));
  const selection = { onDidChange: view.onDidChangeSelection, nodes: () => targets.subjects(undefined, undefined) };
  const details = new DetailsView(pane, selection, inventory, servers);
  const documents = new Documents(servers, inventory, documentChanged);
  const detailsCommands = new DetailsCommands(services, details, find.reveal);
  const report = new ReportCommands(services, find.reveal);
  return {
    idHover: new IdHover(ids),
    idHints: new IdHints(ids),
    followLink: links.follow,
    tools: new LanguageModelTools(new AgentTools(inventory, ids, servers)),
    api: new PublicApi(inventory),
    details,
    documents,
    restoreReport: report.restoreReport,
    commands: createCommands(
      services,
      ids,
      find,
      links,
      detailsCommands,
      new DocumentCommands(services, documents),
      report,
    ),
    dispose() {
      for (const each of [ids, detailsCommands, details, documents]) {
        each.dispose();
      }
    },
  };
}

export type Features = ReturnType<typeof createFeatures>;

/** The commands of this file, by their names without the prefix. */
function createCommands(
  services: Services,
  ids: IdIndex,
  find: FindCommands,
  links: LinkCommands,
  details: DetailsCommands,
  document: DocumentCommands,
  report: ReportCommands,
) {
  const { servers, inventory, targets, viewSettings, recent, log } = services;
  const branch = new BranchCommands(inventory, targets, viewSettings);
  const copy = new CopyCommands(inventory, targets);
  const copyAs = new CopyAsCommands(services);
  const list = new ExportCommands(inventory, targets);
  const insert = new InsertCommands(inventory, ids, targets);
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
    loadAll: branch.loadAll,
    sortBy: branch.sortBy,
    groupBy: branch.groupBy,
    find: find.find,
    filter: find.filter,
    clearFilter: find.clearFilter,
    showReport: report.showReport,
    copyId: copy.copyId,
    copyName: copy.copyName,
    copyAs: copyAs.copyAs,
    copyAsLast: copyAs.copyAsLast,
    exportList: list.exportList,
    insertId: insert.insertId,
    reveal: links.reveal,
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
