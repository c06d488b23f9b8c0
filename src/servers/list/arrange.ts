import type { SavedFolder } from './savedServer';
import type { StoredList } from './storedList';

/** Servers and folders by their ids. */
export interface Things {
  readonly folders: readonly string[];
  readonly servers: readonly string[];
}

/** Where things are put: at the end of a folder (of the top level without one), or at the place of a server. */
export type Place = { readonly folder: string | undefined } | { readonly server: string };

/** The names of a folder and of those around it, from the outside in. */
export function folderNames(folders: readonly SavedFolder[], id: string | undefined): readonly string[] {
  const folder = folders.find(each => each.id === id);
  return folder ? [...folderNames(folders, folder.parent), folder.name] : [];
}

/** Whether the folder `id` is `around` or somewhere inside of it. */
export function isWithin(folders: readonly SavedFolder[], id: string | undefined, around: string): boolean {
  return id !== undefined && (id === around || isWithin(folders, folders.find(each => each.id === id)?.parent, around));
}

/**
 * Puts things somewhere else, in the order they have. A folder takes along what is in it, and cannot go into itself. A
 * server that takes the place of a sibling further down comes behind it, as otherwise none could become the last.
 */
export function move(list: StoredList, things: Things, to: Place): StoredList {
  const target = 'server' in to ? list.servers.find(({ id }) => id === to.server) : undefined;
  const folder = 'server' in to ? target?.folder : to.folder;
  if (('server' in to && !target) || (folder !== undefined && !list.folders.some(({ id }) => id === folder))) {
    return list; // gone meanwhile
  }
  const { folders, servers } = list;
  const movedFolders = folders.filter(
    ({ id, parent }) =>
      things.folders.includes(id) &&
      !isWithin(folders, folder, id) &&
      !things.folders.some(other => isWithin(folders, parent, other)),
  );
  const movedServers = servers.filter(
    server =>
      things.servers.includes(server.id) && !movedFolders.some(({ id }) => isWithin(folders, server.folder, id)),
  );
  if (movedFolders.length + movedServers.length === 0) {
    return list;
  }
  const resting = servers.filter(server => !movedServers.includes(server));
  let index = resting.length;
  if (target) {
    if (movedServers.includes(target)) {
      return list; // onto one of themselves
    }
    const downwards =
      movedServers.every(each => each.folder === folder) && comesBefore(servers, movedServers[0], target);
    index = resting.indexOf(target) + (downwards ? 1 : 0);
  }
  return {
    folders: [
      ...folders.filter(each => !movedFolders.includes(each)),
      ...movedFolders.map(each => ({ ...each, parent: folder })),
    ],
    servers: resting.toSpliced(index, 0, ...movedServers.map(each => ({ ...each, folder }))),
  };
}

/** Moves things one place up or down among their siblings. */
export function shift(list: StoredList, things: Things, by: -1 | 1): StoredList {
  if (things.folders.length + things.servers.length === 0) {
    return list;
  }
  return {
    folders: shiftAmong(list.folders, things.folders, by, ({ parent }) => parent),
    servers: shiftAmong(list.servers, things.servers, by, ({ folder }) => folder),
  };
}

function shiftAmong<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[],
  by: -1 | 1,
  groupOf: (each: T) => string | undefined,
): readonly T[] {
  const result = [...all];
  // The one that goes ahead first, so that neighbours move together.
  const going = all.filter(({ id }) => ids.includes(id));
  for (const each of by < 0 ? going : going.reverse()) {
    const at = result.indexOf(each);
    const siblings = result.flatMap((other, index) => (groupOf(other) === groupOf(each) ? [index] : []));
    const other = siblings[siblings.indexOf(at) + by];
    const neighbour = other === undefined ? undefined : result[other];
    if (other !== undefined && neighbour && !ids.includes(neighbour.id)) {
      result[at] = neighbour;
      result[other] = each;
    }
  }
  return result;
}

/** Takes a folder away; what is in it moves up. */
export function dissolve({ folders, servers }: StoredList, id: string): StoredList {
  const parent = folders.find(each => each.id === id)?.parent;
  return {
    folders: folders.filter(each => each.id !== id).map(each => (each.parent === id ? { ...each, parent } : each)),
    servers: servers.map(each => (each.folder === id ? { ...each, folder: parent } : each)),
  };
}

function comesBefore<T>(all: readonly T[], one: T | undefined, other: T): boolean {
  return one !== undefined && all.indexOf(one) < all.indexOf(other);
}
