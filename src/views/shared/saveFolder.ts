import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import type { Memory } from '../../servers/list/serverList';

const saveFolderKey = 'backupTenancy.saveFolder';

/** Where dialogs propose to save a file: the folder used last in this workspace, else the workspace's own, else the user's. */
export class SaveFolder {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, name);
  }

  /** Keeps the folder of a file that was chosen. */
  async keep(file: vscode.Uri): Promise<void> {
    const folder = vscode.Uri.joinPath(file, '..').toString();
    await this.#memory.update(saveFolderKey, { workspace: workspaceFolder()?.toString(), folder });
  }

  get #folder(): vscode.Uri {
    const workspace = workspaceFolder();
    const kept = this.#memory.get<unknown>(saveFolderKey);
    if (isObject(kept) && kept.workspace === workspace?.toString() && typeof kept.folder === 'string') {
      return vscode.Uri.parse(kept.folder);
    }
    return workspace ?? vscode.Uri.file(homedir());
  }
}

function workspaceFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
