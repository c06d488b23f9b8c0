import { untilAborted } from '../base/abort';
import type { Log } from '../base/log';
import { Signal } from '../base/signal';
import { nextSlice } from '../base/timeSlices';
import type { Heading, Item, Server } from '../items/item';
import { BranchLoads, type PageSource } from './loading/branchLoads';
import { type FolderFacts, Folders } from './tree/folder';
import { Merge } from './tree/merge';
import { abandon, Node, type Row, withAllBelow } from './tree/node';
import type { NodePlace } from './tree/places';

/** Where children come from: the servers' service. */
export interface Source extends PageSource {
  /**
   * All children of each of a heading's items, by the items' ids; undefined if they have to be asked for one by one.
   * @throws {Failure}
   */
  grandchildren?(
    serverId: string,
    heading: Heading,
    parents: readonly Item[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Item[]> | undefined>;
  /**
   * Rows of a heading whose names contain a text, by one request; undefined if the server does not narrow that list.
   * @throws {Failure}
   */
  narrowed?(
    serverId: string,
    heading: Heading,
    text: string,
    signal: AbortSignal,
  ): Promise<readonly Item[] | undefined>;
}

/** Below so many items, asking for their children one by one costs less than asking for those of all. */
const worthOneCall = 10;

/** Rows that one load adds to a branch before the user is asked for more, unless told otherwise. */
const usualRowsPerLoad = 1000;

/**
 * What is being browsed. Answers from memory, at once, always; loads run beside that, one for each branch, and each raises
 * {@link onDidChange} for its own node when it has something to show.
 */
export class Inventory {
  /** The node whose rows or own line have changed; undefined for the list of servers. */
  readonly onDidChange = new Signal<Node | undefined>();
  readonly #source: Source;
  readonly #loads: BranchLoads;
  /** How the servers are arranged. */
  readonly folders = new Folders();
  #servers: readonly Node[] = [];
  /** Nodes of {@link standIn}, by their keys. */
  readonly #standIns = new Map<string, Node>();
  /** Loads of {@link completeBelow}. */
  readonly #below = new Map<Node, Promise<void>>();
  #arrangement = '';

  /** @param rowsPerLoad asked at the start of each load */
  constructor(source: Source, log: Pick<Log, 'error'>, rowsPerLoad: () => number = () => usualRowsPerLoad) {
    this.#source = source;
    this.#loads = new BranchLoads(source, this.onDidChange, log, rowsPerLoad);
  }

  /** All servers, wherever they are, in their order. */
  get servers(): readonly Node[] {
    return this.#servers;
  }

  /** Takes the list of servers and folders, in its order; servers that are still there keep what was loaded. */
  setServers(servers: readonly Server[], folders: readonly FolderFacts[] = []): void {
    const before = new Map(this.#servers.map(node => [node, JSON.stringify(node.item)]));
    const merge = new Merge(undefined, this.#servers);
    merge.add(servers);
    this.#servers = merge.nodes;
    this.folders.arrange(folders, merge.nodes);
    merge.missing.forEach(abandon);
    for (const [key, node] of this.#standIns) {
      if (node.root.gone) {
        abandon(node);
        this.#standIns.delete(key);
      }
    }
    const arrangement = JSON.stringify([merge.nodes.map(({ key, folder }) => [key, folder?.id]), folders]);
    if (arrangement !== this.#arrangement) {
      this.#arrangement = arrangement;
      this.onDidChange.emit(undefined);
      return;
    }
    // What a server told of itself changes its own line alone.
    for (const node of merge.nodes) {
      if (before.get(node) !== JSON.stringify(node.item)) {
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
    if (branch.isDue) {
      this.#loads.reload(node, branch);
    }
    return branch.rows;
  }

  /**
   * Rows of a heading whose names contain a text, whether loaded or not: a node that is not loaded stands for the one that
   * will be.
   * @throws {Failure}
   */
  async narrowed(heading: Node, text: string, signal: AbortSignal): Promise<readonly Node[]> {
    const { item, root } = heading;
    const items = item.kind === 'group' ? await this.#source.narrowed?.(root.item.id, item, text, signal) : undefined;
    return (items ?? []).map(each => new Node(heading, each));
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
      this.#loads.reload(node, node.branch);
    }
    this.onDidChange.emit(node);
    if (node) {
      await this.settled(node);
    }
  }

  /**
   * Loads a node's rows anew, if that takes no sign-in and nothing else is loaded there; otherwise they stay as they are.
   * Resolves when that has ended.
   */
  async update(node: Node): Promise<void> {
    const { openedBranch } = node;
    if (openedBranch?.state === 'ready') {
      this.#loads.reload(node, openedBranch, undefined, true);
      await this.settled(node);
    }
  }

  /** What was loaded below the nodes is loaded anew when it is next asked for; until then it stays. */
  expire(nodes: readonly Node[]): void {
    const standIns = [...this.#standIns.values()].filter(({ root }) => nodes.includes(root));
    for (const { openedBranch } of withAllBelow([...nodes, ...standIns])) {
      openedBranch?.expire();
    }
  }

  /** Loads the next rows of a long branch. Resolves when the load has ended. */
  async loadMore(node: Node): Promise<void> {
    const branch = node.branch;
    if (branch?.next === undefined) {
      return;
    }
    if (!branch.load) {
      this.#loads.continue(node, branch);
    }
    await this.settled(node);
  }

  /**
   * Loads what is not there yet, or has expired, of a node's rows, all of them. Resolves when they are there, or when that
   * has failed (the branch tells why), or when the signal aborts or the user cancels the load: rows that came until then
   * stay. A branch that had failed before is left as it is, until the user retries, be it with this.
   */
  async complete(node: Node, signal: AbortSignal, retry = false): Promise<void> {
    const { branch } = node;
    let again = retry;
    while (
      branch &&
      !node.gone &&
      !signal.aborted &&
      !branch.isComplete &&
      (branch.load || branch.isStale || !branch.failure || again)
    ) {
      again = again && Boolean(branch.load);
      const mine = !branch.load;
      if (mine && (branch.loadedAt === undefined || branch.isStale)) {
        this.#loads.reload(node, branch, Number.POSITIVE_INFINITY);
      } else if (mine) {
        this.#loads.continue(node, branch, Number.POSITIVE_INFINITY);
      }
      const { load } = branch;
      await untilAborted(load?.done, load ? AbortSignal.any([signal, load.signal]) : signal);
      if (mine && signal.aborted && branch.load && branch.load === load) {
        branch.giveUp();
        this.onDidChange.emit(node);
      }
      if (load?.cancelled) {
        return;
      }
    }
  }

  /**
   * Loads the rows of all of a heading's items with as few requests as the product can. Those that it cannot answer for stay
   * as they are. Whoever asks while that is under way waits for it.
   * @throws {Failure}
   */
  async completeBelow(node: Node, signal: AbortSignal): Promise<void> {
    for (let other = this.#below.get(node); other && !signal.aborted; other = this.#below.get(node)) {
      await untilAborted(other, signal);
    }
    const { item, branch } = node;
    const due = branch?.nodes.filter(each => each.branch?.isDue) ?? [];
    if (item.kind !== 'group' || due.length < worthOneCall || signal.aborted) {
      return;
    }
    const load = this.#loadBelow(node.root, item, due, signal);
    const done = load.catch(() => undefined).finally(() => this.#below.delete(node));
    this.#below.set(node, done);
    await load;
  }

  async #loadBelow(root: Node, heading: Heading, nodes: readonly Node[], signal: AbortSignal): Promise<void> {
    const parents = nodes.map(({ item }) => item);
    const families = await this.#source.grandchildren?.(root.item.id, heading, parents, signal);
    for (const node of families ? nodes : []) {
      await nextSlice();
      const items = families?.get(node.item.id);
      if (items && !node.gone && node.branch?.isDue) {
        const merge = new Merge(node, node.branch.nodes);
        merge.add(items);
        node.branch.fill(merge.nodes);
        merge.missing.forEach(abandon);
        this.onDidChange.emit(node);
      }
    }
  }

  /** Gives up the node's load. What came of it stays; if that is nothing, the row says so until the user retries. */
  cancel(node: Node): void {
    if (node.branch?.cancel()) {
      this.onDidChange.emit(node);
    }
  }

  /** Nobody looks at the rows below the node any more: loads under way there are given up and start anew when needed. */
  collapsed(node: Node): void {
    let gaveUp = false;
    for (const each of withAllBelow([node])) {
      gaveUp = each.openedBranch?.giveUp() || gaveUp;
    }
    if (gaveUp) {
      // VS Code asks again for the rows of a node it has seen only if it is told that they have changed.
      this.onDidChange.emit(node);
    }
  }

  /** The node with that key, if it is loaded. */
  find(key: string): Node | undefined {
    const node = this.nearest(key);
    return node?.key === key ? node : this.#standIns.get(key);
  }

  /**
   * A node that stands in for one that is not loaded, so that what is below it can be loaded without what is above it; the same
   * for the same place, until its server is removed. `nodesAt` takes the loaded one, where there is one.
   * @param path from below the server down to the node, each item with its {@link Node.copy}
   */
  standIn(server: Node, path: readonly NodePlace[]): Node {
    const made = path.reduce<Node>((above, { item, copy }) => new Node(above, item, copy), server);
    const { key } = made;
    const node = this.#standIns.get(key) ?? made;
    this.#standIns.set(key, node);
    return node;
  }

  /** The loaded node with that key or, if there is none, the lowest one above it. */
  nearest(key: string): Node | undefined {
    let nearest: Node | undefined;
    let level = this.#servers;
    for (const segment of key.split('/')) {
      const node = level.find(each => each.segment === segment);
      if (!node) {
        return nearest;
      }
      nearest = node;
      level = node.openedBranch?.nodes ?? [];
    }
    return nearest;
  }

  /** All loaded nodes, parents before children. */
  loaded(): Iterable<Node> {
    return withAllBelow(this.#servers);
  }
}
