import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { fileKinds } from '../../base/exportFormats';
import { idLine, nameIn } from '../../base/text';
import { nextSlice } from '../../base/timeSlices';
import { compare } from '../../changes/compare';
import { readSavedList } from '../../changes/savedList';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import {
  type ChangeRow,
  type FromChangesPage,
  readFromChangesPage,
  type ToChangesPage,
} from '../../webview/changes/messages';
import { encoded } from '../export/exportContent';
import { writeAtomically } from '../shared/atomicFile';
import { copyToClipboard } from '../shared/clipboard';
import { sentenceOf } from '../shared/failureMessages';
import { count } from '../shared/format';
import { reachNode } from '../shared/reachNode';
import { pageLanguage, rowsAtOnce, WebviewPage } from '../shared/webviewPage';
import { type ChangesFormat, changesPieces } from './changesFiles';
import { resultOf, rowOf } from './changeWords';
import { type Compared, compareFile } from './compareFile';
import { readText, writeText } from './savedFile';
import { updatedPieces } from './updatedList';

export interface ChangesServices {
  readonly inventory: Inventory;
  readonly extension: vscode.Uri;
  /** Runs work in the background, and shows a failure. */
  readonly run: (work: Promise<void>) => void;
  readonly reveal: (node: Node) => Promise<void>;
}

/** A panel with what has changed since a list was exported. */
export class ChangesPanel implements vscode.Disposable {
  readonly #services: ChangesServices;
  readonly #file: vscode.Uri;
  readonly #page: WebviewPage<ToChangesPage>;
  #work: AbortController | undefined;
  #items = 0;
  #compared: Compared | undefined;
  /** Why there is nothing to show. */
  #failure: string | undefined;

  constructor(services: ChangesServices, file: vscode.Uri) {
    this.#services = services;
    this.#file = file;
    const title = vscode.l10n.t('Changes: {0}', nameIn(nameOf(file)));
    const panel = vscode.window.createWebviewPanel('backupTenancy.changes', title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    const receive = (message: unknown) => {
      const request = readFromChangesPage(message);
      if (request) {
        services.run(this.#answer(request));
      }
    };
    this.#page = new WebviewPage(panel, services.extension, { title, name: 'changes' }, receive, () => this.dispose());
  }

  readonly onDidDispose = (listener: () => void): vscode.Disposable => this.#page.onDidDispose(listener);

  dispose(): void {
    this.#page.dispose();
    this.#work?.abort();
  }

  reveal(): void {
    this.#page.reveal();
  }

  /**
   * Reads the file and the servers, and shows what is different. Takes the place of a comparison that is under way.
   * @returns undefined if it was given up, or the file is none that can be compared
   */
  async compare(): Promise<Compared | undefined> {
    this.#work?.abort();
    const work = new AbortController();
    this.#work = work;
    this.#items = 0;
    this.#failure = undefined;
    await this.#tell();
    let compared: Compared | undefined;
    let failure: string | undefined;
    try {
      compared = await compareFile(this.#services.inventory, this.#file, work.signal, items => {
        this.#items = items;
        this.#page.send({ type: 'progress', items });
      });
    } catch (error) {
      failure = work.signal.aborted ? undefined : sentenceOf(error);
    }
    if (this.#work !== work) {
      return undefined;
    }
    this.#work = undefined;
    if (compared || failure !== undefined) {
      this.#compared = compared;
      this.#failure = failure;
      await this.#tell();
    } else {
      // What was found before is as good as it was.
      const cancelled = vscode.l10n.t('The comparison was cancelled.');
      this.#failure = this.#compared ? undefined : cancelled;
      await this.#tell();
      this.#page.send({ type: 'said', text: cancelled });
    }
    return compared;
  }

  async #answer(request: FromChangesPage): Promise<void> {
    switch (request.type) {
      case 'ready':
        this.#start();
        await this.#tell();
        return;
      case 'refresh':
        await this.compare();
        return;
      case 'cancel':
        this.#work?.abort();
        return;
      case 'openFile':
        await vscode.commands.executeCommand('vscode.open', this.#file);
        return;
      case 'signIn':
        await this.#signIn(request.key);
        return;
      case 'copyId':
        await this.#copyId(request.key);
        return;
      case 'reveal':
        await this.#reveal(request.key);
        return;
      case 'update':
        await this.#update();
        return;
      case 'copy':
        await this.#copy();
        return;
      case 'export':
        await this.#export(request.format);
    }
  }

  #start(): void {
    const file = vscode.workspace.asRelativePath(this.#file);
    this.#page.send({ type: 'start', ...pageLanguage(), file });
  }

  /** Sends what there is to show now. */
  async #tell(): Promise<void> {
    const compared = this.#compared;
    if (this.#work) {
      this.#page.send({ type: 'progress', items: this.#items });
    } else if (compared) {
      const { changes } = compared.comparison;
      for (let from = 0; from < changes.length; from += rowsAtOnce) {
        const rows = changes.slice(from, from + rowsAtOnce).map(rowOf);
        this.#page.send({ type: 'rows', rows: rows.filter((row): row is ChangeRow => row !== undefined) });
        await nextSlice();
      }
      this.#page.send({ type: 'result', result: resultOf(compared), rows: changes.length });
    } else if (this.#failure !== undefined) {
      this.#page.send({ type: 'failed', text: this.#failure });
    }
  }

  async #signIn(key: string): Promise<void> {
    const server = this.#services.inventory.servers.find(each => each.key === key);
    if (server) {
      await vscode.commands.executeCommand('backupTenancy.signIn', server);
      await this.compare();
    }
  }

  async #copyId(key: string): Promise<void> {
    const change = this.#compared?.comparison.changes.find(({ before, now }) => (now ?? before)?.key === key);
    const id = (change?.now ?? change?.before)?.id;
    if (id) {
      await copyToClipboard(idLine(id), vscode.l10n.t('Copied the ID.'));
      this.#page.send({ type: 'said', text: vscode.l10n.t('Copied the ID.') });
    }
  }

  async #reveal(key: string): Promise<void> {
    const { inventory, reveal } = this.#services;
    const node = inventory.find(key) ?? (await reachNode(inventory, key));
    if (node) {
      await reveal(node);
    } else {
      this.#page.send({ type: 'said', text: vscode.l10n.t('It no longer exists.') });
    }
  }

  async #update(): Promise<void> {
    const compared = this.#compared;
    if (!compared) {
      return;
    }
    const { saved, present, comparison, usedPercent } = compared;
    const { signal } = new AbortController();
    if (!(await writeText(this.#file, saved.text, updatedPieces(saved, present, comparison), signal))) {
      const again = vscode.l10n.t('Compare Again');
      const changed = vscode.l10n.t(
        'The file has changed since it was compared. Compare it again before you update it.',
      );
      if ((await vscode.window.showWarningMessage(changed, again)) === again) {
        await this.compare();
      }
      return;
    }
    // The servers need not be read again to show that nothing is left.
    try {
      const updated = await readSavedList(await readText(this.#file), signal);
      const left = await compare(
        updated.rows.map(({ record }) => record),
        present,
        { usedPercent },
      );
      this.#compared = left && { ...compared, saved: updated, comparison: left };
    } catch (error) {
      this.#compared = undefined;
      this.#failure = sentenceOf(error);
    }
    await this.#tell();
    const { length } = comparison.unknown;
    const sentences = [
      vscode.l10n.t('File updated.'),
      length > 0 && vscode.l10n.t('Rows that could not be looked for stay in it: {0}', count(length)),
    ];
    void vscode.window.showInformationMessage(sentences.filter(Boolean).join(' '));
  }

  async #copy(): Promise<void> {
    if (this.#compared) {
      const text = [...changesPieces(this.#compared, this.#file, 'markdown')].join('');
      await copyToClipboard(text, vscode.l10n.t('Copied the changes.'));
      this.#page.send({ type: 'said', text: vscode.l10n.t('Copied the changes.') });
    }
  }

  async #export(format: ChangesFormat): Promise<void> {
    const compared = this.#compared;
    if (!compared) {
      return;
    }
    const { extension, name } = fileKinds[format];
    const folder = this.#file.scheme === 'file' ? dirname(this.#file.fsPath) : homedir();
    const base = nameOf(this.#file).replace(/\.json$/i, '');
    const day = new Date(compared.at).toISOString().slice(0, 10);
    const file = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Changes'),
      saveLabel: vscode.l10n.t('Export'),
      defaultUri: vscode.Uri.file(`${folder}/${base}-changes-${day}.${extension}`),
      filters: { [name]: [extension] },
    });
    const { signal } = new AbortController();
    const content = file && (await encoded(changesPieces(compared, this.#file, format), signal));
    if (file && content) {
      await writeAtomically(file, content);
      const open = vscode.l10n.t('Open');
      if ((await vscode.window.showInformationMessage(vscode.l10n.t('Changes exported.'), open)) === open) {
        await vscode.commands.executeCommand('vscode.open', file);
      }
    }
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
