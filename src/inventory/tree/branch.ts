import { createHash } from 'node:crypto';
import type { Failure } from '../../http/failure';
import type { Item } from '../../items/item';
import type { Cursor } from '../../products/product';
import type { Unreadable } from '../../products/reading/readList';
import { Node, type Notice, numbered, type Row, segmentOf } from './node';

/** A load under way. */
export interface Load {
  readonly controller: AbortController;
  /** Resolves when the load has ended, however it did. */
  readonly done: Promise<void>;
  /** Whether rows are added at the end as they come; otherwise the old ones stay until the load has ended. */
  readonly showPages: boolean;
  /** The user has had enough, whoever else may wait for the rows. */
  cancelled?: boolean;
}

/** A parent's children with their state. Only {@link Inventory} changes it. */
export class Branch {
  nodes: readonly Node[] = [];
  /** Where the rows behind `nodes` begin; undefined if there are none. */
  next: Cursor | undefined;
  /** Number of children on the server, if it told. */
  total: number | undefined;
  /** Why there are no children, if the product has more to say than that. */
  note: string | undefined;
  /** What is missing in `nodes`, as it is not what it should be. */
  unreadable: Unreadable | undefined;
  /** Of the last load; the rows from before it are kept. */
  failure: Failure | undefined;
  /** Milliseconds since 1970; undefined before the first load has succeeded. */
  loadedAt: number | undefined;
  /** To be loaded again when it is next asked for. */
  stale = false;
  load: Load | undefined;
  /** The parent's: the keys of all nodes here begin with it. */
  readonly key: string;
  readonly #parent: Node;
  #shortKey: string | undefined;
  readonly #notices = new Map<Notice['type'], Notice>();

  constructor(parent: Node) {
    this.#parent = parent;
    this.key = parent.key;
  }

  /** Stands for the key, in 16 characters. */
  get shortKey(): string {
    this.#shortKey ??= createHash('sha256').update(this.key).digest('base64url').slice(0, 16);
    return this.#shortKey;
  }

  get state(): 'idle' | 'loading' | 'ready' | 'failed' {
    if (this.load) {
      return 'loading';
    }
    return this.failure ? 'failed' : this.loadedAt === undefined ? 'idle' : 'ready';
  }

  /** What is to be shown below the parent now. */
  get rows(): readonly Row[] {
    const rows: Row[] = [...this.nodes];
    if (this.failure && !(this.#serverFailed && rows.length > 0)) {
      // A retry takes the place of what it may mend.
      rows.unshift(this.#notice(this.load ? 'loading' : 'failure'));
    }
    if (this.unreadable) {
      rows.push(this.#notice('unreadable'));
    }
    if (this.load?.showPages && !this.failure) {
      rows.push(this.#notice('loading'));
    } else if (this.next !== undefined) {
      rows.push(this.#notice('more'));
    }
    if (rows.length === 0 && this.loadedAt !== undefined) {
      rows.push(this.#notice('empty'));
    }
    return rows;
  }

  /** A server that is down is told of once, below its own row, and not again in each branch. */
  get #serverFailed(): boolean {
    const { root } = this.#parent;
    return root !== this.#parent && root.openedBranch?.failure !== undefined;
  }

  /** One object for each kind, so that VS Code sees the same row again. */
  #notice(type: Notice['type']): Notice {
    let notice = this.#notices.get(type);
    if (!notice) {
      notice = { type, parent: this.#parent };
      this.#notices.set(type, notice);
    }
    return notice;
  }
}

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
