import type { Unreadable } from '../../items/unreadable';

/** What could be read of a list, and what could not. */
export interface ReadList<Element> {
  readonly elements: readonly Element[];
  readonly unreadable?: Unreadable | undefined;
}

/** The list with results in place of what was read. What could not be read stays told. */
export function mapped<Element, Result>(
  { elements, unreadable }: ReadList<Element>,
  toResult: (element: Element) => Result,
): ReadList<Result> {
  return { elements: elements.map(toResult), unreadable };
}
