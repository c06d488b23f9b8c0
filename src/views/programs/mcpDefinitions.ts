import * as vscode from 'vscode';
import type { McpSource } from '../../agents/mcpMessages';
import { McpServer } from '../../agents/mcpServer';
import { once } from '../../base/once';

const setting = 'backupTenancy.mcpServer.enabled';

/** The tools as an MCP server that VS Code may start, for agents that know no tools of extensions. */
export class McpDefinitions implements vscode.Disposable {
  readonly #source: McpSource;
  #server: (() => Promise<McpServer>) | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(source: McpSource) {
    this.#source = source;
    this.#subscription = vscode.workspace.onDidChangeConfiguration(() => this.#stopUnlessWanted());
  }

  /** VS Code keeps these over restarts, so they hold neither port nor token. */
  definitions(): vscode.McpHttpServerDefinition[] {
    const nowhere = vscode.Uri.parse('http://127.0.0.1/');
    return [new vscode.McpHttpServerDefinition(vscode.l10n.t('Backup Tenancy'), nowhere, {}, this.#source.version)];
  }

  /** Starts the server, and says where it is and what lets VS Code in. */
  async resolve(definition: vscode.McpHttpServerDefinition): Promise<vscode.McpHttpServerDefinition | undefined> {
    if (!isWanted()) {
      return undefined;
    }
    this.#server ??= once(async () => await McpServer.start(this.#source));
    const { url, token } = await this.#server();
    definition.uri = vscode.Uri.parse(url);
    definition.headers = { Authorization: `Bearer ${token}` };
    return definition;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#stop();
  }

  #stopUnlessWanted(): void {
    if (!isWanted()) {
      this.#stop();
    }
  }

  #stop(): void {
    const server = this.#server;
    this.#server = undefined;
    server?.().then(
      started => started.stop(),
      () => undefined, // it has never started
    );
  }
}

/** The tools of the manifest, in VS Code's language as far as it has translated them. */
export function declaredTools({ packageJSON }: vscode.Extension<unknown>): Pick<McpSource, 'version' | 'tools'> {
  return {
    version: packageJSON.version,
    tools: packageJSON.contributes.languageModelTools.map(
      ({ name, displayName, modelDescription, inputSchema }: DeclaredTool) => ({
        name,
        title: displayName,
        description: modelDescription,
        inputSchema,
      }),
    ),
  };
}

interface DeclaredTool {
  readonly name: string;
  readonly displayName: string;
  readonly modelDescription: string;
  readonly inputSchema: object;
}

function isWanted(): boolean {
  return vscode.workspace.getConfiguration().get<boolean>(setting) === true;
}
