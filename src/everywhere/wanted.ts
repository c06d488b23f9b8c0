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
 * @param tenants where the tenant of a subtenant was found
 */
export function wantedOn(
  roots: readonly Node[],
  kind: SoughtKind,
  sightings: readonly Sighting[],
  tenants: readonly Sighting[],
  standings: Standings,
): readonly Wanted[] {
  const like = kindsLike(kind);
  const askedFor = (root: Node, each: SoughtKind): Sought | undefined => {
    if (!like.has(each)) {
      return each === 'repository' ? ofShares(root, sightings, standings) : undefined;
    }
    return each === 'subtenant' ? below(root, sightings, tenants) : wanted(root, each, sightings, standings);
  };
  return roots.flatMap(root =>
    kindsInOrder.flatMap(each => {
      const sought = askedFor(root, each);
      return sought ? [{ root, sought }] : [];
    }),
  );
}

function wanted(
  root: Node,
  kind: SoughtKind,
  sightings: readonly Sighting[],
  standings: Standings,
): Sought | undefined {
  const here = sightings.filter(({ node }) => node.root === root);
  const [companyId] = here.flatMap(({ node }) => companyIdOf(node.item) ?? []);
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
  return elsewhere(root, kind, sightings, standings);
}

/** The same as on other servers, which are known to be the same as this one, or one that it tells of. */
function elsewhere(
  root: Node,
  kind: SoughtKind,
  sightings: readonly Sighting[],
  standings: Standings,
): Sought | undefined {
  const own = standings.ofServer(root);
  const known = sightings
    .filter(({ node }) => soughtKindOf(node.item.kind) === kind)
    .map(({ node }) => ({ item: node.item, standing: standings.of(node) }))
    .map(each => ({ ...each, standsOn: standings.nameOn(root, each.standing) }))
    .filter(
      ({ standing, standsOn }) => standsOn !== undefined || pairOf(standing, own) || mayTellOf(own, standing, kind),
    );
  if (known.length === 0) {
    return undefined;
  }
  return {
    kind,
    ids: unique(known.map(({ item }) => item.id)),
    names: unique(known.map(({ item }) => item.name)),
    standsOn: known.find(({ standsOn }) => standsOn !== undefined)?.standsOn,
    backupServers: unique(known.flatMap(({ standing }) => standing.spelledNames)),
  };
}

/** The repositories that hosted shares are on. */
function ofShares(root: Node, sightings: readonly Sighting[], standings: Standings): Sought | undefined {
  const isFound = sightings.some(({ node, evidence }) => node.root === root && evidence.via === 'share');
  if (isFound || isLoaded(root, 'repository')) {
    return undefined;
  }
  const own = standings.ofServer(root);
  const ids = sightings
    .filter(({ node }) => pairOf(standings.of(node), own) === 'installation')
    .flatMap(({ node: { item } }) => (item.kind === 'hostedResource' ? (item.repositoryId ?? []) : []));
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
function below(root: Node, sightings: readonly Sighting[], tenants: readonly Sighting[]): Sought | undefined {
  const tenant = tenants.find(({ node }) => node.root === root)?.node;
  const isThere = sightings.some(({ node }) => node.root === root);
  if (!tenant || isThere || tenant.openedBranch?.isComplete) {
    return undefined;
  }
  const known = sightings.map(({ node }) => node.item);
  return {
    kind: 'subtenant',
    ids: unique(known.map(({ id }) => id)),
    names: unique(known.map(({ name }) => name)),
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
