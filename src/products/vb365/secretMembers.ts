/**
 * As the vendor's OpenAPI documents of v6 to v8 name them. Most of them belong to what is sent, and servers are not seen to give
 * them back.
 */
export const secretMembers: readonly string[] = [
  // In the form of a SecureString, of which the first stands in answers, too.
  'password',
  'accountPassword',
  'applicationCertificatePassword',
  'applicationSecret',
  'clientSecret',
  'newPassword',
  'office365UserPassword',
  'officeUserPassword',
  'oldPassword',
  'onPremisesUserPassword',
  'privateKeyPassphrase',
  'rootPassword',
  'serviceAccountPassword',
  'userPassword',
  // With the private key, in Base64.
  'applicationCertificate',
  'privateKeyBase64',
  // Of sign-in.
  'access_token',
  'assertion',
  'authCode',
  'refresh_token',
];
