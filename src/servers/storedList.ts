import type { Label } from '../products/item';
import { labelColors, type SavedFolder, type SavedServer } from './savedServer';

/** Of the stored form; a later version of this extension may write another one. */
export const schema = 1;

/** The list as it is stored. The order of each array is the order of siblings in the tree, folders first. */
export interface StoredList {
  readonly folders: readonly SavedFolder[];
  readonly servers: readonly SavedServer[];
}

const nothing: StoredList = { folders: [], servers: [] };

/** The schema number that somebody has written; zero if there is none. */
export function schemaOf(stored: unknown): number {
  return isObject(stored) && typeof stored.schema === 'number' ? stored.schema : 0;
}

/**
 * What is stored, as far as it makes sense: it may come from another computer through Settings Sync, so nothing is taken
 * for granted. A server in an unknown folder is at the top level, and so is a folder that would be inside of itself.
 */
export function readStored(stored: unknown): StoredList {
  if (!isObject(stored) || schemaOf(stored) !== schema) {
    return nothing;
  }
  const folders = withoutCycles(unique(listOf(stored.folders).filter(isFolder)));
  const known = new Set(folders.map(({ id }) => id));
  const servers = unique(listOf(stored.servers).filter(isServer)).map(server => ({
    ...server,
    folder: known.has(server.folder ?? '') ? server.folder : undefined,
    label: readLabel(server.label),
  }));
  return { folders, servers };
}

/** A label with what is good of it; undefined if nothing is. */
export function readLabel(value: unknown): Label | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const text = typeof value.text === 'string' && value.text.trim() !== '' ? value.text : undefined;
  const color = labelColors.find(each => each === value.color);
  return text === undefined && color === undefined
    ? undefined
    : { ...(text === undefined ? {} : { text }), ...(color === undefined ? {} : { color }) };
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

function unique<T extends { readonly id: string }>(all: readonly T[]): T[] {
  return [...new Map([...all].reverse().map(each => [each.id, each])).values()].reverse();
}

function isFolder(value: unknown): value is SavedFolder {
  return isObject(value) && isText(value.id) && typeof value.name === 'string' && isOptional(value.parent);
}

function isServer(value: unknown): value is SavedServer {
  return (
    isObject(value) &&
    isText(value.id) &&
    isText(value.product) &&
    isText(value.url) &&
    URL.canParse(value.url) &&
    typeof value.name === 'string' &&
    typeof value.userName === 'string' &&
    [value.apiVersion, value.version, value.trustedFingerprint].every(isOptional)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isOptional(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
