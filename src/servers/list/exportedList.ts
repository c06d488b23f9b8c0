import * as l10n from '@vscode/l10n';
import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type { Label } from '../../items/item';
import type { SavedSignIns } from '../../products/registry';
import { factsInFile } from './factsInFile';
import { isUnnamedKind, originOf, productOf } from './savedServer';
import { isText } from './serverFacts';
import type { StoredList } from './storedList';

/** A server as it stands in an exported file; `media/servers.schema.json` documents it. There is no field for a secret. */
export interface ListedServer extends SavedSignIns {
  readonly name: string;
  readonly product: string;
  readonly url: string;
  readonly userName: string;
  readonly apiVersion?: string;
  readonly trustedFingerprint?: string;
  readonly accountKind?: string;
  readonly noProxy?: boolean;
  /** Names of folders from the outside in. */
  readonly folder?: readonly string[];
  readonly label?: Label;
}

/** An entry that was not taken, and why. */
export interface Refusal {
  /** The entry's name, or its number. */
  readonly entry: string;
  readonly reason: string;
}

export interface FileContent {
  readonly servers: readonly ListedServer[];
  readonly refused: readonly Refusal[];
  /** Places in the file that carry passwords or tokens, which are not read. */
  readonly withSecrets: number;
}

/** More than anybody has, little enough to be read at once. */
export const largestFile = 5 * 1024 * 1024;
const mostServers = 5_000;

const version = 1;

/** The list as a file to hand on, with those facts alone that are meant for files. */
export function writeFile({ folders, servers }: StoredList): string {
  const content = {
    version,
    servers: servers.map(server => ({
      name: server.name,
      product: server.product,
      // Without a port it would be read as the product's own one.
      url: new URL(server.url).port === '' ? `https://${new URL(server.url).hostname}:443` : server.url,
      userName: server.userName,
      ...Object.fromEntries(
        factsInFile
          .filter(({ name }) => server[name] !== undefined)
          .map(({ name, inFile }) => [name, inFile.write(server[name], folders)]),
      ),
    })),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What is in a file that anybody may have written, or a sentence that says why it is no list of servers. */
export function readFile(text: string): FileContent | string {
  if (text.length > largestFile) {
    return tooLarge();
  }
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return l10n.t('The file is not valid JSON.');
  }
  if (isObject(content) && Number.isInteger(content.version) && Number(content.version) > version) {
    return l10n.t('The file was written by a later version of this extension. Update the extension to import it.');
  }
  if (!isObject(content) || content.version !== version || !Array.isArray(content.servers)) {
    return l10n.t('The file is not a list of servers: "version" or "servers" is missing or invalid.');
  }
  const entries: readonly unknown[] = content.servers;
  if (entries.length > mostServers) {
    return l10n.t('The file has more than {0} servers.', mostServers);
  }
  const servers: ListedServer[] = [];
  const refused: Refusal[] = [];
  let withSecrets = Object.keys(content).some(isSecret) ? 1 : 0;
  for (const [index, entry] of entries.entries()) {
    withSecrets += carriesSecret(entry) ? 1 : 0;
    const server = readEntry(entry);
    if (typeof server === 'string') {
      refused.push({ entry: titleOf(entry, index), reason: server });
    } else {
      servers.push(server);
    }
  }
  return { servers, refused, withSecrets };
}

export function tooLarge(): string {
  return l10n.t('The file is too large to be a list of servers.');
}

/** The server, or what is wrong with it. */
function readEntry(entry: unknown): ListedServer | string {
  if (!isObject(entry)) {
    return l10n.t('it is not an object');
  }
  if (['__proto__', 'constructor', 'prototype'].some(key => Object.hasOwn(entry, key))) {
    return l10n.t('it has an unknown field');
  }
  const { name, product, url, userName } = entry;
  const info = isText(product) ? productOf({ product }) : undefined;
  if (!info) {
    return l10n.t('its product is not supported by this version');
  }
  const origin = isText(url) ? originOf(url, info.defaultPort) : undefined;
  if (!origin) {
    return l10n.t('its address is not an https address');
  }
  const isUnnamed = isUnnamedKind(info, entry.accountKind);
  if (!(isUnnamed ? userName === '' : isText(userName))) {
    return l10n.t('its user name is missing or invalid');
  }
  if (!isText(name)) {
    return l10n.t('its name is missing or invalid');
  }
  const facts: Record<string, unknown> = {};
  for (const { name: fact, inFile } of factsInFile) {
    const value = entry[fact];
    const read = value === undefined ? undefined : inFile.read(value, info);
    if (value !== undefined && read === undefined) {
      return inFile.problem();
    }
    if (read !== undefined) {
      facts[fact] = read;
    }
  }
  return { ...facts, name: oneLine(name), product: info.id, url: origin, userName: String(userName) };
}

/** Any other text of it may hold a password, such as an address in any of the spellings that parsers put up with. */
function titleOf(entry: unknown, index: number): string {
  return isObject(entry) && isText(entry.name) ? oneLine(entry.name, 60) : l10n.t('entry {0}', index + 1);
}

function carriesSecret(entry: unknown): boolean {
  return (
    isObject(entry) &&
    Object.entries(entry).some(
      ([key, value]) => isSecret(key) || (isObject(value) && Object.keys(value).some(isSecret)),
    )
  );
}

/** Names of fields by which people and programs hand on secrets. */
function isSecret(key: string): boolean {
  return /pass|secret|token|credential|pwd|api_?key|privatekey|pfx/i.test(key);
}
