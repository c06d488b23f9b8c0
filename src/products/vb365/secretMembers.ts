/** Secrets that do not sound like it, as the vendor's OpenAPI documents of v6 to v8 name them. */
export const secretMembers: readonly string[] = [
  // With the private key, in Base64.
  'applicationCertificate',
  // From signing in.
  'assertion',
  'authCode',
];
