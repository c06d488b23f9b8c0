import type { Item } from '../../items/item';
import { Branch } from './branch';
import type { Folder } from './folder';
import { keyPart } from './keyPart';
import type { Section } from './section';

/**
 * An item at its place. The same object stands for the same place across refreshes, as VS Code keeps expansion and
 * selection by object; only its `item` is replaced.
 */
export class Node {
  /** The folder that a server is in. */
  folder: Folder | undefined;
  /** Not on the list or on the server any more. A node that is gone does not come back: another one takes its place. */
  gone = false;
  #branch: Branch | undefined;

  constructor(
    readonly parent: Node | undefined,
    public item: Item,
    /** Which one it is of several items under one id. */
    readonly copy = 1,
  ) {}

  /** Not a property of each node: a hundred thousand of them would take a megabyte. */
  get type(): 'node' {
    return 'node';
  }

  /**
   * `serverId/kind:id/kind:id`, each part encoded: unique over the whole tree, the same in every session. Made when it is
   * asked for, as it would take more memory than the item's facts.
   */
  get key(): string {
    const above = this.parent?.openedBranch?.key ?? this.parent?.key;
    return above === undefined ? this.segment : `${above}/${this.segment}`;
  }

  /** As unique as the key, and a good deal shorter: VS Code has it several times for each row, and sends it to and fro. */
  get shortKey(): string {
    const above = this.parent?.openedBranch?.shortKey;
    return above === undefined ? this.key : `${above}/${this.segment}`;
  }

  /** The last part of the key. */
  get segment(): string {
    return numbered(segmentOf(this.parent, this.item), this.copy);
  }

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
  readonly type: 'loading' | 'failure' | 'unreadable' | 'empty' | 'more';
  readonly parent: Node;
}

/** What stands below a node. */
export type Row = Node | Notice;

/** What stands anywhere in the tree. */
export type TreeRow = Folder | Section | Row;

/** Tells an item from the others below `parent`; one without an id goes by its name. */
export function segmentOf(parent: Node | undefined, item: Item): string {
  const name = keyPart(item.id || item.name);
  return parent ? `${item.kind}:${name}` : name;
}

/** The segment of one of several items under one id. `#` is never part of an encoded id. */
export function numbered(segment: string, copy: number): string {
  return copy > 1 ? `${segment}#${copy}` : segment;
}

/** The node and all above it, the server first. */
export function lineageOf(node: Node): readonly Node[] {
  return node.parent ? [...lineageOf(node.parent), node] : [node];
}

/** The nodes and all that is loaded below them, parents before children. */
export function* withAllBelow(nodes: readonly Node[]): Generator<Node> {
  // A generator within another one for each level would hand each node up through all of them.
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    for (const below of node.openedBranch?.nodes.toReversed() ?? []) {
      waiting.push(below);
    }
  }
}

/** The node and all below it are gone: nobody waits for what is under way below them, and nothing is loaded there any more. */
export function abandon(node: Node): void {
  for (const each of withAllBelow([node])) {
    each.gone = true;
    each.openedBranch?.giveUp();
  }
}
