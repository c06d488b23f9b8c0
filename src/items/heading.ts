import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common, Item, ItemKind } from './item';
import type { Kind } from './kind';

/** A heading under a server or item; `id` names it within its product. */
export interface Heading extends Common {
  readonly kind: 'group';
  readonly contains: ItemKind;
  /** What is below, if it came with the heading's parent: no request is made then. */
  readonly known?: readonly Item[] | undefined;
}

/** A heading below which a product is asked for items of a kind. */
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
