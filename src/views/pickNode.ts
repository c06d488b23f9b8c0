import * as vscode from 'vscode';
import type { Node } from '../inventory/node';
import { parseQuery } from '../inventory/query';
import { entriesOf, Search } from '../inventory/search';
import { type FindItem, itemOf, noteOfMore } from './findItems';

/** Lines of a list that anybody reads. */
const shownAtMost = 200;

/**
 * Asks for one of the nodes; undefined if the user does not choose. VS Code itself filters a short list by all that its lines
 * show. Of a long one it gets what matches the text best, as Find has it.
 */
export async function pickNode(
  nodes: Iterable<Node>,
  title = vscode.l10n.t('Backup Tenancy'),
): Promise<Node | undefined> {
  const input = vscode.window.createQuickPick<FindItem>();
  const search = new Search(shownAtMost);
  const entries = entriesOf(nodes, () => true);
  let searching = new AbortController();
  let shown: string | undefined;
  input.title = title;
  input.busy = true;
  // Known to VS Code, though not to its types: without it our order would be lost.
  Object.assign(input, { sortByLabel: false });

  const find = async () => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const { value } = input;
    const all = await entries;
    input.placeholder =
      all.length === 0
        ? vscode.l10n.t('Nothing is loaded yet: open a server in the Backup Tenancy view first')
        : vscode.l10n.t('Choose an item');
    if (all.length <= shownAtMost) {
      if (shown === undefined) {
        input.busy = false;
        input.items = all.map(({ node }) => ({ ...itemOf(node), alwaysShow: false }));
        input.matchOnDescription = true;
        input.matchOnDetail = true;
      }
      shown = value;
      return;
    }
    const found = await search.find(parseQuery(value), all, signal);
    if (found && !signal.aborted) {
      input.busy = false;
      input.items = [...found.best.map(({ node }) => itemOf(node)), ...noteOfMore(found)];
      shown = value;
    }
  };

  let searched = find();
  try {
    return await new Promise<Node | undefined>((resolve, reject) => {
      const accept = async () => {
        const isShown = shown === input.value;
        // Typed and entered at once: what is marked belongs to an earlier text.
        for (let waited: Promise<void> | undefined; shown !== input.value && waited !== searched; ) {
          waited = searched;
          await waited;
        }
        const [item] = isShown ? input.selectedItems : shown === input.value ? input.items : [];
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
