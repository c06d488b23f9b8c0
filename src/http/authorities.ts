import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import * as l10n from '@vscode/l10n';
import { AuthoritiesUnusable, ClientCertificateFailed, WrongPassphrase } from './failures';

/** What is shown to a server, or to the reverse proxy in front of it, that asks for a certificate. */
export interface ClientCertificate {
  /** Certificate, with its chain if it has one, and private key as PEM texts. */
  readonly pem?: { readonly cert: string; readonly key: string } | undefined;
  /** Both in one PKCS #12 file. */
  readonly pfx?: Buffer | undefined;
  readonly passphrase?: string | undefined;
}

/**
 * For connections that are verified: against the authorities of Node, the operating system, `NODE_EXTRA_CA_CERTS`, and
 * the given ones. Making one blocks for up to a tenth of a second, so all servers share it as long as they can.
 * @param authorities PEM texts, each with one or more certificates
 * @throws {Failure} if one of them holds none, or the client's certificate cannot be used
 */
export function verifyingContext(authorities: readonly string[], client?: ClientCertificate): tls.SecureContext {
  const key = JSON.stringify(authorities);
  if (client === undefined && shared?.key === key) {
    return shared.context;
  }
  // Their number does not change while the process runs.
  common ??= [...new Set([...tls.rootCertificates, ...installed('system'), ...installed('extra')])];
  for (const text of authorities) {
    assertCertificates(text);
  }
  const context = createContext({ ca: [...common, ...authorities] }, client);
  if (client === undefined) {
    shared = { key, context };
  }
  return context;
}
let common: readonly string[] | undefined;
/** That of the last set of authorities: it changes with a setting, for all servers. */
let shared: { readonly key: string; readonly context: tls.SecureContext } | undefined;

// OpenSSL takes a text without any certificate for an empty list of authorities, and the user would never know.
function assertCertificates(text: string): void {
  const begin = '-----BEGIN CERTIFICATE-----';
  const [, ...certificates] = text.split(begin);
  if (certificates.length === 0) {
    throw new AuthoritiesUnusable('no BEGIN CERTIFICATE');
  }
  try {
    for (const certificate of certificates) {
      new X509Certificate(`${begin}${certificate}`);
    }
  } catch (error) {
    throw new AuthoritiesUnusable(error);
  }
}

function installed(store: 'system' | 'extra'): readonly string[] {
  // Node has this since 22.15; VS Code 1.103 runs 22, the tests may run 20.
  const { getCACertificates } = tls as { getCACertificates?: (type: typeof store) => string[] };
  try {
    return getCACertificates?.(store) ?? [];
  } catch {
    return []; // an unreadable store must not take the built-in authorities with it
  }
}

/** @throws {Failure} if the client's certificate cannot be used */
export function createContext(
  options: tls.SecureContextOptions,
  client: ClientCertificate | undefined,
): tls.SecureContext {
  if (client === undefined) {
    return tls.createSecureContext(options);
  }
  try {
    return tls.createSecureContext({
      ...options,
      ...client.pem,
      ...(client.pfx ? { pfx: client.pfx } : {}),
      ...(client.passphrase === undefined ? {} : { passphrase: client.passphrase }),
    });
  } catch (error) {
    throw unusable(error, client);
  }
}

function unusable(error: unknown, { pem }: ClientCertificate): ClientCertificateFailed {
  const told = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : '';
  // One wrong passphrase in some hundred makes bytes that end as they should, and are no key.
  const isNoKey = pem !== undefined && /ENCRYPTED/.test(pem.key) && /DECODER routines|asn1/i.test(told);
  if (isNoKey || /decrypt|mac verify|password|passphrase|cancelled/i.test(told)) {
    return new WrongPassphrase(error);
  }
  return /mismatch/i.test(told)
    ? new ClientCertificateFailed(
        l10n.t('The private key does not belong to the client certificate.'),
        l10n.t('wrong private key'),
        error,
      )
    : new ClientCertificateFailed(
        l10n.t('The client certificate cannot be read.'),
        l10n.t('client certificate unusable'),
        error,
      );
}
