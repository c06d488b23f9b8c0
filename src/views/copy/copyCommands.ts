import * as vscode from 'vscode';
import { idLine, wholeLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import type { IdIndex } from '../../inventory/search/idIndex';
import type { Folder } from '../../inventory/tree/folder';
import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import type { Services } from '../../services';
import { chooseItem } from '../find/chooseItem';
import { tellOfAltered } from '../shared/alteredIds';
import { copyToClipboard } from '../shared/clipboard';
import { count } from '../shared/format';
import { plain } from '../shared/harmless';
import type { Targets } from '../shared/targets';
import { alteredIn } from './copyForms';
import { copyMessage } from './copyMessage';

/** What of a row is copied, and what is said of it. */
interface Copying {
  readonly form: 'id' | 'name';
  readonly has: (row: Node | Folder) => boolean;
  readonly textOf: (row: Node | Folder) => string;
  readonly oneCopied: (name: string) => string;
  readonly manyCopied: (number: string) => string;
  /** Said where no row has it. */
  readonly nothing: string;
  /** Asks where no row is meant. */
  readonly choose: () => Promise<Node | undefined>;
}

/** Copying from rows; each answers with the copied text, for scripts. */
export class CopyCommands {
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #targets: Targets;
  readonly #pins: Services['pins'];
  readonly #run: Services['run'];

  constructor(
    { inventory, targets, pins, run }: Pick<Services, 'inventory' | 'targets' | 'pins' | 'run'>,
    ids: IdIndex,
  ) {
    this.#run = run;
    this.#inventory = inventory;
    this.#pins = pins;
    this.#ids = ids;
    this.#targets = targets;
  }

  /** `copyId(itemKey | id)`, or the rows of the menu, or the selection; otherwise asks. Error rows have their message. */
  readonly copyId = async (argument?: unknown, selected?: unknown): Promise<string | undefined> => {
    const rows = typeof argument === 'string' ? [] : this.#targets.rows(argument, selected);
    if (rows.length > 0 && rows.every(({ type }) => type === 'failure')) {
      return await copyMessage(this.#targets)(argument, selected);
    }
    return await this.#copy(argument, selected, {
      form: 'id',
      has: row => row.type === 'node' && hasId(row.item),
      textOf: row => (row.type === 'node' ? idLine(row.item.id) : ''),
      oneCopied: name => vscode.l10n.t('Copied the ID of {0}', name),
      manyCopied: number => vscode.l10n.t('Copied {0} IDs', number),
      nothing: vscode.l10n.t('Nothing with an ID is selected.'),
      choose: () => chooseItem(this.#inventory, vscode.l10n.t('Copy ID'), ({ item }) => hasId(item)),
    });
  };

  /** The same for names. */
  readonly copyName = (argument?: unknown, selected?: unknown): Promise<string | undefined> =>
    this.#copy(argument, selected, {
      form: 'name',
      has: () => true,
      textOf: row => wholeLine(nameOf(row)),
      oneCopied: name => vscode.l10n.t('Copied the name {0}', name),
      manyCopied: number => vscode.l10n.t('Copied {0} names', number),
      nothing: vscode.l10n.t('Nothing with a name is selected.'),
      choose: () => chooseItem(this.#inventory, vscode.l10n.t('Copy Name')),
    });

  async #copy(
    argument: unknown,
    selected: unknown,
    { form, has, textOf, oneCopied, manyCopied, nothing, choose }: Copying,
  ): Promise<string | undefined> {
    const nodes =
      typeof argument === 'string'
        ? [this.#ids.named(argument) ?? []].flat()
        : await this.#chosen(argument, selected, choose);
    if (!nodes) {
      return undefined; // the user left the question unanswered
    }
    const good = nodes.filter(has);
    const [first] = good;
    if (!first) {
      if (typeof argument === 'string') {
        return undefined; // the script sees it by itself
      }
      void vscode.window.showInformationMessage(nothing);
      return undefined;
    }
    // One line each, also where a server's text holds line ends: it may be pasted into a shell.
    const text = good.map(textOf).join('\n');
    const told = good.length === 1 ? oneCopied(plain(nameOf(first))) : manyCopied(count(good.length));
    await copyToClipboard(text, told);
    this.#remember(first);
    tellOfAltered(
      alteredIn(
        form,
        good.filter(row => row.type === 'node'),
      ),
    );
    return text;
  }

  #remember(row: Node | Folder): void {
    if (row.type === 'node') {
      this.#run(
        this.#pins().then(async ({ recent }) => {
          await recent.add([row]);
        }),
      );
    }
  }

  async #chosen(
    argument: unknown,
    selected: unknown,
    choose: () => Promise<Node | undefined>,
  ): Promise<(Node | Folder)[] | undefined> {
    const rows = this.#targets.rows(argument, selected).filter(row => row.type === 'node' || row.type === 'folder');
    if (rows.length > 0) {
      return rows;
    }
    const picked = await choose();
    return picked && [picked];
  }
}

function nameOf(row: Node | Folder): string {
  return row.type === 'node' ? row.item.name : row.name;
}
