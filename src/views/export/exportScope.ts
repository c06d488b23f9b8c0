import { nextSlice } from '../../base/timeSlices';
import type { Inventory } from '../../inventory/inventory';
import { type CrawlProgress, crawl } from '../../inventory/loading/loadAllBelow';
import type { Node } from '../../inventory/tree/node';
import type { ItemKind } from '../../items/item';
import { allKinds } from '../../items/kinds';
import { unreadableText } from '../../items/unreadable';
import type { ExportRow } from './exportContent';

export type Missing = CrawlProgress['failed'][number];

export interface ScopeNode {
  readonly node: Node;
  /** The row that was asked for: the node itself, or one above it. */
  readonly top: Node;
  /** Whether what is below the node belongs to the scope. */
  readonly isOpen: boolean;
}

/**
 * Some rows and all that is below them. What is loaded on demand alone belongs to it only where a person means it: if it is
 * one of the rows, or below one that is an item of a server.
 */
export class ExportScope {
  readonly #asked: ReadonlySet<Node>;

  constructor(nodes: readonly Node[]) {
    this.#asked = new Set(nodes);
  }

  /** Loads what is not there yet, and tells what could not be loaded. */
  async load(inventory: Inventory, signal: AbortSignal, report: (items: number) => void): Promise<readonly Missing[]> {
    const all = [...this.#asked];
    const meant = all.filter(meansAllBelow);
    const others = all.filter(node => !meansAllBelow(node));
    const items = [0, 0];
    const progressOf = (part: number) => (crawled: CrawlProgress) => {
      items[part] = crawled.items;
      report(items.reduce((sum, each) => sum + each, 0));
    };
    const crawls = await Promise.all([
      crawl(inventory, meant, { signal, progress: progressOf(0), onDemand: 'all' }),
      crawl(inventory, others, { signal, progress: progressOf(1) }),
    ]);
    return crawls.flatMap(({ failed }) => failed);
  }

  /**
   * What is there, parents before children. Headings are told in paths, and have a row only if something is missing below
   * them, as it could not be loaded or not be read. With some kinds chosen, that holds for items of all others, too.
   * @param kinds all without them
   */
  async rows(missing: readonly Missing[], kinds?: ReadonlySet<ItemKind>): Promise<ExportRow[]> {
    const onlyKinds = kinds && allKinds().filter(kind => kinds.has(kind));
    const reasons = new Map(missing.map(({ node, failure }) => [node, failure.message]));
    const rows: ExportRow[] = [];
    for (const { node, top } of this.nodes()) {
      const odd = node.openedBranch?.unreadable;
      const incomplete = [reasons.get(node), odd && unreadableText(odd)].filter(Boolean).join(' ');
      const isChosen = kinds?.has(node.item.kind) ?? node.item.kind !== 'group';
      if (isChosen || incomplete) {
        const wholeList = !kinds && node.parent === top && top.item.kind === 'group';
        rows.push({
          node,
          ...(wholeList ? { wholeList } : {}),
          ...(onlyKinds ? { selection: { exportedFrom: top.key, onlyKinds } } : {}),
          ...(incomplete ? { incomplete } : {}),
        });
      }
      await nextSlice();
    }
    return rows;
  }

  /** How many items of each kind are loaded, in the order of {@link allKinds}. */
  async kinds(): Promise<ReadonlyMap<ItemKind, number>> {
    const counts = new Map<ItemKind, number>();
    for (const { node } of this.nodes()) {
      counts.set(node.item.kind, (counts.get(node.item.kind) ?? 0) + 1);
      await nextSlice();
    }
    counts.delete('group');
    return new Map(
      allKinds().flatMap(kind => {
        const number = counts.get(kind);
        return number === undefined ? [] : [[kind, number] as const];
      }),
    );
  }

  /** What belongs to it of what is loaded, headings included, parents before children. */
  *nodes(): Generator<ScopeNode> {
    for (const top of this.#asked) {
      if (!this.#isBelowAnother(top)) {
        yield* this.#walk(top, top, false);
      }
    }
  }

  *#walk(node: Node, top: Node, meant: boolean): Generator<ScopeNode> {
    const asked = this.#asked.has(node);
    const below = meant || (asked && meansAllBelow(node));
    const isOpen = !node.item.onDemand || asked || (below && node.item.kind === 'group');
    yield { node, top, isOpen };
    for (const child of (isOpen && node.openedBranch?.nodes) || []) {
      yield* this.#walk(child, top, below);
    }
  }

  #isBelowAnother({ parent }: Node): boolean {
    return parent !== undefined && (this.#asked.has(parent) || this.#isBelowAnother(parent));
  }
}

function meansAllBelow(node: Node): boolean {
  const { kind, onDemand } = node.item;
  return (kind !== 'server' && kind !== 'group') || onDemand !== undefined;
}
