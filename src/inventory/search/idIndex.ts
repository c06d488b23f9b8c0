import type { Item } from '../../items/item';
import type { Inventory } from '../inventory';
import type { Node } from '../tree/node';

/**
 * The loaded nodes by their IDs. Nothing is done before somebody asks, and from then on only what has changed is looked at
 * again, when somebody asks again.
 */
export class IdIndex {
  readonly #inventory: Inventory;
  readonly #nodes = new Map<string, Node[]>();
  /** All nodes that were taken in, with what each stands under. */
  readonly #ids = new Map<Node, readonly string[]>();
  /** The children of a node as they were taken in; of undefined, the servers. */
  readonly #children = new Map<Node | undefined, readonly Node[]>();
  readonly #changed = new Set<Node | undefined>([undefined]);
  /** Ends following the inventory. */
  readonly dispose: () => void;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.dispose = inventory.onDidChange.listen(node => {
      // A node that was not taken in yet comes with its parent.
      if (node === undefined || this.#ids.has(node)) {
        this.#changed.add(node);
      }
    });
  }

  /** The nodes with that ID or URN: the same thing may stand at several places. */
  find(id: string): readonly Node[] {
    for (const node of this.#changed) {
      if (node === undefined || this.#ids.has(node)) {
        this.#update(node);
      }
    }
    this.#changed.clear();
    return this.#nodes.get(canonical(id)) ?? [];
  }

  /** What a script names by its key or ID: of several nodes with that ID the first one in the tree, whenever they came. */
  named(keyOrId: string): Node | undefined {
    const node = this.#inventory.find(keyOrId);
    if (node) {
      return node;
    }
    const all = new Set(this.find(keyOrId));
    if (all.size > 1) {
      for (const each of this.#inventory.loaded()) {
        if (all.has(each)) {
          return each;
        }
      }
    }
    return [...all][0];
  }

  #update(parent: Node | undefined): void {
    const before = this.#children.get(parent) ?? [];
    const now = parent ? (parent.openedBranch?.nodes ?? []) : this.#inventory.servers;
    const kept = new Set(now);
    for (const node of before) {
      if (!kept.has(node)) {
        this.#remove(node);
      }
    }
    for (const node of now) {
      this.#add(node);
    }
    if (now.length > 0) {
      this.#children.set(parent, now);
    } else {
      this.#children.delete(parent);
    }
  }

  #add(node: Node): void {
    const known = this.#ids.get(node);
    const ids = idsOf(node.item);
    if (known?.join() === ids.join()) {
      return;
    }
    if (known) {
      this.#forget(node, known);
    } else {
      this.#update(node);
    }
    this.#ids.set(node, ids);
    for (const id of ids) {
      const nodes = this.#nodes.get(id);
      if (nodes) {
        nodes.push(node);
      } else {
        this.#nodes.set(id, [node]);
      }
    }
  }

  #remove(node: Node): void {
    this.#forget(node, this.#ids.get(node) ?? []);
    this.#ids.delete(node);
    for (const child of this.#children.get(node) ?? []) {
      this.#remove(child);
    }
    this.#children.delete(node);
  }

  #forget(node: Node, ids: readonly string[]): void {
    for (const id of ids) {
      const nodes = this.#nodes.get(id) ?? [];
      const at = nodes.indexOf(node);
      if (nodes.length > 1 && at >= 0) {
        nodes.splice(at, 1);
      } else {
        this.#nodes.delete(id);
      }
    }
  }
}

/** What the server's API takes for the item: its ID, and its URN where it has one. */
function idsOf(item: Item): readonly string[] {
  if (item.kind === 'server' || item.kind === 'group') {
    return [];
  }
  return [item.id, 'urn' in item ? (item.urn ?? '') : ''].filter(id => id !== '').map(canonical);
}

const guid = /^(?:urn:veeam:\w+:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** GUIDs are the same in capitals; of other IDs nothing is known. */
function canonical(id: string): string {
  return guid.test(id) ? id.toLowerCase() : id;
}
