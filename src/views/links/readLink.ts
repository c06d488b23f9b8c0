import { oneLine } from '../../base/text';
import { keyPart, textOfKeyPart } from '../../inventory/tree/keyPart';
import type { Node } from '../../inventory/tree/node';
import type { ProductInfo } from '../../products/product';
import { products } from '../../products/registry';
import { hostAndPort } from '../../servers/discovery/address';
import { originOf } from '../../servers/list/savedServer';

/** Shows an item in the tree. */
export interface OpenLink {
  readonly type: 'open';
  /** The server's id, address or name: its id is another one on each computer. */
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

export type Link = OpenLink | AddLink;

/**
 * What a link asks for; undefined if that is nothing we know. What else stands in it is passed over.
 * @param link as VS Code hands it on, decoded once: the parts of a key are encoded by themselves, and stay so
 */
export function readLink({ path, query }: { readonly path: string; readonly query: string }): Link | undefined {
  const values = new Map(query.split('&').map(pair => splitAt(pair, pair.indexOf('='))));
  switch (path.replace(/\/$/, '')) {
    case '/open': {
      const key = values.get('key');
      return key ? { type: 'open', server: values.get('server'), key: canonicalKey(key) } : undefined;
    }
    case '/add':
      return addLink(values);
    default:
      return undefined;
  }
}

function splitAt(pair: string, index: number): readonly [string, string] {
  return index < 0 ? [pair, ''] : [pair.slice(0, index), pair.slice(index + 1)];
}

function addLink(values: ReadonlyMap<string, string>): AddLink | undefined {
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

/** A key whose ids were written as they are, as people do, or which was encoded once more on its way. */
function canonicalKey(text: string): string {
  const key = text.includes('/') ? text : decoded(text);
  const [server = '', ...parts] = key.split('/');
  return [
    server,
    ...parts.map(part => {
      const [, kind = '', id = '', copy = ''] = /^(\w+):(.*?)(#\d+)?$/s.exec(part) ?? [];
      return `${kind}:${keyPart(decoded(id))}${copy}`;
    }),
  ].join('/');
}

function decoded(text: string): string {
  try {
    return textOfKeyPart(text);
  } catch {
    return text;
  }
}

/** The servers that a link may mean: its own if this computer has it, otherwise all of that address or name. */
export function serversOf({ server = '', key }: OpenLink, servers: readonly Node[]): readonly Node[] {
  const [first] = key.split('/');
  const exact = servers.filter(each => each.key === first || each.item.id === server);
  const isMeant = ({ item }: Node) => item.name === server || (item.kind === 'server' && item.url === server);
  return exact.length > 0 ? exact.slice(0, 1) : servers.filter(isMeant);
}

/** The key of the link's item below a server. */
export function keyBelow(server: Node, { key }: OpenLink): string {
  return [server.key, ...key.split('/').slice(1)].join('/');
}
