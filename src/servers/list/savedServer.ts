import type { Label, LabelColor, Server } from '../../items/item';
import type { ProductInfo } from '../../products/product';
import { products, type SavedSignIns } from '../../products/registry';

/** A server as it is stored and offered to Settings Sync: no secrets. */
export interface SavedServer extends SavedSignIns {
  /** Made here, never shown; names the server in keys and in the secret store. */
  readonly id: string;
  /** The id of the product in the registry. */
  readonly product: string;
  readonly name: string;
  /** `https://host:port`. */
  readonly url: string;
  /** Empty for an account that has no name. */
  readonly userName: string;
  /** Found once and kept, as the shape of answers changes between versions. */
  readonly apiVersion?: string | undefined;
  /** The product's version, as last told. */
  readonly version?: string | undefined;
  /** SHA-256 of the one certificate that is good for this server, `AA:BB:…`. */
  readonly trustedFingerprint?: string | undefined;
  /** When the certificate expires that the server showed last, as an ISO date: the user is warned ahead of it. */
  readonly certificateExpires?: string | undefined;
  /** The id of one of the product's kinds of accounts; the usual one without it. */
  readonly accountKind?: string | undefined;
  /** The server is reached directly, whatever the proxy settings say. */
  readonly noProxy?: boolean | undefined;
  /** What a reverse proxy in front of the server wants to see. Its passphrase is among the server's secrets. */
  readonly clientCertificate?: ClientCertificateFiles | undefined;
  /** Where people work with the server in a browser, without it at the product's usual address. Checked where it is used. */
  readonly webConsole?: string | undefined;
  /** The id of the {@link SavedFolder} it is in; at the top level without one. */
  readonly folder?: string | undefined;
  readonly label?: Label | undefined;
}

/** What the user decides of a server, before it has an id and has told of itself. */
export type NewServer = Omit<SavedServer, 'id' | 'version' | 'certificateExpires' | 'label' | 'webConsole'>;

/** Paths on this computer: of one PKCS #12 file, or of PEM files with the certificate and its key. */
export interface ClientCertificateFiles {
  readonly pfx?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The server's {@link SavedServer.url} for which they were chosen: at another one they are shown to nobody. */
  readonly address?: string | undefined;
}

/**
 * Whether it names a file on a disk of this computer, be it one with Windows. To look for a file on a network share is to
 * sign in there with the account of Windows.
 */
export function isLocalPath(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[a-z]:[\\/]|\/(?![\\/]))/i.test(value);
}

/** A folder of the tree, made by the user. */
export interface SavedFolder {
  readonly id: string;
  readonly name: string;
  /** The id of the folder around it. */
  readonly parent?: string | undefined;
}

/** The colours of labels, each one of the theme's `charts.*`. */
export const labelColors: readonly LabelColor[] = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];

export function serverItem(server: SavedServer): Server {
  return {
    kind: 'server',
    id: server.id,
    name: server.name,
    hasChildren: true,
    product: server.product,
    url: server.url,
    userName: server.userName,
    version: server.version,
    apiVersion: versionName(server),
    certificateExpires: server.certificateExpires,
    folder: server.folder,
    label: server.label,
  };
}

/**
 * The origin in what people type or paste: `host`, `host:port`, or any URL of the server.
 * @param defaultPort for input that names no port
 * @returns undefined if it is no address, or one of plain HTTP
 */
export function originOf(input: string, defaultPort: number): string | undefined {
  const text = input.trim();
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' || !isHost(url.hostname) || url.username !== '' || url.password !== '') {
    return undefined;
  }
  // An explicit `:443` is dropped by the parser like a missing port, so the text decides.
  const namesPort = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:\[[^\]]*\]|[^/?#:[\]]+):\d+/i.test(text);
  return namesPort ? url.origin : new URL(`https://${url.hostname}:${defaultPort}`).origin;
}

/**
 * Whether a parsed URL's host is a name or an IP address. URLs may have more in their hosts, `$(x)` and quotes among it,
 * which shells and templates run when an address is pasted there. Names of other scripts come as `xn--…`.
 */
export function isHost(hostname: string): boolean {
  return hostname.length <= longestHost && /^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/.test(hostname);
}

/** Characters of a name in the DNS (RFC 1035). */
const longestHost = 253;

/** Whether it is an origin of https as servers are stored with: its usual port may be there or not. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    return false;
  }
  const { protocol, origin, hostname } = new URL(value);
  return protocol === 'https:' && isHost(hostname) && (value === origin || value === `${origin}:443`);
}

/** The registry's entry, unless the server was saved by a version of this extension that knows more products. */
export function productOf(server: { readonly product: string }) {
  return products.find(({ id }) => id === server.product);
}

/** Whether it looks like a version of the product's API. */
export function isApiVersion({ apiVersionForm }: ProductInfo, value: unknown): value is string {
  return typeof value === 'string' && apiVersionForm.pattern.test(value);
}

/** The version of the API as its product shows it. */
export function versionName(server: Pick<SavedServer, 'product' | 'apiVersion' | 'version'>): string | undefined {
  const { apiVersion, version } = server;
  return apiVersion && (productOf(server)?.apiVersionForm.nameOf?.(apiVersion, version) ?? apiVersion);
}

/** Whether accounts of that kind have no user name. */
export function isUnnamedKind({ savedAccountKinds }: ProductInfo, accountKind: unknown): boolean {
  return savedAccountKinds?.some(({ id, isUnnamed }) => isUnnamed && id === accountKind) ?? false;
}
