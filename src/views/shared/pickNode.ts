import * as vscode from 'vscode';
import type { Entry } from '../../inventory/search/matcher';
import { parseQuery } from '../../inventory/search/query';
import { entriesOf, Search } from '../../inventory/search/search';
import type { Node } from '../../inventory/tree/node';
import { type FindItem, itemOf, noteOfMore, shownAtMost } from './nodeItems';

/**
 * Asks for one of the nodes; undefined if the user does not choose. VS Code itself filters a short list by all that its lines
 * show. Of a long one it gets what matches the text best, as Find has it.
 */
export async function pickNode(nodes: Iterable<Node>, title: string): Promise<Node | undefined> {
  const entries = await entriesOf(nodes, () => true);
  return entries.length <= shownAtMost ? await pickOfFew(entries, title) : await pickOfMany(entries, title);
}

async function pickOfFew(entries: readonly Entry[], title: string): Promise<Node | undefined> {
  const choice = await vscode.window.showQuickPick(
    entries.map(({ node }) => ({ ...itemOf(node), alwaysShow: false })),
    {
      title,
      placeHolder:
        entries.length === 0
          ? vscode.l10n.t('Nothing loaded yet. Expand a server first.')
          : vscode.l10n.t('Choose an item'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return choice?.node;
}

async function pickOfMany(entries: readonly Entry[], title: string): Promise<Node | undefined> {
  const input = vscode.window.createQuickPick<FindItem>();
  const search = new Search(shownAtMost);
  let searching = new AbortController();
  /** The text that the list was made for. */
  let shown: string | undefined;
  input.title = title;
  input.placeholder = vscode.l10n.t('Choose an item');
  // Known to VS Code, though not to its types: without it our order would be lost.
  Object.assign(input, { sortByLabel: false });

  const find = async () => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const { value } = input;
    const found = await search.find(parseQuery(value), entries, signal);
    if (found && !signal.aborted) {
      input.items = [...found.best.map(({ node }) => itemOf(node)), ...noteOfMore(found)];
      shown = value;
    }
  };

  let searched = find();
  try {
    return await new Promise<Node | undefined>((resolve, reject) => {
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
        if (item?.node) {
          resolve(item.node);
        }
      };
      searched.catch(reject);
      input.onDidChangeValue(() => {
        searched = find();
        searched.catch(reject);
      });
      input.onDidAccept(() => accept().catch(reject));
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
  } finally {
    searching.abort();
    input.dispose();
  }
}
