import * as vscode from 'vscode';
import type { BackupItem, BackupTenancyApi, FindOptions, IncompletePlace, PickOptions } from '../../../api';
import type { Inventory } from '../../inventory/inventory';
import { crawl } from '../../inventory/loading/loadAllBelow';
import { plainItem } from '../../inventory/plainItem';
import { matching } from '../../inventory/search/findNodes';
import type { Node } from '../../inventory/tree/node';
import { unreadableText } from '../../items/unreadable';
import { pickNode } from '../shared/pickNode';

const defaultLimit = 100;
const maxLimit = 1000;
const never = new AbortController().signal;

/** What other extensions get; see `api.d.ts`. */
export class PublicApi implements Omit<BackupTenancyApi, 'version'> {
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  async listServers(): Promise<readonly BackupItem[]> {
    return frozen(this.#inventory.servers.map(node => plainItem(node)));
  }

  async findItems(query: string, options: FindOptions = {}): Promise<readonly BackupItem[]> {
    const { kinds, server, load = false, limit = defaultLimit, signal = never, onIncomplete } = options;
    if (typeof query !== 'string') {
      throw new Error('findItems: query must be a string.');
    }
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > maxLimit) {
      throw new Error(`findItems: limit must be a whole number from 1 to ${maxLimit}.`);
    }
    checkKinds('findItems', kinds);
    const servers = this.#inventory.servers.filter(({ key }) => server === undefined || key === server);
    if (server !== undefined && servers.length === 0) {
      throw new Error('findItems: server must be the key of a server, as listServers gives it.');
    }
    const incomplete = load ? await this.#loadAll(servers, signal) : [];
    const [first] = incomplete;
    const found = matching(this.#inventory, { query, kinds, servers: new Set(servers) });
    if (first && onIncomplete) {
      onIncomplete(frozen(incomplete));
    } else if (first && found.length === 0) {
      throw new Error(first.message);
    }
    return frozen(found.slice(0, limit).map(node => plainItem(node)));
  }

  /** @returns what could not be loaded */
  async #loadAll(servers: readonly Node[], signal: AbortSignal): Promise<readonly IncompletePlace[]> {
    const { failed, incomplete } = await crawl(this.#inventory, servers, { signal });
    signal.throwIfAborted();
    return [
      ...failed.map(({ node, failure }) => ({ key: node.key, message: failure.message })),
      ...incomplete.flatMap(({ key, openedBranch }) =>
        openedBranch?.unreadable ? { key, message: unreadableText(openedBranch.unreadable) } : [],
      ),
    ];
  }

  async pickItem({ kinds, title }: PickOptions = {}): Promise<BackupItem | undefined> {
    checkKinds('pickItem', kinds);
    const wanted = ({ item }: Node) =>
      kinds ? kinds.includes(item.kind) : item.kind !== 'server' && item.kind !== 'group';
    const node = await pickNode([...this.#inventory.loaded()].filter(wanted), title ?? vscode.l10n.t('Backup Tenancy'));
    return node && frozen(plainItem(node));
  }
}

function checkKinds(name: string, kinds: unknown): void {
  if (kinds !== undefined && !(Array.isArray(kinds) && kinds.every(kind => typeof kind === 'string'))) {
    throw new Error(`${name}: kinds must be a list of strings.`);
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
