import { Cancelled, Defect, type Failure, isFailure } from '../http/failure';
import type { Log } from '../http/log';
import { EndlessList } from '../products/failures';
import type { Group, Item, Server } from '../products/item';
import type { Cursor, Page } from '../products/product';
import { type Branch, Merge } from './branch';
import { type FolderFacts, Folders } from './folder';
import type { Node, Row } from './node';
import { Signal } from './signal';

/** Where children come from: the servers' service. */
export interface Source {
  /** @throws {Failure} */
  children(serverId: string, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page>;
  /**
   * All children of each of a group's items, by the items' ids; undefined if they have to be asked for one by one.
   * @throws {Failure}
   */
  grandchildren?(
    serverId: string,
    group: Group,
    parents: readonly Item[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Item[]> | undefined>;
}

/** Below so many items, asking for their children one by one costs less than asking for those of all. */
const worthOneCall = 10;

/** Rows that one load adds to a branch before the user is asked for more. */
const rowsPerLoad = 1000;

/**
 * What is being browsed. Answers from memory, at once, always; loads run beside that, one for each branch, and each raises
 * {@link onDidChange} for its own node when it has something to show.
 */
export class Inventory {
  /** The node whose rows or own line have changed; undefined for the list of servers. */
  readonly onDidChange = new Signal<Node | undefined>();
  readonly #source: Source;
  readonly #log: Pick<Log, 'error'>;
  /** How the servers are arranged. */
  readonly folders = new Folders();
  #servers: readonly Node[] = [];
  #arrangement = '';

  constructor(source: Source, log: Pick<Log, 'error'>) {
    this.#source = source;
    this.#log = log;
  }

  /** All servers, wherever they are, in their order. */
  get servers(): readonly Node[] {
    return this.#servers;
  }

  /** Takes the list of servers and folders, in its order; servers that are still there keep what was loaded. */
  setServers(servers: readonly Server[], folders: readonly FolderFacts[] = []): void {
    const before = new Map(this.#servers.map(({ key, item }) => [key, JSON.stringify(item)]));
    const merge = new Merge(undefined, this.#servers);
    merge.add(servers);
    this.#servers = merge.nodes;
    this.folders.arrange(folders, merge.nodes);
    merge.missing.forEach(abandon);
    const arrangement = JSON.stringify([merge.nodes.map(({ key, folder }) => [key, folder?.id]), folders]);
    if (arrangement !== this.#arrangement) {
      this.#arrangement = arrangement;
      this.onDidChange.emit(undefined);
      return;
    }
    // What a server told of itself changes its own line alone.
    for (const node of merge.nodes) {
      if (before.get(node.key) !== JSON.stringify(node.item)) {
        this.onDidChange.emit(node);
      }
    }
  }

  /** The rows below a node as they are known now. Starts the load that is due, if one is. */
  childrenOf(node: Node): readonly Row[] {
    const branch = node.branch;
    if (!branch) {
      return [];
    }
    if (branch.state === 'idle' || (branch.stale && !branch.load)) {
      this.#reload(node, branch);
    }
    return branch.rows;
  }

  /** Resolves when the load that is under way for the node, if any, has ended. */
  async settled(node: Node): Promise<void> {
    await node.openedBranch?.load?.done;
  }

  /**
   * Loads anew what was loaded under a node, or everywhere: the node itself at once, branches below it when they are next
   * asked for, which for expanded ones VS Code does by itself. Resolves when the node's own load has ended.
   */
  async refresh(node?: Node): Promise<void> {
    this.expire(node ? [node] : this.#servers);
    if (node?.branch && node.branch.state !== 'idle') {
      this.#reload(node, node.branch);
    }
    this.onDidChange.emit(node);
    if (node) {
      await this.settled(node);
    }
  }

  /** What was loaded below the nodes is loaded anew when it is next asked for; until then it stays. */
  expire(nodes: readonly Node[]): void {
    for (const { openedBranch } of walk(nodes)) {
      if (openedBranch && openedBranch.state !== 'idle') {
        openedBranch.stale = true;
      }
    }
  }

  /** Loads the next rows of a long branch, or all that are left. Resolves when the load has ended. */
  async loadMore(node: Node, howMany: 'some' | 'all' = 'some'): Promise<void> {
    const branch = node.branch;
    if (branch?.next === undefined) {
      return;
    }
    if (!branch.load) {
      this.#continue(node, branch, howMany === 'all' ? Number.POSITIVE_INFINITY : branch.nodes.length + rowsPerLoad);
    }
    await this.settled(node);
  }

  /**
   * Loads what is not there yet, or has expired, of a node's rows, all of them. Resolves when they are there, or when that has failed (the
   * branch tells why), or when the signal aborts: rows that came until then stay. A branch that had failed before is left
   * as it is, until the user retries.
   */
  async complete(node: Node, signal: AbortSignal): Promise<void> {
    const { branch } = node;
    while (branch && !signal.aborted && !isComplete(branch) && (branch.load || branch.stale || !branch.failure)) {
      const mine = !branch.load;
      if (mine && (branch.loadedAt === undefined || branch.stale)) {
        this.#reload(node, branch, Number.POSITIVE_INFINITY);
      } else if (mine) {
        this.#continue(node, branch, Number.POSITIVE_INFINITY);
      }
      const { load } = branch;
      await endOrAbort(load?.done, signal);
      if (mine && signal.aborted && branch.load && branch.load === load) {
        giveUp(branch);
        this.onDidChange.emit(node);
      }
    }
  }

  /**
   * Loads the rows of all of a group's items with as few requests as the product can. Those that it cannot answer for stay
   * as they are.
   * @throws {Failure}
   */
  async completeBelow(node: Node, signal: AbortSignal): Promise<void> {
    const { item, branch } = node;
    const due = branch?.nodes.filter(each => each.branch && isDue(each.branch)) ?? [];
    if (item.kind !== 'group' || due.length < worthOneCall) {
      return;
    }
    const parents = due.map(each => each.item);
    const families = await this.#source.grandchildren?.(node.root.item.id, item, parents, signal);
    for (const each of families ? due : []) {
      const items = families?.get(each.item.id);
      if (items && each.branch && isDue(each.branch)) {
        const merge = new Merge(each, each.branch.nodes);
        merge.add(items);
        each.branch.nodes = merge.nodes;
        each.branch.next = undefined;
        each.branch.total = merge.nodes.length;
        each.branch.loadedAt = Date.now();
        each.branch.failure = undefined;
        each.branch.stale = false;
        merge.missing.forEach(abandon);
        this.onDidChange.emit(each);
      }
    }
  }

  /** Gives up the node's load; the row says so until the user retries. */
  cancel(node: Node): void {
    const branch = node.branch;
    if (branch?.load) {
      branch.load.controller.abort();
      branch.load = undefined;
      branch.stale = false;
      branch.failure = new Cancelled();
      this.onDidChange.emit(node);
    }
  }

  /** Nobody looks at the rows below the node any more: loads under way there are given up and start anew when needed. */
  collapsed(node: Node): void {
    let gaveUp = false;
    for (const each of walk([node])) {
      const branch = each.openedBranch;
      if (branch?.load) {
        giveUp(branch);
        gaveUp = true;
      }
    }
    if (gaveUp) {
      // VS Code asks again for the rows of a node it has seen only if it is told that they have changed.
      this.onDidChange.emit(node);
    }
  }

  /** The node with that key, if it is loaded. */
  find(key: string): Node | undefined {
    let level = this.#servers;
    for (;;) {
      const node = level.find(each => key === each.key || key.startsWith(`${each.key}/`));
      if (!node || node.key === key) {
        return node;
      }
      level = node.openedBranch?.nodes ?? [];
    }
  }

  /** All loaded nodes, parents before children. */
  loaded(): Iterable<Node> {
    return walk(this.#servers);
  }

  #reload(node: Node, branch: Branch, until = Math.max(rowsPerLoad, branch.nodes.length)): void {
    this.#start(node, branch, {
      merge: new Merge(node, branch.nodes),
      cursor: undefined,
      until,
      // Rows that are there stay until all the new ones are: nothing blinks.
      showPages: branch.nodes.length === 0 && branch.loadedAt === undefined,
    });
  }

  /** Adds to the rows that are there. */
  #continue(node: Node, branch: Branch, until: number): void {
    const merge = new Merge(node, branch.nodes);
    merge.add(branch.nodes.map(({ item }) => item));
    this.#start(node, branch, { merge, cursor: branch.next, until, showPages: true });
    this.onDidChange.emit(node);
  }

  #start(node: Node, branch: Branch, plan: Plan): void {
    if (branch.load) {
      return;
    }
    branch.stale = false;
    const controller = new AbortController();
    // The first step is taken after `load` is set, as it may end without waiting for anything.
    const done = Promise.resolve().then(() => this.#run(node, branch, plan, controller.signal));
    branch.load = { controller, done, showPages: plan.showPages };
  }

  async #run(
    node: Node,
    branch: Branch,
    { merge, cursor, until, showPages }: Plan,
    signal: AbortSignal,
  ): Promise<void> {
    let failure: Failure | undefined;
    try {
      let next = cursor;
      let total = cursor === undefined ? undefined : branch.total;
      do {
        const page = await this.#source.children(node.root.item.id, node.item, next, signal);
        if (signal.aborted) {
          return;
        }
        const added = merge.add(page.items);
        next = page.next;
        if (next !== undefined && added === 0) {
          throw new EndlessList();
        }
        total = page.total ?? total;
        branch.note = page.note;
        if (showPages && next !== undefined) {
          branch.total = total;
          branch.nodes = [...merge.nodes];
          branch.next = next;
          this.onDidChange.emit(node);
        }
      } while (next !== undefined && merge.nodes.length < until);
      branch.nodes = merge.nodes;
      branch.next = next;
      branch.total = total;
      branch.loadedAt = Date.now();
      merge.missing.forEach(abandon);
    } catch (error) {
      failure = isFailure(error) ? error : this.#defect(error);
      if (failure.kind === 'endlessList') {
        branch.nodes = merge.nodes;
        branch.next = undefined;
      }
    }
    if (signal.aborted) {
      return; // whoever aborted has set the state
    }
    branch.failure = failure;
    branch.load = undefined;
    this.onDidChange.emit(node);
  }

  #defect(error: unknown): Defect {
    this.#log.error(error instanceof Error ? error : new Error(String(error)));
    return new Defect(error);
  }
}

interface Plan {
  readonly merge: Merge;
  readonly cursor: Cursor | undefined;
  /** Number of rows with which the load is content. */
  readonly until: number;
  /** Whether each page is shown as it comes. */
  readonly showPages: boolean;
}

function isComplete(branch: Branch): boolean {
  return branch.loadedAt !== undefined && branch.next === undefined && !branch.stale;
}

/** Nobody has asked for it yet, or it has expired. */
function isDue({ state, stale, load }: Branch): boolean {
  return state === 'idle' || (stale && !load);
}

/** The load starts anew when the rows are next asked for. */
function giveUp(branch: Branch): void {
  branch.load?.controller.abort();
  branch.load = undefined;
  branch.stale = branch.loadedAt !== undefined;
}

async function endOrAbort(work: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const aborted = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
  });
  await Promise.race([work, aborted]);
  over.abort();
}

/** The nodes are gone: nobody waits for what is under way below them. */
function abandon(node: Node): void {
  for (const { openedBranch } of walk([node])) {
    openedBranch?.load?.controller.abort();
  }
}

function* walk(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    yield* walk(node.openedBranch?.nodes ?? []);
  }
}
