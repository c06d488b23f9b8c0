/**
 * As the vendor's OpenAPI documents of 1.1 to 1.3-rev2 name them. Most of them belong to what is sent; the sample of Microsoft
 * Entra ID tenants gives `secret` in clear.
 */
export const secretMembers: readonly string[] = [
  'accessKey',
  'clientSecret',
  'defaultUserPassword',
  'handshakeCode',
  'keyOrPassword',
  'newSecretKey',
  'passphrase',
  'password',
  'privateKey',
  'rootPassword',
  'secret',
  'secretKey',
  'sharedKey',
  'userCode',
  'verificationCode',
  // With the private key, in Base64.
  'certificate',
  // Members of requests that sign in.
  'access_token',
  'refresh_token',
  'vbr_token',
];
