import { oneLine } from '../../base/text';
import type { Branch } from '../../inventory/tree/branch';
import type { Node } from '../../inventory/tree/node';
import { kindBelow } from '../../inventory/tree/order';
import { kindOf } from '../../items/kinds';
import { count } from './format';
import { isolated } from './harmless';
import { words } from './words';

/** What is told of an item beside its name. */
export function descriptionOf(node: Node): string {
  const { item, openedBranch, parent } = node;
  if (item.kind === 'group') {
    return openedBranch?.loadedAt === undefined ? '' : rowCount(openedBranch);
  }
  const { beside, countsBelow } = kindOf(item.kind);
  return parts(...beside(item, words, parent?.item.kind), countsBelow && countBelow(node));
}

/** How many rows there are on the server apart from headings, or at least. */
export function rowCount({ nodes, next, total }: Branch): string {
  const headings = nodes.filter(({ item }) => item.kind === 'group').length;
  const known = count((total ?? nodes.length) - headings);
  return total === undefined && next !== undefined ? `${known}+` : known;
}

/** How many are below a parent that has been opened. */
function countBelow(node: Node): string | undefined {
  const { openedBranch } = node;
  const kind = kindBelow(node);
  if (openedBranch?.loadedAt === undefined || openedBranch.nodes.length === 0 || !kind) {
    return undefined;
  }
  const below = rowCount(openedBranch);
  return kindOf(kind).count?.(below, below === '1');
}

/** Texts side by side, each on one line. */
export function parts(...all: readonly (string | false | undefined)[]): string {
  return joined(...all.map(part => (typeof part === 'string' ? isolated(oneLine(part)) : '')));
}

/** What {@link parts} made, side by side. */
export function joined(...all: readonly string[]): string {
  return all.filter(part => part !== '').join(' · ');
}
