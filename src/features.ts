// The third output file, loaded when a person first asks for one of these: whatever is not needed to show rows.

import { AgentTools } from './agents/tools';
import { BranchCommands } from './commands/branches';
import { CopyCommands } from './commands/copy';
import { CopyAsCommands } from './commands/copyAs';
import { copyMessage } from './commands/copyMessage';
import { DetailsCommands } from './commands/details';
import { DocumentCommands } from './commands/documents';
import { ExportCommands } from './commands/exportList';
import { FindCommands } from './commands/find';
import { FolderCommands } from './commands/folders';
import { InsertCommands } from './commands/insert';
import { LinkCommands } from './commands/links';
import { ListFileCommands } from './commands/listFile';
import { ReportCommands } from './commands/report';
import { ServerCommands } from './commands/servers';
import type { Services } from './commands/services';
import { IdIndex } from './inventory/idIndex';
import { DetailsView } from './views/detailsView';
import { Documents } from './views/documents';
import { IdHints, IdHover } from './views/idProviders';
import { LanguageModelTools } from './views/languageModelTools';
import { PublicApi } from './views/publicApi';

export { config as localize } from '@vscode/l10n';
export { Arrangement } from './views/arrangement';
export { tooltipOf } from './views/tooltip';

/** All that is made when the first of it is needed. */
export function createFeatures(services: Services) {
  const { servers, inventory, tree, targets, viewSettings, details: pane, documentChanged, recent, log } = services;
  const { view } = tree;
  const ids = new IdIndex(inventory);
  const selection = { onDidChange: view.onDidChangeSelection, subjects: () => targets.described(undefined, undefined) };
  const details = new DetailsView(pane, selection, inventory, servers);
  const documents = new Documents(servers, inventory, documentChanged);

  const find = new FindCommands(services);
  const server = new ServerCommands(servers, inventory, targets, recent);
  const folder = new FolderCommands(servers.list, inventory, targets);
  const listFile = new ListFileCommands(servers.list, log);
  const branch = new BranchCommands(inventory, targets, viewSettings);
  const copy = new CopyCommands(inventory, ids, targets);
  const copyAs = new CopyAsCommands(services, ids);
  const list = new ExportCommands(services, ids);
  const insert = new InsertCommands(inventory, ids, targets);
  const detail = new DetailsCommands(services, details, find.reveal);
  const document = new DocumentCommands(services, documents);
  const report = new ReportCommands(services, find.reveal);
  const links = new LinkCommands(inventory, find.reveal, proposed => server.addServer({ proposed }));
  return {
    idHover: new IdHover(ids),
    idHints: new IdHints(ids),
    tools: new LanguageModelTools(new AgentTools(inventory, ids, servers)),
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
      exportServers: listFile.exportServers,
      importServers: listFile.importServers,
      loadAll: branch.loadAll,
      sortBy: branch.sortBy,
      groupBy: branch.groupBy,
      find: find.find,
      filter: find.filter,
      clearFilter: find.clearFilter,
      showReport: report.showReport,
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
      for (const each of [ids, details, documents, detail, find]) {
        each.dispose();
      }
    },
  };
}

export type Features = ReturnType<typeof createFeatures>;
