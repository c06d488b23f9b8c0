import type * as vscode from 'vscode';
import { Folder } from '../inventory/folder';
import { Node, type Row, type TreeRow } from '../inventory/node';

/** What a command is to act on. */
export class Targets implements vscode.Disposable {
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #selections: vscode.Disposable;
  #selected: readonly TreeRow[] = [];
  #selectedBefore: readonly TreeRow[] = [];

  constructor(view: vscode.TreeView<TreeRow>) {
    this.#view = view;
    this.#selections = view.onDidChangeSelection(({ selection }) => {
      this.#selectedBefore = this.#selected;
      this.#selected = selection;
    });
  }

  dispose(): void {
    this.#selections.dispose();
  }

  /**
   * The rows that VS Code passes from a menu (the clicked one, and all selected ones if it is among them); from the
   * palette, the selection; from a key, the row with the focus unless several are selected.
   */
  rows(clicked: unknown, selected: unknown): (Folder | Row)[] {
    // What is done to a section is done to what stands in it.
    const rows = this.#rows(clicked, selected).flatMap((row): readonly (Folder | Row)[] =>
      row.type === 'section' ? row.nodes : [row],
    );
    return [...new Set(rows)];
  }

  #rows(clicked: unknown, selected: unknown): readonly TreeRow[] {
    if (isFocusedRow(clicked)) {
      return this.#toggled;
    }
    if (isRow(clicked)) {
      const rows = Array.isArray(selected) ? selected.filter(isRow) : [];
      return rows.includes(clicked) ? rows : [clicked];
    }
    return this.#view.selection;
  }

  /**
   * VS Code does not tell which row has the focus. But it can be asked to select that row or, if it is selected, not to
   * any more: the key does both, and the row is the one that the last change of the selection was about.
   */
  get #toggled(): TreeRow[] {
    const [more, less] =
      this.#selected.length > this.#selectedBefore.length
        ? [this.#selected, this.#selectedBefore]
        : [this.#selectedBefore, this.#selected];
    return more.filter(row => !less.includes(row));
  }

  nodes(clicked: unknown, selected: unknown): Node[] {
    return this.rows(clicked, selected).filter(row => row instanceof Node);
  }

  folders(clicked: unknown, selected: unknown): Folder[] {
    return this.rows(clicked, selected).filter(row => row instanceof Folder);
  }

  /**
   * The nodes that rows are about, for what loads: a notice and a section are about their parent, a folder about the servers
   * in it.
   */
  subjects(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.#rows(clicked, selected).flatMap(subjectsOf))];
  }

  /** The servers of the rows, each once. Not those in folders: what is meant for one server is not done to many. */
  servers(clicked: unknown, selected: unknown): Node[] {
    const rows = this.rows(clicked, selected).filter(row => !(row instanceof Folder));
    return [...new Set(rows.flatMap(subjectsOf).map(node => node.root))];
  }
}

function subjectsOf(row: TreeRow): readonly Node[] {
  switch (row.type) {
    case 'node':
      return [row];
    case 'folder':
      return row.servers;
    default:
      return [row.parent];
  }
}

/** What the keybindings of package.json pass. */
function isFocusedRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'row' in value && value.row === 'focused';
}

function isRow(value: unknown): value is TreeRow {
  return (
    value instanceof Node ||
    value instanceof Folder ||
    (typeof value === 'object' && value !== null && 'parent' in value && value.parent instanceof Node)
  );
}
