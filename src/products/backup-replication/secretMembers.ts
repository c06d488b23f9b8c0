/** Secrets that do not sound like it, as the vendor's OpenAPI documents of 1.1 to 1.3-rev2 name them. */
export const secretMembers: readonly string[] = [
  // With the private key, in Base64.
  'certificate',
  // From signing in and pairing.
  'handshakeCode',
  'userCode',
  'verificationCode',
];
