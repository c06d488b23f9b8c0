import * as l10n from '@vscode/l10n';
import { type Failure, isFailure } from '../base/failure';
import { BadAnswer, ClientCertificateFailed, TimedOut, Unreachable } from './failures';
import type { ResponseLimits } from './request';

/** The failure that an error of a socket, of TLS or of the HTTP parser stands for. */
export function failureFrom(error: unknown, host: string, limits: ResponseLimits): Failure {
  if (isFailure(error)) {
    return error;
  }
  const code = codeOf(error);
  switch (code) {
    case 'TimeoutError':
      return new TimedOut(host, limits.totalMs);
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return new TimedOut(host, limits.connectMs, error);
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new TimedOut(host, limits.headersMs, error);
    case 'UND_ERR_BODY_TIMEOUT':
      return new TimedOut(host, limits.bodyMs, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Unreachable(l10n.t('The name of {0} could not be resolved.', host), l10n.t('name not found'), error);
    case 'ECONNREFUSED':
      return new Unreachable(
        l10n.t('{0} refused the connection: nothing listens on that port, or a firewall is in between.', host),
        l10n.t('connection refused'),
        error,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return new Unreachable(
        l10n.t('{0} cannot be reached from this network. Is a VPN needed?', host),
        l10n.t('no route'),
        error,
      );
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_HTTP_REQUEST':
      return new Unreachable(
        l10n.t('{0} does not speak HTTPS. Is it the right port?', host),
        l10n.t('not an HTTPS port'),
        error,
      );
    default:
  }
  // OpenSSL's names for an alert differ between its versions in what stands before.
  const [, alert = ''] = code.startsWith('ERR_SSL_') ? code.split('ALERT_') : [];
  if (/CERTIFICATE|UNKNOWN_CA/.test(alert)) {
    return new ClientCertificateFailed(
      l10n.t('{0} requires a client certificate that it accepts.', host),
      l10n.t('client certificate needed'),
      error,
    );
  }
  if (/^(HTTPParserError|HPE_|UND_ERR_HEADERS|UND_ERR_RES)/.test(code)) {
    return new BadAnswer(host, error);
  }
  if (alert === 'HANDSHAKE_FAILURE') {
    return new Unreachable(
      l10n.t('{0} refused the secure connection. It may require a client certificate.', host),
      l10n.t('no secure connection'),
      error,
    );
  }
  if (code.startsWith('ERR_SSL_')) {
    return new Unreachable(
      l10n.t('{0} does not offer HTTPS in a form this computer accepts.', host),
      l10n.t('no secure connection'),
      error,
    );
  }
  return new Unreachable(l10n.t('The connection to {0} was lost.', host), l10n.t('connection lost'), error);
}

/** Whether the line itself is at fault, so that another try on a new one may do. */
export function connectionDied(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return '';
  }
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : error.name;
}
