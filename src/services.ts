import type * as vscode from 'vscode';
import { Inventory } from './inventory/inventory';
import { Connections, type ConnectionsServices } from './servers/connection/connections';
import { serverItem } from './servers/list/savedServer';
import { type Memory, ServerList } from './servers/list/serverList';
import { RemovedServers } from './servers/removedServers';
import type { DetailsPane } from './views/details/detailsView';
import type { Pins } from './views/pins/pins';
import type { Targets } from './views/shared/targets';
import type { ServersTree } from './views/tree/serversTree';
import type { ViewSettings } from './views/tree/viewSettings';

/** What the services below VS Code are made of. */
export interface Foundations extends Omit<ConnectionsServices, 'list'> {
  /** Where the list of servers is. */
  readonly memory: Memory;
  /** See {@link Inventory}. */
  readonly rowsPerLoad?: (() => number) | undefined;
}

/** The services below VS Code, the same in the extension, in tests and in benchmarks. */
export interface CoreServices {
  readonly list: ServerList;
  readonly connections: Connections;
  readonly removed: RemovedServers;
  readonly inventory: Inventory;
}

/** Puts the services together, with the saved servers in the inventory. Sends nothing. */
export function createServices({ memory, rowsPerLoad, ...foundations }: Foundations): CoreServices {
  const list = new ServerList(memory);
  const options = { list, ...foundations };
  const connections = new Connections(options);
  const removed = new RemovedServers(connections, options);
  const inventory = new Inventory(connections, foundations.log, rowsPerLoad);
  const showServers = () => inventory.setServers(list.servers.map(serverItem), list.folders);
  list.onDidChange.listen(showServers);
  showServers();
  return { list, connections, removed, inventory };
}

/** What the commands work with; made once, in `start.ts`. */
export interface Services extends CoreServices, Pick<ConnectionsServices, 'secretStore' | 'network' | 'log'> {
  /** The main view. */
  readonly tree: ServersTree;
  readonly targets: Targets;
  readonly viewSettings: ViewSettings;
  /** Made with the first row that is pinned, found or copied. */
  readonly pins: () => Promise<Pins>;
  readonly details: DetailsPane;
  /** Tells VS Code of documents that have changed. */
  readonly documentChanged: vscode.EventEmitter<vscode.Uri>;
  /** Of this computer, not synced. */
  readonly memory: Memory;
  /** Runs work in the background; failures go to the log. */
  readonly run: (work: Promise<void>) => void;
  /** Where its files are. */
  readonly extension: Pick<vscode.ExtensionContext, 'extension' | 'extensionUri' | 'globalStorageUri'>;
}
