import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { abortWith } from '../shared/cancellation';
import { count } from '../shared/format';
import { nameIn, withoutLinks } from '../shared/harmless';

/** From then on a load is told of beside the view, too, in milliseconds. */
const longMs = 2000;

/**
 * Shows that the rows of some nodes are being loaded: in the view, and if it takes long in a notification that counts them
 * and in which the user can end it.
 */
export async function withLoadProgress(
  inventory: Inventory,
  nodes: readonly Node[],
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const enough = new AbortController();
  await vscode.window.withProgress({ location: { viewId: 'backupTenancy.servers' } }, async () => {
    const done = work(enough.signal);
    const timer = setTimeout(() => void showCount(inventory, nodes, done, enough), longMs);
    try {
      await done;
    } finally {
      clearTimeout(timer);
    }
  });
}

async function showCount(
  inventory: Inventory,
  nodes: readonly Node[],
  done: Promise<void>,
  enough: AbortController,
): Promise<void> {
  const [first] = nodes;
  const title =
    nodes.length === 1 && first
      ? vscode.l10n.t('Loading {0}', withoutLinks(nameIn(first.item.name)))
      : vscode.l10n.t('Loading {0} lists', count(nodes.length));
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const listening = abortWith(token, enough);
      let before = 0;
      const report = () => {
        const { rows, total } = tally(nodes);
        const message = total ? vscode.l10n.t('{0} of {1}', count(rows), count(total)) : count(rows);
        progress.report({ message, ...(total ? { increment: ((rows - before) / total) * 100 } : {}) });
        before = rows;
      };
      report();
      const stop = inventory.onDidChange.listen(node => node && nodes.includes(node) && report());
      try {
        await done;
      } catch {
        // Whoever has begun the work hears of it.
      } finally {
        stop();
        listening.dispose();
      }
    },
  );
}

/** Rows that are there, and how many there will be if every server has told. */
function tally(nodes: readonly Node[]): { rows: number; total: number | undefined } {
  const branches = nodes.flatMap(({ openedBranch }) => openedBranch ?? []);
  const isTold = branches.every(({ total }) => total !== undefined);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  return {
    rows: sum(branches.map(branch => branch.nodes.length)),
    total: isTold ? sum(branches.map(({ total }) => total ?? 0)) : undefined,
  };
}
