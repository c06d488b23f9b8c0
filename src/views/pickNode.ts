import * as vscode from 'vscode';
import type { Node } from '../inventory/node';
import { parseQuery } from '../inventory/query';
import { entriesOf, Search } from '../inventory/search';
import { type FindItem, itemOf, noteOfMore } from './findItems';

/** Lines of a list that anybody reads. */
const shownAtMost = 200;

/**
 * Asks for one of the nodes, of which there may be very many; undefined if the user does not choose. What matches the text,
 * and in which order, is the same as in Find.
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
        let [item] = input.selectedItems;
        if (shown !== input.value) {
          await searched; // typed and entered at once: what is marked belongs to an earlier text
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
