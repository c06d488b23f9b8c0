import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BackupTenancyApi } from '../api';
import type { Features } from './features';
import { apiOf, registerProviders } from './lazyProviders';
import { NetworkSettings } from './servers/connection/networkSettings';
import { RecentAddresses } from './servers/list/recentAddresses';
import { storageKey } from './servers/list/serverList';
import { CheckedSecretStore } from './servers/session/checkedSecretStore';
import { createServices } from './services';
import type { DetailRow } from './views/details/detailRow';
import { documentScheme } from './views/documents/documentAddress';
import { Targets } from './views/shared/targets';
import { BrowseCommands } from './views/tree/browseCommands';
import { ContextKeys } from './views/tree/contextKeys';
import { FoldedFolders } from './views/tree/foldedFolders';
import { ServersTree } from './views/tree/serversTree';
import { ViewSettings } from './views/tree/viewSettings';

/** What {@link deactivate} does with the window's servers. */
let endSessions: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): BackupTenancyApi {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('Backup Tenancy'), { log: true });
  context.globalState.setKeysForSync([storageKey]);
  /** Does what nobody waits for. */
  const run = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  };

  const secrets = new CheckedSecretStore(context.secrets);
  const settings = new NetworkSettings();
  const network = async () => await settings.applyTo(await loadNetwork());
  const viewSettings = new ViewSettings();
  const core = createServices({
    memory: context.globalState,
    secretStore: secrets,
    network,
    log,
    rowsPerLoad: () => viewSettings.pageSize,
  });
  const { list, connections, servers, inventory } = core;
  endSessions = () => connections.exit();
  const tree = new ServersTree(inventory, list, new FoldedFolders(context.workspaceState, run), viewSettings, {
    arrangement: once(async () => new (await loadFeatures()).Arrangement(viewSettings)),
    tooltipOf: async row => (await loadFeatures()).tooltipOf(row),
  });

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
  const documentChanged = new vscode.EventEmitter<vscode.Uri>();
  const detailsChanged = new vscode.EventEmitter<DetailRow | undefined>();
  const detailsView = vscode.window.createTreeView<DetailRow>('backupTenancy.details', {
    treeDataProvider: {
      onDidChangeTreeData: detailsChanged.event,
      getChildren: async row => [...(await features()).details.getChildren(row)],
      getTreeItem: async row => (await features()).details.getTreeItem(row),
    },
    canSelectMany: true,
  });
  const details = { view: detailsView, changed: detailsChanged };
  const services = {
    ...core,
    ...{ tree, targets, viewSettings, details, documentChanged, recent, log, run },
    extension: context,
    memory: context.globalState,
  };
  const features = once(async () => {
    const made = (await loadFeatures()).createFeatures(services);
    context.subscriptions.push(made);
    return made;
  });
  const commands: Record<string, Command> = {
    refresh: browse.refresh,
    cancelLoad: browse.cancelLoad,
    loadMore: browse.loadMore,
    showLog: () => log.show(),
    getStarted: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#getStarted`, false),
    ...whenNeeded(features),
  };

  const forgetReports = async (id: string) => (await features()).forgetServer(id);
  const later = setImmediate(() => run(servers.forgetRemoved()));

  context.subscriptions.push(
    { dispose: () => clearImmediate(later) },
    log,
    tree,
    targets,
    new ContextKeys(inventory, run),
    detailsView,
    detailsChanged,
    documentChanged,
    vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
      onDidChange: documentChanged.event,
      provideTextDocumentContent: async (uri, token) =>
        await (await features()).documents.provideTextDocumentContent(uri, token),
    }),
    settings,
    viewSettings,
    vscode.window.registerWebviewPanelSerializer('backupTenancy.report', {
      deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) =>
        (await features()).restoreReport(panel, state),
    }),
    settings.onDidChange(() => run(connections.reconnect())),
    context.secrets.onDidChange(({ key }) => run(connections.secretsChanged(key))),
    { dispose: secrets.onDidLose.listen(notice => vscode.window.showWarningMessage(notice.message)) },
    { dispose: connections.onDidChangeSession.listen(id => run(reload(id))) },
    { dispose: servers.onDidForget.listen(id => run(forgetReports(id))) },
    { dispose: () => connections.close() },
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`backupTenancy.${name}`, run)),
    registerProviders(inventory, features, toolsOf(context.extension)),
  );
  return apiOf(features);
}

/** The names of the tools that the manifest offers to language models. */
function toolsOf({ packageJSON }: vscode.Extension<unknown>): readonly string[] {
  return packageJSON.contributes.languageModelTools.map(({ name }: { readonly name: string }) => name);
}

/** VS Code waits for it, though not for long. */
export async function deactivate(): Promise<void> {
  await endSessions?.();
}

type Command = (...args: unknown[]) => unknown;

/** The commands whose code is loaded with the first one that is used. */
const featureCommands: Readonly<Record<keyof Features['commands'], true>> = {
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
  loadAll: true,
  sortBy: true,
  groupBy: true,
  find: true,
  filter: true,
  clearFilter: true,
  showReport: true,
  copyId: true,
  copyName: true,
  copyMessage: true,
  copyAs: true,
  copyAsLast: true,
  exportList: true,
  insertId: true,
  reveal: true,
  openDetails: true,
  refreshDetails: true,
  copyValue: true,
  copyRawValue: true,
  openAsJson: true,
  openAsXml: true,
  compareWith: true,
  refreshDocument: true,
};

function whenNeeded(features: () => Promise<Features>): Record<string, Command> {
  return Object.fromEntries(
    Object.keys(featureCommands).map(name => [
      name,
      async (...args: unknown[]) => {
        const commands: Record<string, Command> = (await features()).commands;
        return await commands[name]?.(...args);
      },
    ]),
  );
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    // What could not be loaded once may be there the next time.
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The third output file: commands and views that not everybody needs. */
async function loadFeatures() {
  return localized(await import('./features'));
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
