import * as vscode from 'vscode';
import { idLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import type { IdIndex } from '../../inventory/search/idIndex';
import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import { chooseItem } from '../find/chooseItem';
import { tellOfAltered } from '../shared/alteredIds';
import type { Targets } from '../shared/targets';
import { alteredIn } from './copyForms';

/** Puts IDs into the editor. */
export class InsertCommands {
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #targets: Targets;

  constructor(inventory: Inventory, ids: IdIndex, targets: Targets) {
    this.#inventory = inventory;
    this.#ids = ids;
    this.#targets = targets;
  }

  /**
   * `insertId(itemKey | id)`, or the rows of the menu; otherwise asks, whatever is selected in the tree. Answers with the
   * inserted text, for scripts.
   */
  readonly insertId = async (argument?: unknown, selected?: unknown): Promise<string | undefined> => {
    const editor = vscode.window.activeTextEditor;
    const nodes = await this.#nodes(argument, selected, editor);
    const good = nodes.filter(({ item }) => hasId(item));
    const ids = good.map(({ item }) => idLine(item.id));
    if (ids.length === 0) {
      return undefined;
    }
    // It may have been closed while the user was choosing.
    const isOpen = editor && vscode.window.visibleTextEditors.includes(editor);
    if (!isOpen || !(await insert(editor, ids))) {
      await sayThatThereIsNoEditor();
      return undefined;
    }
    tellOfAltered(alteredIn('id', good));
    return ids.join('\n');
  };

  async #nodes(argument: unknown, selected: unknown, editor: vscode.TextEditor | undefined): Promise<readonly Node[]> {
    if (typeof argument === 'string') {
      return [this.#ids.named(argument) ?? []].flat();
    }
    if (typeof argument === 'object' && argument !== null) {
      return this.#targets.nodes(argument, selected);
    }
    if (!editor) {
      await sayThatThereIsNoEditor();
      return [];
    }
    const picked = await chooseItem(this.#inventory, vscode.l10n.t('Insert ID'), ({ item }) => hasId(item));
    return picked ? [picked] : [];
  }
}

async function sayThatThereIsNoEditor(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no text editor to insert into. Open an editable file first.'),
  );
}

/** At every cursor, instead of what is selected: all of them, or one each if there are as many cursors. */
async function insert(editor: vscode.TextEditor, ids: readonly string[]): Promise<boolean> {
  const selections = [...editor.selections].sort((one, other) => one.start.compareTo(other.start));
  const done = await editor.edit(edit => {
    for (const [index, selection] of selections.entries()) {
      const own = selections.length === ids.length ? ids[index] : undefined;
      edit.replace(selection, own ?? ids.join('\n'));
    }
  });
  if (done) {
    // Behind what was inserted, to type on.
    editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
  }
  return done;
}
