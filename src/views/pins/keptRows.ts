import { isObject } from '../../base/isObject';
import { Signal } from '../../base/signal';
import type { Inventory } from '../../inventory/inventory';
import { lineageOf, type Node } from '../../inventory/tree/node';
import { type NodePath, nodesAt } from '../../inventory/tree/nodesAt';
import type { NodePlace } from '../../inventory/tree/places';
import { allKinds } from '../../items/kinds';
import type { Memory } from '../../servers/list/serverList';

/** Where a row is, with what was known of it, so that it can be shown before its server is asked for anything. */
type Kept = NodePath;

/** A list of rows that is kept over restarts, the first one first. Holds what the tree shows, and no secrets. */
export class KeptRows {
  readonly onDidChange = new Signal<void>();
  readonly #inventory: Inventory;
  readonly #memory: Memory;
  readonly #key: string;
  readonly #atMost: number;

  /**
   * @param key under which it is stored
   * @param atMost when there are more, the last ones are dropped
   */
  constructor(inventory: Inventory, memory: Memory, key: string, atMost: number) {
    this.#inventory = inventory;
    this.#memory = memory;
    this.#key = key;
    this.#atMost = atMost;
  }

  /** Those whose servers are on the list. */
  get nodes(): readonly Node[] {
    return nodesAt(this.#inventory, this.#stored);
  }

  /**
   * Puts the nodes first, in their order.
   * @returns how many of the last ones were dropped, as there are too many now
   */
  async add(nodes: readonly Node[]): Promise<number> {
    const keys = new Set(nodes.map(({ key }) => key));
    const all = [...nodes, ...this.nodes.filter(({ key }) => !keys.has(key))];
    await this.#store(all);
    return Math.max(0, all.length - this.#atMost);
  }

  async remove(nodes: readonly Node[]): Promise<void> {
    const keys = new Set(nodes.map(({ key }) => key));
    await this.#store(this.nodes.filter(({ key }) => !keys.has(key)));
  }

  /** What has been loaded of the rows since they were kept is known in the next session, too. */
  async update(): Promise<void> {
    const { nodes } = this;
    if (JSON.stringify(nodes.slice(0, this.#atMost).map(keptOf)) !== JSON.stringify(this.#stored)) {
      await this.#store(nodes);
    }
  }

  async #store(nodes: readonly Node[]): Promise<void> {
    await this.#memory.update(this.#key, nodes.slice(0, this.#atMost).map(keptOf));
    this.onDidChange.emit();
  }

  get #stored(): readonly Kept[] {
    const stored = this.#memory.get<unknown>(this.#key);
    return Array.isArray(stored) ? stored.filter(isKept) : [];
  }
}

function keptOf(node: Node): Kept {
  const [server, ...rest] = lineageOf(node);
  return {
    server: server?.item.id ?? '',
    path: rest.map(({ item, copy }) => ({
      // What a heading was made with may be long, and only its own rows need it.
      item: item.kind === 'group' && rest.at(-1)?.item !== item ? { ...item, known: undefined } : item,
      copy,
    })),
  };
}

/** A later version may have kept kinds that this one does not know. */
function isKept(value: unknown): value is Kept {
  return (
    isObject(value) &&
    'server' in value &&
    typeof value.server === 'string' &&
    'path' in value &&
    Array.isArray(value.path) &&
    value.path.every(isPlace)
  );
}

function isPlace(value: unknown): value is NodePlace {
  if (!isObject(value) || !('item' in value) || !isObject(value.item)) {
    return false;
  }
  const { kind, id, name } = value.item as Readonly<Record<string, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && (allKinds() as readonly unknown[]).includes(kind);
}
