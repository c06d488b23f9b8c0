import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import type { Label } from '../../items/item';
import type { SavedSignIns } from '../../products/registry';
import { products } from '../../products/registry';
import { type SavedSignIn, type SignInSettings, usualAccountKind } from '../../products/signIn';
import {
  type ClientCertificateFiles,
  isApiVersion,
  isLocalPath,
  labelColors,
  type NewServer,
  productOf,
  type SavedServer,
} from './savedServer';

/** What a server cannot be shown without. */
type BasicName = 'id' | 'product' | 'name' | 'url' | 'userName';
export type ServerBasics = Pick<SavedServer, BasicName> & Readonly<Record<string, unknown>>;

/** All else that is saved of a server, but for what ways to sign in have saved. */
export type FactName = Exclude<keyof SavedServer, BasicName | keyof SavedSignIns>;

interface Surroundings {
  readonly server: Pick<SavedServer, 'product' | 'url'>;
  /** The ids of all folders. */
  readonly folders: ReadonlySet<string>;
}

interface ServerFact<Saved> {
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
const serverFacts: { readonly [Name in FactName]-?: ServerFact<NonNullable<SavedServer[Name]>> } = {
  folder: {
    by: 'user',
    read: (value, { folders }) => (typeof value === 'string' && folders.has(value) ? value : undefined),
  },
  accountKind: {
    by: 'user',
    // A product of a later version of this extension may have other kinds.
    read: (value, { server }) => (productOf(server) ? accountKinds.find(kind => kind === value) : readString(value)),
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
  webConsole: {
    // What is opened is checked when it is: that takes code which nothing else needs.
    read: readString,
  },
  label: {
    read: readLabel,
  },
  version: { by: 'server', read: readString },
  certificateExpires: { by: 'server', read: readString },
  clientCertificate: { read: (value, { server }) => readClientCertificate(value, server.url) },
};

/** Names under which ways to sign in have something saved. */
export type SignInName = keyof SavedSignIns;

/** What each of these names holds. A server may keep it from the product that it was saved with before. */
export const savedSignIns = products.flatMap(({ savedSignIns = [] }) => savedSignIns) as readonly (SavedSignIn & {
  readonly way: SignInName;
})[];

const facts: readonly (readonly [FactName | SignInName, ServerFact<unknown>])[] = [
  ...(Object.entries(serverFacts) as [FactName, ServerFact<unknown>][]),
  ...savedSignIns.map(
    signIn => [signIn.way, { read: (value: unknown) => readSettings(signIn, value) && value }] as const,
  ),
];

/** A stored server with its facts as far as they make sense. */
export function readServer(server: ServerBasics, folders: ReadonlySet<string>): SavedServer {
  const good: Record<string, unknown> = { ...server };
  for (const [name, { read }] of facts) {
    const value = read(server[name], { server, folders });
    // A member for each fact that is not there would take ten times as long.
    if (value !== good[name]) {
      good[name] = value;
    }
  }
  return good as unknown as SavedServer;
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

/** Ids of all products' kinds. */
const accountKinds: readonly string[] = [
  usualAccountKind,
  ...products.flatMap(({ savedAccountKinds = [] }) => savedAccountKinds).map(({ id }) => id),
];

/** Characters. */
const maxTextLength = 300;

/** Whether a value is a text of sane length that can be seen. */
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

/** What is saved of a way to sign in; undefined unless all of it is valid. */
export function readSettings({ fields }: SavedSignIn, value: unknown): SignInSettings | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const settings = Object.entries(fields)
    .filter(([name, { choices }]) => !choices || value[name] !== undefined)
    .map(([name, { choices }]) => {
      const setting = value[name];
      return [name, isText(setting) && (!choices || choices.includes(setting)) ? setting : undefined] as const;
    });
  return settings.some(([, setting]) => setting === undefined) ? undefined : Object.fromEntries(settings);
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

/** What is saved of one of a server's ways to sign in. */
export function settingsOf(server: SavedServer, way: string): SignInSettings | undefined {
  const saved = savedSignIns.find(each => each.way === way);
  return saved && server[saved.way];
}
