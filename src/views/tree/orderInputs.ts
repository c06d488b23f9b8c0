import * as vscode from 'vscode';
import { type Order, ordersOf } from '../../inventory/tree/order';
import { allGroupings } from '../../inventory/tree/section';
import type { ItemKind } from '../../items/item';
import { kindName } from '../../items/kinds';
import { pickOne } from '../shared/pick';

/** Asks for which kind of item an order is meant; undefined if the user does not choose. */
export async function pickKind(
  kinds: readonly ItemKind[],
  orderOf: (kind: ItemKind) => Order,
): Promise<ItemKind | undefined> {
  const choice = await pickOne(
    kinds.map(kind => ({ label: kindName(kind), description: orderLabel(orderOf(kind)), itemKind: kind })),
    { title: vscode.l10n.t('Sort'), placeholder: vscode.l10n.t('Choose what to sort') },
  );
  return choice?.itemKind;
}

/** Asks for the order of a kind of item; the present one is marked. */
export async function pickOrder(kind: ItemKind, present: Order): Promise<Order | undefined> {
  const choice = await pickOne(
    ordersOf(kind).map(order => ({ label: orderLabel(order), ...mark(order === present), order })),
    {
      title: vscode.l10n.t('Sort: {0}', kindName(kind)),
      placeholder: vscode.l10n.t('If a list is only partly loaded, only the loaded rows are sorted'),
    },
  );
  return choice?.order;
}

/** The name of a grouping, or `none`; undefined if the user does not choose. */
export async function pickGrouping(present: string): Promise<string | undefined> {
  const labels = [
    ['none', vscode.l10n.t('Not grouped')] as const,
    ...[...allGroupings()].map(([by, grouping]) => [by, grouping.label()] as const),
  ];
  const choice = await pickOne(
    labels.map(([by, label]) => ({ label, ...mark(by === present), by })),
    { title: vscode.l10n.t('Group Tenants'), placeholder: vscode.l10n.t('Choose what tenants are grouped by') },
  );
  return choice?.by;
}

function mark(isPresent: boolean): { description?: string } {
  return isPresent ? { description: vscode.l10n.t('current') } : {};
}

function orderLabel(order: Order): string {
  switch (order) {
    case 'server':
      return vscode.l10n.t("The server's order");
    case 'name':
      return vscode.l10n.t('Name');
    case 'used':
      return vscode.l10n.t('Used space, largest first');
    case 'usedPercent':
      return vscode.l10n.t('Percent used, highest first');
    case 'free':
      return vscode.l10n.t('Free space, smallest first');
    case 'lastActive':
      return vscode.l10n.t('Last activity, latest first');
  }
}
