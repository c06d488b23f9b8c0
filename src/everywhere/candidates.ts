import { folded } from '../base/text';
import { nextSlice } from '../base/timeSlices';
import type { Node } from '../inventory/tree/node';
import type { Item, ItemKind } from '../items/item';
import type { SoughtKind } from '../products/seek';

/** An item that may be the same thing as others. */
export interface Candidate {
  readonly node: Node;
  readonly kind: SoughtKind;
  /** In lower case. */
  readonly id: string;
  /** See {@link folded}. */
  readonly name: string;
  /** In lower case. */
  readonly companyId: string | undefined;
}

/** What counts as the same kind of thing, however a product calls it. */
const soughtKinds: Partial<Record<ItemKind, SoughtKind>> = {
  company: 'company',
  tenant: 'tenant',
  organization: 'organization',
  subtenant: 'subtenant',
  repository: 'repository',
  scaleOutRepository: 'repository',
  extent: 'repository',
  hostedResource: 'hostedResource',
};

export function soughtKindOf(kind: ItemKind): SoughtKind | undefined {
  return soughtKinds[kind];
}

/** Whether it can be asked of an item where else it stands. */
export function canBeElsewhere({ kind }: Item): boolean {
  return kind !== 'hostedResource' && soughtKindOf(kind) !== undefined;
}

const ofCustomers: ReadonlySet<SoughtKind> = new Set(['company', 'tenant', 'organization', 'hostedResource']);

/** Kinds that can be the same thing as an item of this kind. */
export function kindsLike(kind: SoughtKind): ReadonlySet<SoughtKind> {
  return ofCustomers.has(kind) ? ofCustomers : new Set([kind]);
}

/** The company itself, or the one that something belongs to; in lower case. */
export function companyIdOf(item: Item): string | undefined {
  switch (item.kind) {
    case 'company':
      return item.id.toLowerCase() || undefined;
    case 'tenant':
    case 'organization':
    case 'hostedResource':
      return item.companyId?.toLowerCase();
    default:
      return undefined;
  }
}

export function candidateOf(node: Node): Candidate | undefined {
  const { item } = node;
  const kind = soughtKindOf(item.kind);
  return kind && { node, kind, id: item.id.toLowerCase(), name: folded(item.name), companyId: companyIdOf(item) };
}

/** So many items take a fraction of a millisecond. */
const stepsBetweenLooks = 1000;

const members = ['id', 'name', 'companyId'] as const;

type Member = (typeof members)[number];

/** Texts by which candidates are looked for, in the form in which these have them. */
export type Keys = Readonly<Record<Member, ReadonlySet<string>>>;

/**
 * Items that may be the same thing as others. All are gone through once for each set of keys that was not asked for before, as
 * an index of a hundred thousand would take longer than the few searches for which it is good.
 */
export class Candidates {
  /** Of kinds that are looked for. Candidates are made for those that are found: a hundred thousand would be garbage soon. */
  readonly #nodes: Node[] = [];
  /** What has been found by the keys that were asked for. */
  readonly #found: Readonly<Record<Member, Map<string, Candidate[]>>> = {
    id: new Map(),
    name: new Map(),
    companyId: new Map(),
  };

  /** The items among nodes, and what is loaded below them. */
  static async in(nodes: readonly Node[]): Promise<Candidates> {
    const candidates = new Candidates();
    const waiting = [...nodes].reverse();
    let steps = 0;
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (soughtKindOf(node.item.kind)) {
        candidates.#nodes.push(node);
      }
      const below = node.openedBranch?.nodes ?? [];
      for (let index = below.length - 1; index >= 0; index--) {
        waiting.push(below[index] as Node);
      }
      if (++steps % stepsBetweenLooks === 0) {
        await nextSlice();
      }
    }
    return candidates;
  }

  /** One that a server has answered with, whether it is among the loaded items or not. */
  add(candidate: Candidate): void {
    this.#nodes.push(candidate.node);
    for (const member of members) {
      this.#found[member].get(candidate[member] ?? '')?.push(candidate);
    }
  }

  /** Those that have one of the keys, each once. */
  async having(keys: Keys): Promise<readonly Candidate[]> {
    const missing = members.map(member => new Set([...keys[member]].filter(key => !this.#found[member].has(key))));
    if (missing.some(({ size }) => size > 0)) {
      await this.#search(missing);
    }
    const found = members.flatMap(member => [...keys[member]].flatMap(key => this.#found[member].get(key) ?? []));
    return [...new Map(found.map(candidate => [candidate.node, candidate])).values()];
  }

  async #search(missing: readonly ReadonlySet<string>[]): Promise<void> {
    const [ids, names, companyIds] = missing as [Set<string>, Set<string>, Set<string>];
    for (const [index, member] of members.entries()) {
      for (const key of missing[index] ?? []) {
        this.#found[member].set(key, []);
      }
    }
    let steps = 0;
    for (const node of this.#nodes) {
      const { item } = node;
      const isWanted =
        ids.has(item.id.toLowerCase()) ||
        (names.size > 0 && names.has(folded(item.name))) ||
        (companyIds.size > 0 && companyIds.has(companyIdOf(item) ?? ''));
      const candidate = isWanted ? candidateOf(node) : undefined;
      if (candidate) {
        this.#file(candidate, missing);
      }
      if (++steps % stepsBetweenLooks === 0) {
        await nextSlice();
      }
    }
  }

  /** Puts it where it is found by those of its keys that are asked for. */
  #file(candidate: Candidate, keys: readonly ReadonlySet<string>[]): void {
    for (const [index, member] of members.entries()) {
      const key = candidate[member] ?? '';
      if (keys[index]?.has(key)) {
        this.#found[member].get(key)?.push(candidate);
      }
    }
  }
}
