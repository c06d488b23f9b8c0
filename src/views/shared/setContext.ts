import * as vscode from 'vscode';

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
export interface InventoryKeys {
  /** There is something in the list. */
  readonly hasServers: boolean;
  /** A server was opened: its certificate is trusted, and it has let the user in. */
  readonly connected: boolean;
  /** Something below a heading was loaded. */
  readonly browsed: boolean;
  /** What all servers have in common. */
  readonly overview: string;
}

export async function setContext<Key extends keyof Keys>(key: Key, value: Keys[Key]): Promise<void> {
  await vscode.commands.executeCommand('setContext', `backupTenancy.${key}`, value);
}
