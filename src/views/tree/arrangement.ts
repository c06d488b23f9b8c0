import * as vscode from 'vscode';
import type { Node, Row, TreeRow } from '../../inventory/tree/node';
import { inOrder, kindBelow, type Order, ordersOf } from '../../inventory/tree/order';
import { type Section, Sections } from '../../inventory/tree/section';
import type { ItemKind } from '../../items/item';
import { compareNames } from '../shared/format';
import { renderSection } from './sectionRow';
import type { ViewSettings } from './viewSettings';

/** How the rows below a node stand: in which order, and in which sections. What is loaded does not change with it. */
export class Arrangement {
  readonly #settings: Pick<ViewSettings, 'orders' | 'grouping'>;
  readonly #sections = new Sections();
  readonly render = renderSection;

  constructor(settings: Pick<ViewSettings, 'orders' | 'grouping'>) {
    this.#settings = settings;
  }

  /** Notices stay where they are: an error above the nodes, the rest below them. */
  shown(parent: Node, rows: readonly Row[]): readonly (Row | Section)[] {
    const first = rows.findIndex(({ type }) => type === 'node');
    if (first < 0) {
      return rows;
    }
    const nodes = inOrder(
      rows.filter(row => row.type === 'node'),
      kind => orderIn(this.#settings, kind),
      compareNames,
    );
    const shown = this.#sections.of(parent, nodes, this.#settings.grouping, compareNames) ?? nodes;
    return [...rows.slice(0, first), ...shown, ...rows.slice(first + nodes.length)];
  }

  /** The section that a node stands in. */
  sectionAround(node: Node): Section | undefined {
    return this.#sections.around(node, this.#settings.grouping);
  }

  /** What a row has to say about the arrangement. */
  noteOf(row: TreeRow): string | undefined {
    if (row.type === 'more') {
      return this.#isArranged(row.parent) ? vscode.l10n.t('only the rows above are sorted') : undefined;
    }
    const order = row.type === 'node' && row.openedBranch?.loadedAt !== undefined && this.#orderBelow(row);
    return order && order !== 'server' && row.item.kind === 'group' ? orderName(order) : undefined;
  }

  #isArranged(parent: Node): boolean {
    const [node] = parent.openedBranch?.nodes ?? [];
    return this.#orderBelow(parent) !== 'server' || (node !== undefined && this.sectionAround(node) !== undefined);
  }

  #orderBelow(node: Node): Order {
    const kind = kindBelow(node);
    return kind ? orderIn(this.#settings, kind) : 'server';
  }
}

/** The order that the settings want for a kind; the server's unless it is one that the kind has. */
export function orderIn({ orders }: Pick<ViewSettings, 'orders'>, kind: ItemKind): Order {
  return ordersOf(kind).find(order => order === orders[kind]) ?? 'server';
}

/** As the end of "sorted …". */
function orderName(order: Exclude<Order, 'server'>): string {
  switch (order) {
    case 'name':
      return vscode.l10n.t('by name');
    case 'used':
      return vscode.l10n.t('by used space');
    case 'usedPercent':
      return vscode.l10n.t('by percent used');
    case 'free':
      return vscode.l10n.t('by free space');
    case 'lastActive':
      return vscode.l10n.t('by last activity');
  }
}
