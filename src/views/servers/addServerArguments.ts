import { isObject } from '../../base/isObject';
import { normalizeFingerprint } from '../../http/certificate';
import { products } from '../../products/registry';
import { usualAccountKind } from '../../products/signIn';
import { isApiVersion, isUnnamedKind, type NewServer, originOf } from '../../servers/list/savedServer';

/** What a script passes to `backupTenancy.addServer`. */
export interface AddServerArguments {
  /** The id of a product. */
  readonly product: string;
  /** `host`, `host:port` or any URL of the server. */
  readonly url: string;
  /** Left out for a kind of account that has no user name. */
  readonly username?: string;
  /** The id of one of the product's kinds of accounts; without it the usual one. */
  readonly accountKind?: string;
  /** Or the API key in its place. Remembered, as there is nobody to ask. Without it the server is added signed out. */
  readonly password?: string;
  readonly name?: string;
  /** SHA-256 of the certificate that is good for the server, in any common spelling. */
  readonly trustedFingerprint?: string;
  readonly apiVersion?: string;
}

export function isAddServerArguments(value: unknown): value is AddServerArguments {
  return isObject(value) && 'url' in value && 'product' in value;
}

/** @throws {Error} that says what is wrong with the arguments, for the script's author */
export function newServerOf(given: AddServerArguments): NewServer {
  const product = products.find(({ id }) => id === given.product);
  if (!product) {
    throw new Error(`addServer: product must be one of ${products.map(({ id }) => id).join(', ')}`);
  }
  const url = originOf(String(given.url), product.defaultPort);
  if (!url) {
    throw new Error('addServer: url must be a host, host:port or https URL without a user name');
  }
  const kinds = [usualAccountKind, ...(product.savedAccountKinds ?? []).map(({ id }) => id)];
  if (given.accountKind !== undefined && !kinds.includes(given.accountKind)) {
    throw new Error(`addServer: accountKind must be one of ${kinds.join(', ')}`);
  }
  const isUnnamed = isUnnamedKind(product, given.accountKind);
  if (!given.username && !isUnnamed) {
    throw new Error('addServer: username is missing');
  }
  for (const name of ['username', 'password', 'name', 'trustedFingerprint', 'apiVersion'] as const) {
    if (given[name] !== undefined && typeof given[name] !== 'string') {
      throw new Error(`addServer: ${name} must be a string`);
    }
  }
  if (given.apiVersion !== undefined && !isApiVersion(product, given.apiVersion)) {
    throw new Error(`addServer: apiVersion must be like ${product.apiVersionForm.example}`);
  }
  const trustedFingerprint =
    given.trustedFingerprint === undefined ? undefined : normalizeFingerprint(given.trustedFingerprint);
  if (given.trustedFingerprint !== undefined && !trustedFingerprint) {
    throw new Error('addServer: trustedFingerprint must be a SHA-256 fingerprint');
  }
  return {
    product: product.id,
    url,
    userName: isUnnamed ? '' : (given.username ?? ''),
    accountKind: given.accountKind === usualAccountKind ? undefined : given.accountKind,
    name: given.name || new URL(url).hostname,
    apiVersion: given.apiVersion,
    trustedFingerprint,
  };
}
