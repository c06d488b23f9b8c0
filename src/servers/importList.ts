import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { FileContent, ListedServer, Refusal } from './listFile';
import type { SavedFolder, SavedServer } from './savedServer';
import { ownerOf } from './serverSecrets';
import type { StoredList } from './storedList';

export interface Import {
  /** What the list becomes. */
  readonly list: StoredList;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: readonly Refusal[];
  /** Servers for which another certificate is trusted here than the file says; that stays as it is. */
  readonly keptCertificates: readonly string[];
}

/** Certificates that the file would have this computer trust and that it does not trust yet. */
export function newCertificates(list: StoredList, { servers }: FileContent): readonly ListedServer[] {
  return servers.filter(server => server.trustedFingerprint && !find(list.servers, server)?.trustedFingerprint);
}

/**
 * Adds the servers of a file to the list. A server with the same product, address and account (a tenant's and an
 * administrator's of one name are two) takes over everything else that the file tells. Nothing is removed.
 * @param trusted whether the user has agreed to trust the file's certificates; one that is trusted already stays
 */
export function importInto(list: StoredList, file: FileContent, trusted: boolean): Import {
  const folders = [...list.folders];
  const servers = [...list.servers];
  const skipped = [...file.refused];
  const keptCertificates: string[] = [];
  const seen = new Set<string>();
  let added = 0;
  let updated = 0;
  for (const entry of file.servers) {
    const identity = ownerOf(entry);
    if (seen.has(identity)) {
      skipped.push({ entry: entry.name, reason: l10n.t('it is in the file twice') });
      continue;
    }
    seen.add(identity);
    const { folder: path, trustedFingerprint, ...facts } = entry;
    const known = find(servers, entry);
    const pin = known?.trustedFingerprint ?? (trusted ? trustedFingerprint : undefined);
    if (known?.trustedFingerprint && trustedFingerprint && known.trustedFingerprint !== trustedFingerprint) {
      keptCertificates.push(entry.name);
    }
    const server: SavedServer = {
      id: randomUUID(),
      ...known,
      ...facts,
      ...(path ? { folder: folderAt(folders, path) } : {}),
      ...(pin ? { trustedFingerprint: pin } : {}),
    };
    if (!known) {
      servers.push(server);
      added++;
    } else if (!sameFacts(server, known)) {
      servers[servers.indexOf(known)] = server;
      updated++;
    }
  }
  return {
    list: added + updated === 0 ? list : { folders, servers },
    added,
    updated,
    unchanged: seen.size - added - updated,
    skipped,
    keptCertificates,
  };
}

/** The id of the folder with that path; what is missing of it is made. */
function folderAt(folders: SavedFolder[], path: readonly string[]): string | undefined {
  let parent: string | undefined;
  for (const name of path) {
    let folder = folders.find(each => each.parent === parent && each.name === name);
    if (!folder) {
      folder = { id: randomUUID(), name, parent };
      folders.push(folder);
    }
    parent = folder.id;
  }
  return parent;
}

function find(servers: readonly SavedServer[], entry: ListedServer): SavedServer | undefined {
  const identity = ownerOf(entry);
  return servers.find(server => ownerOf(server) === identity);
}

/** Of two servers with the same owner. */
function sameFacts(one: SavedServer, other: SavedServer): boolean {
  return (
    one.name === other.name &&
    one.folder === other.folder &&
    one.apiVersion === other.apiVersion &&
    one.trustedFingerprint === other.trustedFingerprint &&
    // Absent means the same as false.
    (one.noProxy ?? false) === (other.noProxy ?? false) &&
    one.microsoft365?.clientId === other.microsoft365?.clientId &&
    one.microsoft365?.tenant === other.microsoft365?.tenant &&
    one.microsoft365?.authority === other.microsoft365?.authority &&
    one.label?.text === other.label?.text &&
    one.label?.color === other.label?.color
  );
}
