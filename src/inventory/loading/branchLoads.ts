import { Cancelled, Defect, isFailure } from '../../base/failure';
import type { Log } from '../../base/log';
import type { Signal } from '../../base/signal';
import { nextSlice } from '../../base/timeSlices';
import type { Item } from '../../items/item';
import { together } from '../../items/unreadable';
import { UnfinishedList } from '../../products/failures';
import type { Cursor, Page } from '../../products/product';
import { pagesOf } from '../../products/reading/pages';
import type { Branch, Loaded } from '../tree/branch';
import { Merge } from '../tree/merge';
import { abandon, type Node } from '../tree/node';

/** Where the pages of a row's children come from. */
export interface PageSource {
  /**
   * @param isQuiet for nobody who waits: ends as cancelled where it would take another session
   * @throws {Failure}
   */
  children(
    serverId: string,
    item: Item,
    cursor: Cursor | undefined,
    signal: AbortSignal,
    isQuiet?: boolean,
  ): Promise<Page>;
}

/** Loads the rows of branches page by page. A branch has one load at most: while it has one, no other begins. */
export class BranchLoads {
  readonly #source: PageSource;
  readonly #changes: Signal<Node | undefined>;
  readonly #log: Pick<Log, 'error'>;
  readonly #rowsPerLoad: () => number;

  /**
   * @param changes gets a node whose rows or state have changed
   * @param rowsPerLoad asked at the start of each load
   */
  constructor(
    source: PageSource,
    changes: Signal<Node | undefined>,
    log: Pick<Log, 'error'>,
    rowsPerLoad: () => number,
  ) {
    this.#source = source;
    this.#changes = changes;
    this.#log = log;
    this.#rowsPerLoad = rowsPerLoad;
  }

  /** Loads the rows anew, from the first page on. */
  reload(
    node: Node,
    branch: Branch,
    until = Math.max(this.#rowsPerLoad(), branch.nodes.length),
    isQuiet = false,
  ): void {
    this.#start(node, branch, {
      isQuiet,
      merge: new Merge(node, branch.nodes),
      until,
      // Rows that are there stay until all the new ones are: nothing blinks.
      showPages: branch.nodes.length === 0 && branch.loadedAt === undefined,
    });
  }

  /** Adds to the rows that are there. */
  continue(node: Node, branch: Branch, until = branch.nodes.length + this.#rowsPerLoad()): void {
    const merge = new Merge(node, branch.nodes);
    merge.add(branch.nodes.map(({ item }) => item));
    this.#start(node, branch, { merge, cursor: branch.next, until, showPages: true });
    this.#changes.emit(node);
  }

  #start(node: Node, branch: Branch, plan: Plan): void {
    if (!branch.load && !node.gone) {
      branch.begin(plan.showPages, signal => this.#run(node, branch, plan, signal));
    }
  }

  async #run(
    node: Node,
    branch: Branch,
    { merge, cursor, until, showPages, isQuiet }: Plan,
    signal: AbortSignal,
  ): Promise<void> {
    // A load that adds rows goes on from these numbers.
    let { total, unreadable }: Partial<Loaded> = cursor === undefined ? {} : branch;
    let next = cursor;
    let note: string | undefined;
    let repeated = 0;
    const loaded = (): Loaded => ({ nodes: merge.nodes, next, total, note, unreadable });
    try {
      const pages = pagesOf(cursor, {
        ask: async at => {
          const page = await this.#source.children(node.root.item.id, node.item, at, signal, isQuiet);
          await nextSlice(); // a page may have many rows
          if (signal.aborted) {
            throw new Cancelled();
          }
          return page;
        },
        next: page => page.next,
        take: page => {
          unreadable = together(unreadable, page.unreadable);
          const added = merge.add(page.items);
          repeated += page.items.length - added;
          return added;
        },
        total: page => {
          total = page.total ?? total;
          return total;
        },
        before: merge.nodes.length,
      });
      for await (const page of pages) {
        ({ next, note } = page);
        if (showPages && next !== undefined && branch.add({ ...loaded(), nodes: [...merge.nodes] }, signal)) {
          this.#changes.emit(node);
        }
        if (merge.nodes.length >= until) {
          break;
        }
      }
      // A row that came twice took the place of another one, unless all are there.
      const missing = (total ?? 0) - merge.nodes.length - (unreadable?.count ?? 0);
      if (next === undefined && repeated > 0 && missing > 0) {
        throw new UnfinishedList();
      }
      if (branch.finish(loaded(), signal)) {
        merge.missing.forEach(abandon);
        this.#changes.emit(node);
      }
    } catch (error) {
      const failure = isFailure(error) ? error : this.#defect(error);
      if (isQuiet && failure.kind === 'cancelled') {
        branch.leave(signal);
        return;
      }
      const isEndless = failure.kind === 'endlessList';
      if (branch.fail(failure, signal, isEndless ? { ...loaded(), next: undefined } : undefined)) {
        if (isEndless) {
          merge.missing.forEach(abandon);
        }
        this.#changes.emit(node);
      }
    }
  }

  #defect(error: unknown): Defect {
    this.#log.error(error instanceof Error ? error : new Error(String(error)));
    return new Defect(error);
  }
}

interface Plan {
  readonly merge: Merge;
  /** Where it goes on; without it, it begins with the first page. */
  readonly cursor?: Cursor | undefined;
  /** Number of rows with which the load is content. */
  readonly until: number;
  /** Whether each page is shown as it comes. */
  readonly showPages: boolean;
  /** See {@link PageSource.children}. */
  readonly isQuiet?: boolean;
}
