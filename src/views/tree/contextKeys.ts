import type * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import { type InventoryKeys, setContext } from '../shared/setContext';
import { overviewOf } from './overview';

/** Keeps the context keys as the inventory is. */
export class ContextKeys implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #run: (work: Promise<void>) => void;
  readonly #stop: () => void;
  #told: Partial<InventoryKeys> = {};

  /** @param run runs work in the background; failures go to the log */
  constructor(inventory: Inventory, run: (work: Promise<void>) => void) {
    this.#inventory = inventory;
    this.#run = run;
    this.#stop = inventory.onDidChange.listen(() => this.#tell());
    this.#tell();
  }

  dispose(): void {
    this.#stop();
  }

  #tell(): void {
    const keys = keysOf(this.#inventory);
    for (const name of Object.keys(keys) as (keyof InventoryKeys)[]) {
      if (this.#told[name] !== keys[name]) {
        this.#run(setContext(name, keys[name]));
      }
    }
    this.#told = keys;
  }
}

function keysOf({ servers }: Inventory): InventoryKeys {
  return {
    hasServers: servers.length > 0,
    connected: servers.some(({ openedBranch }) => openedBranch?.loadedAt !== undefined),
    browsed: servers.some(({ openedBranch }) =>
      openedBranch?.nodes.some(heading => (heading.openedBranch?.nodes.length ?? 0) > 0),
    ),
    overview: overviewOf(servers),
  };
}
