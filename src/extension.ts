import * as vscode from 'vscode';
import type { BackupTenancyApi } from '../api';
import { once } from './base/once';
import { apiOf, registerTools } from './lazyProviders';
import type { Started } from './start';

let started: Started | undefined;

/**
 * Registers what VS Code may ask for at once. All else follows in a turn of its own, or earlier if somebody asks: what other
 * extensions wait for is this function.
 */
export function activate(context: vscode.ExtensionContext): BackupTenancyApi {
  const start = once(async () => {
    started = (await import('./start')).start(context);
    return started;
  });
  const features = async () => await (await start()).features();
  const { commands, tools } = declaredIn(context.extension);
  const soon = setImmediate(() => {
    start().catch((error: unknown) => vscode.window.showErrorMessage(String(error)));
  });
  context.subscriptions.push(
    { dispose: () => clearImmediate(soon) },
    ...commands.map(id => vscode.commands.registerCommand(id, async (...args) => await (await start()).run(id, args))),
    registerTools(features, tools),
  );
  return apiOf(features);
}

/** What the manifest declares is what is registered: ids of commands, and names of tools for language models. */
function declaredIn({
  packageJSON,
}: vscode.Extension<unknown>): Readonly<Record<'commands' | 'tools', readonly string[]>> {
  const { commands, languageModelTools } = packageJSON.contributes;
  return {
    commands: commands.map(({ command }: { readonly command: string }) => command),
    tools: languageModelTools.map(({ name }: { readonly name: string }) => name),
  };
}

/** VS Code waits for it, though not for long. */
export async function deactivate(): Promise<void> {
  await started?.exit();
}
