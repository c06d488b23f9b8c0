import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import { anywhere, isAnythingLoaded } from './everyDocument';

/** What makes hints for a part of a document. */
export interface HintsProvider {
  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[];
}

const setting = 'backupTenancy.inlayHints.enabled';

/** How long changes gather before hints are asked for again, in milliseconds. */
const gatherMs = 500;

/** Inlay hints, while the user wants them and there is something to tell. */
export class HintsWhenWanted implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #provider: () => Promise<HintsProvider>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #enabled = false;
  #registered: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param provider makes the hints, once there are some to make */
  constructor(inventory: Inventory, provider: () => Promise<HintsProvider>) {
    this.#inventory = inventory;
    this.#provider = provider;
    this.#disposables = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration(setting) && this.#readSetting()),
      { dispose: inventory.onDidChange.listen(() => this.#registerIfWanted() && this.#announceSoon()) },
    ];
    this.#readSetting();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#registered?.dispose();
  }

  #readSetting(): void {
    this.#enabled = vscode.workspace.getConfiguration().get(setting) === true;
    this.#registerIfWanted();
  }

  #registerIfWanted(): boolean {
    const wanted = this.#enabled && isAnythingLoaded(this.#inventory);
    if (!wanted) {
      this.#registered?.dispose();
      this.#registered = undefined;
    } else {
      this.#registered ??= vscode.languages.registerInlayHintsProvider(anywhere, {
        onDidChangeInlayHints: this.#changed.event,
        provideInlayHints: async (document, range) => (await this.#provider()).provideInlayHints(document, range),
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
