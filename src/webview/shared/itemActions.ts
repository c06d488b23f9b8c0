import * as l10n from '@vscode/l10n';
import type { Action } from './dataTable';

export interface ItemMessage {
  readonly type: 'copyId' | 'reveal';
  readonly key: string;
}

export interface ItemActionsOptions<Row> {
  readonly send: (message: ItemMessage) => void;
  /** Whether the row has an ID; each has one otherwise. */
  readonly hasId?: (row: Row) => boolean;
  /** Whether the tree has a row for it; it has one for each otherwise. */
  readonly isThere?: (row: Row) => boolean;
}

/** What can be done with rows that stand for items. */
export function itemActions<Row extends { readonly key: string; readonly name: string }>({
  send,
  hasId,
  isThere,
}: ItemActionsOptions<Row>): readonly Action<Row>[] {
  return [
    {
      label: l10n.t('Copy ID'),
      icon: 'M5.5 4.5h8v10h-8zM3.5 11.5h-1v-10h8v1',
      name: ({ name }) => l10n.t('Copy ID of {0}', name),
      run: ({ key }) => send({ type: 'copyId', key }),
      isFor: hasId,
    },
    {
      label: l10n.t('Reveal'),
      icon: 'M2 3.5h12M2 8h5M2 12.5h5M9.5 10.5l4-2.5M13.5 8l-4-2.5',
      name: ({ name }) => l10n.t('Reveal {0} in the tree', name),
      run: ({ key }) => send({ type: 'reveal', key }),
      isFor: isThere,
    },
  ];
}
