import * as vscode from 'vscode';
import { isObject } from '../../base/isObject';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import type { Services } from '../../services';
import { chooseItem } from '../find/chooseItem';
import { ChosenRows } from '../shared/chosenRows';
import { copyToClipboard } from '../shared/clipboard';
import { count } from '../shared/format';
import { plain } from '../shared/harmless';
import { reachNode } from '../shared/reachNode';
import type { Targets } from '../shared/targets';
import type { DetailRow } from './detailRow';
import type { DetailsView } from './detailsView';

/** The details view: opening it, and copying from it. */
export class DetailsCommands implements vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #targets: Targets;
  readonly #reveal: (node: Node) => Promise<void>;
  readonly #view: DetailsView;
  readonly #rows: ChosenRows<DetailRow>;

  constructor({ inventory, targets, details }: Services, view: DetailsView, reveal: (node: Node) => Promise<void>) {
    this.#inventory = inventory;
    this.#targets = targets;
    this.#reveal = reveal;
    this.#view = view;
    this.#rows = new ChosenRows(details.view, isDetailRow);
  }

  dispose(): void {
    this.#rows.dispose();
  }

  /** `openDetails(itemKey)`, or the rows of the menu, or the selection; otherwise asks. */
  readonly openDetails = async (argument?: unknown, selected?: unknown): Promise<void> => {
    const rows = typeof argument === 'string' ? [] : this.#targets.described(argument, selected);
    if (rows.length > 0) {
      await this.#view.show(rows);
    } else {
      const node =
        typeof argument === 'string'
          ? await reachNode(this.#inventory, argument)
          : await chooseItem(this.#inventory, vscode.l10n.t('Open Details'));
      if (!node) {
        return;
      }
      await this.#reveal(node);
      await this.#view.show([node]);
    }
  };

  readonly refreshDetails = async (): Promise<void> => {
    await vscode.window.withProgress({ location: { viewId: 'backupTenancy.details' } }, () => this.#view.refresh());
  };

  readonly copyValue = (argument?: unknown, selected?: unknown): Promise<string | undefined> =>
    this.#copy(argument, selected, ({ value }) => value);

  /** What people read as the server spells it: bytes, the ISO date. */
  readonly copyRawValue = (argument?: unknown, selected?: unknown): Promise<string | undefined> =>
    this.#copy(argument, selected, ({ value, raw }) => raw ?? value);

  async #copy(
    argument: unknown,
    selected: unknown,
    textOf: (row: DetailRow) => string | undefined,
  ): Promise<string | undefined> {
    const rows = this.#rows.rows(argument, selected).filter(row => textOf(row));
    const [first] = rows;
    if (!first) {
      return undefined;
    }
    const text = rows.map(textOf).join('\n');
    const told =
      rows.length === 1
        ? vscode.l10n.t('Copied {0}', plain(first.label))
        : vscode.l10n.t('Copied {0} values', count(rows.length));
    await copyToClipboard(text, told);
    if (rows.some(({ isAltered }) => isAltered)) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The copied ID contains line breaks or direction marks, which were left out; the server may not recognize it.',
        ),
      );
    }
    return text;
  }
}

function isDetailRow(value: unknown): value is DetailRow {
  return isObject(value) && 'type' in value && value.type === 'detail';
}
