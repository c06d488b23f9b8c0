import type { Item } from './item';

/** Something that items of one kind can be grouped by below their heading. */
export interface Grouping<Of extends Item = Item> {
  label(): string;
  /** A codicon for the sections. */
  readonly icon: string;
  /** What the item has in common with others; empty if the server did not say. */
  valueIn(item: Of): string;
  /** The name of a section. A value of the server's may be empty, and is hostile. */
  nameOf(value: string): string;
  /** All values in the order of their sections; without it, sections are sorted by their names. */
  readonly values?: readonly string[];
}
