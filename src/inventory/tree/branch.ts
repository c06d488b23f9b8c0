import { createHash } from 'node:crypto';
import type { Failure } from '../../base/failure';
import type { Unreadable } from '../../items/unreadable';
import type { Cursor } from '../../products/product';
import type { Node, Notice, Row } from './node';

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
