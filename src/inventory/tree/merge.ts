import type { Item } from '../../items/item';
import { Node, numbered, segmentOf } from './node';

/** Collects the nodes of one load, page by page, re-using those that stand for the same place. */
export class Merge {
  readonly nodes: Node[] = [];
  /** By the last parts of their keys, as all have the same parent. */
  readonly #known = new Map<string, Node>();
  /** Where in {@link nodes} each is. */
  readonly #taken = new Map<string, number>();
  /** How many items there are under an id, where there are several. */
  readonly #copies = new Map<string, number>();
  /** Those items as texts, and where in {@link nodes} the first of each is. */
  readonly #variants = new Map<string, number>();
  /** How many nodes there were before this page. */
  #pageStart = 0;
  readonly #parent: Node | undefined;

  constructor(parent: Node | undefined, known: readonly Node[]) {
    this.#parent = parent;
    for (const node of known) {
      this.#known.set(node.segment, node);
    }
  }

  /** Adds a page's items and tells how many of them had not been on an earlier page. */
  add(items: readonly Item[]): number {
    this.#pageStart = this.nodes.length;
    for (const item of items) {
      this.#add(item);
    }
    return this.nodes.length - this.#pageStart;
  }

  /** Known nodes that no page has mentioned. */
  get missing(): Node[] {
    return [...this.#known].filter(([segment]) => !this.#taken.has(segment)).map(([, node]) => node);
  }

  #add(item: Item): void {
    const segment = segmentOf(this.#parent, item);
    const first = this.#taken.get(segment);
    let copy = 1;
    if (first !== undefined) {
      // Two things under one id: neither may vanish, and VS Code refuses a key that it has already.
      if (this.#wasOnEarlierPage(item, segment, first)) {
        return; // pages overlap when rows are added on the server meanwhile
      }
      copy = (this.#copies.get(segment) ?? 1) + 1;
      this.#copies.set(segment, copy);
    }
    const own = numbered(segment, copy);
    const node = this.#known.get(own) ?? new Node(this.#parent, item, copy);
    node.item = item;
    this.#taken.set(own, this.nodes.length);
    this.nodes.push(node);
  }

  /** @param first where the first item of this id is */
  #wasOnEarlierPage(item: Item, segment: string, first: number): boolean {
    const variant = (each: Item | undefined) => `${segment} ${JSON.stringify(each)}`;
    if (!this.#copies.has(segment)) {
      this.#variants.set(variant(this.nodes[first]?.item), first);
    }
    const text = variant(item);
    const same = this.#variants.get(text);
    if (same === undefined) {
      this.#variants.set(text, this.nodes.length);
    }
    return same !== undefined && same < this.#pageStart;
  }
}
