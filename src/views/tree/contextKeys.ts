import * as vscode from 'vscode';
import type { Inventory } from '../../inventory/inventory';
import { overviewOf } from './overview';

/** The context keys that `when` and `onContext` of package.json read, without their prefix. */
interface Keys extends InventoryKeys {
  /** The tree shows what matches alone. */
  readonly filtered: boolean;
  /** Paths of files that are exported lists. */
  readonly listFiles: Readonly<Record<string, true>>;
  /** Some rows are pinned. */
  readonly pinned: boolean;
}

/** Those that tell of the inventory. */
interface InventoryKeys {
  /** There is something in the list. */
  readonly hasServers: boolean;
  /** A server was opened: its certificate is trusted, and it has let the user in. */
  readonly connected: boolean;
  /** Something below a heading was loaded. */
  readonly browsed: boolean;
  /** See {@link overviewOf}. */
  readonly overview: string;
}

export async function setContext<Key extends keyof Keys>(key: Key, value: Keys[Key]): Promise<void> {
  await vscode.commands.executeCommand('setContext', `backupTenancy.${key}`, value);
}

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
