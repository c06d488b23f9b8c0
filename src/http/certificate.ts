import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import type { Failure } from '../base/failure';
import type { CertificateFacts, CertificateProblem } from './certificateFacts';
import { CertificateChanged, CertificateNotTrusted } from './failures';

/** `AA:BB:…` from any common way of writing a SHA-256 fingerprint; undefined if it is not one. */
export function normalizeFingerprint(text: string): string | undefined {
  const hex = text.replace(/^\s*sha-?256(?:\s*fingerprint)?\s*[:= ]/i, '').replace(/[\s:-]/g, '');
  return /^[0-9a-f]{64}$/i.test(hex) ? (hex.toUpperCase().match(/../g) ?? []).join(':') : undefined;
}

/** What {@link judge} found: a good certificate, or why the connection must not be used. */
export type Verdict =
  | { readonly certificate: X509Certificate; readonly failure?: undefined }
  | { readonly failure: Failure };

/**
 * Decides on a connected socket, before a byte of HTTP has been sent on it: with a pinned fingerprint exactly that
 * certificate counts, without one Node's own verification (chain, dates, name).
 * @param host `host:port` for sentences
 * @param name the host that was asked for
 */
export function judge(socket: TLSSocket, host: string, name: string, pinned: string | undefined): Verdict {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) {
    return { failure: new CertificateNotTrusted(host, noCertificate, ['other']) };
  }
  const error = socket.authorized ? undefined : (socket.authorizationError ?? 'unknown');
  return verdictOn(certificate, error, { host, name, pinned });
}

/**
 * The same within the handshake, where Node's verification has taken place and is not told yet.
 * @returns undefined as long as the other side has shown no certificate
 */
export function judgeInHandshake(
  socket: TLSSocket,
  host: string,
  name: string,
  pinned: string | undefined,
): Verdict | undefined {
  // Node's newer call for it takes the certificate off the socket's list: at the end of the handshake it would be missing.
  const { raw } = socket.getPeerCertificate() as { raw?: Buffer };
  if (!raw) {
    return undefined;
  }
  const certificate = new X509Certificate(raw);
  // What Node itself asks once the handshake has ended. If it is not there one day, nothing is good.
  const { _handle: handle } = socket as { _handle?: { verifyError?: () => unknown } };
  const error = handle?.verifyError ? handle.verifyError() : 'unknown';
  const wrongName = checkServerIdentity(name, certificate.toLegacyObject());
  return verdictOn(certificate, error ?? wrongName, { host, name, pinned });
}

/** @param error what Node's verification has found */
function verdictOn(
  certificate: X509Certificate,
  error: unknown,
  { host, name, pinned }: { host: string; name: string; pinned: string | undefined },
): Verdict {
  if (pinned !== undefined) {
    return certificate.fingerprint256 === pinned
      ? { certificate }
      : { failure: new CertificateChanged(host, certificateFactsOf(certificate), pinned) };
  }
  if (error === undefined) {
    return { certificate };
  }
  const problems = problemsOf(certificate, name, error);
  return { failure: new CertificateNotTrusted(host, certificateFactsOf(certificate), problems) };
}

const noCertificate: CertificateFacts = {
  subject: '',
  issuer: '',
  alternativeNames: '',
  validFrom: '',
  validTo: '',
  fingerprint: '',
};

export function certificateFactsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject ?? '',
    issuer: certificate.issuer ?? '',
    alternativeNames: certificate.subjectAltName ?? '',
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    thumbprint: certificate.fingerprint,
  };
}

function isoDate(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** All that is wrong, as Node reports the last problem alone: a self-signed certificate may also have expired. */
function problemsOf(certificate: X509Certificate, name: string, error: unknown): readonly CertificateProblem[] {
  const now = Date.now();
  const ownIssuer = certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
  const reported = problemOf(error);
  const found: readonly (CertificateProblem | false | undefined)[] = [
    ownIssuer && 'selfSigned',
    !ownIssuer && reported === 'unknownIssuer' && 'unknownIssuer',
    checkServerIdentity(name, certificate.toLegacyObject()) !== undefined && 'wrongName',
    Date.parse(certificate.validTo) < now && 'expired',
    Date.parse(certificate.validFrom) > now && 'notYetValid',
  ];
  const problems = found.filter(problem => problem !== false && problem !== undefined);
  return problems.includes(reported) ? problems : [...problems, reported];
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
