import { EndlessList } from '../failures';

/** How a list is gone through whose pages are asked for one after the other. */
export interface Paging<At, Page> {
  /** @throws {Failure} */
  ask(at: At): Promise<Page>;
  /** Where the page behind it begins; undefined behind the last one. */
  next(page: Page): At | undefined;
  /** Takes a page in, and tells how many of its elements no earlier page had. */
  take(page: Page): number;
  /** How many elements there are on all pages, if the server tells. */
  total?(page: Page): number | undefined;
  /** Elements of the pages before the first one that is asked for. */
  readonly before?: number;
  /** So many elements are more than can be right; {@link mostElements} unless it says otherwise. */
  readonly most?: number;
}

/** Elements of one list: far more than anybody has, and what memory holds. */
const mostElements = 250_000;

/** How far a list may go beyond the number of elements that the server told, as some may be added and servers err. */
const mostTimesTotal = 2;

/** So many elements are never too many, whatever the server told. */
const fewElements = 10_000;

/**
 * The pages of a list, until it ends or nobody wants more of them: the one loop for rows of the tree, for documents and for
 * what products gather.
 * @throws {EndlessList} if a page brings nothing new although the list goes on, or if there are too many elements
 */
export async function* pagesOf<At, Page>(
  from: At,
  { ask, next, take, total, before = 0, most = mostElements }: Paging<At, Page>,
): AsyncGenerator<Page> {
  let count = before;
  let told: number | undefined;
  for (let at = from; ; ) {
    const page = await ask(at);
    const added = take(page);
    const behind = next(page);
    count += added;
    told = total?.(page) ?? told;
    if (behind !== undefined && added === 0) {
      throw new EndlessList();
    }
    if (behind !== undefined && count >= longestOf(told, most)) {
      throw new EndlessList(count);
    }
    yield page;
    if (behind === undefined) {
      return;
    }
    at = behind;
  }
}

/**
 * How a list goes on behind a page of it. A total of less than what came is none. Some lists always tell 0 and end with a page
 * that is not full; behind any other wrong total, nothing but an empty page is the end.
 * @param told the number of elements that the server tells
 * @param length how many elements came, of `limit` that were asked for
 */
export function pagingBehind(
  told: number | undefined,
  length: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly nextOffset: number | undefined; readonly total: number | undefined } {
  const end = offset + length;
  const total = told === undefined || told < end ? undefined : told;
  const isWrong = told !== undefined && told > 0 && total === undefined;
  const goesOn = total === undefined ? (isWrong ? length > 0 : length >= limit) : end < total;
  return { nextOffset: goesOn ? end : undefined, total: total ?? (goesOn ? undefined : end) };
}

function longestOf(total: number | undefined, most: number): number {
  return total === undefined ? most : Math.min(most, Math.max(fewElements, mostTimesTotal * total));
}

/** For {@link Paging.take}, where elements are known again by a text. */
export function newElements<Element>(
  keyOf: (element: Element) => string,
): (page: { readonly elements: readonly Element[] }) => number {
  const seen = new Set<string>();
  return ({ elements }) => {
    const before = seen.size;
    for (const element of elements) {
      seen.add(keyOf(element));
    }
    return seen.size - before;
  };
}
