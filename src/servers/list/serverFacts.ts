import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type { Label } from '../../items/item';
import type { AccountKind } from '../../products/product';
import {
  type ClientCertificateFiles,
  isApiVersion,
  isLocalPath,
  labelColors,
  microsoftAuthorities,
  type NewServer,
  productOf,
  type SavedMicrosoft365,
  type SavedServer,
} from './savedServer';

/** What a server cannot be shown without. */
type BasicName = 'id' | 'product' | 'name' | 'url' | 'userName';
export type ServerBasics = Pick<SavedServer, BasicName> & Readonly<Record<string, unknown>>;

/** All else that is saved of a server. */
export type FactName = Exclude<keyof SavedServer, BasicName>;

interface Surroundings {
  readonly server: Pick<SavedServer, 'product' | 'url'>;
  /** The ids of all folders. */
  readonly folders: ReadonlySet<string>;
}

interface Fact<Saved> {
  /** What is stored, as far as it makes sense: of the wrong type or form, a fact counts as absent. */
  read(value: unknown, surroundings: Surroundings): Saved | undefined;
  /**
   * `user`: asked for when a server is added or edited, and saved with each edit. `server`: told by the server, and forgotten
   * when it moves to another address or account. Facts without it are set one by one.
   */
  readonly by?: 'user' | 'server';
}

/**
 * Each fact with all that storing and editing need to know of it; `factsInFile.ts` has the same for files. A missing one
 * does not compile.
 */
const serverFacts: { readonly [Name in FactName]-?: Fact<NonNullable<SavedServer[Name]>> } = {
  folder: {
    by: 'user',
    read: (value, { folders }) => (typeof value === 'string' && folders.has(value) ? value : undefined),
  },
  accountKind: {
    by: 'user',
    read: value => accountKinds.find(kind => kind === value),
  },
  apiVersion: {
    by: 'user',
    // A product of a later version of this extension may write its versions in another way.
    read: (value, { server }) => {
      const product = productOf(server);
      return !product || isApiVersion(product, value) ? readString(value) : undefined;
    },
  },
  trustedFingerprint: {
    by: 'user',
    // Without it the certificate has to be one that authorities vouch for.
    read: value => (isFingerprint(value) ? value : undefined),
  },
  noProxy: {
    read: readBoolean,
  },
  microsoft365: {
    read: value => (readMicrosoft365(value) ? (value as SavedMicrosoft365) : undefined),
  },
  label: {
    read: readLabel,
  },
  version: { by: 'server', read: readString },
  certificateExpires: { by: 'server', read: readString },
  clientCertificate: { read: (value, { server }) => readClientCertificate(value, server.url) },
};

const facts = Object.entries(serverFacts) as [FactName, Fact<unknown>][];

/** A stored server with its facts as far as they make sense. */
export function readServer(server: ServerBasics, folders: ReadonlySet<string>): SavedServer {
  return {
    ...server,
    ...Object.fromEntries(facts.map(([name, { read }]) => [name, read(server[name], { server, folders })])),
  };
}

/**
 * What an edit changes of a saved server.
 * @param moved whether it is at another address or has another account now
 */
export function editedFacts(draft: NewServer, moved: boolean): Partial<SavedServer> {
  const { name, product, url, userName } = draft;
  // The draft has none of what the server told.
  const due = facts.filter(([, { by }]) => by === 'user' || (moved && by === 'server'));
  const changed = due.map(([fact]) => [fact, (draft as Partial<SavedServer>)[fact]]);
  return { name, product, url, userName, ...Object.fromEntries(changed) };
}

export const accountKinds: readonly AccountKind[] = ['administrator', 'tenant'];

/** Characters. */
const maxTextLength = 300;

/** Of sane length, and something that can be seen. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTextLength && oneLine(value) !== '';
}

function readString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** In the spelling that all of this extension writes. It is copied along with commands. */
function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[\dA-F]{2}(?::[\dA-F]{2}){31}$/.test(value);
}

export function readMicrosoft365(value: unknown): SavedMicrosoft365 | undefined {
  if (!isObject(value) || !isText(value.clientId) || !isText(value.tenant)) {
    return undefined;
  }
  const { clientId, tenant } = value;
  const authority = microsoftAuthorities.find(each => each === value.authority);
  if (value.authority !== undefined && !authority) {
    return undefined;
  }
  return { clientId, tenant, ...(authority ? { authority } : {}) };
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
