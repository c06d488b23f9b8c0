import { folded } from '../base/text';
import type { Node } from '../inventory/tree/node';
import type { Item } from '../items/item';
import type { SoughtKind } from '../products/seek';
import { type Candidate, type Candidates, candidateOf, type Keys, soughtKindOf } from './candidates';
import { type Pair, pairOf, type Standing, type Standings, tenantAbove } from './standing';

/** Whether it is the same thing for sure, or only looks like it. */
export type Certainty = 'certain' | 'byName';

/** What an item was recognized by. */
export interface Evidence {
  /** `share`: the repository that a hosted share is on. */
  readonly via: 'itself' | 'company' | 'share' | Pair;
  readonly by?: 'id' | 'name';
}

/** A place where the same thing stands. */
export interface Sighting {
  readonly node: Node;
  readonly certainty: Certainty;
  readonly evidence: Evidence;
}

/** All places where the same thing stands, its own first. What is certain counts before what is not. */
export async function sameThings(
  subject: Node,
  candidates: Candidates,
  standings: Standings,
): Promise<readonly Sighting[]> {
  const search = new SameThings(subject, candidates, standings);
  await search.grow('certain');
  await search.grow('byName');
  return distinct([...search.seen.values()]);
}

/** From one place to the next. */
class SameThings {
  readonly seen = new Map<Node, Sighting>();
  readonly #candidates: Candidates;
  readonly #standings: Standings;

  constructor(subject: Node, candidates: Candidates, standings: Standings) {
    this.#candidates = candidates;
    this.#standings = standings;
    this.seen.set(subject, { node: subject, certainty: 'certain', evidence: { via: 'itself' } });
  }

  /** Goes on until nothing more is found. */
  async grow(least: Certainty): Promise<void> {
    let fresh = [...this.seen.values()].filter(leadsOn);
    while (fresh.length > 0) {
      const traces = new Traces(fresh);
      const before = new Set(this.seen.keys());
      const known = await this.#candidates.having(traces.keys);
      const candidates = known.filter(({ node }) => !this.seen.has(node));
      for (const candidate of candidates) {
        this.#add(candidate, this.#byLinkOrId(candidate, traces), least);
      }
      // Only where no ID tells.
      for (const candidate of least === 'byName' ? candidates : []) {
        this.#add(candidate, this.#byName(candidate, traces), least);
      }
      fresh = [...this.seen.values()].filter(each => !before.has(each.node) && leadsOn(each));
    }
  }

  #add({ node }: Candidate, found: Sighting | undefined, least: Certainty): void {
    if (found && (least === 'byName' || found.certainty === 'certain') && !this.seen.has(node)) {
      this.seen.set(node, found);
    }
  }

  #byLinkOrId(candidate: Candidate, traces: Traces): Sighting | undefined {
    const { node } = candidate;
    const fromCompany = traces.ofCompany(candidate).find(from => from.node.root === node.root);
    if (fromCompany) {
      return { node, certainty: fromCompany.certainty, evidence: { via: 'company' } };
    }
    const standing = this.#standings.of(node);
    let likely: Sighting | undefined;
    for (const from of traces.withId(candidate)) {
      const via = pairOf(this.#standings.of(from.node), standing);
      const certainty = via === 'hostName' ? 'byName' : from.certainty;
      const found = via && { node, certainty, evidence: { via, by: 'id' as const } };
      if (found?.certainty === 'certain') {
        return found;
      }
      likely ??= found;
    }
    if (likely) {
      return likely;
    }
    const from = standing.isToldOf
      ? undefined
      : traces.onRepository(candidate).find(each => pairOf(this.#standings.of(each.node), standing) === 'installation');
    return from && { node, certainty: from.certainty, evidence: { via: 'share', by: 'id' } };
  }

  #byName(candidate: Candidate, traces: Traces): Sighting | undefined {
    const { node, kind } = candidate;
    const standing = this.#standings.of(node);
    for (const from of traces.withName(candidate)) {
      const via = pairOf(this.#standings.of(from.node), standing);
      const isAlike =
        via === 'server'
          ? // The same organization, and its data in a repository.
            kind === 'organization' && isDataOf(node.item) !== isDataOf(from.node.item)
          : via !== undefined && !this.#isKnownById(kind, standing) && haveSameTenant(node, from.node);
      if (isAlike && via) {
        return { node, certainty: 'byName', evidence: { via, by: 'name' } };
      }
    }
    return undefined;
  }

  #isKnownById(kind: SoughtKind, standing: Standing): boolean {
    return [...this.seen.values()].some(
      ({ node, evidence }) =>
        evidence.by === 'id' && soughtKindOf(node.item.kind) === kind && this.#standings.of(node) === standing,
    );
  }
}

/** The repository of a share is not the company's own: what else is the same repository belongs to others, too. */
function leadsOn({ evidence }: Sighting): boolean {
  return evidence.via !== 'share';
}

/** What the places found so far have in common with others. */
class Traces {
  readonly #ids = new Map<string, Sighting[]>();
  readonly #names = new Map<string, Sighting[]>();
  readonly #companies = new Map<string, Sighting[]>();
  readonly #repositories = new Map<string, Sighting[]>();

  constructor(sightings: readonly Sighting[]) {
    for (const sighting of sightings) {
      const candidate = candidateOf(sighting.node);
      if (candidate) {
        add(this.#ids, candidate.id, sighting);
        add(this.#names, candidate.name, sighting);
        add(this.#companies, candidate.companyId, sighting);
        const { item } = sighting.node;
        add(this.#repositories, item.kind === 'hostedResource' ? item.repositoryId?.toLowerCase() : '', sighting);
      }
    }
  }

  get keys(): Keys {
    return {
      id: new Set([...this.#ids.keys(), ...this.#repositories.keys()]),
      name: new Set(this.#names.keys()),
      companyId: new Set(this.#companies.keys()),
    };
  }

  ofCompany({ companyId }: Candidate): readonly Sighting[] {
    return this.#companies.get(companyId ?? '') ?? [];
  }

  withId({ id, kind }: Candidate): readonly Sighting[] {
    return (this.#ids.get(id) ?? []).filter(({ node }) => soughtKindOf(node.item.kind) === kind);
  }

  withName({ name, kind }: Candidate): readonly Sighting[] {
    return (this.#names.get(name) ?? []).filter(({ node }) => soughtKindOf(node.item.kind) === kind);
  }

  onRepository({ id, kind }: Candidate): readonly Sighting[] {
    return kind === 'repository' ? (this.#repositories.get(id) ?? []) : [];
  }
}

function add(map: Map<string, Sighting[]>, key: string | undefined, sighting: Sighting): void {
  if (key) {
    const all = map.get(key);
    if (all) {
      all.push(sighting);
    } else {
      map.set(key, [sighting]);
    }
  }
}

/** Whether it is an organization's data in one repository. */
function isDataOf(item: Item): boolean {
  return 'repositoryId' in item && item.repositoryId !== undefined;
}

/** Subtenants of different tenants may have the same name. */
function haveSameTenant(one: Node, other: Node): boolean {
  if (one.item.kind !== 'subtenant') {
    return true;
  }
  const [first, second] = [tenantAbove(one)?.item, tenantAbove(other)?.item];
  return (
    first !== undefined &&
    second !== undefined &&
    (first.id.toLowerCase() === second.id.toLowerCase() || folded(first.name) === folded(second.name))
  );
}

/** What stands twice on a server, such as a tenant at its site and below its company, counts once. */
function distinct(sightings: readonly Sighting[]): readonly Sighting[] {
  const byIdentity = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const { item, root } = sighting.node;
    const data = 'repositoryId' in item ? item.repositoryId : '';
    const identity = JSON.stringify([root.key, item.kind, item.id.toLowerCase() || item.name, item.standsOn, data]);
    if (!byIdentity.has(identity)) {
      byIdentity.set(identity, sighting);
    }
  }
  return [...byIdentity.values()];
}
