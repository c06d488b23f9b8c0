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
  /** SHA-1 in the same form: the one that Windows shows beside a certificate. For comparing by eye, never for trust. */
  readonly thumbprint?: string | undefined;
}

export type CertificateProblem = 'selfSigned' | 'unknownIssuer' | 'wrongName' | 'expired' | 'notYetValid' | 'other';
