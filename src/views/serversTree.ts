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
  readonly #announcer = new Announcer(node => this.#changed.fire(node));
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
      { dispose: inventory.onDidChange.listen(node => this.#announcer.announce(node)) },
      this.#announcer,
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

  async getChildren(parent?: Row): Promise<Row[]> {
    const node = parent?.type === 'node' ? parent : undefined;
    if (parent && !node) {
      return [];
    }
    const answered = this.#announcer.asked(node);
    try {
      return [...(node ? await this.#rowsBelow(node) : this.#inventory.servers)];
    } finally {
      answered();
    }
  }

  // VS Code asks for the children of one node after another, so this never waits for a server, only for patience to end.
  async #rowsBelow(node: Node): Promise<readonly Row[]> {
    const rows = this.#inventory.childrenOf(node);
    if (node.openedBranch?.state !== 'loading' || node.openedBranch.loadedAt !== undefined) {
      return rows;
    }
    await this.#patience.waitFor(this.#inventory.settled(node));
    return this.#inventory.childrenOf(node);
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

/**
 * Tells VS Code of changed nodes, but never of one whose children it has just been given: when the answer and the change
 * arrive there in one message, VS Code forgets the children that it had, then takes the answer for the latest state, and
 * the change is lost. Seen as rows that say "Loading…" for ever.
 */
class Announcer implements vscode.Disposable {
  readonly #fire: (node: Node | undefined) => void;
  /** For each node that VS Code asks about, how often, and whether it has changed meanwhile. */
  readonly #asked = new Map<Node | undefined, { times: number; changed: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(fire: (node: Node | undefined) => void) {
    this.#fire = fire;
  }

  announce(node: Node | undefined): void {
    const asked = this.#asked.get(node);
    if (asked) {
      asked.changed = true;
    } else {
      this.#fire(node);
    }
  }

  /** VS Code asks for a node's children; the returned function is to be called with the answer. */
  asked(node: Node | undefined): () => void {
    const asked = this.#asked.get(node) ?? { times: 0, changed: false };
    asked.times++;
    this.#asked.set(node, asked);
    return () => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        asked.times--;
        if (asked.times === 0) {
          this.#asked.delete(node);
          if (asked.changed) {
            this.#fire(node);
          }
        }
      }, onTheWayMs);
      this.#timers.add(timer);
    };
  }

  dispose(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
  }
}

/** Long enough for an answer to have left in a message of its own. */
const onTheWayMs = 30;

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
