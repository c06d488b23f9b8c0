import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import type { Targets } from '../shared/targets';

/** Refresh, Load More and Cancel Load. */
export class BrowseCommands {
  readonly #inventory: Inventory;
  readonly #targets: Targets;

  readonly #offerToAddServer: () => Promise<void>;

  constructor(inventory: Inventory, targets: Targets, offerToAddServer: () => Promise<void>) {
    this.#inventory = inventory;
    this.#targets = targets;
    this.#offerToAddServer = offerToAddServer;
  }

  /** From a row or its key: that row (a leaf is refreshed with its siblings). From the title or the palette: everything. */
  readonly refresh = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const nodes = argument === undefined ? [] : this.#targets.subjects(argument, selected);
    if (this.#inventory.servers.length === 0) {
      await this.#offerToAddServer();
      return;
    }
    if (nodes.length === 0) {
      await this.#inventory.refresh();
    }
    await vscode.window.withProgress({ location: { viewId: 'backupTenancy.servers' } }, () =>
      Promise.all(nodes.map(node => this.#inventory.refresh(node.branch ? node : node.parent))),
    );
  };

  readonly cancelLoad = (argument?: unknown, selected?: unknown): void => {
    for (const node of this.#targets.subjects(argument, selected)) {
      this.#inventory.cancel(node);
    }
  };

  readonly loadMore = async (argument?: unknown, selected?: unknown): Promise<void> => {
    await Promise.all(this.#targets.subjects(argument, selected).map(node => this.#inventory.loadMore(node)));
  };
}
