import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import { Signal } from '../../base/signal';
import type { SavedFolder, SavedServer } from './savedServer';
import { isText } from './serverFacts';
import { listedIds, readStored, type StoredList, schema, schemaOf, writeStored } from './storedList';

/** The part of VS Code's `globalState` that is needed here. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

/** Where the list is stored, also the key offered to Settings Sync. */
export const serversKey = 'backupTenancy.servers';

/** Ids of servers that have been on the list of this computer, which has secrets of theirs. Not offered to Settings Sync. */
const seenKey = 'backupTenancy.serversSeen';

/** The list cannot be written, as that would lose what a later version has added to it. */
export class ListFromLaterVersion extends Error {
  constructor() {
    super(
      l10n.t(
        'The list of servers was written by a later version of this extension and was left unchanged. Update the extension to use it.',
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
  /** Kept, as each load looks at the list several times. */
  #lastRead: { readonly stored: unknown; readonly content: StoredList } | undefined;

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
    const stored = this.#stored;
    // VS Code answers with the same object until this window or another one has written.
    if (!this.#lastRead || this.#lastRead.stored !== stored) {
      this.#lastRead = { stored, content: readStored(stored) };
    }
    return this.#lastRead.content;
  }

  /** The list was written by a later version of this extension, through Settings Sync: it is left as it is. */
  get isFromLaterVersion(): boolean {
    return schemaOf(this.#stored) > schema;
  }

  find(id: string): SavedServer | undefined {
    return this.servers.find(server => server.id === id);
  }

  /** Whether the server is gone for sure: a list that cannot be read tells nothing. */
  isGone(id: string): boolean {
    return listedIds(this.#stored)?.includes(id) === false;
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

  /**
   * Changes several things in one write; none if `change` answers with what it was given.
   * @throws {ListFromLaterVersion}
   */
  async edit(change: (list: StoredList) => StoredList): Promise<void> {
    if (this.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
    const stored = this.#stored;
    const before = this.content;
    const after = change(before);
    if (after === before) {
      return;
    }
    const left = new Set(after.servers.map(({ id }) => id));
    const removed = before.servers.filter(({ id }) => !left.has(id));
    const written = [
      this.#memory.update(serversKey, writeStored(after, stored)),
      // In the same moment, or else other windows could take a removed server for one that was removed elsewhere.
      this.noteSeen(removed.map(({ id }) => id)),
    ];
    this.#shown = this.#text;
    await Promise.all(written);
    this.onDidChange.emit();
  }

  /**
   * Servers that were on this computer's list and that no window of it has removed: another computer has, through Settings
   * Sync. None as long as it cannot be told for sure that they are gone.
   */
  get removedElsewhere(): readonly string[] {
    const ids = listedIds(this.#stored);
    const listed = new Set(ids);
    return ids ? this.#seen.filter(id => !listed.has(id)) : [];
  }

  /** Notes which servers are on the list, and that those in `gone` are done with. */
  async noteSeen(gone: readonly string[]): Promise<void> {
    const before = this.#seen;
    const left = before.filter(id => !gone.includes(id));
    const seen = [...new Set([...left, ...(listedIds(this.#stored) ?? [])])];
    if (!isDeepStrictEqual(seen, before)) {
      await this.#memory.update(seenKey, seen);
    }
  }

  /** Looks for what other windows or Settings Sync have written; VS Code takes that over without telling. */
  checkForChanges(): void {
    const text = this.#text;
    if (text !== this.#shown) {
      this.#shown = text;
      this.onDidChange.emit();
    }
  }

  get #seen(): readonly string[] {
    const seen = this.#memory.get<unknown>(seenKey);
    return Array.isArray(seen) ? seen.filter(isText) : [];
  }

  get #stored(): unknown {
    return this.#memory.get(serversKey);
  }

  get #text(): string | undefined {
    return JSON.stringify(this.#stored);
  }
}
