import type * as vscode from 'vscode';
import { Node, type Row } from '../inventory/node';

/** What a command is to act on. */
export class Targets {
  readonly #view: vscode.TreeView<Row>;

  constructor(view: vscode.TreeView<Row>) {
    this.#view = view;
  }

  /**
   * The rows that VS Code passes from a menu (the clicked one, and all selected ones if it is among them); from a key or
   * the palette, the selection.
   */
  rows(clicked: unknown, selected: unknown): Row[] {
    if (isRow(clicked)) {
      const rows = Array.isArray(selected) ? selected.filter(isRow) : [];
      return rows.includes(clicked) ? rows : [clicked];
    }
    return [...this.#view.selection];
  }

  nodes(clicked: unknown, selected: unknown): Node[] {
    return this.rows(clicked, selected).filter(row => row instanceof Node);
  }

  /** The nodes that rows are about: a notice is about its parent. */
  subjects(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.rows(clicked, selected).map(row => (row instanceof Node ? row : row.parent)))];
  }

  /** The servers of the rows, each once. */
  servers(clicked: unknown, selected: unknown): Node[] {
    return [...new Set(this.subjects(clicked, selected).map(node => node.root))];
  }
}

function isRow(value: unknown): value is Row {
  return (
    value instanceof Node ||
    (typeof value === 'object' && value !== null && 'parent' in value && value.parent instanceof Node)
  );
}
