import { BlockList, isIP } from 'node:net';

/** A proxy that is to be asked for a tunnel. */
export interface HttpProxy {
  /** `http://host:port` or `https://host:port`, with user name and password if it wants them. */
  readonly url: string;
  /** The whole `Proxy-Authorization` header, instead of what the address holds. */
  readonly authorization?: string | undefined;
}

export interface ProxySettings {
  /** VS Code's settings of these names under `http.`. */
  readonly proxy?: string | undefined;
  readonly proxySupport?: 'off' | 'on' | 'fallback' | 'override' | undefined;
  readonly noProxy?: readonly string[] | undefined;
  readonly proxyAuthorization?: string | null | undefined;
  /** `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user wants this server reached without any proxy. */
  readonly direct?: boolean | undefined;
}

/**
 * The proxy for a server, or undefined if it is reached directly. VS Code's setting goes before the environment, as in
 * VS Code itself; exceptions from both count.
 * @param origin `https://host:port`
 */
export function proxyFor(origin: string, settings: ProxySettings): HttpProxy | undefined {
  const { proxySupport, environment } = settings;
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (settings.direct || proxySupport === 'off' || isLoopback(host)) {
    return undefined;
  }
  const port = url.port || '443';
  const exceptions = [...(settings.noProxy ?? []), ...(read(environment, 'NO_PROXY') ?? '').split(/[\s,;]+/)];
  if (exceptions.some(rule => matches(rule.trim().toLowerCase(), host, port))) {
    return undefined;
  }
  const address =
    settings.proxy?.trim() ||
    read(environment, 'HTTPS_PROXY') ||
    read(environment, 'HTTP_PROXY') ||
    read(environment, 'ALL_PROXY');
  if (!address) {
    return undefined;
  }
  return {
    // `proxy.example.com:8080` is understood by every other program.
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`,
    ...(settings.proxyAuthorization ? { authorization: settings.proxyAuthorization } : {}),
  };
}

function read(environment: ProxySettings['environment'], name: string): string | undefined {
  return (environment[name.toLowerCase()] || environment[name])?.trim();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** `*`, `host`, `.suffix`, `*.suffix`, an address or a network in CIDR form, any of them with `:port`. */
function matches(rule: string, host: string, port: string): boolean {
  if (rule === '') {
    return false;
  }
  if (rule === '*') {
    return true;
  }
  const [pattern, wantedPort] = splitPort(rule);
  if (wantedPort !== undefined && wantedPort !== port) {
    return false;
  }
  if (isIP(pattern.split('/')[0] ?? '') !== 0) {
    return isIP(host) !== 0 && contains(pattern, host);
  }
  // As everywhere, a name stands for itself and all below it.
  const suffix = pattern.replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

function splitPort(rule: string): [pattern: string, port: string | undefined] {
  const [, bracketed, bracketedPort] = /^\[([^\]]+)\](?::(\d+))?$/.exec(rule) ?? [];
  if (bracketed !== undefined) {
    return [bracketed, bracketedPort];
  }
  const [, pattern, port] = /^([^:]+):(\d+)$/.exec(rule) ?? [];
  return pattern === undefined ? [rule, undefined] : [pattern, port];
}

function contains(network: string, host: string): boolean {
  const [address = '', bits] = network.split('/');
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  const list = new BlockList();
  try {
    if (bits === undefined) {
      list.addAddress(address, family(address));
    } else {
      list.addSubnet(address, Number(bits), family(address));
    }
  } catch {
    return false; // nonsense behind the slash
  }
  return list.check(host, family(host));
}
