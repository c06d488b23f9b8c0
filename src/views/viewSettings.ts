import * as vscode from 'vscode';
import { type Order, ordersOf } from '../inventory/order';
import { type Grouping, groupings } from '../inventory/section';
import type { ItemKind } from '../products/item';

/** The settings of the view, read once and again when they change. */
export class ViewSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Order or grouping are to be others. */
  readonly onDidChange = this.#changed.event;
  #values = read();

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('backupTenancy')) {
        this.#values = read();
      }
      if (
        change.affectsConfiguration('backupTenancy.sort') ||
        change.affectsConfiguration('backupTenancy.groupTenantsBy')
      ) {
        this.#changed.fire();
      }
    });
  }

  /** Rows that a branch loads before it asks. */
  get pageSize(): number {
    return this.#values.pageSize;
  }

  get grouping(): Grouping {
    return this.#values.grouping;
  }

  readonly orderOf = (kind: ItemKind): Order => this.#values.orders.get(kind) ?? 'server';

  async setOrder(kind: ItemKind, order: Order): Promise<void> {
    const orders = new Map(this.#values.orders).set(kind, order);
    const told = [...orders].filter(([, each]) => each !== 'server');
    await write('sort', told.length > 0 ? Object.fromEntries(told) : undefined);
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    await write('groupTenantsBy', grouping === 'none' ? undefined : grouping);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

const [fewest, most] = [500, 100_000];

function read() {
  const settings = vscode.workspace.getConfiguration('backupTenancy');
  const pageSize = Number(settings.get('pageSize'));
  const grouping = groupings.find(each => each === settings.get('groupTenantsBy')) ?? 'none';
  const orders = new Map<ItemKind, Order>();
  for (const [kind, value] of Object.entries(settings.get<object | null>('sort') ?? {})) {
    const order = ordersOf(kind as ItemKind)?.find(each => each === value);
    if (order) {
      orders.set(kind as ItemKind, order);
    }
  }
  return { pageSize: Math.min(Math.max(pageSize || 0, fewest), most), grouping, orders };
}

/** The user's settings are the only ones in which these count. */
async function write(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('backupTenancy').update(name, value, vscode.ConfigurationTarget.Global);
}
