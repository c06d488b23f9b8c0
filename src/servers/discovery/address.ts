import { products } from '../../products/registry';
import { originOf } from '../list/savedServer';

/** Where the products of the family answer, unless an administrator has moved them. */
export const usualPorts: readonly number[] = [
  ...products.map(({ defaultPort }) => defaultPort),
  ...products.flatMap(({ obsoletePorts = [] }) => obsoletePorts),
];

/** Where they answer among much else. */
const sharedPorts: readonly number[] = [...new Set(products.flatMap(each => each.sharedPorts ?? []))];

/** What a person typed or pasted, as the places to look at. */
export interface Address {
  readonly hostName: string;
  /** `https://host:port` with the port that was named. */
  readonly origin?: string | undefined;
  /** The same host at each of the {@link usualPorts}. */
  readonly usualOrigins: readonly string[];
  /** The same host at ports that are worth a look where no usual one answers. */
  readonly sharedOrigins: readonly string[];
}

/** Undefined if the text is no address. Plain HTTP is not spoken: of such a URL only the host counts. */
export function addressOf(input: string): Address | undefined {
  const text = input.trim();
  const plain = /^http:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const address = plain ? text.replace(/^http/i, 'https') : text;
  const host = plain ? hostOf(address) : withoutPort(address);
  const originsAt = (ports: readonly number[]) => ports.flatMap(port => originOf(host, port) ?? []);
  const usualOrigins = originsAt(usualPorts);
  const [first] = usualOrigins;
  if (!first || usualOrigins.length < usualPorts.length) {
    return undefined;
  }
  // Only a port in the text makes the answer independent of the default.
  const [one, other] = [originOf(address, 1), originOf(address, 2)];
  if (one === undefined) {
    return undefined;
  }
  return {
    hostName: new URL(first).hostname,
    origin: !plain && one === other ? one : undefined,
    usualOrigins,
    sharedOrigins: originsAt(sharedPorts),
  };
}

/** The host with its port, as sentences name it. */
export function hostAndPort(origin: string): string {
  const { host, port } = new URL(origin);
  return port ? host : `${host}:443`;
}

function withoutPort(address: string): string {
  const origin = originOf(address, 443);
  return origin === undefined ? address : hostOf(origin);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
