import { expect, test } from 'vitest';
import { product as backupReplication } from '../../../../src/products/backup-replication';
import { product as enterpriseManager } from '../../../../src/products/enterprise-manager';
import { withoutSecrets } from '../../../../src/products/reading/secretMembers';
import { product as serviceProviderConsole } from '../../../../src/products/service-provider-console';
import { product as vb365 } from '../../../../src/products/vb365';

const products = [vb365, enterpriseManager, backupReplication, serviceProviderConsole];

const secret = [
  ...['password', 'Password', 'PASSWORD', 'pass_word', 'pass-word', 'userPassword', 'officeUserpassword', 'Passwords'],
  ...['passwd', 'pwd', 'userPwd', 'USER_PWD', 'passphrase', 'passPhrase', 'pass phrase', 'pass_phrase', 'passcode'],
  ...['secret', 'clientSecret', 'CLIENT_SECRET', 'client-secret', 'secretValue', 'secrets', 'applicationSecret'],
  ...['apiKey', 'api_key', 'API-Key', 'apikey', 'apiKeys', 'accessKey', 'secretKey', 'sharedKey', 'encryptionKey'],
  ...['token', 'accessToken', 'access_token', 'refresh-token', 'mfa_token', 'tokenValue', 'sasToken', 'recoveryToken'],
  ...['hash', 'passwordHash', 'hashedPassword', 'password_hash', 'passwordSalt', 'passwordHint', 'password2'],
  ...['privateKey', 'private_key', 'PRIVATE-KEY', 'sshPrivateKey', 'privateKeyContent', 'privateKeyPem'],
  ...['privateKeyBase64', 'connectionString', 'connection_string', 'ConnectionStrings', 'Authorization', 'credential'],
  ...[
    'Credentials',
    'creds',
    'keyOrPassword',
    'pin',
    'otp',
    'smtpPass',
    'newPasswordConfirmation',
    'encryptedPassword',
  ],
];

const harmless = [
  ...['passwordPolicy', 'isPasswordSet', 'tokensCount', 'passwordsCount', 'credentialsId', 'credentialId', 'credsId'],
  ...['credentialsName', 'credentialsType', 'credentialTag', 'encryptionPasswordId', 'encryptionKeyId', 'passwordId'],
  ...['tokenType', 'token_type', 'accessTokenExpiration', 'tokenExpirationDate', 'passwordFilePath', 'secretName'],
  ...['publicKey', 'public_key', 'sshPublicKey', 'hostKey', 'key', 'keyPairName', 'keyAlgorithm', 'primaryKey'],
  ...['certificateThumbprint', 'certificateHash', 'fileHash', 'hashAlgorithm', 'continuationToken', 'nextPageToken'],
  ...['changeKey', 'publicKeyToken', 'bypass', 'compass', 'mapping', 'shipping', 'passwordLastChanged', 'description'],
  ...['authenticationType', 'passed', 'secretary', 'tokenized', 'credentialed', 'apiKeyId', 'privateKeyId', 'value'],
];

test.each(products)(
  '$info.name takes what sounds like a secret out, in any spelling',
  async ({ secretMembers = [] }) => {
    const members = secret.map(name => `${JSON.stringify(name)}:"planted-secret"`).join();
    const inText = JSON.stringify(`{${members}}`);
    const json = `{${members},"a":[{"b":[{${members}},[{${members}}]]}],"text":${inText},"list":[${inText}],"twice":${JSON.stringify(inText)}}`;
    expect(await withoutSecrets(json, 'json', secretMembers)).not.toContain('planted');
    const elements = secret
      .filter(name => !name.includes(' '))
      .map(name =>
        [
          `<${name}>planted-secret</${name}><a ${name}="planted-secret"/><n:${name}><b>planted-secret</b></n:${name}>`,
          `<p><Name>${name}</Name><Value>planted-secret</Value></p><p Name="${name}" Value="planted-secret">planted-secret</p>`,
        ]
          .slice(0, /cred/i.test(name) ? 0 : 2)
          .join(''),
      );
    const xml = `<r>${elements.join('')}<t>${json.replaceAll('"', '&quot;')}</t><c><![CDATA[${json}]]></c></r>`;
    expect(await withoutSecrets(xml, 'xml', secretMembers)).not.toContain('planted');
    for (const name of secret) {
      expect(await withoutSecrets(`{"${name}":"planted"}`, 'json', secretMembers), name).not.toContain('planted');
    }
  },
);

test.each(products)('$info.name leaves what is of use to the letter', async ({ secretMembers = [] }) => {
  for (const name of harmless) {
    const json = `{"${name}" : "kept"}`;
    expect(await withoutSecrets(json, 'json', secretMembers)).toBe(json);
    const inText = JSON.stringify({ text: json, html: `<p ${name}='kept'>a < b` });
    expect(await withoutSecrets(inText, 'json', secretMembers)).toBe(inText);
    const xml = `<a ${name}='kept'><${name}>kept</${name}></a>`;
    expect(await withoutSecrets(xml, 'xml', secretMembers)).toBe(xml);
  }
  const flags = '{"password":true,"usePassword": false,"tokens": 12,"secret":null,"passwordPolicy":{"length":8}}';
  expect(await withoutSecrets(flags, 'json', secretMembers)).toBe(flags);
  const xmlFlags = '<a UsePassword="true"><UsePassword>false</UsePassword></a>';
  expect(await withoutSecrets(xmlFlags, 'xml', secretMembers)).toBe(xmlFlags);
});

test.each([
  ['{"name":"password","value":"planted"}', '{"name":"password","value":"[removed]"}'],
  ['[{"value":{"a":"planted"},"key":"api-key"}]', '[{"value":"[removed]","key":"api-key"}]'],
  [
    '{"guestCredentials":{"credentialsId":"1","value":"planted"}}',
    '{"guestCredentials":{"credentialsId":"1","value":"[removed]"}}',
  ],
  ['{"creds":["planted",{"id":"1"}]}', '{"creds":["[removed]",{"id":"1"}]}'],
  ['{"a":"see {\\"pwd\\":\\"planted\\"}"}', '{"a":"see {\\"pwd\\":\\"[removed]\\"}"}'],
  ['{"a":"<x><Pwd>planted</Pwd></x>"}', '{"a":"<x><Pwd>[removed]</Pwd></x>"}'],
  ['{"name":"Secret","id":"1","data2":[1]}', '{"name":"Secret","id":"1","data2":[1]}'],
  ['{"password":12345}', '{"password":"[removed]"}'],
])('a secret is taken out where its name stands apart: %s', async (text, expected) => {
  expect(await withoutSecrets(text, 'json', [])).toBe(expected);
});

test('a text of texts of texts is taken out as a whole', async () => {
  let text = '{"password":"planted"}';
  for (let level = 0; level < 9; level++) {
    text = JSON.stringify({ a: text });
  }
  expect(await withoutSecrets(text, 'json', [])).not.toContain('planted');
});

test('nesting costs in proportion to the text', async () => {
  const times = 20_000;
  const json = `${'{"name":"password","value":'.repeat(times)}1${'}'.repeat(times)}`;
  const xml = `${'<a><Name>password</Name><Value>'.repeat(times)}${'</Value></a>'.repeat(times)}`;
  const names = `${'<Name>'.repeat(times)}x${'</Name>'.repeat(times)}`;
  const started = process.cpuUsage().user;
  expect(await withoutSecrets(json, 'json', [])).toBe('{"name":"password","value":"[removed]"}');
  expect(await withoutSecrets(xml, 'xml', [])).toBe('<a><Name>password</Name><Value>[removed]</Value></a>');
  expect(await withoutSecrets(names, 'xml', [])).toBe(names);
  // Quadratic time would be a minute.
  expect(process.cpuUsage().user - started).toBeLessThan(5_000_000);
});
