import type { Item, ItemKind } from './item';
import type { LabelColor } from './server';

/** The items of a kind. */
export type OfKind<Kind extends ItemKind> = Item extends infer Each
  ? Each extends Item
    ? Kind extends Each['kind']
      ? Each
      : never
    : never
  : never;

/** How numbers, dates and products read in the language of the person; made by the views. */
export interface Words {
  size(bytes: number): string;
  count(number: number): string;
  /** A share in whole percent: `97 %` for 0.97. */
  percent(share: number): string;
  /** An ISO date in local time; any other text as it is. */
  dateTime(iso: string): string;
  /** Hostile text on one line of sane length. */
  line(text: string): string;
  /** How long until something expires, or since it has: `expires in 12 days`; undefined for what is no date, or not soon enough. */
  timeLeft(iso: string | undefined, withinDays?: number): string | undefined;
  /** A few words about a certificate that expires soon or has done so; undefined while there is time. */
  expiry(iso: string | undefined): string | undefined;
  product(id: string): { readonly icon: string; readonly name: string; readonly shortName: string } | undefined;
}

/** How urgently something needs attention. */
export type Tone = 'warning' | 'error';

/** The picture in front of an item's name. */
export interface Icon {
  /** The name of a codicon. */
  readonly name: string;
  /** Why the item needs attention stands beside its name, so that nobody depends on the colour. */
  readonly tone?: Tone | undefined;
  readonly color?: LabelColor | undefined;
}

/** The members of an item that hold a value of a type. */
type MemberOf<Of extends Item, Value> = Of extends unknown
  ? { [Name in keyof Of]-?: Of[Name] extends Value | undefined ? Name & string : never }[keyof Of]
  : never;

/**
 * Describes a kind of items, without its facts, which stand beside it. Texts are functions, as the language is
 * known only after the modules are loaded.
 */
export interface Kind<Of extends Item = Item> {
  name(): string;
  /** The name of an item that is of a special sort. */
  nameOf?(item: Of): string | undefined;
  /** `3 subtenants`, for the row of what they are below. */
  count?(number: string, isOne: boolean): string;
  /** The row below an item of this kind that has nothing below it. */
  emptyBelow?(): string;
  /** The row below a heading of such items when there are none. */
  none?(): string;
  /** The letter before the colon with which Find looks for this kind alone. Kinds that people take for one thing share it. */
  readonly prefix?: string;
  /** Find loads items of this kind only when asked for them by their prefix. */
  readonly findsOnDemand?: boolean;
  /**
   * Whether the item is what another one holds of a thing that has a row of its own, under the same name as a rule: an
   * organization's data in a repository. Find lists the thing itself first.
   */
  isShare?(item: Of): boolean;
  icon(item: Of, words: Words): Icon;
  /** What stands beside the name, part by part: first what is wrong with it, as a narrow view cuts off the rest. */
  beside(item: Of, words: Words, parent: ItemKind | undefined): readonly (string | false | undefined)[];
  /** Whether the number of what is below stands beside the name, too. */
  readonly countsBelow?: boolean;
  /** Rows of this kind cannot be sorted. */
  readonly asServerGives?: boolean;
  readonly space?: {
    readonly used: MemberOf<Of, number>;
    /** The quota or the capacity. */
    readonly limit?: MemberOf<Of, number>;
    /** Free space as the server reports it; without it, the rest of the limit. */
    readonly free?: MemberOf<Of, number>;
    /** Whether it has no limit of its own. */
    unlimited?(item: Of): boolean;
  };
  /** The ISO date of when something happened last. */
  readonly activity?: MemberOf<Of, string>;
}
