import { isObject } from '../../base/isObject';
import { isOrigin, type SavedFolder, type SavedServer } from './savedServer';
import { isText, readServer, type ServerBasics } from './serverFacts';

/** The version of the stored form. A later version of this extension may write another one. */
export const schema = 1;

/** The list as it is stored. The order of each array is the order of siblings in the tree, folders first. */
export interface StoredList {
  readonly folders: readonly SavedFolder[];
  readonly servers: readonly SavedServer[];
}

interface Identified {
  readonly id: string;
}

const emptyList: StoredList = { folders: [], servers: [] };

/** The schema number that somebody has written; zero if there is none. */
export function schemaOf(stored: unknown): number {
  return isObject(stored) && typeof stored.schema === 'number' ? stored.schema : 0;
}

/**
 * What is stored, as far as it makes sense: it may come from another computer through Settings Sync, so nothing is taken
 * for granted. A server in an unknown folder is at the top level, and so is a folder that would be inside of itself. Facts
 * of the wrong type or form count as absent.
 */
export function readStored(stored: unknown): StoredList {
  if (!isObject(stored) || schemaOf(stored) !== schema) {
    return emptyList;
  }
  const folders = withoutCycles(unique(listOf(stored.folders).filter(isFolder)));
  const known = new Set(folders.map(({ id }) => id));
  const servers = unique(listOf(stored.servers).filter(isServer)).map(server => readServer(server, known));
  return { folders, servers };
}

/**
 * The ids of all servers in the list, also of those that cannot be shown. Undefined where a server may be missing among
 * them: the list is absent, another version's or damaged.
 */
export function listedIds(stored: unknown): readonly string[] | undefined {
  if (!isObject(stored) || schemaOf(stored) !== schema || !Array.isArray(stored.servers)) {
    return undefined;
  }
  const ids: readonly unknown[] = stored.servers.map((server: unknown) => (isObject(server) ? server.id : undefined));
  return ids.every(isText) ? ids : undefined;
}

/**
 * The list as it is to be stored in place of `stored`. What cannot be read there may be another version's or the user's
 * only copy: it stays, each entry behind the one that it was behind.
 */
export function writeStored({ folders, servers }: StoredList, stored: unknown): unknown {
  const before = isObject(stored) && schemaOf(stored) === schema ? stored : {};
  return {
    ...before,
    schema,
    folders: withUnread(folders, listOf(before.folders), isFolder),
    servers: withUnread(servers, listOf(before.servers), isServer),
  };
}

function withUnread(
  entries: readonly Identified[],
  before: readonly unknown[],
  isRead: (value: unknown) => value is Identified,
): readonly unknown[] {
  const left = new Set(entries.map(({ id }) => id));
  const start: unknown[] = [];
  const behind = new Map<string, unknown[]>();
  let place = start;
  for (const each of before) {
    if (!isRead(each)) {
      place.push(each);
    } else if (left.has(each.id) && !behind.has(each.id)) {
      place = [];
      behind.set(each.id, place);
    }
  }
  return [...start, ...entries.flatMap(entry => [entry, ...(behind.get(entry.id) ?? [])])];
}

function withoutCycles(folders: readonly SavedFolder[]): SavedFolder[] {
  const parents = new Map(folders.map(({ id, parent }) => [id, parent]));
  return folders.map(folder => {
    const parent = parents.get(folder.id);
    if (parent === undefined || (parents.has(parent) && !leadsTo(folder.id, parent, parents))) {
      return folder;
    }
    // Cut here, the rest of a cycle hangs below this one.
    parents.set(folder.id, undefined);
    return { id: folder.id, name: folder.name };
  });
}

function leadsTo(id: string, from: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = from; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) {
      return true;
    }
    seen.add(at);
  }
  return false;
}

function unique<T extends Identified>(all: readonly T[]): T[] {
  const seen = new Set<string>();
  return all.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function isFolder(value: unknown): value is SavedFolder {
  return isObject(value) && isText(value.id) && typeof value.name === 'string' && isOptional(value.parent);
}

/** What a server cannot be shown without. */
function isServer(value: unknown): value is ServerBasics {
  return (
    isObject(value) &&
    isText(value.id) &&
    isText(value.product) &&
    isOrigin(value.url) &&
    typeof value.name === 'string' &&
    typeof value.userName === 'string'
  );
}

function isOptional(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
