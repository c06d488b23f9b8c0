import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node, Row, TreeRow } from '../../inventory/tree/node';
import type { Memory } from '../../servers/list/serverList';
import type { setContext } from '../shared/setContext';
import type { Targets } from '../shared/targets';
import { Announcer } from '../shared/treeAnnouncer';
import { facets, renderRow } from '../tree/rowRenderer';
import { Answers } from '../tree/treeAnswers';
import type { ViewSettings } from '../tree/viewSettings';
import { KeptRows } from './keptRows';
import { pinnedAtMost, pinnedKey } from './pinnedKey';

const recentKey = 'backupTenancy.recentRows';

const recentAtMost = 10;

/** How often pinned rows take over what was loaded elsewhere. */
const newsEveryMs = 250;

export interface PinsServices {
  readonly inventory: Inventory;
  readonly memory: Memory;
  readonly targets: Targets;
  readonly viewSettings: ViewSettings;
  readonly setContext: typeof setContext;
  readonly run: (work: Promise<void>) => void;
}

type Parent = Node | undefined;

/** The view of pinned rows, of all servers side by side; what is below them is loaded when it is opened. */
export class Pins implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly pinned: KeptRows;
  /** What was found or copied last. */
  readonly recent: KeptRows;
  readonly #inventory: Inventory;
  readonly #settings: ViewSettings;
  readonly #setContext: PinsServices['setContext'];
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #changed = new vscode.EventEmitter<TreeRow | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #open = new Set<Node>();
  readonly #announcer = new Announcer<Parent>(
    row => this.#changed.fire(row),
    row => this.#view.visible && (row === undefined || this.#open.has(row)),
    row => (row && !this.#shown.includes(row) ? row.parent : undefined),
  );
  readonly #answers = new Answers<Parent>(this.#announcer, row => pathTo(row));
  readonly #disposables: vscode.Disposable;
  #shown: readonly Node[] = [];
  #lookAgain: NodeJS.Timeout | undefined;

  constructor({ inventory, memory, targets, viewSettings, setContext, run }: PinsServices) {
    this.#setContext = setContext;
    this.#inventory = inventory;
    this.#settings = viewSettings;
    this.pinned = new KeptRows(inventory, memory, pinnedKey, pinnedAtMost);
    this.recent = new KeptRows(inventory, memory, recentKey, recentAtMost);
    this.#view = vscode.window.createTreeView('backupTenancy.pinned', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    targets.add('pinned', this.#view);
    const tell = () => run(this.#tell());
    this.#disposables = vscode.Disposable.from(
      this.#view,
      this.#changed,
      this.#announcer,
      { dispose: this.pinned.onDidChange.listen(tell) },
      {
        dispose: inventory.onDidChange.listen(node => {
          if (node) {
            this.#announcer.announce(node);
          }
          this.#lookAgain ??= setTimeout(() => {
            this.#lookAgain = undefined;
            run(this.#follow());
          }, newsEveryMs);
        }),
      },
      { dispose: () => clearTimeout(this.#lookAgain) },
      viewSettings.onDidChange(() => this.#announcer.announce(undefined)),
      this.#view.onDidExpandElement(({ element }) => element.type === 'node' && this.#open.add(element)),
      this.#view.onDidCollapseElement(({ element }) => {
        if (element.type === 'node') {
          this.#open.delete(element);
          inventory.collapsed(element);
        }
      }),
    );
    tell();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #tell(): Promise<void> {
    await this.#setContext('pinned', this.pinned.nodes.length > 0);
    this.#announcer.announce(undefined);
  }

  /** What has been loaded elsewhere takes the place of what was kept. */
  async #follow(): Promise<void> {
    await this.pinned.update();
    const { nodes } = this.pinned;
    if (nodes.length !== this.#shown.length || nodes.some((node, at) => node !== this.#shown[at])) {
      await this.#tell();
    }
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    if (row && row.type !== 'node') {
      return [];
    }
    return await this.#answers.to(row, async (): Promise<TreeRow[]> => {
      await new Promise(setImmediate);
      return row ? this.#rowsBelow(row) : this.#topRows();
    });
  }

  #topRows(): TreeRow[] {
    this.#shown = this.pinned.nodes;
    return [...this.#shown];
  }

  /** VS Code knows each row once in a view, so one that is pinned itself does not stand below another one, too. */
  #rowsBelow(node: Node): TreeRow[] {
    const pins = new Set(this.#shown.map(({ key }) => key));
    return this.#inventory.childrenOf(node).filter(row => row.type !== 'node' || !pins.has(row.key));
  }

  getTreeItem(row: Row): vscode.TreeItem {
    this.#answers.recordMade(row.type === 'node' ? row : undefined);
    const isPin = row.type === 'node' && this.#shown.includes(row);
    const treeItem = renderRow(
      row,
      row.type === 'node' && this.#open.has(row),
      isPin ? placeOf(row) : undefined,
      this.#settings.fillLimits,
    );
    // The short key of a row is another one once what is above it is loaded.
    treeItem.id = row.type === 'node' ? row.key : `${row.parent.key}/#${row.type}`;
    if (isPin) {
      treeItem.contextValue = facets(treeItem.contextValue ?? '', 'can=unpin');
    }
    return treeItem;
  }
}

/** Rows of different servers stand side by side. */
function placeOf({ parent, root }: Node): string | undefined {
  return parent && root.item.name;
}

function* pathTo(row: Parent): Iterable<Parent> {
  for (let each = row; each; each = each.parent) {
    yield each;
  }
}
