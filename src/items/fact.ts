import * as l10n from '@vscode/l10n';
import type { Grouping } from './grouping';
import type { Item } from './item';
import type { Words } from './kind';
import type { Reported } from './reported';

/**
 * `shown` facts are for people alone. An `expiry` is a moment beside which the days until then stand. A `number` is shown without
 * separators of thousands, a `count` with them.
 */
export type FactForm = 'text' | 'bytes' | 'count' | 'number' | 'flag' | 'moment' | 'expiry' | 'shown';

/** How one fact is shown to people, and what it is called in files. */
export interface FactForms<Of extends Item = Item> {
  readonly form: FactForm;
  /** A fact without a label is for programs alone. */
  label?(): string;
  /** The text that people see in place of the value in its form, if any; an empty one hides the fact. Flags need it. */
  instead?(item: Of, words: Words): string | undefined;
  /** One line for each part of the fact, with its moment, or else its text. */
  list?(item: Of): readonly { readonly label: string; readonly moment?: string | undefined; readonly text: string }[];
  /** The documented name of its column, if it differs from that of the member. */
  readonly column?: string;
}

/** Members that are given neither to programs nor to columns. */
export const hiddenMembers = [
  // Shown elsewhere, or used by this extension alone.
  'kind',
  'id',
  'name',
  'hasChildren',
  'hasSubtenants',
  'hasComputeResources',
  'onDemand',
  'scope',
  'standsOn',
  'known',
  'isOwn',
  // Who signs in to a server, and how the user has arranged it.
  'userName',
  'folder',
  'label',
] as const;

/** Members without a column. Those that are not hidden are in JSON, or have columns that all kinds share. */
type NoFact =
  | (typeof hiddenMembers)[number]
  | 'urn'
  | 'description'
  | 'contains'
  | 'product'
  // What consists of parts fits into no cell.
  | 'resources'
  | 'extents'
  | 'parts';

/** The facts of a kind. The compiler requires one for each member of the item. */
export interface Facts<Of extends Item = Item> {
  /** In the order of their columns. */
  readonly facts: { readonly [Name in Exclude<keyof Of, NoFact>]-?: FactForms<Of> } & {
    readonly [Name in Extract<keyof Of, NoFact>]?: FactForms<Of> & { readonly form: 'shown' };
  };
  /** The order in which people see them, if it differs. Facts that are not named come last. */
  readonly rows?: readonly (keyof Of & string)[];
  readonly report?: Reported<Of>;
  /** What items can be grouped by, under the names that the setting uses. */
  readonly groupings?: Readonly<Record<string, Grouping<Of>>>;
}

/** Whether something is switched on. */
export const enabledFact: FactForms<Item & { readonly enabled?: boolean | undefined }> = {
  form: 'flag',
  label: () => l10n.t('State'),
  instead: ({ enabled }) => (enabled === undefined ? undefined : enabled ? l10n.t('enabled') : l10n.t('disabled')),
};
