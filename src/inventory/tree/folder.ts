import { keyPart } from './keyPart';
import type { Node } from './node';

/** A folder as it is saved. */
export interface FolderFacts {
  readonly id: string;
  readonly name: string;
  readonly parent?: string | undefined;
}

/**
 * A folder of servers. It stands beside the items, not above them: moving a server changes neither its key nor what is
 * loaded of it. The same object stands for the same folder for as long as it is there.
 */
export class Folder {
  readonly type = 'folder';
  name = '';
  parent: Folder | undefined;
  /** What is in it, folders first. */
  rows: readonly (Folder | Node)[] = [];

  constructor(readonly id: string) {}

  /** Unlike any server's, whose colons are encoded. */
  get key(): string {
    return `folder:${keyPart(this.id)}`;
  }

  /** All servers in it, however deep. */
  get servers(): readonly Node[] {
    return this.rows.flatMap(row => (row.type === 'folder' ? row.servers : [row]));
  }
}

/** The folders and what is in each. */
export class Folders {
  /** The rows of the top level, folders first. */
  top: readonly (Folder | Node)[] = [];
  #all: ReadonlyMap<string, Folder> = new Map();

  find(id: string): Folder | undefined {
    return this.#all.get(id);
  }

  get all(): readonly Folder[] {
    return [...this.#all.values()];
  }

  /** @param facts in their order, none of them inside of itself */
  arrange(facts: readonly FolderFacts[], servers: readonly Node[]): void {
    const all = new Map(facts.map(({ id }) => [id, this.#all.get(id) ?? new Folder(id)]));
    for (const { id, name, parent } of facts) {
      const folder = all.get(id);
      if (folder) {
        folder.name = name;
        folder.parent = all.get(parent ?? '');
      }
    }
    for (const server of servers) {
      server.folder = server.item.kind === 'server' ? all.get(server.item.folder ?? '') : undefined;
    }
    const rowsOf = (folder: Folder | undefined) => [
      ...[...all.values()].filter(({ parent }) => parent === folder),
      ...servers.filter(server => server.folder === folder),
    ];
    for (const folder of all.values()) {
      folder.rows = rowsOf(folder);
    }
    this.#all = all;
    this.top = rowsOf(undefined);
  }
}
