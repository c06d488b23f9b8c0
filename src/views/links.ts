import { oneLine } from '../http/text';
import type { Node } from '../inventory/node';
import { type ProductInfo, products } from '../products/product';
import { hostAndPort } from '../servers/address';
import { originOf } from '../servers/savedServer';

/** This extension as VS Code names it in links. */
const authority = 'backup-tenancy.backup-tenancy-explorer';

/** Shows an item in the tree. */
export interface OpenLink {
  readonly type: 'open';
  /** Id or name of the server, which is another one on each computer. */
  readonly server: string | undefined;
  readonly key: string;
}

/** Proposes a server. */
export interface AddLink {
  readonly type: 'add';
  readonly product: ProductInfo | undefined;
  /** `host:port`, or what is to be completed. */
  readonly address: string;
  readonly name: string | undefined;
  readonly userName: string | undefined;
}

/**
 * A link to an item, for colleagues with the same server, too.
 * @param scheme of VS Code or of the product that is built from it
 */
export function linkTo(node: Node, scheme: string): string {
  return `${scheme}://${authority}/open?server=${encoded(node.root.item.name)}&key=${encoded(node.key)}`;
}

/** VS Code takes one layer off before it hands a link on. */
function encoded(text: string): string {
  return encodeURIComponent(encodeURIComponent(text));
}

/** What a link asks for, as VS Code hands it on; undefined if that is nothing we know. What else stands in it is passed over. */
export function readLink({
  path,
  query,
}: {
  readonly path: string;
  readonly query: string;
}): OpenLink | AddLink | undefined {
  const values = new URLSearchParams(query);
  switch (path.replace(/\/$/, '')) {
    case '/open': {
      const key = values.get('key');
      return key ? { type: 'open', server: values.get('server') ?? undefined, key: canonicalKey(key) } : undefined;
    }
    case '/add':
      return addLink(values);
    default:
      return undefined;
  }
}

function addLink(values: URLSearchParams): AddLink | undefined {
  const product = products.find(({ id }) => id === values.get('product'));
  const text = (name: string) => oneLine(values.get(name) ?? '', 200) || undefined;
  const url = values.get('url') ?? '';
  const origin = originOf(url, product?.defaultPort ?? 1);
  if (!origin) {
    return undefined;
  }
  const namesPort = originOf(url, 1) === originOf(url, 2);
  return {
    type: 'add',
    product,
    // With neither product nor port, all usual ports are looked at.
    address: product || namesPort ? hostAndPort(origin) : new URL(origin).hostname,
    name: text('name'),
    userName: text('username'),
  };
}

/** A key whose ids were written as they are, or decoded once too often by whatever the link has passed through. */
function canonicalKey(key: string): string {
  const [server = '', ...parts] = key.split('/');
  return [
    server,
    ...parts.map(part => {
      const [, kind = '', id = '', copy = ''] = /^(\w+):(.*?)(#\d+)?$/s.exec(part) ?? [];
      return `${kind}:${encodeURIComponent(decoded(id))}${copy}`;
    }),
  ].join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The servers that a link may mean: its own if this computer has it, otherwise all of that name. */
export function serversOf({ server, key }: OpenLink, servers: readonly Node[]): readonly Node[] {
  const [first] = key.split('/');
  const exact = servers.filter(each => each.key === first || each.item.id === server);
  return exact.length > 0 ? exact.slice(0, 1) : servers.filter(({ item }) => item.name === server);
}

/** The key of the link's item below a server. */
export function keyBelow(server: Node, { key }: OpenLink): string {
  return [server.key, ...key.split('/').slice(1)].join('/');
}
