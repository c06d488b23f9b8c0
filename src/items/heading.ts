import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common, Item, ItemKind } from './item';
import type { Kind } from './kind';

/** A heading under a server or item; `id` names it within its product. */
export interface Heading extends Common {
  readonly kind: 'group';
  readonly contains: ItemKind;
  /** Whose rows these are, for a heading below an item: ids by the names that the product gives them. */
  readonly scope?: Readonly<Record<string, string>> | undefined;
  /** What is below, where the heading's parent has told it already: nothing is asked for then. */
  readonly known?: readonly Item[] | undefined;
}

export function headingOf(
  id: string,
  name: string,
  contains: ItemKind,
  more: Pick<Heading, 'onDemand' | 'scope' | 'known'> = {},
): Heading {
  return { kind: 'group', id, name, contains, hasChildren: true, ...more };
}

export const heading: Kind<Heading> = {
  name: () => l10n.t('Group'),
  icon: () => ({ name: 'folder' }),
  beside: () => [],
  asServerGives: true,
};

export const headingFacts: Facts<Heading> = { facts: {} };
