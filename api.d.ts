/**
 * What the extension "Backup Tenancy Explorer for Veeam" offers to other extensions:
 *
 * ```ts
 * import type { BackupTenancyApi } from './api';
 *
 * const extension = vscode.extensions.getExtension<BackupTenancyApi>('backup-tenancy.backup-tenancy-explorer');
 * const api = await extension?.activate();
 * ```
 *
 * Everything is plain, frozen data without secrets. Members may be added within a version; none changes or goes. What goes
 * wrong is thrown as an `Error` with a sentence for people.
 */
export interface BackupTenancyApi {
  readonly version: 1;
  /** The servers of the list, in its order. Nothing is sent to them. */
  listServers(): Promise<readonly BackupItem[]>;
  /**
   * Items with these words in their name, or with this ID, the best match first. With `load`, an empty answer means that there
   * is none: if nothing was found and something could not be looked at, the reason is thrown, unless `onIncomplete` gets it.
   *
   * @param query part of a name, an ID, a URN or a key; everything if it is empty
   * @throws {Error} also for arguments that it does not take
   */
  findItems(query: string, options?: FindOptions): Promise<readonly BackupItem[]>;
  /** Asks the user for one of the items that are loaded; undefined if they leave. */
  pickItem(options?: PickOptions): Promise<BackupItem | undefined>;
}

/** What {@link BackupTenancyApi.findItems} looks at. */
export interface FindOptions {
  /** Only these, such as `tenant`; all by default. */
  readonly kinds?: readonly BackupItemKind[];
  /** The key of the server to look at; all by default. */
  readonly server?: string;
  /**
   * Whether servers are asked for what is not loaded yet, which may take a while. By default only what is loaded counts,
   * and nothing is sent.
   */
  readonly load?: boolean;
  /** Called with what could not be looked at because of `load`, before the answer comes. Not called if there is nothing. */
  readonly onIncomplete?: (places: readonly IncompletePlace[]) => void;
  /** 100 by default, 1,000 at most. */
  readonly limit?: number;
  /** Gives up loading: the signal's reason is thrown then. */
  readonly signal?: AbortSignal;
}

/** A list that could not be loaded as a whole. */
export interface IncompletePlace {
  /** The key of the item whose list it is. */
  readonly key: string;
  /** A sentence for people; it may quote the server. */
  readonly message: string;
}

/** What {@link BackupTenancyApi.pickItem} offers. */
export interface PickOptions {
  /** Only these; all with an ID by default. */
  readonly kinds?: readonly BackupItemKind[];
  /** Above the list. */
  readonly title?: string;
}

/** What an item is. More kinds may come. */
export type BackupItemKind =
  | 'server'
  | 'group'
  | 'repository'
  | 'organization'
  | 'protectedUser'
  | 'protectedGroup'
  | 'protectedSite'
  | 'protectedTeam'
  | 'usedRepository'
  | 'job'
  | 'proxy'
  | 'tenant'
  | 'subtenant'
  | 'backupResource'
  | 'hardwarePlan'
  | 'gateway'
  | 'backupServer'
  | 'scaleOutRepository'
  | 'extent'
  | 'managedServer'
  | 'entraTenant'
  | 'company'
  | 'reseller'
  | 'site'
  | 'location'
  | 'user'
  | 'gatewayPool'
  | 'hostedResource'
  | (string & {});

/** An item of a server, or a server itself. */
export interface BackupItem {
  /** Unique, and the same in every session; what this extension's commands take. */
  readonly key: string;
  readonly kind: BackupItemKind;
  /** As the server gave it: any text. */
  readonly name: string;
  /** What the server's API takes; not there for servers and headings. */
  readonly id?: string;
  /** Names from the server down to the item. */
  readonly path: readonly string[];
  readonly hasChildren: boolean;
  /**
   * What is known of it under its name: `usedBytes`, `quotaBytes`, `enabled`, `lastBackup`, `urn`, … Sizes are bytes, moments
   * ISO dates. A fact that the server did not tell is not there.
   */
  readonly facts: Readonly<
    Record<string, string | number | boolean | readonly Readonly<Record<string, string | number | boolean>>[]>
  >;
}
