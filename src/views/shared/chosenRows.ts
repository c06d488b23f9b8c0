import type * as vscode from 'vscode';
import { isObject } from '../../base/isObject';

/** Which rows of a tree a command is to act on. */
export class ChosenRows<Row> implements vscode.Disposable {
  readonly #view: vscode.TreeView<Row>;
  readonly #isRow: (value: unknown) => value is Row;
  readonly #listener: vscode.Disposable;
  /** The selections since the last key, oldest first; no more than the three around a double change. */
  #selections: (readonly Row[])[];
  /** What the last key was about. VS Code passes another object with each key. */
  #key: { readonly argument: unknown; readonly rows: Row[] } = { argument: undefined, rows: [] };

  constructor(view: vscode.TreeView<Row>, isRow: (value: unknown) => value is Row) {
    this.#view = view;
    this.#isRow = isRow;
    this.#selections = [view.selection];
    this.#listener = view.onDidChangeSelection(({ selection }) => {
      this.#selections = [...this.#selections, selection].slice(-3);
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /**
   * The rows that VS Code passes from a menu (the clicked one, and all selected ones if it is among them); from the
   * palette, the selection; from a key, the row with the focus unless several are selected; none if no row has it.
   */
  rows(clicked: unknown, selected: unknown): Row[] {
    if (isFocusedRow(clicked)) {
      this.#key = this.#key.argument === clicked ? this.#key : { argument: clicked, rows: this.#takeToggled() };
      return this.#key.rows;
    }
    if (this.#isRow(clicked)) {
      const rows = Array.isArray(selected) ? selected.filter(this.#isRow) : [];
      return rows.includes(clicked) ? rows : [clicked];
    }
    return [...this.#view.selection];
  }

  /**
   * VS Code does not tell which row has the focus. But it can be asked to select that row or, if it is selected, to
   * deselect it: the key does so twice, which leaves the selection as it was. Without a focus, nothing changes.
   */
  #takeToggled(): Row[] {
    const [before, between, after] = this.#selections;
    this.#selections = this.#selections.slice(-1);
    return before && between && after && difference(before, after).length === 0 ? difference(between, after) : [];
  }
}

function difference<Row>(one: readonly Row[], other: readonly Row[]): Row[] {
  return [...without(one, other), ...without(other, one)];
}

function without<Row>(rows: readonly Row[], others: readonly Row[]): Row[] {
  const known = new Set(others);
  return rows.filter(row => !known.has(row));
}

/** What the keybindings of package.json pass. */
function isFocusedRow(value: unknown): boolean {
  return isObject(value) && 'row' in value && value.row === 'focused';
}
