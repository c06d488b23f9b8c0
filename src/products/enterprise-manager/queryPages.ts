import type { QueryPage } from './wire';

/** Checks the pages of a query against each other as they come, so that no row is left out or counted twice unnoticed. */
export class QueryPages {
  readonly #pageSize: number;
  readonly #ids = new Set<string>();
  #first: QueryPage<unknown> | undefined;

  /** @param pageSize as it was asked for; servers may send fewer rows on each page */
  constructor(pageSize: number) {
    this.#pageSize = pageSize;
  }

  /** @returns what is wrong with the page; undefined if it goes with those before it */
  add(page: number, found: QueryPage<{ readonly Id: string | undefined }>): string | undefined {
    const { elements, pageNumber, pages, hasNext, isPaged } = found;
    const more = isMore(page, found);
    const first = this.#first ?? found;
    this.#first = first;
    if (this.#repeats(elements)) {
      return `page ${page} repeats a row`;
    }
    if (pageNumber !== undefined && pageNumber !== page) {
      return `page ${pageNumber} instead of ${page}`;
    }
    if (pages !== first.pages) {
      return `page ${page} of ${pages}, after one of ${first.pages}`;
    }
    if (pages !== undefined && hasNext && page >= pages) {
      return `page ${page} of ${pages} has a next one`;
    }
    if (pages !== undefined && elements.length > 0 && page > pages) {
      return `page ${page} of ${pages} has rows`;
    }
    if (elements.length === 0 && (page > 1 || more)) {
      return `page ${page} is empty`;
    }
    if (more && elements.length < first.elements.length) {
      return `page ${page} is not full`;
    }
    return !isPaged && elements.length >= this.#pageSize ? 'a full page that tells of no others' : undefined;
  }

  #repeats(elements: readonly { readonly Id: string | undefined }[]): boolean {
    let repeats = false;
    for (const { Id } of elements) {
      if (Id !== undefined) {
        repeats ||= this.#ids.has(Id);
        this.#ids.add(Id);
      }
    }
    return repeats;
  }
}

/** Whether there is a page behind that one. */
export function isMore(page: number, { pages, hasNext }: QueryPage<unknown>): boolean {
  return pages === undefined ? hasNext : page < pages;
}
