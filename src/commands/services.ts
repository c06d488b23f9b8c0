import type { Log } from '../http/log';
import type { Inventory } from '../inventory/inventory';
import type { RecentAddresses } from '../servers/recentAddresses';
import type { Memory } from '../servers/serverList';
import type { Servers } from '../servers/servers';
import type { Targets } from './targets';

/** What the commands work with; made once, in `extension.ts`. */
export interface Services {
  readonly servers: Servers;
  readonly inventory: Inventory;
  readonly targets: Targets;
  readonly recent: RecentAddresses;
  /** Of this computer, not synced. */
  readonly memory: Memory;
  readonly log: Log;
}
