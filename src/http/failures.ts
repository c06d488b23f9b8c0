import * as l10n from '@vscode/l10n';
import { describe, Failure, type Remedy } from '../base/failure';
import type { CertificateFacts, CertificateProblem } from './certificateFacts';

/** No connection: the name does not resolve, nobody listens, the line broke. */
export class Unreachable extends Failure {
  readonly kind = 'unreachable';
  override readonly remedies: readonly Remedy[] = ['retry', 'edit', 'showLog'];
  constructor(
    message: string,
    readonly short: string,
    cause: unknown,
  ) {
    // Only its message is kept, here and below: errors of sockets and parsers also carry what was sent and received.
    super(message, describe(cause));
  }
}

/** The server stayed silent for longer than it may. */
export class TimedOut extends Failure {
  readonly kind = 'timedOut';
  readonly short = l10n.t('no answer');
  override readonly remedies: readonly Remedy[] = ['retry', 'edit', 'showLog'];
  constructor(host: string, milliseconds: number, cause?: unknown) {
    const seconds = Math.ceil(milliseconds / 1000);
    super(l10n.t('{0} did not answer within {1} seconds.', host, seconds), cause ? describe(cause) : undefined);
  }
}

/** The server's certificate is neither verified nor the pinned one. Nothing was sent. */
export class CertificateNotTrusted extends Failure {
  readonly kind = 'certificate';
  readonly short = l10n.t('certificate not trusted');
  override readonly remedies: readonly Remedy[] = ['trust', 'retry', 'showLog'];
  constructor(
    readonly host: string,
    readonly certificate: CertificateFacts,
    /** All that is wrong with it, at least one. */
    readonly problems: readonly CertificateProblem[],
  ) {
    super(
      l10n.t(
        'The certificate of {0} is not trusted: {1}. Nothing was sent to the server.',
        host,
        problems.map(explain).join('; '),
      ),
      `SHA-256 ${certificate.fingerprint}`,
    );
  }
}

/** A certificate was pinned and the server shows another one. Nothing was sent. */
export class CertificateChanged extends Failure {
  readonly kind = 'certificateChanged';
  readonly short = l10n.t('certificate has changed');
  override readonly remedies: readonly Remedy[] = ['trust', 'retry', 'showLog'];
  constructor(
    readonly host: string,
    readonly certificate: CertificateFacts,
    readonly pinned: string,
  ) {
    super(
      l10n.t(
        '{0} shows a different certificate than the one you trusted. Either it was renewed, or someone is intercepting the connection. Nothing was sent to the server.',
        host,
      ),
      `trusted SHA-256 ${pinned}, shown SHA-256 ${certificate.fingerprint}`,
    );
  }
}

/** The answer is larger than the limit. */
export class TooLarge extends Failure {
  readonly kind = 'tooLarge';
  readonly short = l10n.t('answer too large');
  constructor(host: string, limitBytes: number) {
    super(l10n.t('{0} sent more than {1} MB in one answer.', host, Math.round(limitBytes / 1024 / 1024)));
  }
}

/** The connection works, the answer does not: cut off, not HTTP, headers out of bounds. */
export class BadAnswer extends Failure {
  readonly kind = 'badAnswer';
  readonly short = l10n.t('unusable answer');
  constructor(host: string, why: unknown) {
    super(l10n.t('{0} sent an answer that could not be read.', host), describe(why));
  }
}

/** The proxy on the way does not open a tunnel. */
export class ProxyFailed extends Failure {
  readonly kind = 'proxy';
  override readonly remedies: readonly Remedy[] = ['connectionOptions', 'retry', 'showLog'];
  constructor(
    message: string,
    readonly short: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : describe(cause));
  }
}

/** The server wants a certificate from this side, or the one that is to be shown cannot be used. */
export class ClientCertificateFailed extends Failure {
  readonly kind: string = 'clientCertificate';
  override readonly remedies: readonly Remedy[] = ['connectionOptions', 'retry', 'showLog'];
  constructor(
    message: string,
    readonly short: string,
    cause: unknown,
  ) {
    super(message, describe(cause));
  }
}

/** The file of the client certificate is encrypted, with another passphrase than the one at hand, if there is any. */
export class WrongPassphrase extends ClientCertificateFailed {
  override readonly kind = 'wrongPassphrase';
  constructor(cause: unknown) {
    super(l10n.t('The client certificate cannot be opened with this passphrase.'), l10n.t('wrong passphrase'), cause);
  }
}

/** The authorities given in the settings are no certificates. */
export class AuthoritiesUnusable extends Failure {
  readonly kind = 'authorities';
  readonly short = l10n.t('CA file unusable');
  constructor(cause: unknown) {
    super(l10n.t('A file in the setting backupTenancy.caFiles contains no readable certificate.'), describe(cause));
  }
}

/** The certificate's problem as the middle of a sentence. */
export function explain(problem: CertificateProblem): string {
  switch (problem) {
    case 'selfSigned':
      return l10n.t('it is self-signed');
    case 'unknownIssuer':
      return l10n.t('its issuer is not known to this computer');
    case 'wrongName':
      return l10n.t('it was issued for another name');
    case 'expired':
      return l10n.t('it has expired');
    case 'notYetValid':
      return l10n.t('it is not valid yet');
    case 'other':
      return l10n.t('it could not be verified');
  }
}
