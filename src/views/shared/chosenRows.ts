import type * as vscode from 'vscode';
import { isObject } from '../../base/isObject';

/** Which rows of a tree a command is to act on. */
export class ChosenRows<Row> implements vscode.Disposable {
  readonly #view: vscode.TreeView<Row>;
  readonly #isRow: (value: unknown) => value is Row;
  readonly #selections: vscode.Disposable;
  #selected: readonly Row[] = [];
  #selectedBefore: readonly Row[] = [];

  constructor(view: vscode.TreeView<Row>, isRow: (value: unknown) => value is Row) {
    this.#view = view;
    this.#isRow = isRow;
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
  rows(clicked: unknown, selected: unknown): Row[] {
    if (isFocusedRow(clicked)) {
      return this.#toggled;
    }
    if (this.#isRow(clicked)) {
      const rows = Array.isArray(selected) ? selected.filter(this.#isRow) : [];
      return rows.includes(clicked) ? rows : [clicked];
    }
    return [...this.#view.selection];
  }

  /**
   * VS Code does not tell which row has the focus. But it can be asked to select that row or, if it is selected, not to
   * any more: the key does both, and the row is the one that the last change of the selection was about.
   */
  get #toggled(): Row[] {
    const [more, less] =
      this.#selected.length > this.#selectedBefore.length
        ? [this.#selected, this.#selectedBefore]
        : [this.#selectedBefore, this.#selected];
    const others = new Set(less);
    return more.filter(row => !others.has(row));
  }
}

/** What the keybindings of package.json pass. */
function isFocusedRow(value: unknown): boolean {
  return isObject(value) && 'row' in value && value.row === 'focused';
}
