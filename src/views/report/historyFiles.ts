import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { type History, noHistory, readHistory, writeHistory } from '../../report/history';
import { writeAtomically } from '../shared/atomicFile';

/** The numbers of earlier reports, one file for each server. Of this computer: they do not take part in Settings Sync. */
export class HistoryFiles {
  readonly #folder: vscode.Uri;
  readonly #log: Pick<Log, 'warn'>;

  /** @param storage of the extension */
  constructor(storage: vscode.Uri, log: Pick<Log, 'warn'>) {
    this.#folder = vscode.Uri.joinPath(storage, 'report-history');
    this.#log = log;
  }

  /** What is known of a server; 'later' if a later version of this extension has written it. */
  async read(server: string): Promise<History | 'later'> {
    const bytes = await vscode.workspace.fs.readFile(this.#file(server)).then(undefined, () => undefined);
    if (!bytes) {
      return noHistory;
    }
    const history = readHistory(new TextDecoder().decode(bytes));
    if (!history) {
      this.#log.warn(`report: the history of ${server} cannot be read; starting a new one`);
    }
    return history ?? noHistory;
  }

  async write(server: string, history: History): Promise<void> {
    const text = writeHistory(history);
    if (text === undefined) {
      this.#log.warn(`report: ${server} has too many items to keep a history`);
      return;
    }
    await vscode.workspace.fs.createDirectory(this.#folder);
    await writeAtomically(this.#file(server), new TextEncoder().encode(text));
  }

  /** Forgets servers that are no longer in the list, and deletes files that a crash has left. */
  async keepOnly(servers: readonly string[]): Promise<void> {
    const kept = new Set(servers.map(fileName));
    const files = await vscode.workspace.fs.readDirectory(this.#folder).then(undefined, () => []);
    for (const [name] of files.filter(([each]) => !kept.has(each))) {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.#folder, name));
    }
  }

  /** A server was removed. */
  async forget(server: string): Promise<void> {
    // Most servers have no file.
    await vscode.workspace.fs.delete(this.#file(server)).then(undefined, () => undefined);
  }

  async forgetAll(): Promise<void> {
    await this.keepOnly([]);
  }

  #file(server: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, fileName(server));
  }
}

/** A key is the id of a saved server: as a rule a UUID, but the list may come from elsewhere. */
function fileName(server: string): string {
  return `${server.replace(/[^\w-]/g, '_')}.json`;
}
