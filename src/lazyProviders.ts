import * as vscode from 'vscode';
import type { BackupTenancyApi } from '../api';
import type { Inventory } from './inventory/inventory';
import { anywhere, isAnythingLoaded } from './views/editors/everyDocument';
import type { HintsProvider } from './views/editors/hintsWhenWanted';
import type { IdHover } from './views/editors/idProviders';
import type { LanguageModelTools } from './views/programs/languageModelTools';
import type { McpDefinitions } from './views/programs/mcpDefinitions';

/** What answers once its code is loaded. */
export interface Providers {
  readonly idHover: Pick<IdHover, 'provideHover'>;
  readonly idHints: HintsProvider;
  readonly tools: Pick<LanguageModelTools, 'prepare' | 'invoke'>;
  readonly mcp: Pick<McpDefinitions, 'definitions' | 'resolve'>;
  readonly api: Omit<BackupTenancyApi, 'version'>;
  readonly followLink: (uri: vscode.Uri) => Promise<void>;
}

/**
 * Hovers and links. Their code is loaded when the first one has something to do, so before anything is loaded of a server, a
 * hover costs nothing.
 */
export function registerProviders(inventory: Inventory, features: () => Promise<Providers>): vscode.Disposable {
  const models = languageModels();
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(anywhere, {
      provideHover: async (document, position) =>
        isAnythingLoaded(inventory) && document.getWordRangeAtPosition(position, longEnough)
          ? (await features()).idHover.provideHover(document, position)
          : undefined,
    }),
    vscode.window.registerUriHandler({ handleUri: async uri => (await features()).followLink(uri) }),
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

/** Tools of language models: VS Code invokes them as soon as the extension is active. */
export function registerTools(features: () => Promise<Providers>, names: readonly string[]): vscode.Disposable {
  return vscode.Disposable.from(
    ...(languageModels()?.registerTool ? names : []).map(name =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async options => (await features()).tools.prepare(name, options),
        invoke: async (options, token) => await (await features()).tools.invoke(name, options, token),
      }),
    ),
  );
}

/** Not every product that is built from VS Code has language models. */
function languageModels(): Partial<typeof vscode.lm> | undefined {
  return vscode.lm;
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
