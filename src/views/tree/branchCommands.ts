import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { isSortable, kindBelow } from '../../inventory/tree/order';
import { factsOfKind } from '../../items/facts';
import type { ItemKind } from '../../items/item';
import { allKinds } from '../../items/kinds';
import { offerToAddServer } from '../shared/offerToAddServer';
import { pickNode } from '../shared/pickNode';
import type { Targets } from '../shared/targets';
import { orderIn } from './arrangement';
import { withLoadProgress } from './loadProgress';
import { pickGrouping, pickKind, pickOrder } from './orderInputs';
import type { ViewSettings } from './viewSettings';

/** Long branches: loading the whole of them, their order, their sections. */
export class BranchCommands {
  readonly #inventory: Inventory;
  readonly #targets: Targets;
  readonly #settings: ViewSettings;

  constructor(inventory: Inventory, targets: Targets, settings: ViewSettings) {
    this.#inventory = inventory;
    this.#targets = targets;
    this.#settings = settings;
  }

  /** Loads all below the rows, or the rest of the list that they stand in; otherwise asks for one that has more rows. */
  readonly loadAll = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const rows = this.#targets.subjects(argument, selected);
    const isPartial = (node: Node) => node.openedBranch?.next !== undefined;
    let nodes = [...new Set(rows.flatMap(node => [node, node.parent].find(each => each && isPartial(each)) ?? []))];
    if (nodes.length === 0) {
      if (this.#inventory.servers.length === 0) {
        await offerToAddServer();
        return;
      }
      const partial = [...this.#inventory.loaded()].filter(isPartial);
      if (partial.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t('All rows of the expanded lists are loaded.'));
        return;
      }
      const picked = await pickNode(partial, vscode.l10n.t('Load All'));
      nodes = picked ? [picked] : [];
    }
    await withLoadProgress(this.#inventory, nodes, async signal => {
      await Promise.all(nodes.map(node => this.#inventory.complete(node, signal, true)));
    });
  };

  /**
   * Asks for the order of what is below the row or, if that cannot be sorted, of the row's own kind. Where that says nothing,
   * asks of what first.
   */
  readonly sortBy = async (argument?: unknown): Promise<void> => {
    const [row] = this.#targets.subjects(argument, undefined);
    const kind =
      [row && kindBelow(row), row?.item.kind].find(each => each && isSortable(each)) ??
      (await pickKind(this.#kinds, each => orderIn(this.#settings, each)));
    const order = kind && (await pickOrder(kind, orderIn(this.#settings, kind)));
    if (order) {
      const orders = { ...this.#settings.orders, [kind]: order === 'server' ? undefined : order };
      const told = Object.entries(orders).filter(([, each]) => each !== undefined);
      await write('sort', told.length > 0 ? Object.fromEntries(told) : undefined);
    }
  };

  readonly groupBy = async (): Promise<void> => {
    const grouping = await pickGrouping(this.#settings.grouping);
    if (grouping) {
      await write('groupTenantsBy', grouping === 'none' ? undefined : grouping);
    }
  };

  /** Those that the report tells of, and those that are loaded or can be: what the headings contain, and what is there. */
  get #kinds(): readonly ItemKind[] {
    const reported = allKinds().filter(kind => factsOfKind(kind).report);
    const kinds = [...this.#inventory.loaded()].flatMap(node => [node.item.kind, kindBelow(node) ?? []].flat());
    return [...new Set([...reported, ...kinds])].filter(isSortable);
  }
}

/** The user's settings are the only ones in which these count. Without a value, the default holds. */
async function write(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('backupTenancy').update(name, value, vscode.ConfigurationTarget.Global);
}
