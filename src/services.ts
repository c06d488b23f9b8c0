import type * as vscode from 'vscode';
import type { Log } from './base/log';
import type { Inventory } from './inventory/inventory';
import type { RecentAddresses } from './servers/list/recentAddresses';
import type { Memory } from './servers/list/serverList';
import type { Servers } from './servers/servers';
import type { DetailsPane } from './views/details/detailsView';
import type { Targets } from './views/shared/targets';
import type { ServersTree } from './views/tree/serversTree';
import type { ViewSettings } from './views/tree/viewSettings';

/** What the commands work with; made once, in `extension.ts`. */
export interface Services {
  readonly servers: Servers;
  readonly inventory: Inventory;
  /** The main view. */
  readonly tree: ServersTree;
  readonly targets: Targets;
  readonly viewSettings: ViewSettings;
  readonly details: DetailsPane;
  /** Tells VS Code of documents that have changed. */
  readonly documentChanged: vscode.EventEmitter<vscode.Uri>;
  readonly recent: RecentAddresses;
  /** Of this computer, not synced. */
  readonly memory: Memory;
  readonly log: Log;
  /** For what nobody waits for: if it fails, the log says so. */
  readonly run: (work: Promise<void>) => void;
  /** Where its files are. */
  readonly extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>;
}
