// The output file that is loaded when a person first asks for one of these: whatever is not needed to show rows.

import { AgentTools } from './agents/tools';
import { Everywhere } from './everywhere/everywhere';
import { IdIndex } from './inventory/search/idIndex';
import { RecentAddresses } from './servers/list/recentAddresses';
import { Servers } from './servers/servers';
import type { Services } from './services';
import { ChangesCommands } from './views/changes/changesCommands';
import { CopyAsCommands } from './views/copy/copyAsCommands';
import { CopyCommands } from './views/copy/copyCommands';
import { copyMessage } from './views/copy/copyMessage';
import { InsertCommands } from './views/copy/insertCommand';
import { DetailsCommands } from './views/details/detailsCommands';
import { DetailsView } from './views/details/detailsView';
import { DocumentCommands } from './views/documents/documentCommands';
import { Documents } from './views/documents/documents';
import { IdHints, IdHover } from './views/editors/idProviders';
import { EverywhereCommands } from './views/everywhere/everywhereCommands';
import { ExportCommands } from './views/export/exportCommands';
import { FindCommands } from './views/find/findCommands';
import { LinkCommands } from './views/links/linkCommands';
import { PinCommands } from './views/pins/pinCommands';
import { LanguageModelTools } from './views/programs/languageModelTools';
import { declaredTools, McpDefinitions } from './views/programs/mcpDefinitions';
import { PublicApi } from './views/programs/publicApi';
import { ReportCommands } from './views/report/reportCommands';
import { FolderCommands } from './views/servers/folderCommands';
import { ListFileCommands } from './views/servers/listFileCommands';
import { ServerCommands } from './views/servers/serverCommands';
import { SignInCommands } from './views/servers/signInCommands';
import { BranchCommands } from './views/tree/branchCommands';

export { config as localize } from '@vscode/l10n';
export { offerToAddServer } from './views/shared/offerToAddServer';
export { Arrangement } from './views/tree/arrangement';
export { ServersDragAndDrop } from './views/tree/serversDragAndDrop';
export { tooltipOf } from './views/tree/tooltip';

/** All that is made when the first of it is needed. */
export function createFeatures(services: Services) {
  const {
    connections,
    list: savedList,
    inventory,
    tree,
    targets,
    viewSettings,
    details: pane,
    pins,
    documentChanged,
    memory,
    log,
    extension,
  } = services;
  const { view } = tree;
  const ids = new IdIndex(inventory);
  const selection = { onDidChange: view.onDidChangeSelection, subjects: () => targets.described(undefined, undefined) };
  const details = new DetailsView(pane, selection, inventory, connections);
  const documents = new Documents(connections, inventory, documentChanged);

  const everywhere = new Everywhere(inventory, connections);
  const agentTools = new AgentTools(inventory, ids, connections);
  const mcp = new McpDefinitions({
    ...declaredTools(extension.extension),
    run: (tool, input, signal) => agentTools.run(tool, input, signal),
    onError: error => log.error(error instanceof Error ? error : new Error(String(error))),
  });

  const find = new FindCommands(services);
  const servers = new Servers(services);
  const server = new ServerCommands(servers, inventory, targets, new RecentAddresses(memory), find);
  const signIn = new SignInCommands(servers, inventory, targets);
  const folder = new FolderCommands(savedList, inventory, targets);
  const listFile = new ListFileCommands(savedList, log);
  const branch = new BranchCommands(inventory, targets, viewSettings);
  const copy = new CopyCommands(services, ids);
  const copyAs = new CopyAsCommands(services, ids, everywhere);
  const list = new ExportCommands(services, ids);
  const insert = new InsertCommands(inventory, ids, targets);
  const detail = new DetailsCommands(services, details, find.reveal);
  const document = new DocumentCommands(services, documents);
  const places = new EverywhereCommands(everywhere, services, ids, find.reveal);
  const report = new ReportCommands(services, find.reveal);
  const changes = new ChangesCommands(services, find.reveal);
  const pin = new PinCommands(pins, inventory, targets);
  const links = new LinkCommands(inventory, find.reveal, proposed => server.addServer({ proposed }));
  return {
    idHover: new IdHover(ids),
    idHints: new IdHints(ids),
    tools: new LanguageModelTools(agentTools),
    mcp,
    api: new PublicApi(inventory),
    details,
    documents,
    followLink: links.follow,
    restoreReport: report.restoreReport,
    forgetServer: report.forget,
    /** By their names without the prefix. */
    commands: {
      addServer: server.addServer,
      editServer: server.editServer,
      connectionOptions: server.connectionOptions,
      openWebConsole: server.openWebConsole,
      testServer: signIn.testServer,
      removeServer: folder.removeRows(server.removeServer),
      signIn: signIn.signIn,
      signOut: signIn.signOut,
      trustCertificate: signIn.trustCertificate,
      newFolder: folder.newFolder,
      rename: folder.rename,
      renameFolder: folder.renameFolder,
      removeFolder: folder.removeFolder,
      moveToFolder: folder.moveToFolder,
      moveUp: folder.moveUp,
      moveDown: folder.moveDown,
      setLabel: folder.setLabel,
      exportServers: listFile.exportServers,
      importServers: listFile.importServers,
      loadAll: branch.loadAll,
      sortBy: branch.sortBy,
      groupBy: branch.groupBy,
      find: find.find,
      filter: find.filter,
      clearFilter: find.clearFilter,
      showEverywhere: places.showEverywhere,
      showReport: report.showReport,
      compareWithServers: changes.compareWithServers,
      pin: pin.pin,
      unpin: pin.unpin,
      copyId: copy.copyId,
      copyName: copy.copyName,
      copyMessage: copyMessage(targets),
      copyAs: copyAs.copyAs,
      copyAsLast: copyAs.copyAsLast,
      exportList: list.exportList,
      insertId: insert.insertId,
      reveal: links.reveal,
      openDetails: detail.openDetails,
      refreshDetails: detail.refreshDetails,
      copyValue: detail.copyValue,
      copyRawValue: detail.copyRawValue,
      openAsJson: document.openAsJson,
      openAsXml: document.openAsXml,
      compareWith: document.compareWith,
      refreshDocument: document.refreshDocument,
    },
    dispose() {
      for (const each of [ids, details, documents, detail, find, changes, mcp]) {
        each.dispose();
      }
    },
  };
}

export type Features = ReturnType<typeof createFeatures>;
