import * as vscode from 'vscode';
import type { Inventory } from '../inventory/inventory';
import { overviewOf } from './overview';

/** The context keys that `when` and `onContext` of package.json read, without their prefix. */
interface Keys {
  /** There is something in the list. */
  readonly hasServers: boolean;
  /** A server was opened: its certificate is trusted, and it has let the user in. */
  readonly connected: boolean;
  /** Something below a heading was loaded. */
  readonly browsed: boolean;
  /** See {@link overviewOf}. */
  readonly overview: string;
}

/** Keeps the context keys as the inventory is. */
export class ContextKeys implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #stop: () => void;
  #told: Partial<Keys> = {};

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#stop = inventory.onDidChange.listen(() => this.#tell());
    this.#tell();
  }

  dispose(): void {
    this.#stop();
  }

  #tell(): void {
    const keys = keysOf(this.#inventory);
    for (const [name, value] of Object.entries(keys)) {
      if (this.#told[name as keyof Keys] !== value) {
        void vscode.commands.executeCommand('setContext', `backupTenancy.${name}`, value);
      }
    }
    this.#told = keys;
  }
}

function keysOf({ servers }: Inventory): Keys {
  return {
    hasServers: servers.length > 0,
    connected: servers.some(({ openedBranch }) => openedBranch?.loadedAt !== undefined),
    browsed: servers.some(({ openedBranch }) =>
      openedBranch?.nodes.some(heading => (heading.openedBranch?.nodes.length ?? 0) > 0),
    ),
    overview: overviewOf(servers),
  };
}
