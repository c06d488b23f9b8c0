import { createHash } from 'node:crypto';
import { Cancelled, type Failure } from '../../base/failure';
import type { Unreadable } from '../../items/unreadable';
import type { Cursor } from '../../products/product';
import type { Node, Notice, Row } from './node';

const noRows: Loaded = { nodes: [] };

/** The rows that have come so far, and what the server told along with them. */
export interface Loaded {
  readonly nodes: readonly Node[];
  /** Where the rows behind `nodes` begin; undefined if there are none. */
  readonly next?: Cursor | undefined;
  /** Number of children on the server, if it told. */
  readonly total?: number | undefined;
  /** Why there are no children, if the product has more to say than that. */
  readonly note?: string | undefined;
  /** What is missing in `nodes`, as it is not what it should be. */
  readonly unreadable?: Unreadable | undefined;
}

/** A load under way. */
export interface Load {
  /** Aborts when the load is given up: what comes after that is not taken any more. */
  readonly signal: AbortSignal;
  /** Resolves when the load has ended, however it did. */
  readonly done: Promise<void>;
  /** Whether rows are added at the end as they come; otherwise the old ones stay until the load has ended. */
  readonly showPages: boolean;
  /** The user has had enough, whoever else may wait for the rows. */
  readonly cancelled: boolean;
}

/**
 * A parent's children with their state. {@link Inventory} loads them and tells of changes; the state itself changes only in
 * the methods here:
 *
 * ```
 *          begin            finish
 *   idle ---------> loading --------> ready      fill: idle or stale ---> ready, without a load
 *    ^                | |   fail                 begin: ready or failed -> loading again
 *    |                | +-----------> failed     expire: ready or failed, to be loaded again when next asked for
 *    +----------------+ giveUp (ready if there are rows to go on from)
 *                     +-------------> failed     cancel, if that leaves nothing to be shown
 * ```
 */
export class Branch {
  /** The parent's: the keys of all nodes here begin with it. */
  readonly key: string;
  readonly #parent: Node;
  #shortKey: string | undefined;
  readonly #notices = new Map<Notice['type'], Notice>();
  #loaded: Loaded = noRows;
  #loadedAt: number | undefined;
  #failure: Failure | undefined;
  #stale = false;
  #load: (Load & { readonly controller: AbortController; cancelled: boolean }) | undefined;

  constructor(parent: Node) {
    this.#parent = parent;
    this.key = parent.key;
  }

  /** Stands for the key, in 16 characters. */
  get shortKey(): string {
    this.#shortKey ??= createHash('sha256').update(this.key).digest('base64url').slice(0, 16);
    return this.#shortKey;
  }

  get nodes(): readonly Node[] {
    return this.#loaded.nodes;
  }

  /** See {@link Loaded.next}. */
  get next(): Cursor | undefined {
    return this.#loaded.next;
  }

  /** See {@link Loaded.total}. */
  get total(): number | undefined {
    return this.#loaded.total;
  }

  /** See {@link Loaded.note}. */
  get note(): string | undefined {
    return this.#loaded.note;
  }

  /** See {@link Loaded.unreadable}. */
  get unreadable(): Unreadable | undefined {
    return this.#loaded.unreadable;
  }

  /** Why the last load failed; the rows from before it are kept. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Milliseconds since 1970; undefined before the first load has succeeded. */
  get loadedAt(): number | undefined {
    return this.#loadedAt;
  }

  get load(): Load | undefined {
    return this.#load;
  }

  /** To be loaded again when it is next asked for. */
  get isStale(): boolean {
    return this.#stale;
  }

  get state(): 'idle' | 'loading' | 'ready' | 'failed' {
    if (this.#load) {
      return 'loading';
    }
    return this.#failure ? 'failed' : this.#loadedAt === undefined ? 'idle' : 'ready';
  }

  /** Nobody has asked for it yet, or it has expired. */
  get isDue(): boolean {
    return this.state === 'idle' || (this.#stale && !this.#load);
  }

  /** All rows are there, and none has expired. */
  get isComplete(): boolean {
    return this.#loadedAt !== undefined && this.next === undefined && !this.#stale;
  }

  /**
   * A load begins.
   * @param work calls {@link add}, and at its end {@link finish} or {@link fail}, with the signal that it gets
   */
  begin(showPages: boolean, work: (signal: AbortSignal) => Promise<void>): void {
    this.#stale = false;
    const controller = new AbortController();
    const { signal } = controller;
    // The first step is taken after the load is set, as it may end without waiting for anything.
    const done = Promise.resolve().then(() => work(signal));
    this.#load = { controller, signal, done, showPages, cancelled: false };
  }

  /**
   * More rows have come, and the load goes on.
   * @param signal the load's
   * @returns whether that counts: not if the load was given up meanwhile
   */
  add(loaded: Loaded, signal: AbortSignal): boolean {
    if (!signal.aborted) {
      this.#loaded = loaded;
      this.#failure = undefined;
    }
    return !signal.aborted;
  }

  /** The load is done; see {@link add}. */
  finish(loaded: Loaded, signal: AbortSignal): boolean {
    if (!signal.aborted) {
      this.#ready(loaded);
    }
    return !signal.aborted;
  }

  /**
   * The load has failed; see {@link add}. The rows from before stay.
   * @param loaded the rows that take their place all the same
   */
  fail(failure: Failure, signal: AbortSignal, loaded = this.#loaded): boolean {
    if (!signal.aborted) {
      this.#loaded = loaded;
      this.#failure = failure;
      this.#load = undefined;
    }
    return !signal.aborted;
  }

  /** The load ends without a word; what was there before stays, and is as good as it was. */
  leave(signal: AbortSignal): void {
    if (!signal.aborted) {
      this.#load = undefined;
    }
  }

  /** All rows have come with those of other parents, without a load of their own. */
  fill(nodes: readonly Node[]): void {
    this.#stale = false;
    this.#ready({ nodes, total: nodes.length });
  }

  #ready(loaded: Loaded): void {
    this.#loaded = loaded;
    this.#failure = undefined;
    this.#loadedAt = Date.now();
    this.#load = undefined;
  }

  /** What was loaded is loaded anew when it is next asked for; until then it stays. */
  expire(): void {
    this.#stale ||= this.state !== 'idle';
  }

  /**
   * Ends the load, if there is one. Rows that are shown stay, and the rest can be asked for. Otherwise the load starts anew
   * when the rows are next asked for.
   * @returns whether there was one
   */
  giveUp(): boolean {
    const load = this.#load;
    load?.controller.abort();
    this.#load = undefined;
    if (load?.showPages && this.next !== undefined) {
      this.#loadedAt ??= Date.now();
    } else if (load) {
      this.#stale = this.#loadedAt !== undefined;
    }
    return load !== undefined;
  }

  /**
   * The user gives up the load. Unlike with {@link giveUp}, no load starts by itself in its place.
   * @returns whether there was one
   */
  cancel(): boolean {
    const load = this.#load;
    if (!load) {
      return false;
    }
    load.cancelled = true;
    this.giveUp();
    this.#stale = false;
    if (!load.showPages || this.#loadedAt === undefined) {
      this.#failure = new Cancelled();
    }
    return true;
  }

  /** What is to be shown below the parent now. */
  get rows(): readonly Row[] {
    const rows: Row[] = [...this.nodes];
    if (this.#failure && !(this.#serverFailed && rows.length > 0)) {
      // A retry takes the place of what it may mend.
      rows.unshift(this.#notice(this.#load ? 'loading' : 'failure'));
    }
    if (this.unreadable) {
      rows.push(this.#notice('unreadable'));
    }
    if (this.#load?.showPages && !this.#failure) {
      rows.push(this.#notice('loading'));
    } else if (this.next !== undefined) {
      rows.push(this.#notice('more'));
    }
    if (rows.length === 0 && this.#loadedAt !== undefined) {
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
