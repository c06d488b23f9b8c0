import type * as vscode from 'vscode';
import type { Folder } from '../../inventory/tree/folder';

const foldedFoldersKey = 'backupTenancy.foldedFolders';

/** Which folders the user has closed; VS Code itself forgets it with the window. */
export class FoldedFolders {
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #run: (work: Promise<void>) => void;

  /**
   * @param memory of the workspace, as each window shows its own rows
   * @param run runs work in the background; failures go to the log
   */
  constructor(memory: Pick<vscode.Memento, 'get' | 'update'>, run: (work: Promise<void>) => void) {
    this.#memory = memory;
    this.#run = run;
  }

  has(folder: Folder): boolean {
    return this.#ids.includes(folder.id);
  }

  fold(folder: Folder): void {
    this.#store([...this.#ids.filter(id => id !== folder.id), folder.id]);
  }

  unfold(folder: Folder): void {
    if (this.has(folder)) {
      this.#store(this.#ids.filter(id => id !== folder.id));
    }
  }

  get #ids(): readonly string[] {
    const stored = this.#memory.get<unknown>(foldedFoldersKey);
    return Array.isArray(stored) ? stored.filter(id => typeof id === 'string') : [];
  }

  // Enough for any list of servers; the oldest are most likely of folders that are gone.
  #store(ids: readonly string[]): void {
    this.#run(Promise.resolve(this.#memory.update(foldedFoldersKey, ids.slice(-1000))));
  }
}
