import type { Item } from '../../items/item';
import type { Node } from './node';

/** A step on the way from a server down to a node. */
export interface NodePlace {
  readonly item: Item;
  readonly copy: number;
}

/** Where a node is, whether it is loaded or not. */
export interface NodePath {
  /** The server's id. */
  readonly server: string;
  /** From below the server down to the node. */
  readonly path: readonly NodePlace[];
}

/**
 * The loaded nodes at these places, undefined where there is none. Each list on the ways to them is gone through once, however
 * many places are in it.
 */
export function nodesAt(servers: readonly Node[], places: readonly NodePath[]): readonly (Node | undefined)[] {
  const found: (Node | undefined)[] = places.map(() => undefined);
  const search = (node: Node, sought: readonly number[], depth: number): void => {
    const below = new Map<string, number[]>();
    let left = 0;
    for (const index of sought) {
      const place = places[index]?.path[depth];
      if (!place) {
        found[index] = node;
        continue;
      }
      const name = nameOf(place.item);
      const some = below.get(name);
      if (some) {
        some.push(index);
      } else {
        below.set(name, [index]);
      }
      left++;
    }
    for (const child of (left > 0 && node.openedBranch?.nodes) || []) {
      const here = below.get(nameOf(child.item))?.filter(index => isAt(child, places[index]?.path[depth])) ?? [];
      if (here.length > 0) {
        search(child, here, depth + 1);
        left -= here.length;
        if (left === 0) {
          break;
        }
      }
    }
  };
  const ofServers = new Map<string, number[]>();
  for (const [index, { server }] of places.entries()) {
    ofServers.set(server, [...(ofServers.get(server) ?? []), index]);
  }
  for (const server of servers) {
    const sought = ofServers.get(server.item.id);
    if (sought) {
      search(server, sought, 0);
    }
  }
  return found;
}

/** What an item goes by in its key. */
function nameOf({ id, name }: Item): string {
  return id || name;
}

function isAt(node: Node, place: NodePlace | undefined): boolean {
  const { item } = node;
  return place?.item.kind === item.kind && place.item.id === item.id && place.copy === node.copy;
}
