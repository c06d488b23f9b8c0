import { nextSlice } from '../../base/timeSlices';
import type { Inventory } from '../inventory';
import type { Folder } from '../tree/folder';
import type { Node, TreeRow } from '../tree/node';
import { entryOf, Matcher } from './matcher';
import { fold, type Query } from './query';

/** So many rows are opened at most: VS Code asks for the rows of each open one by itself, one after another. */
const openAtMost = 200;

const stepsBetweenLooks = 500;

/**
 * The tree with only those rows that match and what is above them, among what is loaded. Below a match everything is shown,
 * unless there are matches below it, too.
 */
export class Filter {
  readonly #found = new Set<Node>();
  /** What has a match below it. */
  readonly #above = new Set<TreeRow>();
  readonly #open = new Set<TreeRow>();
  readonly #folders = new Set<Folder>();
  /** Items that are loaded. */
  items = 0;
  /** Rows below which nothing is loaded yet, though there may be something. */
  closed = 0;
  /** Rows that are known to wait behind "Load More". */
  waiting = 0;

  private constructor() {}

  /** Undefined if the signal has aborted. */
  static async of(inventory: Inventory, query: Query, signal: AbortSignal): Promise<Filter | undefined> {
    const filter = new Filter();
    const matcher = new Matcher(query);
    for (const folder of query.kinds ? [] : inventory.folders.all) {
      const name = fold(folder.name);
      if (query.words.every(word => name.includes(word))) {
        filter.#folders.add(folder);
        filter.#addAbove(folder.parent);
      }
    }
    let steps = 0;
    for (const node of inventory.loaded()) {
      filter.#count(node);
      if (node.item.kind !== 'group' && matcher.contains(entryOf(node))) {
        filter.#found.add(node);
        filter.#addAbove(node.parent ?? node.folder);
      }
      if (++steps % stepsBetweenLooks === 0) {
        await nextSlice();
        if (signal.aborted) {
          return undefined;
        }
      }
    }
    return filter;
  }

  get matches(): number {
    return this.#found.size + this.#folders.size;
  }

  /** Those that are shown of the rows below `parent`, or at the top. */
  shown(rows: readonly TreeRow[], parent: TreeRow | undefined): TreeRow[] {
    return parent && !this.#above.has(parent) ? [...rows] : rows.filter(row => this.#isShown(row));
  }

  /** The topmost match among these rows and what is below them. */
  firstIn(rows: readonly TreeRow[]): Node | Folder | undefined {
    for (const row of rows) {
      if (row.type !== 'node' && row.type !== 'folder') {
        continue;
      }
      if (row.type === 'node' ? this.#found.has(row) : this.#folders.has(row)) {
        return row;
      }
      // Others have no match below them, however many rows they have.
      if (this.#above.has(row)) {
        return this.firstIn(row.type === 'folder' ? row.rows : (row.openedBranch?.nodes ?? []));
      }
    }
    return undefined;
  }

  isOpen(row: TreeRow): boolean {
    return this.#open.has(row);
  }

  /** Whether the node can be seen, if what is above it is opened. */
  shows(node: Node): boolean {
    const parent = node.parent ?? node.folder;
    return this.#isShown(node) || (parent !== undefined && !this.#above.has(parent) && this.#showsAny(parent));
  }

  /** Whether the same rows are shown. */
  equals(other: Filter): boolean {
    return (
      isSame(this.#found, other.#found) && isSame(this.#above, other.#above) && isSame(this.#folders, other.#folders)
    );
  }

  #showsAny(row: Node | Folder): boolean {
    return row.type === 'node' ? this.shows(row) : this.#isShown(row);
  }

  #isShown(row: TreeRow): boolean {
    switch (row.type) {
      case 'node':
        return this.#found.has(row) || this.#above.has(row);
      case 'folder':
        return this.#folders.has(row) || this.#above.has(row);
      default:
        return true; // that something is loading, waits, or has failed
    }
  }

  #addAbove(row: Node | Folder | undefined): void {
    const chain: (Node | Folder)[] = [];
    for (let each = row; each && !this.#above.has(each); each = parentOf(each)) {
      this.#above.add(each);
      chain.push(each);
    }
    // From the outside in: an open row in a closed one shows nothing.
    for (const each of chain.reverse()) {
      if (this.#open.size < openAtMost) {
        this.#open.add(each);
      }
    }
  }

  #count({ item, openedBranch }: Node): void {
    this.items += item.kind === 'group' ? 0 : 1;
    if (openedBranch?.next !== undefined) {
      this.waiting += Math.max(1, (openedBranch.total ?? 0) - openedBranch.nodes.length);
    } else if (item.hasChildren && openedBranch?.loadedAt === undefined) {
      this.closed++;
    }
  }
}

function parentOf(row: Node | Folder): Node | Folder | undefined {
  return row.type === 'node' ? (row.parent ?? row.folder) : row.parent;
}

function isSame<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
  return one.size === other.size && [...one].every(each => other.has(each));
}
