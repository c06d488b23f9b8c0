import * as vscode from 'vscode';
import { showInput } from './showInput';

/** What a list asks, and what its filter looks at besides labels. */
export interface Question {
  readonly title: string;
  readonly placeholder?: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  /** Whether it stays when the focus goes elsewhere, as to a browser. */
  readonly staysOpen?: boolean;
}

/**
 * Asks for one of the items; undefined if the user leaves. In place of VS Code's own `showQuickPick`, which a tree that is
 * being refreshed may close as soon as it opens.
 * @param active what Enter takes at once, instead of the first item
 */
export async function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  question: Question,
  active?: Item,
): Promise<Item | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  input.items = items;
  if (active) {
    input.activeItems = [active];
  }
  return await answer(input, question, () => input.selectedItems[0]);
}

/**
 * Asks which of the items are meant; undefined if the user leaves.
 * @param picked those that are ticked at the start
 */
export async function pickMany<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  question: Question,
  picked: readonly Item[] = [],
): Promise<readonly Item[] | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  input.canSelectMany = true;
  input.items = items;
  input.selectedItems = picked;
  return await answer(input, question, () => input.selectedItems);
}

async function answer<Item extends vscode.QuickPickItem, Answer>(
  input: vscode.QuickPick<Item>,
  { title, placeholder, matchOnDescription = false, matchOnDetail = false, staysOpen = false }: Question,
  accepted: () => Answer | undefined,
): Promise<Answer | undefined> {
  Object.assign(input, { title, placeholder, matchOnDescription, matchOnDetail });
  const disposables: vscode.Disposable[] = [];
  try {
    return await new Promise<Answer | undefined>(resolve => {
      disposables.push(
        input.onDidAccept(() => {
          const choice = accepted();
          // Enter over a filter that nothing matches leaves the list open.
          if (choice !== undefined) {
            resolve(choice);
          }
        }),
        showInput(input, () => resolve(undefined), { staysOpen }),
      );
    });
  } finally {
    vscode.Disposable.from(...disposables, input).dispose();
  }
}
