import * as vscode from 'vscode';
import type { Entry } from '../../inventory/search/matcher';
import { parseQuery } from '../../inventory/search/query';
import { entriesOf, Search } from '../../inventory/search/search';
import type { Node } from '../../inventory/tree/node';
import { type FindItem, itemOf, noteOfMore, shownAtMost } from './nodeItems';
import { pickOne } from './pick';
import { showInput } from './showInput';

/** Asks for one of the nodes; undefined if the user does not choose. */
export async function pickNode(nodes: Iterable<Node>, title: string): Promise<Node | undefined> {
  return (await pickLine(nodes, { title }))?.node;
}

/** What is asked. */
interface Question {
  readonly title: string;
  readonly placeholder?: string;
  /** Lines that stand above the nodes. */
  readonly above?: readonly FindItem[];
}

/**
 * The line of a node or one above those; undefined if the user does not choose. VS Code itself filters a short list by all
 * that its lines show. Of a long one it gets what matches the text best, as Find has it.
 */
export async function pickLine(nodes: Iterable<Node>, question: Question): Promise<FindItem | undefined> {
  const entries = await entriesOf(nodes, () => true);
  return entries.length <= shownAtMost ? await pickOfFew(entries, question) : await pickOfMany(entries, question);
}

async function pickOfFew(
  entries: readonly Entry[],
  { title, placeholder = vscode.l10n.t('Choose an item'), above = [] }: Question,
): Promise<FindItem | undefined> {
  const lines = [...above, ...entries.map(({ node }) => ({ ...itemOf(node), alwaysShow: false }))];
  return await pickOne(lines, {
    title,
    placeholder: lines.length === 0 ? vscode.l10n.t('Nothing loaded yet. Expand a server first.') : placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

async function pickOfMany(
  entries: readonly Entry[],
  { title, placeholder = vscode.l10n.t('Choose an item'), above = [] }: Question,
): Promise<FindItem | undefined> {
  const input = vscode.window.createQuickPick<FindItem>();
  const search = new Search(shownAtMost);
  let searching = new AbortController();
  /** The text that the list was made for. */
  let shown: string | undefined;
  input.title = title;
  input.placeholder = placeholder;
  // Known to VS Code, though not to its types: without it our order would be lost.
  Object.assign(input, { sortByLabel: false });

  const find = async () => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const { value } = input;
    const found = await search.find(parseQuery(value), entries, signal);
    if (found && !signal.aborted) {
      const said = above.filter(({ label }) => label.toLowerCase().includes(value.trim().toLowerCase()));
      input.items = [...said, ...found.best.map(({ node }) => itemOf(node)), ...noteOfMore(found)];
      shown = value;
    }
  };

  let searched = find();
  const disposables: vscode.Disposable[] = [];
  try {
    return await new Promise<FindItem | undefined>((resolve, reject) => {
      const accept = async () => {
        let [item] = input.selectedItems;
        if (shown !== input.value) {
          // Typed and entered at once: what is marked belongs to an earlier text. A further key begins another search.
          for (let waited: Promise<void> | undefined; waited !== searched; ) {
            waited = searched;
            await waited;
          }
          [item] = input.items;
        }
        // A line that only tells something is no choice.
        if (item && (item.node || above.includes(item))) {
          resolve(item);
        }
      };
      searched.catch(reject);
      disposables.push(
        input.onDidChangeValue(() => {
          searched = find();
          searched.catch(reject);
        }),
        input.onDidAccept(() => accept().catch(reject)),
        showInput(input, () => resolve(undefined)),
      );
    });
  } finally {
    searching.abort();
    vscode.Disposable.from(...disposables, input).dispose();
  }
}
