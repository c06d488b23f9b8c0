import type { Node } from '../inventory/tree/node';
import type { Sought, SoughtKind } from '../products/seek';
import { companyIdOf, kindsLike, soughtKindOf } from './candidates';
import type { Sighting } from './sameThings';
import { pairOf, type Standing, type Standings, tenantAbove } from './standing';

/** What one server is asked for. */
export interface Wanted {
  readonly root: Node;
  readonly sought: Sought;
}

/** The order in which one leads to the next. */
export const kindsInOrder: readonly SoughtKind[] = [
  'company',
  'tenant',
  'organization',
  'hostedResource',
  'subtenant',
  'repository',
];

/**
 * What is worth asking servers for, after what was found so far. Nothing is asked for where all of it is loaded, or where
 * something was found already.
 * @param tenants where the tenant of a subtenant was found, by server
 */
export function wantedOn(
  roots: readonly Node[],
  kind: SoughtKind,
  sightings: readonly Sighting[],
  tenants: ReadonlyMap<Node, Node>,
  standings: Standings,
): readonly Wanted[] {
  const like = kindsLike(kind);
  const found = new Found(sightings, standings);
  const askedFor = (root: Node, each: SoughtKind): Sought | undefined => {
    if (!like.has(each)) {
      return each === 'repository' ? ofShares(root, found, standings) : undefined;
    }
    return each === 'subtenant' ? below(root, found, tenants.get(root)) : wanted(root, each, found, standings);
  };
  return roots.flatMap(root =>
    kindsInOrder.flatMap(each => {
      const sought = askedFor(root, each);
      return sought ? [{ root, sought }] : [];
    }),
  );
}

/** What stands together, and is of one kind. */
interface Together {
  readonly standing: Standing;
  readonly ids: Set<string>;
  readonly names: Set<string>;
}

/** What was found so far, gone through once: there may be thousands of places, and each server is compared with all of it. */
class Found {
  readonly #onRoots = new Map<Node, Sighting[]>();
  readonly #together = new Map<SoughtKind, Map<Standing, Together>>();
  /** The repositories that hosted shares are on, by where the shares stand. */
  readonly repositoryIds = new Map<Standing, Set<string>>();
  readonly ids = new Set<string>();
  readonly names = new Set<string>();

  constructor(sightings: readonly Sighting[], standings: Standings) {
    for (const sighting of sightings) {
      const { item, root } = sighting.node;
      const standing = standings.of(sighting.node);
      this.ids.add(item.id);
      this.names.add(item.name);
      added(this.#onRoots, root, () => []).push(sighting);
      const kind = soughtKindOf(item.kind);
      if (kind) {
        const ofKind = added(this.#together, kind, () => new Map<Standing, Together>());
        const together = added(ofKind, standing, () => ({ standing, ids: new Set(), names: new Set() }));
        together.ids.add(item.id);
        together.names.add(item.name);
      }
      if (item.kind === 'hostedResource' && item.repositoryId) {
        added(this.repositoryIds, standing, () => new Set()).add(item.repositoryId);
      }
    }
  }

  on(root: Node): readonly Sighting[] {
    return this.#onRoots.get(root) ?? [];
  }

  together(kind: SoughtKind): readonly Together[] {
    return [...(this.#together.get(kind)?.values() ?? [])];
  }
}

/** The value of the key, which is made if there is none. */
function added<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function wanted(root: Node, kind: SoughtKind, found: Found, standings: Standings): Sought | undefined {
  const here = found.on(root);
  const companyId = here.map(({ node }) => companyIdOf(node.item)).find(id => id !== undefined);
  const isThere = here.some(({ node }) => soughtKindOf(node.item.kind) === kind);
  if (companyId !== undefined && kind === 'company') {
    return isThere ? undefined : { kind, ids: [companyId], names: [], backupServers: [] };
  }
  if (companyId !== undefined) {
    return isLoadedOfCompany(root, kind, companyId)
      ? undefined
      : { kind, ids: [], names: [], companyId, backupServers: [] };
  }
  if (isThere || isLoaded(root, kind)) {
    return undefined;
  }
  return elsewhere(root, kind, found, standings);
}

/** The same as on other servers, which are known to be the same as this one, or one that it tells of. */
function elsewhere(root: Node, kind: SoughtKind, found: Found, standings: Standings): Sought | undefined {
  const own = standings.ofServer(root);
  const known = found
    .together(kind)
    .map(each => ({ ...each, standsOn: standings.nameOn(root, each.standing) }))
    .filter(
      ({ standing, standsOn }) => standsOn !== undefined || pairOf(standing, own) || mayTellOf(own, standing, kind),
    );
  if (known.length === 0) {
    return undefined;
  }
  return {
    kind,
    ids: unique(known.flatMap(({ ids }) => [...ids])),
    names: unique(known.flatMap(({ names }) => [...names])),
    standsOn: known.find(({ standsOn }) => standsOn !== undefined)?.standsOn,
    backupServers: unique(known.flatMap(({ standing }) => standing.spelledNames)),
  };
}

/** The repositories that hosted shares are on. */
function ofShares(root: Node, found: Found, standings: Standings): Sought | undefined {
  const isFound = found.on(root).some(({ evidence }) => evidence.via === 'share');
  if (isFound || isLoaded(root, 'repository')) {
    return undefined;
  }
  const own = standings.ofServer(root);
  const ids = [...found.repositoryIds].flatMap(([standing, each]) =>
    pairOf(standing, own) === 'installation' ? [...each] : [],
  );
  return ids.length === 0 ? undefined : { kind: 'repository', ids: unique(ids), names: [], backupServers: [] };
}

/**
 * Whether the server may tell of a host whose name is known. Those that are installations of their own have what is theirs
 * alone, but tenants are told of by several.
 */
function mayTellOf(own: Standing, { hostNames }: Standing, kind: SoughtKind): boolean {
  return hostNames.length > 0 && (kind === 'tenant' || own.installationId === undefined);
}

/** Subtenants are asked for below their tenant. */
function below(root: Node, found: Found, tenant: Node | undefined): Sought | undefined {
  if (!tenant || found.on(root).length > 0 || tenant.openedBranch?.isComplete) {
    return undefined;
  }
  return {
    kind: 'subtenant',
    ids: unique([...found.ids]),
    names: unique([...found.names]),
    tenant: tenant.item,
    backupServers: [],
  };
}

/** Where the tenant of a subtenant is in the tree. */
export function tenantOf(subject: Node): Node | undefined {
  return subject.item.kind === 'subtenant' ? tenantAbove(subject) : undefined;
}

/** Whether all of them are loaded that stand below headings of a node. */
function isLoaded(node: Node, kind: SoughtKind): boolean {
  const own = headings(node).filter(({ item }) => item.kind === 'group' && soughtKindOf(item.contains) === kind);
  return own.length > 0 && own.every(heading => isComplete(heading, kind));
}

function isLoadedOfCompany(root: Node, kind: SoughtKind, companyId: string): boolean {
  return headings(root)
    .filter(({ item }) => item.kind === 'group' && item.contains === 'company')
    .flatMap(heading => heading.openedBranch?.nodes ?? [])
    .filter(({ item }) => item.id.toLowerCase() === companyId)
    .some(company => isLoaded(company, kind));
}

function headings({ openedBranch }: Node): readonly Node[] {
  return (openedBranch?.nodes ?? []).filter(({ item }) => item.kind === 'group');
}

/** Extents stand below their scale-out repositories, in headings of these. */
function isComplete({ openedBranch }: Node, kind: SoughtKind): boolean {
  return (
    openedBranch?.isComplete === true &&
    openedBranch.nodes.every(node => node.item.kind !== 'scaleOutRepository' || isLoaded(node, kind))
  );
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter(text => text !== ''))];
}
