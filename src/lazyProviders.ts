import * as vscode from 'vscode';
import type { BackupTenancyApi } from '../api';
import type { Inventory } from './inventory/inventory';
import type { IdHints, IdHover } from './views/editors/idProviders';
import type { LanguageModelTools } from './views/programs/languageModelTools';
import type { McpDefinitions } from './views/programs/mcpDefinitions';

/** What answers once its code is loaded. */
export interface Providers {
  readonly idHover: Pick<IdHover, 'provideHover'>;
  readonly idHints: Pick<IdHints, 'provideInlayHints'>;
  readonly tools: Pick<LanguageModelTools, 'prepare' | 'invoke'>;
  readonly mcp: Pick<McpDefinitions, 'definitions' | 'resolve'>;
  readonly api: Omit<BackupTenancyApi, 'version'>;
  readonly followLink: (uri: vscode.Uri) => Promise<void>;
}

/** Any document, wherever it is from. */
const anywhere: vscode.DocumentSelector = { scheme: '*' };

const hintsSetting = 'backupTenancy.inlayHints.enabled';

/** How long changes gather before hints are asked for again, in milliseconds. */
const gatherMs = 500;

/**
 * What VS Code is told of at activation: hovers, links, tools of language models. Their code is loaded when the first one
 * has something to do, so before anything is loaded of a server, a hover costs nothing.
 */
export function registerProviders(
  inventory: Inventory,
  features: () => Promise<Providers>,
  toolNames: readonly string[],
): vscode.Disposable {
  // Not every product that is built from VS Code has language models.
  const models: Partial<typeof vscode.lm> | undefined = vscode.lm;
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(anywhere, {
      provideHover: async (document, position) =>
        isAnythingLoaded(inventory) && document.getWordRangeAtPosition(position, longEnough)
          ? (await features()).idHover.provideHover(document, position)
          : undefined,
    }),
    new HintsWhenWanted(inventory, features),
    vscode.window.registerUriHandler({ handleUri: async uri => (await features()).followLink(uri) }),
    ...(models?.registerTool ? toolNames : []).map(name =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async options => (await features()).tools.prepare(name, options),
        invoke: async (options, token) => await (await features()).tools.invoke(name, options, token),
      }),
    ),
    ...(models?.registerMcpServerDefinitionProvider
      ? [
          vscode.lm.registerMcpServerDefinitionProvider('backupTenancy.tools', {
            // Asking once too often costs nothing.
            onDidChangeMcpServerDefinitions: changed => vscode.workspace.onDidChangeConfiguration(() => changed()),
            provideMcpServerDefinitions: async () =>
              vscode.workspace.getConfiguration().get('backupTenancy.mcpServer.enabled')
                ? (await features()).mcp.definitions()
                : [],
            resolveMcpServerDefinition: async definition =>
              await (await features()).mcp.resolve(definition as vscode.McpHttpServerDefinition),
          }),
        ]
      : []),
  );
}

/** What {@link vscode.Extension.exports} is. */
export function apiOf(features: () => Promise<Providers>): BackupTenancyApi {
  return Object.freeze<BackupTenancyApi>({
    version: 1,
    listServers: async () => (await features()).api.listServers(),
    findItems: async (query, options) => (await features()).api.findItems(query, options),
    pickItem: async options => (await features()).api.pickItem(options),
  });
}

/** What could be an ID: most words that are pointed at are none, and need nothing to be loaded. */
const longEnough = /[^\s"'`<>()[\]{},;|]{8,}/;

function isAnythingLoaded({ servers }: Inventory): boolean {
  return servers.some(({ openedBranch }) => openedBranch && openedBranch.nodes.length > 0);
}

/** Inlay hints, while the user wants them and there is something to tell. */
class HintsWhenWanted implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #features: () => Promise<Providers>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #enabled = false;
  #provider: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(inventory: Inventory, features: () => Promise<Providers>) {
    this.#inventory = inventory;
    this.#features = features;
    this.#disposables = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration(
        change => change.affectsConfiguration(hintsSetting) && this.#readSetting(),
      ),
      { dispose: inventory.onDidChange.listen(() => this.#registerIfWanted() && this.#announceSoon()) },
    ];
    this.#readSetting();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#provider?.dispose();
  }

  #readSetting(): void {
    this.#enabled = vscode.workspace.getConfiguration().get(hintsSetting) === true;
    this.#registerIfWanted();
  }

  #registerIfWanted(): boolean {
    const wanted = this.#enabled && isAnythingLoaded(this.#inventory);
    if (!wanted) {
      this.#provider?.dispose();
      this.#provider = undefined;
    } else {
      this.#provider ??= vscode.languages.registerInlayHintsProvider(anywhere, {
        onDidChangeInlayHints: this.#changed.event,
        provideInlayHints: async (document, range) =>
          (await this.#features()).idHints.provideInlayHints(document, range),
      });
    }
    return wanted;
  }

  /** Loads change much in a short time. */
  #announceSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, gatherMs);
  }
}
