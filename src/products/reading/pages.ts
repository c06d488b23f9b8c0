import { EndlessList } from '../failures';

/** How a list is gone through whose pages are asked for one after the other. */
export interface Paging<At, Page> {
  /** @throws {Failure} */
  ask(at: At): Promise<Page>;
  /** Where the page behind it begins; undefined behind the last one. */
  next(page: Page): At | undefined;
  /** How many of its elements no earlier page had. */
  news(page: Page): number;
  /** So many elements are more than can be right; without it there is no such number. */
  readonly most?: number;
}

/** Elements of a list in which one of them is looked for. */
export const mostLookedThrough = 250_000;

/**
 * The pages of a list, until it ends or nobody wants more of them.
 * @throws {EndlessList} if a page brings nothing new although the list goes on, or if there are too many
 */
export async function* pagesOf<At, Page>(from: At, { ask, next, news, most }: Paging<At, Page>): AsyncGenerator<Page> {
  let count = 0;
  for (let at: At | undefined = from, more = true; more; ) {
    const page: Page = await ask(at as At);
    at = next(page);
    more = at !== undefined;
    const added = news(page);
    count += added;
    if (more && (added === 0 || count > (most ?? Number.POSITIVE_INFINITY))) {
      throw new EndlessList();
    }
    yield page;
  }
}

/** For {@link Paging.news}, where elements are known again by a text. */
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
