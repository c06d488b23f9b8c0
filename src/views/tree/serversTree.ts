import * as vscode from 'vscode';
import { nextSlice } from '../../base/timeSlices';
import type { Inventory } from '../../inventory/inventory';
import { failingIn } from '../../inventory/tree/failing';
import type { Folder } from '../../inventory/tree/folder';
import type { Node, Notice, Row, TreeRow } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import { ListFromLaterVersion, type ServerList } from '../../servers/list/serverList';
import { Announcer } from '../shared/treeAnnouncer';
import type { Arrangement } from './arrangement';
import type { FoldedFolders } from './foldedFolders';
import type { overviewText } from './overviewText';
import { Patience } from './patience';
import type { renderRow } from './rowRenderer';
import { rowsMimeType, type ServersDragAndDrop } from './serversDragAndDrop';
import { Answers } from './treeAnswers';
import type { ViewSettings } from './viewSettings';

/** How long rows are held back for a load that is about to end, so that fast servers do not show "Loading…" first. */
const rowsDeadlineMs = 100;

/** Rows whose items take a millisecond or two to make. */
const rowsAtOnce = 500;

/** What `dist/rows.js` exports; loaded with the first rows. */
export interface RowLooks {
  readonly renderRow: typeof renderRow;
  readonly overviewText: typeof overviewText;
}

/** What is loaded when rows first need it. */
export interface ViewFeatures {
  rowLooks(): Promise<RowLooks>;
  /** The same one each time. */
  arrangement(): Promise<Arrangement>;
  dragAndDrop(): Promise<Pick<ServersDragAndDrop, 'handleDrag' | 'handleDrop'>>;
  tooltipOf(row: TreeRow): Promise<string>;
}

/** What rows are below of; undefined is the tree itself. */
type Parent = Exclude<TreeRow, Notice> | undefined;

/** Leaves out rows. */
export interface RowFilter {
  /** Those that are shown of the rows below `parent`, or at the top. */
  shown(rows: readonly TreeRow[], parent: TreeRow | undefined): TreeRow[];
  isOpen(row: TreeRow): boolean;
}

/** The main view: the inventory as a tree. */
export class ServersTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly view: vscode.TreeView<TreeRow>;
  readonly #inventory: Inventory;
  readonly #folded: FoldedFolders;
  readonly #settings: ViewSettings;
  readonly #features: ViewFeatures;
  /** Missing until there is a row. */
  #looks: RowLooks | undefined;
  /** Missing until the settings ask for one. */
  #arrangement: Arrangement | undefined;
  /**
   * Whether a row is open, once it was opened or closed: one that moves to another folder or section is new for VS Code, and
   * would be closed with all below.
   */
  readonly #open = new WeakMap<Node | Section, boolean>();
  readonly #opened = new vscode.EventEmitter<TreeRow>();
  /** A row was opened. */
  readonly onDidOpen = this.#opened.event;
  /** The number of problems that each folder's and server's row tells of. */
  readonly #problems = new WeakMap<Folder | Node, number>();
  /** What {@link getTreeItem} is about to be asked for. */
  readonly #prepared = new Map<TreeRow, vscode.TreeItem>();
  readonly #changed = new vscode.EventEmitter<TreeRow | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #patience = new Patience(rowsDeadlineMs);
  readonly #announcer = new Announcer<Parent>(
    row => {
      this.#changed.fire(row);
      this.#announceProblems(row);
    },
    row => this.view.visible && (row === undefined || row.type === 'folder' || this.isOpen(row)),
    row => row && this.getParent(row),
  );
  readonly #answers = new Answers<Parent>(this.#announcer, row => this.#pathTo(row));
  readonly #disposables: vscode.Disposable[];
  readonly #showMessage: () => void;
  #filter: RowFilter | undefined;
  #message: string | undefined;

  constructor(
    inventory: Inventory,
    list: ServerList,
    folded: FoldedFolders,
    settings: ViewSettings,
    features: ViewFeatures,
  ) {
    this.#inventory = inventory;
    this.#folded = folded;
    this.#settings = settings;
    this.#features = features;
    this.view = vscode.window.createTreeView('backupTenancy.servers', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: {
        dragMimeTypes: [rowsMimeType],
        dropMimeTypes: [rowsMimeType],
        handleDrag: async (rows, data) => (await features.dragAndDrop()).handleDrag(rows, data),
        handleDrop: async (target, data) => (await features.dragAndDrop()).handleDrop(target, data),
      },
    });
    this.#showMessage = () => {
      const text =
        this.#message ??
        (list.isFromLaterVersion
          ? new ListFromLaterVersion().message
          : // Servers that have failed have rows.
            this.#looks?.overviewText(inventory.servers));
      if (this.view.message !== (text ?? '')) {
        this.view.message = text ?? '';
      }
    };
    this.#showMessage();
    this.#disposables = [
      this.view,
      this.#changed,
      this.#opened,
      { dispose: inventory.onDidChange.listen(node => this.#changes(node)) },
      this.#announcer,
      { dispose: list.onDidChange.listen(this.#showMessage) },
      { dispose: inventory.onDidChange.listen(this.#showMessage) },
      settings.onDidChange(() => this.#changes(undefined)),
      this.view.onDidCollapseElement(({ element }) => {
        if (element.type === 'node' || element.type === 'section') {
          for (const node of element.type === 'node' ? [element] : element.nodes) {
            inventory.collapsed(node);
          }
        }
        if (this.#filter) {
          return; // what was open comes back without the filter
        }
        if (element.type === 'node' || element.type === 'section') {
          this.#open.set(element, false);
        } else if (element.type === 'folder') {
          folded.fold(element);
        }
      }),
      this.view.onDidExpandElement(({ element }) => {
        if (this.#filter) {
          this.#opened.fire(element);
          return;
        }
        if (element.type === 'node' || element.type === 'section') {
          this.#open.set(element, true);
        } else if (element.type === 'folder') {
          folded.unfold(element);
        }
        this.#opened.fire(element);
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
    this.#changes(undefined);
  }

  /** @param row undefined for all of them */
  #changes(row: Node | undefined): void {
    if (row) {
      this.#prepared.delete(row);
    } else {
      this.#prepared.clear();
    }
    this.#announcer.announce(row);
  }

  /** Says something over the rows. */
  tell(message: string | undefined): void {
    this.#message = message;
    this.#showMessage();
  }

  async getChildren(parent?: TreeRow): Promise<TreeRow[]> {
    this.#noteOpen(parent);
    return isNotice(parent) ? [] : await this.#answers.to(parent, () => this.#rowsOf(parent));
  }

  /**
   * VS Code drops the news that a row was opened if it comes while the records of the rows are made anew, as of a server that
   * was just added. That it asks for what is below tells the same, unless the row was closed since.
   */
  #noteOpen(row: TreeRow | undefined): void {
    if ((row?.type === 'node' || row?.type === 'section') && !this.#filter && !this.#open.has(row)) {
      this.#open.set(row, true);
      this.#opened.fire(row);
    }
  }

  readonly isOpen = (row: Node | Section): boolean => this.#open.get(row) === true;

  async #rowsOf(parent: Parent): Promise<TreeRow[]> {
    const rows = await this.#rowsIn(parent);
    const shown = this.#filter ? this.#filter.shown(rows, parent) : [...rows];
    if (shown.length > 0) {
      await this.#prepare(shown, await this.#rowLooks());
    }
    return shown;
  }

  async #rowsIn(parent: Parent): Promise<readonly TreeRow[]> {
    switch (parent?.type) {
      case 'node':
        return await this.#rowsBelow(parent);
      case 'folder':
        return parent.rows;
      case 'section':
        return parent.nodes;
      default:
        return this.#inventory.folders.top;
    }
  }

  /** VS Code asks for the items of an answer in one go, which takes a while for thousands. Few need no slices. */
  async #prepare(rows: readonly TreeRow[], looks: RowLooks): Promise<void> {
    const mine = new Map<TreeRow, vscode.TreeItem>();
    try {
      for (const [index, row] of rows.length > rowsAtOnce ? rows.entries() : []) {
        if (index % rowsAtOnce === 0) {
          await nextSlice();
        }
        const treeItem = this.#render(row, looks);
        mine.set(row, treeItem);
        this.#prepared.set(row, treeItem);
      }
      // A turn of its own: VS Code's work on the answer, which cannot be cut, is not to follow the last slice at once.
      await new Promise(setImmediate);
    } finally {
      // What has not been asked for when the answer has arrived, never is.
      setImmediate(() => {
        for (const [row, treeItem] of mine) {
          if (this.#prepared.get(row) === treeItem) {
            this.#prepared.delete(row);
          }
        }
      });
    }
  }

  // VS Code asks for the children of one node after another, so this never waits for a server, only for patience to end.
  async #rowsBelow(node: Node): Promise<readonly TreeRow[]> {
    const rows = this.#inventory.childrenOf(node);
    if (node.openedBranch?.state !== 'loading' || node.openedBranch.loadedAt !== undefined) {
      return await this.#arranged(node, rows);
    }
    await this.#patience.waitFor(this.#inventory.settled(node));
    return await this.#arranged(node, this.#inventory.childrenOf(node));
  }

  async #arranged(node: Node, rows: readonly Row[]): Promise<readonly TreeRow[]> {
    if (this.#filter) {
      return rows; // few enough to need no sections
    }
    if (!this.#settings.isPlain) {
      this.#arrangement = await this.#features.arrangement();
    }
    return this.#arrangement?.shown(node, rows) ?? rows;
  }

  getParent(row: TreeRow): Node | Folder | Section | undefined {
    if (row.type !== 'node') {
      return row.parent;
    }
    const section = this.#filter ? undefined : this.#arrangement?.sectionAround(row);
    return section ?? row.parent ?? row.folder;
  }

  *#pathTo(row: Parent): Iterable<Parent> {
    for (let each = row; each; each = this.getParent(each)) {
      yield each;
    }
  }

  async getTreeItem(row: TreeRow): Promise<vscode.TreeItem> {
    this.#answers.recordMade(row);
    return this.#prepared.get(row) ?? this.#render(row, this.#looks ?? (await this.#rowLooks()));
  }

  async #rowLooks(): Promise<RowLooks> {
    this.#looks ??= await this.#features.rowLooks();
    return this.#looks;
  }

  #render(row: TreeRow, { renderRow }: RowLooks): vscode.TreeItem {
    const { fillLimits } = this.#settings;
    if (this.#filter && row.type !== 'section') {
      const treeItem = renderRow(row, this.#filter.isOpen(row), undefined, fillLimits);
      // VS Code remembers of each id whether it is open: under another one, the filter decides.
      treeItem.id = `filtered/${treeItem.id}`;
      return treeItem;
    }
    if (row.type === 'section') {
      return this.#arrangement?.render(row, this.isOpen(row)) ?? {};
    }
    if (row.type === 'folder' || (row.type === 'node' && !row.parent)) {
      this.#problems.set(row, failingIn(row).length);
    }
    if (row.type !== 'folder') {
      return renderRow(row, row.type === 'node' && this.isOpen(row), this.#arrangement?.noteOf(row), fillLimits);
    }
    return renderRow(row, !this.#folded.has(row));
  }

  async resolveTreeItem(treeItem: vscode.TreeItem, row: TreeRow): Promise<vscode.TreeItem> {
    treeItem.tooltip = await this.#features.tooltipOf(row);
    return treeItem;
  }

  /** A problem that comes or goes changes the rows around: a server's the folders, a heading's the server. */
  #announceProblems(row: Parent): void {
    let outermost: Folder | Node | undefined;
    for (let around = row?.type === 'node' ? (row.parent ?? row.folder) : undefined; around; around = around.parent) {
      if (
        (around.type === 'folder' || !around.parent) &&
        (this.#problems.get(around) ?? 0) !== failingIn(around).length
      ) {
        outermost = around;
      }
    }
    if (outermost) {
      this.#announcer.announce(outermost);
    }
  }
}

function isNotice(row: TreeRow | undefined): row is Notice {
  return row !== undefined && row.type !== 'node' && row.type !== 'folder' && row.type !== 'section';
}
