import * as vscode from 'vscode';
import type { Folder } from '../inventory/folder';
import type { Inventory } from '../inventory/inventory';
import type { Node, TreeRow } from '../inventory/node';
import { ListFromLaterVersion, type ServerList } from '../servers/serverList';
import type { FoldedFolders } from './foldedFolders';
import { problemsIn, renderRow } from './rowRenderer';
import { ServersDragAndDrop } from './serversDragAndDrop';
import { tooltipOf } from './tooltip';

/** How long rows are held back for a load that is about to end, so that fast servers do not show "Loading…" first. */
const patienceMs = 100;

/** Leaves out rows. */
export interface RowFilter {
  /** Of the rows below `parent` or at the top, those that are shown. */
  shown(rows: readonly TreeRow[], parent: TreeRow | undefined): TreeRow[];
  isOpen(row: TreeRow): boolean;
}

/** The main view: the inventory as a tree. */
export class ServersTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly view: vscode.TreeView<TreeRow>;
  readonly #inventory: Inventory;
  readonly #folded: FoldedFolders;
  /** What is open: a server that moves to another folder is a new row for VS Code, and would be closed with all below. */
  readonly #open = new WeakSet<Node>();
  /** The number of problems that each folder's row tells of. */
  readonly #problems = new WeakMap<Folder, number>();
  readonly #changed = new vscode.EventEmitter<TreeRow | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #patience = new Patience(patienceMs);
  readonly #announcer = new Announcer(row => {
    this.#changed.fire(row);
    this.#announceProblems(row);
  });
  readonly #disposables: vscode.Disposable[];
  readonly #showMessage: () => void;
  #filter: RowFilter | undefined;
  #message: string | undefined;

  constructor(inventory: Inventory, list: ServerList, folded: FoldedFolders) {
    this.#inventory = inventory;
    this.#folded = folded;
    this.view = vscode.window.createTreeView('backupTenancy.servers', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: new ServersDragAndDrop(list),
    });
    this.#showMessage = () => {
      this.view.message = this.#message ?? (list.isFromLaterVersion ? new ListFromLaterVersion().message : '');
    };
    this.#showMessage();
    this.#disposables = [
      this.view,
      this.#changed,
      { dispose: inventory.onDidChange.listen(node => this.#announcer.announce(node)) },
      this.#announcer,
      { dispose: list.onDidChange.listen(this.#showMessage) },
      this.view.onDidCollapseElement(({ element }) => {
        if (element.type === 'node') {
          inventory.collapsed(element);
        }
        if (this.#filter) {
          return; // what was open comes back without the filter
        }
        if (element.type === 'node') {
          this.#open.delete(element);
        } else if (element.type === 'folder') {
          folded.fold(element);
        }
      }),
      this.view.onDidExpandElement(({ element }) => {
        if (this.#filter) {
          return;
        }
        if (element.type === 'node') {
          this.#open.add(element);
        } else if (element.type === 'folder') {
          folded.unfold(element);
        }
      }),
      // VS Code takes over what other windows have written without an event; somebody looks at it from here on.
      this.view.onDidChangeVisibility(({ visible }) => visible && list.checkForChanges()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && list.checkForChanges()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Shows some of the rows only; without a filter all of them, open as they were before. */
  filter(filter: RowFilter | undefined): void {
    this.#filter = filter;
    this.#announcer.announce(undefined);
  }

  /** Says something over the rows. */
  tell(message: string | undefined): void {
    this.#message = message;
    this.#showMessage();
  }

  async getChildren(parent?: TreeRow): Promise<TreeRow[]> {
    if (parent && parent.type !== 'node' && parent.type !== 'folder') {
      return [];
    }
    const answered = this.#announcer.asked(parent);
    try {
      const rows =
        parent?.type === 'node' ? await this.#rowsBelow(parent) : (parent?.rows ?? this.#inventory.folders.top);
      return this.#filter ? this.#filter.shown(rows, parent) : [...rows];
    } finally {
      answered();
    }
  }

  // VS Code asks for the children of one node after another, so this never waits for a server, only for patience to end.
  async #rowsBelow(node: Node): Promise<readonly TreeRow[]> {
    const rows = this.#inventory.childrenOf(node);
    if (node.openedBranch?.state !== 'loading' || node.openedBranch.loadedAt !== undefined) {
      return rows;
    }
    await this.#patience.waitFor(this.#inventory.settled(node));
    return this.#inventory.childrenOf(node);
  }

  getParent(row: TreeRow): Node | Folder | undefined {
    return row.type === 'node' ? (row.parent ?? row.folder) : row.parent;
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    if (this.#filter) {
      const treeItem = renderRow(row, this.#filter.isOpen(row));
      // VS Code remembers of each id whether it is open: under another one, the filter decides.
      treeItem.id = `filtered/${treeItem.id}`;
      return treeItem;
    }
    if (row.type !== 'folder') {
      return renderRow(row, row.type === 'node' && this.#open.has(row));
    }
    this.#problems.set(row, problemsIn(row));
    return renderRow(row, !this.#folded.has(row));
  }

  resolveTreeItem(treeItem: vscode.TreeItem, row: TreeRow): vscode.TreeItem {
    treeItem.tooltip = tooltipOf(row);
    return treeItem;
  }

  /** A server that has a problem, or has none any more, changes the rows of the folders around it. */
  #announceProblems(row: Node | Folder | undefined): void {
    let outermost: Folder | undefined;
    for (let folder = row?.type === 'node' ? row.folder : undefined; folder; folder = folder.parent) {
      if ((this.#problems.get(folder) ?? 0) !== problemsIn(folder)) {
        outermost = folder;
      }
    }
    if (outermost) {
      this.#announcer.announce(outermost);
    }
  }
}

/**
 * Tells VS Code of changed nodes, but never of one whose children it has just been given: when the answer and the change
 * arrive there in one message, VS Code forgets the children that it had, then takes the answer for the latest state, and
 * the change is lost. Seen as rows that say "Loading…" for ever.
 */
class Announcer implements vscode.Disposable {
  readonly #fire: (node: Node | Folder | undefined) => void;
  /** For each node that VS Code asks about, how often, and whether it has changed meanwhile. */
  readonly #asked = new Map<Node | Folder | undefined, { times: number; changed: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(fire: (node: Node | Folder | undefined) => void) {
    this.#fire = fire;
  }

  announce(node: Node | Folder | undefined): void {
    const asked = this.#asked.get(node);
    if (asked) {
      asked.changed = true;
    } else {
      this.#fire(node);
    }
  }

  /** VS Code asks for a node's children; the returned function is to be called with the answer. */
  asked(node: Node | Folder | undefined): () => void {
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
