import type { Socket } from 'node:net';
import * as l10n from '@vscode/l10n';
import { buildConnector, Client } from 'undici';
import { isFailure } from '../base/failure';
import { verifyingContext } from './authorities';
import { codeOf } from './errorCauses';
import { ProxyFailed } from './failures';
import type { HttpProxy } from './proxy';

/**
 * A connection through a proxy (`CONNECT`), on which TLS with the server itself is still to begin: the proxy sees the
 * server's name and nothing of what is said.
 * @throws {ProxyFailed}
 */
export async function openTunnel(
  proxy: HttpProxy,
  { host, authorities, connectMs }: { host: string; authorities: readonly string[]; connectMs: number },
): Promise<Socket> {
  const url = proxyUrl(proxy);
  const connect = buildConnector({
    timeout: connectMs,
    // Said in so many words, as `NODE_TLS_REJECT_UNAUTHORIZED` would turn it off otherwise.
    rejectUnauthorized: true,
    ...(url.protocol === 'https:' ? { secureContext: verifyingContext(authorities) } : {}),
  });
  const client = new Client(url.origin, {
    // The name comes from the Host header otherwise, which is the server's and not the proxy's.
    connect: (options, callback) => connect({ ...options, servername: '' }, callback),
    headersTimeout: connectMs,
  });
  try {
    const { socket, statusCode } = await client.connect({ path: host, headers: headersFor(proxy, url, host) });
    // What goes wrong from here on is seen by the TLS connection on top.
    socket.on('error', () => undefined);
    if (statusCode < 200 || statusCode > 299) {
      socket.destroy();
      throw new ProxyFailed(...refusal(url.host, host, statusCode));
    }
    return socket as Socket;
  } catch (error) {
    throw isFailure(error) ? error : new ProxyFailed(...trouble(url.host, error), error);
  } finally {
    void client.destroy(); // the tunnel, if there is one, is no longer the client's
  }
}

function proxyUrl(proxy: HttpProxy): URL {
  const url = URL.canParse(proxy.url) ? new URL(proxy.url) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new ProxyFailed(
      url
        ? l10n.t('Proxies of the kind {0} are not supported; http:// and https:// are.', url.protocol)
        : l10n.t('The proxy address is invalid. It should look like http://proxy.example.com:8080.'),
      l10n.t('proxy address'),
    );
  }
  return url;
}

function headersFor(proxy: HttpProxy, url: URL, host: string): Record<string, string> {
  const account = `${decode(url.username)}:${decode(url.password)}`;
  const authorization =
    proxy.authorization ?? (account === ':' ? undefined : `Basic ${Buffer.from(account, 'utf8').toString('base64')}`);
  return { Host: host, ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a password with a bare percent sign
  }
}

function refusal(proxy: string, host: string, status: number): [message: string, short: string] {
  switch (status) {
    case 407:
      return [
        l10n.t('The proxy {0} requires a user name and password. See the setting http.proxy.', proxy),
        l10n.t('proxy requires credentials'),
      ];
    case 403:
      return [l10n.t('The proxy {0} does not allow connections to {1}.', proxy, host), l10n.t('proxy refuses')];
    case 502:
    case 503:
    case 504:
      return [l10n.t('The proxy {0} cannot reach {1}.', proxy, host), l10n.t('proxy cannot reach it')];
    default:
      return [
        l10n.t('The proxy {0} answered with status {1} when asked for {2}.', proxy, status, host),
        l10n.t('proxy: status {0}', status),
      ];
  }
}

function trouble(proxy: string, error: unknown): [message: string, short: string] {
  const code = codeOf(error);
  if (code === 'HTTPParserError' || code.startsWith('HPE_') || code === 'UND_ERR_SOCKET') {
    return [l10n.t('{0} does not behave like a proxy.', proxy), l10n.t('not a proxy')];
  }
  if (code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return [
      l10n.t('The certificate of the proxy {0} is not trusted. See the setting backupTenancy.caFiles.', proxy),
      l10n.t('proxy not trusted'),
    ];
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [l10n.t('The name of the proxy {0} could not be resolved.', proxy), l10n.t('proxy not found')];
    case 'ECONNREFUSED':
      return [l10n.t('The proxy {0} refused the connection.', proxy), l10n.t('proxy not running')];
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'ETIMEDOUT':
      return [l10n.t('The proxy {0} did not answer.', proxy), l10n.t('proxy does not answer')];
    default:
      return [l10n.t('The connection to the proxy {0} was lost.', proxy), l10n.t('proxy connection lost')];
  }
}
