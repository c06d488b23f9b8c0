import type { Item } from '../products/item';
import { Branch } from './branch';
import type { Folder } from './folder';
import { keyPart } from './keyPart';
import type { Section } from './section';

/**
 * An item at its place. The same object stands for the same place across refreshes, as VS Code keeps expansion and
 * selection by object; only its `item` is replaced.
 */
export class Node {
  readonly type = 'node';
  /** Of a server, the folder it is in. */
  folder: Folder | undefined;
  /** Not on the list or on the server any more. A node that is gone does not come back: another one takes its place. */
  gone = false;
  #branch: Branch | undefined;

  constructor(
    /** `serverId/kind:id/kind:id`, each part encoded: unique over the whole tree, the same in every session. */
    readonly key: string,
    readonly parent: Node | undefined,
    public item: Item,
  ) {}

  /** The children; undefined for an item that cannot have any. */
  get branch(): Branch | undefined {
    if (!this.item.hasChildren) {
      return undefined;
    }
    this.#branch ??= new Branch(this);
    return this.#branch;
  }

  /** The branch if anybody has asked for it yet, without making one. */
  get openedBranch(): Branch | undefined {
    return this.#branch;
  }

  /** The server's node, which may be this one. */
  get root(): Node {
    return this.parent?.root ?? this;
  }
}

/** A line between the nodes that tells of a branch's state; what it tells is read from `parent.branch`. */
export interface Notice {
  readonly type: 'loading' | 'failure' | 'empty' | 'more';
  readonly parent: Node;
}

/** What stands below a node. */
export type Row = Node | Notice;

/** What stands anywhere in the tree. */
export type TreeRow = Folder | Section | Row;

/** The key of an item below `parent`; an item without an id goes by its name. */
export function keyOf(parent: Node | undefined, item: Item): string {
  return parent ? `${parent.key}/${item.kind}:${keyPart(item.id || item.name)}` : keyPart(item.id);
}

/** The node and all above it, the server first. */
export function lineageOf(node: Node): readonly Node[] {
  return node.parent ? [...lineageOf(node.parent), node] : [node];
}
