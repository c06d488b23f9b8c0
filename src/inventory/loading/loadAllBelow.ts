import { setMaxListeners } from 'node:events';
import type { Failure } from '../../base/failure';
import { isFailure } from '../../base/failure';
import { nextSlice } from '../../base/timeSlices';
import type { Heading, ItemKind } from '../../items/item';
import type { Inventory } from '../inventory';
import type { Node } from '../tree/node';
import { ServerTurns } from './serverTurns';

/** Branches of one server that load side by side: as many as its connections carry. */
const branchesAtOnce = 4;

/** How often progress is told, in milliseconds. */
const progressEvery = 100;

/** All crawls share these turns, as the sockets are those of one machine. */
const turns = new ServerTurns();

/** What {@link crawl} loads, and who is told of it. */
export interface CrawlOptions {
  readonly signal: AbortSignal;
  /** Called when more is there, a few times in a second, and at the end. */
  readonly progress?: ((crawl: CrawlProgress) => void) | undefined;
  /** Kinds whose headings are loaded although they may be endless; `all` headings that are marked `onDemand`; none without it. */
  readonly onDemand?: ReadonlySet<ItemKind> | 'all' | undefined;
  /** With about so many items below headings of {@link onDemand}, no more are loaded. */
  readonly atMost?: number | undefined;
}

/** How far {@link crawl} has come. */
export interface CrawlProgress {
  /** Items that are there now, below what was asked for. */
  readonly items: number;
  /** Branches that could not be loaded; their failures are theirs to tell. */
  readonly failed: readonly { readonly node: Node; readonly failure: Failure }[];
  /** Parents of lists of which something could not be read. */
  readonly incomplete: readonly Node[];
  /** Servers that are still being gone through. */
  readonly servers: number;
  /** Whether {@link CrawlOptions.atMost} was reached. */
  readonly cut: boolean;
}

/**
 * Loads everything below some nodes that is not there yet, a few servers side by side: one that is silent holds up no other.
 * Ends when all is there or has failed, or with the signal; what came until then stays in the inventory.
 */
export async function crawl(
  inventory: Inventory,
  from: readonly Node[],
  options: CrawlOptions,
): Promise<CrawlProgress> {
  return await new Crawl(inventory, from, options).run();
}

/** What {@link crawl} keeps while it runs. */
class Crawl {
  readonly #inventory: Inventory;
  readonly #from: ReadonlySet<Node>;
  readonly #options: CrawlOptions;
  readonly #signal: AbortSignal;
  /** With {@link CrawlOptions.atMost}, what is loaded on demand ends earlier than all else. */
  readonly #enough = new AbortController();
  readonly #signalOnDemand: AbortSignal;
  readonly #tally: Tally;
  readonly #failed: { node: Node; failure: Failure }[] = [];
  readonly #incomplete: Node[] = [];
  #servers = 0;

  constructor(inventory: Inventory, from: readonly Node[], options: CrawlOptions) {
    this.#inventory = inventory;
    this.#from = new Set(from);
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal]);
    this.#signalOnDemand = AbortSignal.any([options.signal, this.#enough.signal]);
    // Each branch that loads listens, which is no leak.
    setMaxListeners(0, this.#signal, this.#signalOnDemand);
    this.#tally = new Tally(inventory, onDemand => {
      if (onDemand >= (options.atMost ?? Number.POSITIVE_INFINITY)) {
        this.#enough.abort();
      }
    });
  }

  async run(): Promise<CrawlProgress> {
    const { progress } = this.#options;
    const timer = progress && setInterval(() => this.#tally.changed() && progress(this.#state), progressEvery);
    try {
      const roots = [...new Set([...this.#from].map(node => node.root))];
      this.#servers = roots.length;
      await Promise.all(roots.map(root => this.#goThrough(root)));
    } finally {
      clearInterval(timer);
      this.#tally.close();
    }
    progress?.(this.#state);
    return this.#state;
  }

  get #state(): CrawlProgress {
    return {
      items: this.#tally.items,
      failed: this.#failed,
      incomplete: this.#incomplete,
      servers: this.#servers,
      cut: this.#enough.signal.aborted,
    };
  }

  async #goThrough(root: Node): Promise<void> {
    const nodes = [...this.#from].filter(node => node.root === root);
    const turn = await turns.take(this.#signal);
    try {
      await everythingBelow(nodes, node => this.#visit(node).finally(turn.renew), this.#signal);
    } finally {
      turn.end();
    }
    this.#servers--;
    this.#tally.touch();
  }

  /** Loads the branch of a node, and answers with what is in it. */
  async #visit(node: Node): Promise<readonly Node[]> {
    await nextSlice();
    const { item, branch } = node;
    // What was asked for by itself is meant, however long it may be.
    const optional = isOnDemand(node) && !this.#from.has(node);
    const wanted = !optional || (item.kind === 'group' && isDemanded(item, this.#options.onDemand));
    const signal = optional ? this.#signalOnDemand : this.#signal;
    if (!branch || !wanted || node.gone || signal.aborted) {
      return [];
    }
    this.#tally.add(node, optional);
    await this.#inventory.complete(node, signal);
    if (node.gone) {
      return [];
    }
    if (branch.failure) {
      this.#failed.push({ node, failure: branch.failure });
      this.#tally.touch();
    } else {
      await this.#inventory.completeBelow(node, signal).catch((error: unknown) => {
        // Asked for one by one, each branch tells by itself what is wrong.
        if (!isFailure(error)) {
          throw error;
        }
      });
    }
    if (branch.unreadable) {
      this.#incomplete.push(node);
      this.#tally.touch();
    }
    return branch.nodes;
  }
}

function isOnDemand({ item }: Node): boolean {
  return 'onDemand' in item && item.onDemand !== undefined;
}

function isDemanded({ contains, onDemand }: Heading, demanded: CrawlOptions['onDemand']): boolean {
  return demanded === 'all' || (onDemand === 'endless' && demanded?.has(contains) === true);
}

/** Visits nodes and what the visits come upon, a few at once, level by level as far as that makes nobody wait. */
async function everythingBelow(
  nodes: readonly Node[],
  visit: (node: Node) => Promise<readonly Node[]>,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...nodes];
  let taken = 0;
  let busy = 0;
  await new Promise<void>((resolve, reject) => {
    const goOn = () => {
      for (; busy < branchesAtOnce && taken < queue.length && !signal.aborted; taken++) {
        busy++;
        visit(queue[taken] as Node).then(below => {
          for (const node of below) {
            if (node.item.hasChildren) {
              queue.push(node);
            }
          }
          busy--;
          goOn();
        }, reject);
      }
      if (busy === 0) {
        resolve();
      }
    };
    goOn();
  });
}

/** Counts the items of branches, also while these load. */
class Tally {
  items = 0;
  #onDemand = 0;
  #changed = false;
  readonly #counts = new Map<Node, { items: number; readonly onDemand: boolean }>();
  readonly #onMore: (onDemand: number) => void;
  readonly close: () => void;

  /** @param onMore gets the number of items below headings that are loaded on demand */
  constructor(inventory: Inventory, onMore: (onDemand: number) => void) {
    this.#onMore = onMore;
    this.close = inventory.onDidChange.listen(node => node && this.#count(node));
  }

  add(node: Node, onDemand: boolean): void {
    this.#counts.set(node, { items: 0, onDemand });
    this.#count(node);
  }

  touch(): void {
    this.#changed = true;
  }

  /** Whether anything has changed since the last time. */
  changed(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  #count(node: Node): void {
    const count = this.#counts.get(node);
    const now = node.openedBranch?.nodes.length ?? 0;
    if (!count || now === count.items) {
      return;
    }
    const more = now - count.items;
    count.items = now;
    this.items += more;
    this.#onDemand += count.onDemand ? more : 0;
    this.#changed = true;
    this.#onMore(this.#onDemand);
  }
}
