import type * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import { Folder } from '../../inventory/tree/folder';
import { Node, type Row, type TreeRow } from '../../inventory/tree/node';
import type { Section } from '../../inventory/tree/section';
import { ChosenRows } from './chosenRows';

/** What a command is to act on. */
export class Targets implements vscode.Disposable {
  readonly #chosen: ChosenRows<TreeRow>;
  readonly #otherViews = new Map<unknown, ChosenRows<TreeRow>>();

  constructor(view: vscode.TreeView<TreeRow>) {
    this.#chosen = new ChosenRows(view, isRow);
  }

  dispose(): void {
    this.#chosen.dispose();
    for (const each of this.#otherViews.values()) {
      each.dispose();
    }
  }

  /** Another view of such rows. Its keys pass its name as `view`. */
  add(name: string, view: vscode.TreeView<TreeRow>): void {
    this.#otherViews.set(name, new ChosenRows(view, isRow));
  }

  #rows(clicked: unknown, selected: unknown): TreeRow[] {
    const view = isObject(clicked) && 'view' in clicked ? this.#otherViews.get(clicked.view) : undefined;
    return (view ?? this.#chosen).rows(clicked, selected);
  }

  /** See {@link ChosenRows.rows}. What is done to a section is done to what stands in it. */
  rows(clicked: unknown, selected: unknown): (Folder | Row)[] {
    const rows = this.#rows(clicked, selected).flatMap((row): readonly (Folder | Row)[] =>
      row.type === 'section' ? row.nodes : [row],
    );
    return [...new Set(rows)];
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

  /** What rows are about, for what is told of them: a notice is about its parent. */
  described(clicked: unknown, selected: unknown): (Node | Folder | Section)[] {
    return [
      ...new Set(
        this.#rows(clicked, selected).map(row =>
          row.type === 'node' || row.type === 'folder' || row.type === 'section' ? row : row.parent,
        ),
      ),
    ];
  }

  /** The nodes that rows hold, for what is taken along: a notice is about its parent. */
  contents(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.rows(clicked, selected).flatMap(subjectsOf))];
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

function isRow(value: unknown): value is TreeRow {
  return (
    value instanceof Node ||
    value instanceof Folder ||
    (isObject(value) && 'parent' in value && value.parent instanceof Node)
  );
}
