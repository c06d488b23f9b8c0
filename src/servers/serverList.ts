import { Signal } from '../inventory/signal';
import type { SavedServer } from './savedServer';

/** The part of VS Code's `globalState` that is needed here. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

/** Where the list is stored, also the key offered to Settings Sync. */
export const storageKey = 'backupTenancy.servers';
const schema = 1;

interface Stored {
  readonly schema: number;
  readonly servers: readonly SavedServer[];
}

/** The saved servers in their order. */
export class ServerList {
  readonly onDidChange = new Signal<void>();
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get servers(): readonly SavedServer[] {
    const stored = this.#stored;
    return stored?.schema === schema && Array.isArray(stored.servers) ? stored.servers : [];
  }

  /** The list was written by a later version of this extension, through Settings Sync: it is left as it is. */
  get isFromLaterVersion(): boolean {
    return (this.#stored?.schema ?? 0) > schema;
  }

  find(id: string): SavedServer | undefined {
    return this.servers.find(server => server.id === id);
  }

  async add(server: SavedServer): Promise<void> {
    await this.#write([...this.servers, server]);
  }

  /** Does nothing if the server is gone. */
  async change(id: string, facts: Partial<Omit<SavedServer, 'id'>>): Promise<void> {
    if (this.find(id)) {
      await this.#write(this.servers.map(server => (server.id === id ? { ...server, ...facts } : server)));
    }
  }

  async remove(id: string): Promise<void> {
    await this.#write(this.servers.filter(server => server.id !== id));
  }

  get #stored(): Stored | undefined {
    return this.#memory.get<Stored>(storageKey);
  }

  async #write(servers: readonly SavedServer[]): Promise<void> {
    if (this.isFromLaterVersion) {
      throw new Error('the list of servers was written by a later version');
    }
    await this.#memory.update(storageKey, { schema, servers } satisfies Stored);
    this.onDidChange.emit();
  }
}
