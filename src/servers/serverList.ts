import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { Signal } from '../inventory/signal';
import { dissolve, move, type Place, shift, type Things } from './arrange';
import type { SavedFolder, SavedServer } from './savedServer';
import { readStored, type StoredList, schema, schemaOf, writeStored } from './storedList';

/** The part of VS Code's `globalState` that is needed here. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

/** Where the list is stored, also the key offered to Settings Sync. */
export const storageKey = 'backupTenancy.servers';

/** The list cannot be written, as that would lose what a later version has added to it. */
export class ListFromLaterVersion extends Error {
  constructor() {
    super(
      l10n.t(
        'The list of servers was written by a later version of this extension and is left as it is. Update the extension to use it.',
      ),
    );
    this.name = 'ListFromLaterVersion';
  }
}

/**
 * The saved servers and the folders they are in, in their order. Other windows write to the same memory: every look and
 * every change starts from what is stored at that moment, so none overwrites what another has added.
 */
export class ServerList {
  readonly onDidChange = new Signal<void>();
  readonly #memory: Memory;
  #shown: string | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#shown = this.#text;
  }

  get servers(): readonly SavedServer[] {
    return this.content.servers;
  }

  get folders(): readonly SavedFolder[] {
    return this.content.folders;
  }

  /** Both at one moment. */
  get content(): StoredList {
    return readStored(this.#stored);
  }

  /** The list was written by a later version of this extension, through Settings Sync: it is left as it is. */
  get isFromLaterVersion(): boolean {
    return schemaOf(this.#stored) > schema;
  }

  find(id: string): SavedServer | undefined {
    return this.servers.find(server => server.id === id);
  }

  /** @throws {ListFromLaterVersion} as all that change the list */
  async add(server: SavedServer): Promise<void> {
    await this.edit(({ folders, servers }) => ({ folders, servers: [...servers, server] }));
  }

  /** Does nothing if the server is gone. */
  async change(id: string, facts: Partial<Omit<SavedServer, 'id'>>): Promise<void> {
    if (this.find(id)) {
      await this.edit(({ folders, servers }) => ({
        folders,
        servers: servers.map(server => (server.id === id ? { ...server, ...facts } : server)),
      }));
    }
  }

  async remove(id: string): Promise<void> {
    await this.edit(({ folders, servers }) => ({ folders, servers: servers.filter(server => server.id !== id) }));
  }

  /** Makes a folder at the end of another one, or of the top level. Returns its id. */
  async addFolder(name: string, parent?: string): Promise<string> {
    const id = randomUUID();
    await this.edit(({ folders, servers }) => ({ folders: [...folders, { id, name, parent }], servers }));
    return id;
  }

  async renameFolder(id: string, name: string): Promise<void> {
    await this.edit(({ folders, servers }) => ({
      folders: folders.map(folder => (folder.id === id ? { ...folder, name } : folder)),
      servers,
    }));
  }

  /** What is in the folder moves up to the one around it. */
  async removeFolder(id: string): Promise<void> {
    await this.edit(list => dissolve(list, id));
  }

  async move(things: Things, to: Place): Promise<void> {
    await this.edit(list => move(list, things, to));
  }

  /** One place up or down among the siblings. */
  async shift(things: Things, by: -1 | 1): Promise<void> {
    await this.edit(list => shift(list, things, by));
  }

  /**
   * Changes several things in one write; none if `change` answers with what it was given.
   * @throws {ListFromLaterVersion}
   */
  async edit(change: (list: StoredList) => StoredList): Promise<void> {
    if (this.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
    const stored = this.#stored;
    const before = readStored(stored);
    const after = change(before);
    if (after === before) {
      return;
    }
    const written = this.#memory.update(storageKey, writeStored(after, stored));
    this.#shown = this.#text;
    await written;
    this.onDidChange.emit();
  }

  /** Looks for what other windows or Settings Sync have written; VS Code takes that over without telling. */
  checkForChanges(): void {
    const text = this.#text;
    if (text !== this.#shown) {
      this.#shown = text;
      this.onDidChange.emit();
    }
  }

  get #stored(): unknown {
    return this.#memory.get(storageKey);
  }

  get #text(): string | undefined {
    return JSON.stringify(this.#stored);
  }
}
