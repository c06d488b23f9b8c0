import * as vscode from 'vscode';
import type { Inventory } from '../inventory/inventory';
import type { Node, Row } from '../inventory/node';
import { renderRow } from './rowRenderer';
import { tooltipOf } from './tooltip';

/** How long rows are held back for a load that is about to end, so that fast servers do not show "Loading…" first. */
const patienceMs = 100;

/** The main view: the inventory as a tree. */
export class ServersTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly view: vscode.TreeView<Row>;
  readonly #inventory: Inventory;
  readonly #changed = new vscode.EventEmitter<Row | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #patience = new Patience(patienceMs);
  readonly #disposables: vscode.Disposable[];

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.view = vscode.window.createTreeView('backupTenancy.servers', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#disposables = [
      this.view,
      this.#changed,
      { dispose: inventory.onDidChange.listen(node => this.#changed.fire(node)) },
      this.view.onDidCollapseElement(({ element }) => {
        if (element.type === 'node') {
          inventory.collapsed(element);
        }
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  // VS Code asks for the children of one node after another, so this never waits for a server, only for patience to end.
  async getChildren(parent?: Row): Promise<Row[]> {
    if (!parent) {
      return [...this.#inventory.servers];
    }
    if (parent.type !== 'node') {
      return [];
    }
    const rows = this.#inventory.childrenOf(parent);
    if (parent.openedBranch?.state !== 'loading' || parent.openedBranch.loadedAt !== undefined) {
      return [...rows];
    }
    await this.#patience.waitFor(this.#inventory.settled(parent));
    return [...this.#inventory.childrenOf(parent)];
  }

  getParent(row: Row): Node | undefined {
    return row.parent;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return renderRow(row);
  }

  resolveTreeItem(treeItem: vscode.TreeItem, row: Row): vscode.TreeItem {
    treeItem.tooltip = tooltipOf(row);
    return treeItem;
  }
}

/** One short deadline for all questions that come in a row, never one each. */
class Patience {
  readonly #milliseconds: number;
  #deadline = 0;
  #lastAsked = 0;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  async waitFor(promise: Promise<void>): Promise<void> {
    const now = performance.now();
    // A pause since the last question: somebody opened another node, or another refresh has begun.
    if (now - Math.max(this.#lastAsked, this.#deadline) > this.#milliseconds) {
      this.#deadline = now + this.#milliseconds;
    }
    const left = this.#deadline - now;
    if (left > 0) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>(resolve => {
        timer = setTimeout(resolve, left);
      });
      await Promise.race([promise, over]);
      clearTimeout(timer);
    }
    this.#lastAsked = performance.now();
  }
}
