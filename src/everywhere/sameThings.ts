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
  /** Kinds, with where they stand, of which something was recognized by its ID. */
  readonly #knownById = new Set<string>();

  constructor(subject: Node, candidates: Candidates, standings: Standings) {
    this.#candidates = candidates;
    this.#standings = standings;
    this.seen.set(subject, { node: subject, certainty: 'certain', evidence: { via: 'itself' } });
  }

  /** Goes on until nothing more is found. */
  async grow(least: Certainty): Promise<void> {
    let fresh = [...this.seen.values()].filter(leadsOn);
    while (fresh.length > 0) {
      const traces = new Traces(fresh, this.#standings);
      const known = await this.#candidates.having(traces.keys);
      const candidates = known.filter(({ node }) => !this.seen.has(node));
      const found = candidates.flatMap(each => this.#add(this.#byLinkOrId(each, traces), least) ?? []);
      // Only where no ID tells.
      const foundByName =
        least === 'byName' ? candidates.flatMap(each => this.#add(this.#byName(each, traces), least) ?? []) : [];
      fresh = [...found, ...foundByName].filter(leadsOn);
    }
  }

  /** Undefined if it does not count, or was seen before. */
  #add(found: Sighting | undefined, least: Certainty): Sighting | undefined {
    if (!found || (least === 'certain' && found.certainty !== 'certain') || this.seen.has(found.node)) {
      return undefined;
    }
    this.seen.set(found.node, found);
    const kind = soughtKindOf(found.node.item.kind);
    if (found.evidence.by === 'id' && kind) {
      this.#knownById.add(placeOf(kind, this.#standings.of(found.node)));
    }
    return found;
  }

  #byLinkOrId(candidate: Candidate, traces: Traces): Sighting | undefined {
    const { node } = candidate;
    const fromCompany = traces.ofCompany(candidate);
    if (fromCompany) {
      return { node, certainty: fromCompany.certainty, evidence: { via: 'company' } };
    }
    const standing = this.#standings.of(node);
    let likely: Sighting | undefined;
    for (const from of traces.withId(candidate)) {
      const via = pairOf(from.standing, standing);
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
      : traces.onRepository(candidate).find(each => pairOf(each.standing, standing) === 'installation');
    return from && { node, certainty: from.certainty, evidence: { via: 'share', by: 'id' } };
  }

  #byName(candidate: Candidate, traces: Traces): Sighting | undefined {
    const { node, kind } = candidate;
    const standing = this.#standings.of(node);
    const isKnownById = this.#knownById.has(placeOf(kind, standing));
    for (const from of traces.withName(candidate)) {
      const via = pairOf(from.standing, standing);
      const isAlike =
        via === 'server'
          ? // The same organization, and its data in a repository.
            kind === 'organization' && isDataOf(node.item) !== isDataOf(from.node.item)
          : via !== undefined && !isKnownById;
      if (isAlike && via) {
        return { node, certainty: 'byName', evidence: { via, by: 'name' } };
      }
    }
    return undefined;
  }
}

function placeOf(kind: SoughtKind, { key }: Standing): string {
  return `${kind} ${key}`;
}

/** The repository of a share is not the company's own: what else is the same repository belongs to others, too. */
function leadsOn({ evidence }: Sighting): boolean {
  return evidence.via !== 'share';
}

/** A place found so far, as what leads from it to others. */
interface Trace extends Sighting {
  readonly standing: Standing;
}

/** What the places found so far have in common with others. */
class Traces {
  readonly #ids = new Alike();
  readonly #names = new Alike();
  readonly #companies = new Alike();
  readonly #repositories = new Alike();
  readonly keys: Keys;

  constructor(sightings: readonly Sighting[], standings: Standings) {
    const keys = { id: new Set<string>(), name: new Set<string>(), companyId: new Set<string>() };
    for (const sighting of sightings) {
      const { node, certainty } = sighting;
      const { item, root } = node;
      const candidate = candidateOf(node);
      if (candidate) {
        const { kind, id, name, companyId } = candidate;
        const standing = standings.of(node);
        const trace = { ...sighting, standing };
        const place = standing.key;
        const repositoryId = item.kind === 'hostedResource' ? item.repositoryId?.toLowerCase() : undefined;
        if (id) {
          keys.id.add(id);
          this.#ids.add(`${kind} ${id}`, `${place} ${certainty}`, trace);
        }
        if (name) {
          keys.name.add(name);
          for (const tenant of tenantTexts(node)) {
            this.#names.add(JSON.stringify([kind, name, tenant]), `${place} ${isDataOf(item)}`, trace);
          }
        }
        if (companyId) {
          keys.companyId.add(companyId);
          this.#companies.add(`${root.key} ${companyId}`, '', trace);
        }
        if (repositoryId) {
          keys.id.add(repositoryId);
          this.#repositories.add(repositoryId, `${place} ${certainty}`, trace);
        }
      }
    }
    this.keys = keys;
  }

  ofCompany({ node, companyId = '' }: Candidate): Trace | undefined {
    return this.#companies.of(`${node.root.key} ${companyId}`)[0];
  }

  withId({ id, kind }: Candidate): readonly Trace[] {
    return this.#ids.of(`${kind} ${id}`);
  }

  withName({ node, name, kind }: Candidate): readonly Trace[] {
    return tenantTexts(node).flatMap(tenant => this.#names.of(JSON.stringify([kind, name, tenant])));
  }

  onRepository({ id, kind }: Candidate): readonly Trace[] {
    return kind === 'repository' ? this.#repositories.of(id) : [];
  }
}

/** Traces by a text. Of those that tell the same of any candidate the first stands for all: there may be thousands. */
class Alike {
  readonly #all = new Map<string, Map<string, Trace>>();

  add(text: string, tells: string, trace: Trace): void {
    const alike = this.#all.get(text) ?? new Map<string, Trace>();
    this.#all.set(text, alike);
    if (!alike.has(tells)) {
      alike.set(tells, trace);
    }
  }

  of(text: string): readonly Trace[] {
    return [...(this.#all.get(text)?.values() ?? [])];
  }
}

/** Whether it is an organization's data in one repository. */
function isDataOf(item: Item): boolean {
  return 'repositoryId' in item && item.repositoryId !== undefined;
}

/** Subtenants of different tenants may have the same name: what theirs must have in common. */
function tenantTexts(node: Node): readonly string[] {
  if (node.item.kind !== 'subtenant') {
    return [''];
  }
  const tenant = tenantAbove(node)?.item;
  return tenant ? [`id ${tenant.id.toLowerCase()}`, `name ${folded(tenant.name)}`] : [];
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
