import * as vscode from 'vscode';
import type { Node, Row, TreeRow } from '../inventory/node';
import { inOrder, kindBelow, type Order } from '../inventory/order';
import { type Section, Sections } from '../inventory/section';
import { compareNames } from './format';
import type { ViewSettings } from './viewSettings';

/** How the rows below a node stand: in which order, and in which sections. What is loaded does not change with it. */
export class Arrangement {
  readonly #settings: Pick<ViewSettings, 'orderOf' | 'grouping'>;
  readonly #sections = new Sections();

  constructor(settings: Pick<ViewSettings, 'orderOf' | 'grouping'>) {
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
      this.#settings.orderOf,
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
      return this.#isArranged(row.parent) ? vscode.l10n.t('only the rows above are in order') : undefined;
    }
    const order = row.type === 'node' && row.openedBranch?.loadedAt !== undefined && this.#orderBelow(row);
    return order && order !== 'server' && row.item.kind === 'group' ? orderName(order) : undefined;
  }

  #isArranged(parent: Node): boolean {
    const section = parent.openedBranch?.nodes[0] && this.sectionAround(parent.openedBranch.nodes[0]);
    return section !== undefined || this.#orderBelow(parent) !== 'server';
  }

  #orderBelow(node: Node): Order {
    const kind = kindBelow(node);
    return kind ? this.#settings.orderOf(kind) : 'server';
  }
}

/** As the end of "sorted …". */
function orderName(order: Exclude<Order, 'server'>): string {
  switch (order) {
    case 'name':
      return vscode.l10n.t('by name');
    case 'used':
      return vscode.l10n.t('by used space');
    case 'usedPercent':
      return vscode.l10n.t('by share used');
    case 'free':
      return vscode.l10n.t('by free space');
    case 'lastActive':
      return vscode.l10n.t('by last activity');
  }
}
