import type { Tenant } from '../../items/item';
import { keyPart } from './keyPart';
import type { Node } from './node';

/** What tenants can be grouped by. */
export const groupings = ['none', 'backupServer', 'state'] as const;
export type Grouping = (typeof groupings)[number];

/**
 * A row between a heading and those of its nodes that have something in common. It is a view: the keys of the nodes and what
 * is loaded do not change with it. The same object stands for the same place for as long as its parent is there.
 */
export class Section {
  readonly type = 'section';
  nodes: readonly Node[] = [];

  constructor(
    readonly parent: Node,
    readonly grouping: Grouping,
    /** What the nodes have in common: a name, or one of {@link states}; empty if the server did not tell. */
    readonly value: string,
  ) {}

  /** Unlike any item's, whose `#` would be encoded. */
  get key(): string {
    return `${this.parent.key}/#${this.grouping}:${keyPart(this.value)}`;
  }
}

/** In the order of their sections. */
const states = ['enabled', 'disabled', 'expired'];

/** The sections of all headings. */
export class Sections {
  readonly #known = new WeakMap<Node, Map<string, Section>>();

  /** The sections of a heading's nodes, which keep their order in each; undefined if they are not to be grouped. */
  of(
    parent: Node,
    nodes: readonly Node[],
    grouping: Grouping,
    compareNames: (one: string, other: string) => number,
  ): readonly Section[] | undefined {
    if (!isGrouped(parent, grouping)) {
      return undefined;
    }
    const members = new Map<Section, Node[]>();
    for (const node of nodes) {
      const section = this.around(node, grouping);
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
        (grouping === 'state'
          ? states.indexOf(one.value) - states.indexOf(other.value)
          : compareNames(one.value, other.value)),
    );
  }

  /** The section that a node stands in. */
  around(node: Node, grouping: Grouping): Section | undefined {
    const { parent, item } = node;
    if (!parent || !isGrouped(parent, grouping) || item.kind !== 'tenant') {
      return undefined;
    }
    const sections = this.#known.get(parent) ?? new Map<string, Section>();
    this.#known.set(parent, sections);
    const value = grouping === 'state' ? stateOf(item) : (item.backupServer ?? '');
    const id = `${grouping}:${value}`;
    const section = sections.get(id) ?? new Section(parent, grouping, value);
    sections.set(id, section);
    return section;
  }
}

function isGrouped({ item }: Node, grouping: Grouping): boolean {
  // A setting may hold what is no grouping.
  return groupings.includes(grouping) && grouping !== 'none' && item.kind === 'group' && item.contains === 'tenant';
}

function stateOf({ enabled, leaseExpires }: Tenant): string {
  if (Date.parse(leaseExpires ?? '') < Date.now()) {
    return 'expired';
  }
  return enabled === undefined ? '' : enabled ? 'enabled' : 'disabled';
}
