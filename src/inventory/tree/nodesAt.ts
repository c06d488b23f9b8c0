import type { Node } from './node';
import { isAt, type NodePlace } from './places';

/** Where a node is, whether it is loaded or not. */
export interface NodePath {
  /** The server's id. */
  readonly server: string;
  /** From below the server down to the node. */
  readonly path: readonly NodePlace[];
}

/** The part of an inventory that this needs. */
interface Tree {
  readonly servers: readonly Node[];
  standIn(server: Node, path: readonly NodePlace[]): Node;
}

/**
 * The nodes at these places: the loaded one or, as long as there is none, one that stands in for it. Those on servers that are not
 * on the list are left out. Each list on the ways to them is gone through once, however many places are in it.
 */
export function nodesAt(tree: Tree, places: readonly NodePath[]): readonly Node[] {
  const servers = new Map(tree.servers.map(node => [node.item.id, node]));
  const found = new Map<NodePath, Node>();
  for (const [id, server] of servers) {
    search(
      server,
      places.filter(place => place.server === id),
      0,
      found,
    );
  }
  return places.flatMap(place => {
    const server = servers.get(place.server);
    return found.get(place) ?? (server ? tree.standIn(server, place.path) : []);
  });
}

/** Notes what is found of these places, which are all at the node or below it. */
function search(node: Node, sought: readonly NodePath[], depth: number, found: Map<NodePath, Node>): void {
  const below = new Map<string, NodePath[]>();
  let left = 0;
  for (const each of sought) {
    const place = each.path[depth];
    if (!place) {
      found.set(each, node);
      continue;
    }
    const name = nameOf(place);
    const same = below.get(name);
    if (same) {
      same.push(each);
    } else {
      below.set(name, [each]);
    }
    left++;
  }
  for (const child of (left > 0 && node.openedBranch?.nodes) || []) {
    const here = (below.get(nameOf(child)) ?? []).filter(({ path }) => isAt(child, path[depth] as NodePlace));
    if (here.length > 0) {
      search(child, here, depth + 1, found);
      left -= here.length;
      if (left === 0) {
        break;
      }
    }
  }
}

/** What an item goes by in its key. */
function nameOf({ item: { id, name } }: Node | NodePlace): string {
  return id || name;
}
