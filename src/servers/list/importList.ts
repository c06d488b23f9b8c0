import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { Label } from '../../items/item';
import type { SavedSignIns } from '../../products/registry';
import { ownerOf } from '../session/serverSecrets';
import type { FileContent, ListedServer, Refusal } from './exportedList';
import { factsInFile } from './factsInFile';
import type { SavedFolder, SavedServer } from './savedServer';
import type { StoredList } from './storedList';

/** What a file may change of a server that is in the list already. Whom it trusts is not among it. */
export interface ImportedFacts extends SavedSignIns {
  readonly name: string;
  /** Names of folders from the outside in. */
  readonly folder: readonly string[];
  readonly apiVersion: string | undefined;
  readonly noProxy: boolean;
  readonly webConsole: string | undefined;
  readonly label: Label | undefined;
}

/** One fact that the file tells otherwise than the list. */
export interface Change {
  readonly server: SavedServer;
  readonly fact: keyof ImportedFacts;
  readonly before: ImportedFacts;
  readonly after: ImportedFacts;
}

/** What a file means for the list. Nothing is removed. */
export interface ImportPlan {
  readonly added: readonly ListedServer[];
  /** All of them: each one is for the user to decide. */
  readonly changes: readonly Change[];
  /** Servers of the file that are in the list. */
  readonly known: number;
  readonly skipped: readonly Refusal[];
  /** Servers for which the file names another certificate than is trusted here, or one where authorities verify it. */
  readonly keptCertificates: readonly string[];
}

/** What the user has agreed to, of what the plan has. */
export interface Agreed {
  readonly changes: ReadonlySet<Change>;
  /** Added servers whose certificate is trusted as the file names it. */
  readonly certificates: ReadonlySet<ListedServer>;
}

/**
 * Compares a file with the list. A server with the same product, address and account (a tenant's and an administrator's of
 * one name are two) is the same one.
 */
export function planImport(list: StoredList, file: FileContent): ImportPlan {
  const added: ListedServer[] = [];
  const changes: Change[] = [];
  const skipped = [...file.refused];
  const keptCertificates: string[] = [];
  const seen = new Set<string>();
  const byOwner = ownersOf(list);
  for (const entry of file.servers) {
    const identity = ownerOf(entry);
    if (seen.has(identity)) {
      skipped.push({ entry: entry.name, reason: l10n.t('it is in the file twice') });
      continue;
    }
    seen.add(identity);
    const server = byOwner.get(identity);
    if (!server) {
      added.push(entry);
      continue;
    }
    if (entry.trustedFingerprint && entry.trustedFingerprint !== server.trustedFingerprint) {
      keptCertificates.push(entry.name);
    }
    const before = factsOf(server, list.folders);
    const after = toldBy(entry, before);
    const differing = factNames.filter(fact => !isSame(before[fact], after[fact]));
    changes.push(...differing.map(fact => ({ server, fact, before, after })));
  }
  return { added, changes, known: seen.size - added.length, skipped, keptCertificates };
}

/** Added servers for which the file would have this computer trust a certificate. */
export function newCertificates({ added }: ImportPlan): readonly ListedServer[] {
  return added.filter(({ trustedFingerprint }) => trustedFingerprint !== undefined);
}

/**
 * The list as it becomes. It may have changed since the plan was made: what is not any more as the user saw it stays as it is.
 */
export function carryOut(list: StoredList, { added }: ImportPlan, { changes, certificates }: Agreed): StoredList {
  const folders = [...list.folders];
  const byOwner = ownersOf(list);
  const agreed = new Map<string, Change[]>();
  for (const change of changes) {
    agreed.set(change.server.id, [...(agreed.get(change.server.id) ?? []), change]);
  }
  const changed = list.servers.map(server => {
    const due = agreed.get(server.id) ?? [];
    const now = due.length > 0 ? factsOf(server, list.folders) : undefined;
    const facts = due
      .filter(({ server: shown }) => ownerOf(shown) === ownerOf(server))
      .filter(({ fact, before }) => isSame(now?.[fact], before[fact]))
      .map(({ fact, after }) => stored(after, fact, folders));
    return Object.assign({ ...server }, ...facts) as SavedServer;
  });
  const servers = added
    .filter(entry => !byOwner.has(ownerOf(entry)))
    .map((entry): SavedServer => {
      const { folder, trustedFingerprint, ...facts } = entry;
      return {
        id: randomUUID(),
        ...facts,
        ...(folder ? { folder: folderAt(folders, folder) } : {}),
        ...(certificates.has(entry) ? { trustedFingerprint } : {}),
      };
    });
  return added.length + changes.size === 0 ? list : { folders, servers: [...changed, ...servers] };
}

const importedFacts = factsInFile.filter(({ inFile }) => inFile.isImported);

const factNames = ['name', ...importedFacts.map(({ name }) => name)] as readonly (keyof ImportedFacts)[];

function factsOf(server: SavedServer, folders: readonly SavedFolder[]): ImportedFacts {
  const facts = importedFacts.map(({ name, inFile }) => {
    const value = server[name];
    return [name, value === undefined ? inFile.absent : inFile.write(value, folders)];
  });
  return { name: server.name, ...Object.fromEntries(facts) };
}

/** What the file does not tell stays. */
function toldBy(entry: ListedServer, before: ImportedFacts): ImportedFacts {
  const told: Partial<ImportedFacts> = entry;
  return Object.fromEntries(factNames.map(fact => [fact, told[fact] ?? before[fact]])) as unknown as ImportedFacts;
}

/** Members without a value count as absent. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(...([one, other].map(value => JSON.parse(JSON.stringify([value]))) as [unknown, unknown]));
}

/** One of the facts as it is saved. */
function stored(facts: ImportedFacts, fact: keyof ImportedFacts, folders: SavedFolder[]): Partial<SavedServer> {
  return { [fact]: fact === 'folder' ? folderAt(folders, facts.folder) : facts[fact] };
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

/** The servers by their accounts; of two with the same account, the first one. */
function ownersOf({ servers }: StoredList): ReadonlyMap<string, SavedServer> {
  return new Map(servers.toReversed().map(server => [ownerOf(server), server]));
}
