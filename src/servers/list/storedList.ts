import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type { Label } from '../../items/item';
import type { AccountKind } from '../../products/product';
import {
  type ClientCertificateFiles,
  isApiVersion,
  isLocalPath,
  isOrigin,
  labelColors,
  microsoftAuthorities,
  productOf,
  type SavedFolder,
  type SavedMicrosoft365,
  type SavedServer,
} from './savedServer';

/** Of the stored form; a later version of this extension may write another one. */
export const schema = 1;

/** The list as it is stored. The order of each array is the order of siblings in the tree, folders first. */
export interface StoredList {
  readonly folders: readonly SavedFolder[];
  readonly servers: readonly SavedServer[];
}

interface Identified {
  readonly id: string;
}

/** Nothing is known yet of the other facts. */
type ServerBasics = Pick<SavedServer, 'id' | 'product' | 'name' | 'url' | 'userName'> &
  Readonly<Record<string, unknown>>;

const accountKinds: readonly AccountKind[] = ['administrator', 'tenant'];

const longestText = 300;

const nothing: StoredList = { folders: [], servers: [] };

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
    return nothing;
  }
  const folders = withoutCycles(unique(listOf(stored.folders).filter(isFolder)));
  const known = new Set(folders.map(({ id }) => id));
  const servers = unique(listOf(stored.servers).filter(isServer)).map(server => ({
    ...server,
    // A product of a later version of this extension may write its versions in another way.
    apiVersion: readApiVersion(server),
    version: readText(server.version),
    // Without it the certificate has to be one that authorities vouch for.
    trustedFingerprint: isFingerprint(server.trustedFingerprint) ? server.trustedFingerprint : undefined,
    certificateExpires: readText(server.certificateExpires),
    accountKind: accountKinds.find(kind => kind === server.accountKind),
    microsoft365: isMicrosoft365(server.microsoft365) ? server.microsoft365 : undefined,
    noProxy: typeof server.noProxy === 'boolean' ? server.noProxy : undefined,
    clientCertificate: readClientCertificate(server.clientCertificate, server.url),
    folder: typeof server.folder === 'string' && known.has(server.folder) ? server.folder : undefined,
    label: readLabel(server.label),
  }));
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

function readApiVersion(server: SavedServer): string | undefined {
  const product = productOf(server);
  return !product || isApiVersion(product, server.apiVersion) ? readText(server.apiVersion) : undefined;
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

/** A label with what is good of it; undefined if nothing is. */
export function readLabel(value: unknown): Label | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const text = isText(value.text) ? oneLine(value.text) : undefined;
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

function isMicrosoft365(value: unknown): value is SavedMicrosoft365 {
  return (
    isObject(value) &&
    isText(value.clientId) &&
    isText(value.tenant) &&
    (value.authority === undefined || microsoftAuthorities.some(each => each === value.authority))
  );
}

/** In the spelling that all of this extension writes. It is copied along with commands. */
function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[\dA-F]{2}(?::[\dA-F]{2}){31}$/.test(value);
}

/** Without an address of its own it is that of the server, as what is chosen now has none yet. */
function readClientCertificate(value: unknown, url: string): ClientCertificateFiles | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const { pfx, cert, key, address = url } = value;
  const files = [pfx, cert, key].filter(file => file !== undefined);
  return files.length > 0 && files.every(isLocalPath) && address === url
    ? { ...(value as ClientCertificateFiles), address }
    : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Of sane length, and something that can be seen. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText && oneLine(value) !== '';
}

function isOptional(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
