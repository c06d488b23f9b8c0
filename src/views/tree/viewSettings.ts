import * as vscode from 'vscode';
import type { Order } from '../../inventory/tree/order';
import type { ItemKind } from '../../items/item';

/** The settings of the view, read once and again when they change. */
export class ViewSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Order or grouping are to be others. */
  readonly onDidChange = this.#changed.event;
  #values = read();

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration(change => {
      const before = JSON.stringify([this.orders, this.grouping]);
      if (change.affectsConfiguration('backupTenancy')) {
        this.#values = read();
      }
      if (before !== JSON.stringify([this.orders, this.grouping])) {
        this.#changed.fire();
      }
    });
  }

  /** Rows that a branch loads before it asks. */
  get pageSize(): number {
    return this.#values.pageSize;
  }

  /** The name of a grouping, `none`, or any other text. */
  get grouping(): string {
    return this.#values.grouping;
  }

  /** As the settings hold them: an order may be unknown, or one that its kind does not have. */
  get orders(): Readonly<Partial<Record<ItemKind, Order>>> {
    return this.#values.orders;
  }

  /** Whether rows are to stand as the servers give them. */
  get isPlain(): boolean {
    return this.grouping === 'none' && Object.keys(this.orders).length === 0;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

const [fewest, most] = [500, 100_000];

function read() {
  const settings = vscode.workspace.getConfiguration('backupTenancy');
  return {
    pageSize: Math.min(Math.max(Number(settings.get('pageSize')) || 0, fewest), most),
    grouping: settings.get<string>('groupTenantsBy', 'none'),
    orders: { ...settings.get<Partial<Record<ItemKind, Order>> | null>('sort') },
  };
}
