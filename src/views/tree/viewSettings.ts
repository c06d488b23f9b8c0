import * as vscode from 'vscode';
import type { Order } from '../../inventory/tree/order';
import type { FillLimits } from '../../items/attention';
import type { ItemKind } from '../../items/item';

/** The settings of the view, read once and again when they change. */
export class ViewSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Rows are to look otherwise or to stand in another order. */
  readonly onDidChange = this.#changed.event;
  #values = read();

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration(change => {
      const before = JSON.stringify(this.#looks);
      if (change.affectsConfiguration('backupTenancy')) {
        this.#values = read();
      }
      if (before !== JSON.stringify(this.#looks)) {
        this.#changed.fire();
      }
    });
  }

  get #looks(): readonly unknown[] {
    return [this.orders, this.grouping, this.fillLimits];
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

  /** From which percentages on a row needs attention. */
  get fillLimits(): FillLimits {
    return this.#values.fillLimits;
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
    fillLimits: {
      warning: percentage(settings.get('fill.warning'), 80),
      error: percentage(settings.get('fill.error'), 95),
    },
    grouping: settings.get<string>('groupTenantsBy', 'none'),
    orders: { ...settings.get<Partial<Record<ItemKind, Order>> | null>('sort') },
  };
}

/** Settings files can hold anything. */
function percentage(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 1 && value <= 1000 ? value : otherwise;
}
