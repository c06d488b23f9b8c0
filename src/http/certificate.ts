import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { CertificateChanged, CertificateNotTrusted, type Failure } from './failure';

/** What a person needs to know of a certificate to decide whether to trust it. */
export interface CertificateFacts {
  /** Who it was issued for, one `CN=…` part a line as Node prints it. */
  readonly subject: string;
  readonly issuer: string;
  /** `DNS:…` and `IP Address:…` entries, or an empty string. */
  readonly alternativeNames: string;
  /** ISO dates. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 over the DER form, upper-case hex pairs with colons, as Windows and OpenSSL print it. */
  readonly fingerprint: string;
}

export type CertificateProblem = 'selfSigned' | 'unknownIssuer' | 'wrongName' | 'expired' | 'notYetValid' | 'other';

/** `AA:BB:…` from any common way of writing a SHA-256 fingerprint; undefined if it is not one. */
export function normalizeFingerprint(text: string): string | undefined {
  const hex = text.replace(/^sha-?256[:= ]/i, '').replace(/[\s:-]/g, '');
  return /^[0-9a-f]{64}$/i.test(hex) ? (hex.toUpperCase().match(/../g) ?? []).join(':') : undefined;
}

/**
 * Decides on a connected socket, before a byte of HTTP has been sent on it. Returns why it must not be used, or
 * undefined if all is well: with a pinned fingerprint exactly that certificate counts, without one Node's own
 * verification (chain, dates, name).
 */
export function judge(socket: TLSSocket, host: string, pinned: string | undefined): Failure | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) {
    return new CertificateNotTrusted(host, noCertificate, 'other');
  }
  if (pinned !== undefined) {
    return certificate.fingerprint256 === pinned
      ? undefined
      : new CertificateChanged(host, factsOf(certificate), pinned);
  }
  if (socket.authorized) {
    return undefined;
  }
  return new CertificateNotTrusted(host, factsOf(certificate), problemOf(socket.authorizationError));
}

const noCertificate: CertificateFacts = {
  subject: '',
  issuer: '',
  alternativeNames: '',
  validFrom: '',
  validTo: '',
  fingerprint: '',
};

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject ?? '',
    issuer: certificate.issuer ?? '',
    alternativeNames: certificate.subjectAltName ?? '',
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    fingerprint: certificate.fingerprint256,
  };
}

function isoDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

// `authorizationError` is typed as an Error and is in fact OpenSSL's code as a string.
function problemOf(error: unknown): CertificateProblem {
  switch (error instanceof Error ? (error as NodeJS.ErrnoException).code : error) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'selfSigned';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'unknownIssuer';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'wrongName';
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'CERT_NOT_YET_VALID':
      return 'notYetValid';
    default:
      return 'other';
  }
}
