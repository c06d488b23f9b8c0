import * as vscode from 'vscode';
import { idLine } from '../../base/text';
import type { Everywhere, Skipped } from '../../everywhere/everywhere';
import type { Inventory } from '../../inventory/inventory';
import type { Node } from '../../inventory/tree/node';
import { copyToClipboard } from '../shared/clipboard';
import { nameIn, plain } from '../shared/harmless';
import { showInput } from '../shared/showInput';
import { copyIdButton, type PlaceItem, placeItems, wantsSignIn } from './everywhereItems';

const copyAllButton = { iconPath: new vscode.ThemeIcon('clippy'), tooltip: vscode.l10n.t('Copy As…') };

/** What the user has decided for. */
export interface PlaceChoice {
  readonly what: 'reveal' | 'copyAs' | 'signIn';
  readonly node: Node;
}

/** The list of places where the same thing stands. It fills while servers answer, and stays open while IDs are copied. */
export class EverywherePicker {
  readonly #everywhere: Everywhere;
  readonly #inventory: Inventory;
  readonly #subject: Node;
  readonly #input = vscode.window.createQuickPick<PlaceItem>();
  readonly #leaving = new AbortController();

  constructor(everywhere: Everywhere, inventory: Inventory, subject: Node) {
    this.#everywhere = everywhere;
    this.#inventory = inventory;
    this.#subject = subject;
  }

  /** Resolves with undefined if the user leaves. */
  async ask(): Promise<PlaceChoice | undefined> {
    const input = this.#input;
    input.title = vscode.l10n.t('{0} everywhere', plain(nameIn(this.#subject.item.name)));
    input.placeholder = vscode.l10n.t('Press Enter to reveal a place');
    input.matchOnDescription = true;
    input.matchOnDetail = true;
    input.buttons = [copyAllButton];
    // Known to VS Code, though not to its types: without it our order would be lost.
    Object.assign(input, { sortByLabel: false });
    const disposables: vscode.Disposable[] = [];
    try {
      return await new Promise<PlaceChoice | undefined>((resolve, reject) => {
        const run = (work: Promise<void>): void => {
          work.catch((error: unknown) => {
            if (!this.#leaving.signal.aborted) {
              reject(error);
            }
          });
        };
        disposables.push(
          input.onDidAccept(() => run(this.#accept(input.selectedItems[0], resolve))),
          input.onDidTriggerButton(() => resolve({ what: 'copyAs', node: this.#subject })),
          input.onDidTriggerItemButton(({ button, item }) =>
            run(button === copyIdButton ? copyId(item) : this.#accept(item, resolve)),
          ),
          showInput(input, () => resolve(undefined)),
        );
        run(this.#look());
      });
    } finally {
      this.#leaving.abort();
      vscode.Disposable.from(...disposables, input).dispose();
    }
  }

  async #look(): Promise<void> {
    const input = this.#input;
    input.busy = true;
    await this.#everywhere.look(this.#subject, this.#leaving.signal, places => {
      const active = input.activeItems[0];
      const items = placeItems(places);
      input.keepScrollPosition = true;
      input.items = items;
      const key = active?.node?.key;
      const same = active && items.find(each => each.label === active.label && each.node?.key === key);
      if (same) {
        input.activeItems = [same];
      }
    });
    input.busy = false;
  }

  async #accept(item: PlaceItem | undefined, resolve: (choice: PlaceChoice) => void): Promise<void> {
    const [first] = item?.servers ?? [];
    if (item?.node) {
      resolve({ what: 'reveal', node: item.node });
    } else if (first && wantsSignIn(first)) {
      resolve({ what: 'signIn', node: first.server });
    } else if (item?.servers) {
      await this.#open(item.servers);
    }
  }

  /** The user asks for it: whatever stands in the way of these servers is tried again. */
  async #open(servers: readonly Skipped[]): Promise<void> {
    this.#input.busy = true;
    await Promise.all(
      servers.map(async ({ server }) => {
        if (server.openedBranch?.failure) {
          await this.#inventory.refresh(server);
        } else {
          this.#inventory.childrenOf(server);
          await this.#inventory.settled(server);
        }
      }),
    );
    await this.#look();
  }
}

async function copyId({ node }: PlaceItem): Promise<void> {
  if (node) {
    const name = plain(nameIn(node.item.name));
    await copyToClipboard(idLine(node.item.id), vscode.l10n.t('Copied the ID of {0}', name));
  }
}
