import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { once } from './base/once';
import { type Providers, registerProviders } from './lazyProviders';
import { NetworkSettings } from './servers/connection/networkSettings';
import { serversKey } from './servers/list/serverList';
import { CheckedSecretStore } from './servers/session/checkedSecretStore';
import { createServices } from './services';
import type { DetailRow } from './views/details/detailRow';
import { documentScheme } from './views/documents/documentAddress';
import { pinnedKey } from './views/pins/pinnedKey';
import { oncePerClick } from './views/shared/oncePerClick';
import { setContext } from './views/shared/setContext';
import { Targets } from './views/shared/targets';
import { BrowseCommands } from './views/tree/browseCommands';
import { ContextKeys } from './views/tree/contextKeys';
import { FoldedFolders } from './views/tree/foldedFolders';
import { ServersTree } from './views/tree/serversTree';
import { ViewSettings } from './views/tree/viewSettings';

/** What a window does for the rest of its life. */
export interface Started {
  /** Runs a command that the manifest declares. */
  readonly run: (id: string, args: unknown[]) => unknown;
  readonly features: () => Promise<Providers>;
  /** Ends what the window's servers have under way; VS Code is about to close the window. */
  readonly exit: () => Promise<void>;
}

/** Makes the services and the views, and shows what is saved. Sends nothing. */
export function start(context: vscode.ExtensionContext): Started {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('Backup Tenancy'), { log: true });
  context.globalState.setKeysForSync([serversKey]);
  /** Runs work in the background; failures go to the log. */
  const run = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  };

  const secretStore = new CheckedSecretStore(context.secrets);
  const settings = new NetworkSettings();
  const network = async () => await settings.applyTo(await loadNetwork());
  const viewSettings = new ViewSettings();
  const core = createServices({
    memory: context.globalState,
    ...{ secretStore, network, log },
    rowsPerLoad: () => viewSettings.pageSize,
  });
  const { list, connections, removed, inventory } = core;
  const folded = new FoldedFolders(context.workspaceState, run);
  const tree: ServersTree = new ServersTree(inventory, list, folded, viewSettings, {
    rowLooks: () => rows(),
    arrangement: once(async () => new (await loadFeatures()).Arrangement(viewSettings)),
    dragAndDrop: async () => new (await loadFeatures()).ServersDragAndDrop(list),
    tooltipOf: async row => (await loadFeatures()).tooltipOf(row),
  });
  /** With them comes what follows the rows that are shown. */
  const rows = once(async () => {
    const file = await loadRows();
    context.subscriptions.push(
      new file.Freshness(tree, inventory, folded, run),
      new file.HintsWhenWanted(inventory, async () => (await features()).idHints),
      file.watchListFiles(run),
    );
    return file;
  });

  /** Another window has signed the server in or out. Rows that nobody has asked for are not loaded for that. */
  const reload = async (id: string): Promise<void> => {
    const node = inventory.find(id);
    if (node?.openedBranch && node.openedBranch.state !== 'idle') {
      await inventory.refresh(node);
    }
  };

  const targets = new Targets(tree.view);
  const browse = new BrowseCommands(inventory, targets, async () => (await loadFeatures()).offerToAddServer());
  const documentChanged = new vscode.EventEmitter<vscode.Uri>();
  const detailsChanged = new vscode.EventEmitter<DetailRow | undefined>();
  const detailsView = vscode.window.createTreeView<DetailRow>('backupTenancy.details', {
    treeDataProvider: {
      onDidChangeTreeData: detailsChanged.event,
      getChildren: async row => [...(await features()).details.getChildren(row)],
      getTreeItem: async row => (await features()).details.getTreeItem(row),
      getParent: () => undefined, // only the first row is ever revealed
    },
    canSelectMany: true,
  });
  const pins = once(async () => {
    const made = new (await rows()).Pins({
      ...core,
      memory: context.globalState,
      targets,
      viewSettings,
      setContext,
      run,
    });
    context.subscriptions.push(made);
    return made;
  });
  const details = { view: detailsView, changed: detailsChanged };
  const services = {
    ...core,
    ...{ secretStore, network, log, tree, targets, viewSettings, details, pins, documentChanged, run },
    extension: context,
    memory: context.globalState,
  };
  const features = once(async () => {
    await rows();
    const made = (await loadFeatures()).createFeatures(services);
    context.subscriptions.push(made);
    return made;
  });
  /** What is needed to show rows; the code of all other commands is loaded with the first one that is used. */
  const atOnce: Readonly<Record<string, Command>> = {
    refresh: browse.refresh,
    cancelLoad: browse.cancelLoad,
    loadMore: browse.loadMore,
    showLog: () => log.show(),
    getStarted: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#getStarted`, false),
  };
  const whenNeeded =
    (name: string): Command =>
    async (...args) => {
      const commands: Readonly<Record<string, Command>> = (await features()).commands;
      return await commands[name]?.(...args);
    };
  const used = new Map<string, Command>();
  const command = (id: string): Command => {
    const name = id.slice('backupTenancy.'.length);
    const found = used.get(name) ?? oncePerClick(atOnce[name] ?? whenNeeded(name));
    used.set(name, found);
    return found;
  };

  const forgetReports = async (id: string) => (await features()).forgetServer(id);
  context.subscriptions.push(
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
    { dispose: secretStore.onDidLose.listen(notice => vscode.window.showWarningMessage(notice.message)) },
    { dispose: connections.onDidChangeSession.listen(id => run(reload(id))) },
    { dispose: removed.onDidForget.listen(id => run(forgetReports(id))) },
    { dispose: () => connections.close() },
    registerProviders(inventory, features),
  );
  run(removed.forgetAll());
  if (context.globalState.get(pinnedKey)) {
    run(pins().then(() => undefined));
  }
  return { run: (id, args) => command(id)(...args), features, exit: () => connections.exit() };
}

type Command = (...args: unknown[]) => unknown;

/** The output file with commands and views that not everybody needs. */
async function loadFeatures() {
  return localized(await import('./features'));
}

/** The output file with the HTTP client, the parsers and the products, loaded when the first request is due. */
async function loadNetwork() {
  return localized(await import('./network'));
}

/** The output file that knows how rows look, with all kinds of items. */
async function loadRows() {
  return localized(await import('./rows'));
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
