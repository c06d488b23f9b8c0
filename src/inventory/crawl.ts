import type { Failure } from '../http/failure';
import { isFailure } from '../http/failure';
import type { ItemKind } from '../products/item';
import type { Inventory } from './inventory';
import type { Node } from './node';

/** Branches of one server that load side by side: as many as its connections carry. */
const branchesAtOnce = 4;

/** Servers that are gone through side by side. */
const serversAtOnce = 8;

export interface CrawlOptions {
  readonly signal: AbortSignal;
  /** Called whenever more is there. */
  readonly progress?: ((crawl: CrawlProgress) => void) | undefined;
  /** Kinds whose groups are loaded although they are marked `onDemand`; none without it. */
  readonly onDemand?: ReadonlySet<ItemKind> | undefined;
}

export interface CrawlProgress {
  /** Items that are there now, below what was asked for. */
  readonly items: number;
  /** Branches that could not be loaded; their failures are theirs to tell. */
  readonly failed: readonly { readonly node: Node; readonly failure: Failure }[];
}

/**
 * Loads everything below some nodes that is not there yet, servers side by side: one that is silent holds up no other. Ends
 * when all is there or has failed, or with the signal; what came until then stays in the inventory.
 */
export async function crawl(
  inventory: Inventory,
  from: readonly Node[],
  { signal, progress, onDemand }: CrawlOptions,
): Promise<CrawlProgress> {
  const failed: { node: Node; failure: Failure }[] = [];
  let items = 0;
  // What was asked for by itself is meant, however long it may be.
  const asked = new Set(from);
  const isLeftOut = (node: Node): boolean => {
    const { item } = node;
    return Boolean(item.onDemand) && !asked.has(node) && !(item.kind === 'group' && onDemand?.has(item.contains));
  };
  const visit = async (node: Node): Promise<readonly Node[]> => {
    const { branch } = node;
    if (!branch || isLeftOut(node)) {
      return [];
    }
    await inventory.complete(node, signal);
    if (branch.failure) {
      failed.push({ node, failure: branch.failure });
    } else {
      await inventory.completeBelow(node, signal).catch((error: unknown) => {
        // Asked for one by one, each branch tells by itself what is wrong.
        if (!isFailure(error)) {
          throw error;
        }
      });
    }
    items += branch.nodes.length;
    progress?.({ items, failed });
    return branch.nodes;
  };
  const servers = [...new Set(from.map(node => node.root))];
  await inParallel(servers, serversAtOnce, async server => {
    const queue = from.filter(node => node.root === server);
    for (let at = 0; at < queue.length && !signal.aborted; ) {
      const next = queue.slice(at, at + branchesAtOnce);
      at += next.length;
      queue.push(...(await Promise.all(next.map(visit))).flat());
    }
  });
  return { items, failed };
}

async function inParallel<T>(all: readonly T[], atOnce: number, work: (each: T) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let each = left.shift(); each !== undefined; each = left.shift()) {
        await work(each);
      }
    }),
  );
}
