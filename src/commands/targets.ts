import type * as vscode from 'vscode';
import { Folder } from '../inventory/folder';
import { Node, type TreeRow } from '../inventory/node';

/** What a command is to act on. */
export class Targets {
  readonly #view: vscode.TreeView<TreeRow>;

  constructor(view: vscode.TreeView<TreeRow>) {
    this.#view = view;
  }

  /**
   * The rows that VS Code passes from a menu (the clicked one, and all selected ones if it is among them); from a key or
   * the palette, the selection.
   */
  rows(clicked: unknown, selected: unknown): TreeRow[] {
    if (isRow(clicked)) {
      const rows = Array.isArray(selected) ? selected.filter(isRow) : [];
      return rows.includes(clicked) ? rows : [clicked];
    }
    return [...this.#view.selection];
  }

  nodes(clicked: unknown, selected: unknown): Node[] {
    return this.rows(clicked, selected).filter(row => row instanceof Node);
  }

  folders(clicked: unknown, selected: unknown): Folder[] {
    return this.rows(clicked, selected).filter(row => row instanceof Folder);
  }

  /** The nodes that rows are about: a notice is about its parent, a folder about the servers in it. */
  subjects(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.rows(clicked, selected).flatMap(subjectsOf))];
  }

  /** The servers of the rows, each once. */
  servers(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.subjects(clicked, selected).map(node => node.root))];
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
    (typeof value === 'object' && value !== null && 'parent' in value && value.parent instanceof Node)
  );
}
