import { nextSlice } from '../../base/timeSlices';
import type { Node } from '../tree/node';
import { type Entry, entryOf, Matcher } from './matcher';
import type { Query } from './query';

/** In the order of the nodes; without headings, unless they are `wanted`. */
export async function entriesOf(
  nodes: Iterable<Node>,
  wanted: (node: Node) => boolean = ({ item }) => item.kind !== 'group',
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let steps = 0;
  for (const node of nodes) {
    if (wanted(node)) {
      entries.push(entryOf(node));
    }
    if (++steps % stepsBetweenLooks === 0) {
      await nextSlice();
    }
  }
  return entries;
}

/** So many items take a fraction of a millisecond. */
const stepsBetweenLooks = 1000;

const longestPiece = 1000;

/** What a search has found. */
export interface SearchResult {
  /** The best, best first; equally good ones in the order of the tree, shares of a thing behind it. */
  readonly best: readonly Entry[];
  /** How many match, shown or not. */
  readonly total: number;
}

/** Goes through entries again and again while somebody types. */
export class Search {
  readonly #limit: number;
  /** The last one that came to its end; a longer text leaves some of its matches and no others. */
  #last: { readonly entries: readonly Entry[]; readonly query: Query; readonly matches: readonly Entry[] } | undefined;

  /** @param limit how many of the best are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined if the signal has aborted. */
  async find(query: Query, entries: readonly Entry[], signal?: AbortSignal): Promise<SearchResult | undefined> {
    const matcher = new Matcher(query);
    const best = new Best(this.#limit);
    const exact = new Set<Entry>();
    const named = (entry: Entry) => {
      if (matcher.isNamed(entry)) {
        exact.add(entry);
        best.add(entry, matcher.scoreOfNamed(entry));
      }
    };
    // In pieces: one list that grows to a hundred thousand takes a fifth of the time of a search.
    let piece: Entry[] = [];
    const matches = [piece];
    let others = 0;
    const scored = (entry: Entry) => {
      const score = matcher.score(entry, best.least);
      if (score > 0) {
        if (piece.push(entry) === longestPiece) {
          piece = [];
          matches.push(piece);
        }
        // Whoever has typed a whole ID does not want those that begin with it.
        if (exact.size === 0 || (!exact.has(entry) && matcher.scoreOfName(entry) > 0)) {
          others++;
          best.add(entry, score);
        }
      }
    };
    const done =
      (query.ids.length === 0 || (await inSlices(entries, named, signal))) &&
      (await inSlices(this.#candidates(query, entries), scored, signal));
    if (!done) {
      return undefined;
    }
    this.#last = { entries, query, matches: ([] as Entry[]).concat(...matches) };
    return { best: best.entries, total: exact.size + others };
  }

  #candidates(query: Query, entries: readonly Entry[]): readonly Entry[] {
    const last = this.#last;
    const narrower =
      last?.entries === entries &&
      query.text.startsWith(last.query.text) &&
      // A text that was too short to be a part of an ID has left out what has a longer one in its ID.
      (query.partOfId === undefined || last.query.partOfId !== undefined) &&
      [...(query.kinds ?? ['all'])].join() === [...(last.query.kinds ?? ['all'])].join();
    return narrower ? last.matches : entries;
  }
}

/** Whether it came to the end. */
async function inSlices(
  entries: readonly Entry[],
  step: (entry: Entry) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (let from = 0; from < entries.length; from += stepsBetweenLooks) {
    const to = Math.min(from + stepsBetweenLooks, entries.length);
    for (let index = from; index < to; index++) {
      step(entries[index] as Entry);
    }
    await nextSlice();
    if (signal?.aborted) {
      return false;
    }
  }
  return true;
}

/** The best so far. */
class Best {
  readonly entries: Entry[] = [];
  readonly #scores: number[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What scores no more than this is not among them; 0 while there is room. */
  get least(): number {
    return this.#scores.length === this.#limit ? (this.#scores[this.#limit - 1] ?? 0) : 0;
  }

  add(entry: Entry, score: number): void {
    const scores = this.#scores;
    if (score <= this.least) {
      return;
    }
    // Behind those that are as good.
    let low = 0;
    let high = scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((scores[middle] ?? 0) >= score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    scores.splice(low, 0, score);
    this.entries.splice(low, 0, entry);
    if (scores.length > this.#limit) {
      scores.pop();
      this.entries.pop();
    }
  }
}
