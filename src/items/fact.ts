import * as l10n from '@vscode/l10n';
import type { Grouping } from './grouping';
import type { Item } from './item';
import type { Words } from './kind';
import type { Reported } from './reported';

/** `shown` facts are for people alone. A `number` is shown without separators of thousands, a `count` with them. */
export type FactForm = 'text' | 'bytes' | 'count' | 'number' | 'flag' | 'moment' | 'shown';

export interface FactForms<Of extends Item = Item> {
  readonly form: FactForm;
  /** Without one, it is for programs alone. */
  label?(): string;
  /** The text that people see in place of the value in its form, if any; an empty one hides the fact. Flags need it. */
  instead?(item: Of, words: Words): string | undefined;
  /** What consists of parts, one line for each: its moment, or else its text. */
  list?(item: Of): readonly { readonly label: string; readonly moment?: string | undefined; readonly text: string }[];
  /** The documented name of its column, where it is not that of the member. */
  readonly column?: string;
}

/** Members that no program and no column is given. */
export const hiddenMembers = [
  // Told elsewhere, or of this extension alone.
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
  // Of a server: who signs in there, and how the user has arranged it.
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

/** The facts of a kind. One that the item has and that is missing here does not compile. */
export interface Facts<Of extends Item = Item> {
  /** In the order of their columns. */
  readonly facts: { readonly [Name in Exclude<keyof Of, NoFact>]-?: FactForms<Of> } & {
    readonly [Name in Extract<keyof Of, NoFact>]?: FactForms<Of> & { readonly form: 'shown' };
  };
  /** The order for people, where it is another one. Those that are not named come last. */
  readonly rows?: readonly (keyof Of & string)[];
  readonly report?: Reported<Of>;
  /** What they can be grouped by, by the names that the setting has for it. */
  readonly groupings?: Readonly<Record<string, Grouping<Of>>>;
}

/** Whether something is switched on. */
export const enabledFact: FactForms<Item & { readonly enabled?: boolean | undefined }> = {
  form: 'flag',
  label: () => l10n.t('State'),
  instead: ({ enabled }) => (enabled === undefined ? undefined : enabled ? l10n.t('enabled') : l10n.t('disabled')),
};
