import * as vscode from 'vscode';
import { type ExportFormat, fileKinds } from '../../base/exportFormats';
import type { Node } from '../../inventory/tree/node';
import type { Report } from '../../report/report';
import type { Services } from '../../services';
import { readPageState } from '../../webview/report/messages';
import { tellOfAltered } from '../shared/alteredIds';
import { writeAtomically } from '../shared/atomicFile';
import { csvStyle } from '../shared/csvStyle';
import { showFailure } from '../shared/failureMessages';
import { plain } from '../shared/harmless';
import { offerToAddServer } from '../shared/offerToAddServer';
import { pickMany } from '../shared/pick';
import { SaveFolder } from '../shared/saveFolder';
import { HistoryFiles } from './historyFiles';
import { reportFile, rowsWithAlteredIds } from './reportFiles';
import { ReportPanel, type ReportServices } from './reportPanel';

/** The capacity and quota report, in one panel. */
export class ReportCommands {
  readonly #services: Services;
  readonly #panelServices: ReportServices;
  #panel: ReportPanel | undefined;

  constructor(services: Services, reveal: (node: Node) => Promise<void>) {
    const { inventory, log, extension, memory } = services;
    const folder = new SaveFolder(memory);
    this.#services = services;
    this.#panelServices = {
      inventory,
      history: new HistoryFiles(extension.globalStorageUri, log),
      extension: extension.extensionUri,
      log,
      run: work => void work.catch(showFailure),
      reveal: async node => {
        await vscode.commands.executeCommand('backupTenancy.servers.focus');
        await reveal(node);
      },
      save: (report, format) => save(report, format, folder),
    };
  }

  /** Deletes the numbers of earlier reports on a server that was removed. */
  readonly forget = async (server: string): Promise<void> => {
    await this.#panelServices.history.forget(server);
  };

  /** `showReport(serverIds?)`, or of the rows of the menu; from elsewhere it asks which servers, unless there is only one. */
  readonly showReport = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const servers = await this.#chosen(argument, selected);
    if (servers.length === 0) {
      return;
    }
    this.#panel?.reveal();
    const panel = this.#panel ?? this.#keep(ReportPanel.open(this.#panelServices));
    panel.show(servers.map(({ key }) => key));
  };

  /** Not a command: VS Code has put the panel back. */
  readonly restoreReport = async (panel: unknown, state: unknown): Promise<void> => {
    const restored = this.#keep(new ReportPanel(this.#panelServices, panel as vscode.WebviewPanel));
    restored.show(readPageState(state).servers);
  };

  #keep(panel: ReportPanel): ReportPanel {
    this.#panel = panel;
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
      }
    });
    return panel;
  }

  async #chosen(argument: unknown, selected: unknown): Promise<readonly Node[]> {
    const { inventory, targets } = this.#services;
    if (Array.isArray(argument)) {
      return inventory.servers.filter(({ item }) => argument.includes(item.id));
    }
    const rows = argument === undefined ? [] : targets.subjects(argument, selected);
    return rows.length > 0 ? [...new Set(rows.map(({ root }) => root))] : await pickServers(inventory.servers);
  }
}

async function pickServers(servers: readonly Node[]): Promise<readonly Node[]> {
  if (servers.length === 0) {
    await offerToAddServer();
  }
  if (servers.length < 2) {
    return servers;
  }
  const items = servers.map(node => ({
    label: plain(node.item.name),
    description: plain(node.item.kind === 'server' ? node.item.url : ''),
    node,
  }));
  const picked = await pickMany(
    items,
    {
      title: vscode.l10n.t('Capacity Report'),
      placeholder: vscode.l10n.t('Servers to report on'),
      matchOnDescription: true,
    },
    items,
  );
  return picked?.map(({ node }) => node) ?? [];
}

async function save(report: Report, format: ExportFormat, folder: SaveFolder): Promise<void> {
  const { extension, name } = fileKinds[format];
  const day = new Date(report.at).toISOString().slice(0, 10);
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Report'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: folder.file(`capacity-report-${day}.${extension}`),
    filters: { [name]: [extension] },
  });
  if (!file) {
    return;
  }
  await folder.keep(file);
  await writeAtomically(file, new TextEncoder().encode(reportFile(report, format, csvStyle())));
  tellOfAltered(rowsWithAlteredIds(report, format));
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Report exported.'), open);
  if (answer === open) {
    await vscode.commands.executeCommand('vscode.open', file);
  }
}
