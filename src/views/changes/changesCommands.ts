import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import type { Node } from '../../inventory/tree/node';
import type { Services } from '../../services';
import { showFailure } from '../shared/failureMessages';
import { changesAsData } from './changesFiles';
import { ChangesPanel, type ChangesServices } from './changesPanel';
import { compareFile } from './compareFile';
import { isJson } from './listFiles';

/** What has changed since a list was exported: one panel for each file. */
export class ChangesCommands {
  readonly #services: ChangesServices;
  readonly #panels = new Map<string, ChangesPanel>();

  constructor(
    { inventory, extension }: Pick<Services, 'inventory' | 'extension'>,
    reveal: (node: Node) => Promise<void>,
  ) {
    this.#services = {
      inventory,
      extension: extension.extensionUri,
      run: work => void work.catch(showFailure),
      reveal: async node => {
        await vscode.commands.executeCommand('backupTenancy.servers.focus');
        await reveal(node);
      },
    };
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) {
      panel.dispose();
    }
  }

  /**
   * `compareWithServers(file)` or, without a page, `compareWithServers({ file, show: false })`. From a menu it gets the file,
   * from the palette it takes the file of the editor, or asks.
   */
  readonly compareWithServers = async (argument?: unknown) => {
    const { file, show } = readArgument(argument);
    if (!show && file) {
      const { signal } = new AbortController();
      const compared = await compareFile(this.#services.inventory, file, signal, () => undefined);
      return compared && changesAsData(compared, file);
    }
    const chosen = file ?? jsonInEditor() ?? (await chooseFile());
    if (!chosen) {
      return undefined;
    }
    const compared = await this.#panelOf(chosen).compare();
    return compared && changesAsData(compared, chosen);
  };

  #panelOf(file: vscode.Uri): ChangesPanel {
    const key = file.toString();
    const known = this.#panels.get(key);
    known?.reveal();
    const panel = known ?? new ChangesPanel(this.#services, file);
    if (!known) {
      this.#panels.set(key, panel);
      panel.onDidDispose(() => this.#panels.delete(key));
    }
    return panel;
  }
}

/** @throws {TypeError} with a word to the script's author */
function readArgument(argument: unknown): { readonly file: vscode.Uri | undefined; readonly show: boolean } {
  if (argument === undefined || argument instanceof vscode.Uri) {
    return { file: argument, show: true };
  }
  const { file, show = true } = isObject(argument) ? argument : { file: argument };
  if (file instanceof vscode.Uri) {
    return { file, show: show !== false };
  }
  // VS Code would take another path for one from the top of a drive.
  if (typeof file !== 'string' || !isAbsolute(file)) {
    throw new TypeError('compareWithServers: file must be an absolute path or a Uri');
  }
  return { file: vscode.Uri.file(file), show: show !== false };
}

function jsonInEditor(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isJson(document) ? document.uri : undefined;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Compare With Servers'),
    openLabel: vscode.l10n.t('Compare'),
    filters: { JSON: ['json'] },
  });
  return files?.[0];
}
