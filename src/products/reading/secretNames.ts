/** What a member holds, going by its name. */
export type Sounds = 'secret' | 'secrets' | 'credentials' | 'harmless';

/** Secrets by themselves, with whatever stands before: `clientSecret`, `userPassword`. */
const secrets: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'psk', 'secret', 'token', 'connectionstring'],
  ...['authorization', 'bearer', 'jwt'],
  // `Key` alone is none: keys of lists, hosts and public keys are called so, too.
  ...['apikey', 'accesskey', 'secretkey', 'privatekey', 'sharedkey', 'encryptionkey', 'decryptionkey', 'masterkey'],
  ...['sessionkey', 'signingkey', 'storagekey', 'accountkey', 'recoverykey', 'symmetrickey', 'clientkey', 'sshkey'],
  ...['authkey', 'saskey'],
];

/** Only say where a list goes on, or what a program is. */
const harmlessTokens = ['change', 'continuation', 'page', 'next', 'sync', 'cancellation', 'publickey'].map(
  word => `${word}token`,
);

/** Secrets as whole names, as other words end like them. */
const wholeSecrets: ReadonlySet<string> = new Set([
  ...['hash', 'hashes', 'cookie', 'pass', 'userpass', 'dbpass', 'smtppass', 'sshpass', 'adminpass', 'rootpass'],
  ...[
    'proxypass',
    'accountpass',
    'loginpass',
    'pin',
    'userpin',
    'securitypin',
    'devicepin',
    'accesspin',
    'otp',
    'totp',
  ],
]);

/** Forms in which the same secret is written. */
const forms: readonly string[] = [
  ...['hashed', 'hash', 'salt', 'value', 'content', 'text', 'string', 'data', 'raw', 'plain', 'encrypted', 'base64'],
  ...['pem', 'pfx', 'confirmation', 'confirm', 'hint', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
];

/** Letters. Only the end of a name counts. */
const tellingEnd = 100;

/**
 * Tells by the last words of a name, as these say what it is: `accessToken` is a token, `tokenType` a type,
 * `credentialsId` an ID and `passwordPolicy` a policy. Case and signs between words do not matter.
 */
export function soundsOf(name: string): Sounds {
  const letters = lettersOf(name);
  if (/(?:credentials?|creds)$/.test(letters)) {
    return 'credentials';
  }
  for (let rest: string | undefined = letters.slice(-tellingEnd); rest; rest = withoutForm(rest)) {
    if (isSecret(rest)) {
      return 'secret';
    }
    if (rest.endsWith('s') && isSecret(rest.slice(0, -1))) {
      return 'secrets';
    }
  }
  return 'harmless';
}

function isSecret(letters: string): boolean {
  return (
    wholeSecrets.has(letters) ||
    (secrets.some(word => letters.endsWith(word)) && !harmlessTokens.some(word => letters.endsWith(word)))
  );
}

function withoutForm(letters: string): string | undefined {
  const form = forms.find(word => letters.endsWith(word));
  return form && letters.slice(0, -form.length);
}

/** Letters and digits of a name, small. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The member of a pair that says what the other one is, as in `{"name": "password", "value": "…"}`. */
export function namesPair(name: string): boolean {
  return /^(?:name|key|property|parameter|setting|option|header|field)$/.test(lettersOf(name));
}

/** The member of a pair, or of credentials, that holds it. */
export function holdsValue(name: string): boolean {
  return /^(?:values?|content|data)$/.test(lettersOf(name));
}
