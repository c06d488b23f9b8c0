import { hiddenMembers } from '../items/fact';
import { hasId, type Item } from '../items/item';
import { lineageOf, type Node } from './tree/node';

/** A fact as JSON has it. */
export type PlainValue = string | number | boolean | readonly Readonly<Record<string, string | number | boolean>>[];

/** An item for programs: no secrets, and no account that signs in. */
export interface PlainItem {
  readonly key: string;
  readonly kind: Item['kind'];
  readonly name: string;
  /** What the server's API takes; not there for servers and headings. */
  readonly id?: string;
  /** Names from the server down to the item. */
  readonly path: readonly string[];
  readonly hasChildren: boolean;
  readonly facts: Readonly<Record<string, PlainValue>>;
}

const hidden: ReadonlySet<string> = new Set(hiddenMembers);

/** How items are written. */
export interface Manner {
  /** What becomes of texts other than IDs and keys. */
  readonly text?: (raw: string) => string;
  /** The most parts of an item that are written, such as shares of a tenant. */
  readonly longestList?: number;
}

/** An item for programs, with all facts but those of {@link hiddenMembers}. */
export function plainItem(node: Node, { text = raw => raw, longestList }: Manner = {}): PlainItem {
  const { key, item } = node;
  const facts = Object.entries(item).flatMap(([name, value]) => {
    const fact = hidden.has(name)
      ? undefined
      : Array.isArray(value)
        ? value.slice(0, longestList).map(part => partOf(part, text))
        : singleFactOf(name, value, text);
    return fact === undefined ? [] : [[name, fact] as const];
  });
  return {
    key,
    kind: item.kind,
    name: text(item.name),
    ...(hasId(item) ? { id: item.id } : {}),
    path: lineageOf(node).map(each => text(each.item.name)),
    hasChildren: item.hasChildren,
    facts: Object.fromEntries(facts),
  };
}

function partOf(part: object, text: (raw: string) => string): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) => {
      const fact = singleFactOf(name, value, text);
      return fact === undefined ? [] : [[name, fact] as const];
    }),
  );
}

/** Facts that are IDs: of the item, of a part of it, or of another one. */
const ids = /^(?:id|urn)$|(?:Id|Urn)$/;

function singleFactOf(
  name: string,
  value: unknown,
  text: (raw: string) => string,
): string | number | boolean | undefined {
  switch (typeof value) {
    case 'string':
      return ids.test(name) ? value : text(value);
    case 'number':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}
