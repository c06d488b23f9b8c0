import { isFailure } from '../../base/failure';
import type { Item } from '../../items/item';
import type { Inventory } from '../inventory';
import type { Node } from '../tree/node';
import type { Query } from './query';

/** Shorter texts are in too many names, and change too soon. */
const shortestText = 3;

/** A text that stays for so long, in milliseconds, is what somebody wants. */
const patienceMs = 250;

/** So many hits of one list are taken. Who types on finds fewer. */
const mostOfList = 200;

/**
 * What servers find by a part of a name in lists that are still being loaded: one filtered request for each such list, while
 * the pages of the list follow. A server that cannot narrow a list, or fails, adds nothing, as the list itself tells what is
 * wrong.
 */
export class EarlyHits {
  readonly #inventory: Inventory;
  readonly #found: () => void;
  #text = '';
  #hits: Node[] = [];
  /** What was asked for {@link #text}. */
  #asked = new Set<Node>();
  #asking = new AbortController();
  #pause: NodeJS.Timeout | undefined;

  /** @param found is called when there is more */
  constructor(inventory: Inventory, found: () => void) {
    this.#inventory = inventory;
    this.#found = found;
  }

  /** The text has changed, or lists have come that may be asked, too. */
  look({ typed, kinds }: Query): void {
    const text = [...typed].length < shortestText ? '' : typed;
    if (text !== this.#text) {
      this.end();
      this.#text = text;
      this.#hits = [];
      this.#asked = new Set();
      this.#asking = new AbortController();
      this.#pause = text === '' ? undefined : setTimeout(() => this.#askAll(kinds), patienceMs);
    } else if (text !== '' && this.#pause === undefined) {
      this.#askAll(kinds);
    }
  }

  /** What is not among the loaded rows yet. */
  get nodes(): readonly Node[] {
    const loaded = new Map<Node, ReadonlySet<string>>();
    return this.#hits.filter(({ parent, item }) => {
      if (!parent || parent.gone || parent.branch?.isComplete) {
        return false;
      }
      const ids = loaded.get(parent) ?? new Set(parent.openedBranch?.nodes.map(each => idOf(each.item)));
      loaded.set(parent, ids);
      return !ids.has(idOf(item));
    });
  }

  /** Nobody waits any more. */
  end(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#asking.abort();
  }

  #askAll(kinds: Query['kinds']): void {
    this.#pause = undefined;
    for (const heading of this.#inventory.servers.flatMap(server => server.openedBranch?.nodes ?? [])) {
      const { item, branch } = heading;
      const isWanted = item.kind === 'group' && item.onDemand === undefined && (!kinds || kinds.has(item.contains));
      if (isWanted && branch && !branch.isComplete && !branch.failure && !this.#asked.has(heading)) {
        this.#asked.add(heading);
        void this.#ask(heading);
      }
    }
  }

  async #ask(heading: Node): Promise<void> {
    const { signal } = this.#asking;
    try {
      const nodes = await this.#inventory.narrowed(heading, this.#text, signal);
      if (!signal.aborted && nodes.length > 0) {
        this.#hits.push(...nodes.slice(0, mostOfList));
        this.#found();
      }
    } catch (error) {
      if (!isFailure(error) && !signal.aborted) {
        throw error;
      }
    }
  }
}

/** What tells an item from the others of a list. */
function idOf({ id, name }: Item): string {
  return id || name;
}
