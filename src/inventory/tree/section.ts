import { oneLine } from '../../base/text';
import { facts, factsOfKind } from '../../items/facts';
import type { Grouping } from '../../items/grouping';
import { keyPart } from './keyPart';
import type { Node } from './node';

/** All groupings that there are for any kind, by their names. */
export function allGroupings(): ReadonlyMap<string, Grouping> {
  return new Map(Object.values(facts).flatMap(({ groupings = {} }) => Object.entries(groupings as GroupingsByName)));
}

type GroupingsByName = Readonly<Record<string, Grouping>>;

/**
 * A row between a heading and those of its nodes that have something in common. It is a view: the keys of the nodes and what
 * is loaded do not change with it. The same object stands for the same place for as long as its parent is there.
 */
export class Section {
  readonly type = 'section';
  nodes: readonly Node[] = [];

  constructor(
    readonly parent: Node,
    /** The name of the grouping. */
    readonly by: string,
    readonly grouping: Grouping,
    /** What the nodes have in common; empty if the server did not tell. */
    readonly value: string,
  ) {}

  /** What the nodes have in common, on one line. */
  get name(): string {
    return this.grouping.nameOf(oneLine(this.value));
  }

  /** Unlike any item's, whose `#` would be encoded. */
  get key(): string {
    return `${this.parent.key}/#${this.by}:${keyPart(this.value)}`;
  }
}

/** The sections of all headings. */
export class Sections {
  readonly #known = new WeakMap<Node, Map<string, Section>>();

  /** The sections of a heading's nodes, which keep their order in each; undefined if they are not to be grouped. */
  of(
    parent: Node,
    nodes: readonly Node[],
    by: string,
    compareNames: (one: string, other: string) => number,
  ): readonly Section[] | undefined {
    const grouping = groupingBelow(parent, by);
    if (!grouping) {
      return undefined;
    }
    const members = new Map<Section, Node[]>();
    for (const node of nodes) {
      const section = this.around(node, by);
      if (section) {
        const its = members.get(section) ?? [];
        its.push(node);
        members.set(section, its);
      }
    }
    for (const [section, its] of members) {
      section.nodes = its;
    }
    return [...members.keys()].sort(
      (one, other) =>
        Number(one.value === '') - Number(other.value === '') ||
        (grouping.values
          ? grouping.values.indexOf(one.value) - grouping.values.indexOf(other.value)
          : compareNames(one.value, other.value)),
    );
  }

  /** The section that a node stands in. */
  around(node: Node, by: string): Section | undefined {
    const { parent, item } = node;
    const grouping = parent && groupingBelow(parent, by);
    if (!grouping || parent.item.kind !== 'group' || item.kind !== parent.item.contains) {
      return undefined;
    }
    const sections = this.#known.get(parent) ?? new Map<string, Section>();
    this.#known.set(parent, sections);
    const value = grouping.valueIn(item);
    const id = `${by}:${value}`;
    const section = sections.get(id) ?? new Section(parent, by, grouping, value);
    sections.set(id, section);
    return section;
  }
}

/** How what is below a heading is grouped by something, if it can be. */
function groupingBelow({ item }: Node, by: string): Grouping | undefined {
  const { groupings = {} } = item.kind === 'group' ? factsOfKind(item.contains) : {};
  // The setting may hold any text.
  return Object.hasOwn(groupings, by) ? groupings[by] : undefined;
}
