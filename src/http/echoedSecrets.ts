import { isHarmlessHeader } from './redactedHeaders';
import type { HttpRequest } from './request';

/** Beyond this, nothing of an error's body is read by anybody: looking for secrets in it would take too long. */
export const longestError = 64 * 1024;

/** Shorter values are flags, or parts of many words. */
const shortestSecret = 6;

/** Characters. */
const longestPassword = 128;

/** So many characters of a token or an assertion, in one piece, are kept back as well. */
const tellingPart = 16;

/** Texts in texts in texts: a message that quotes JSON that quotes a form. */
const deepest = 4;

/**
 * Takes the secrets of a request out of words from its answer: some servers quote what they refuse, and their words are
 * shown and logged. The words are read from the body first, so its encoding does not matter; where they hold a secret in
 * yet another encoding, they come back decoded.
 */
export function cleanerOf(request: HttpRequest): (text: string) => string {
  return text => {
    const secrets = secretsOf(request);
    let clean = without(text, secrets);
    let decoded = clean;
    for (let level = 0; level < deepest; level++) {
      const before = decoded;
      decoded = decode(before);
      if (decoded === before) {
        break;
      }
      const cleaned = without(decoded, secrets);
      if (cleaned !== decoded) {
        clean = decoded = cleaned;
      }
    }
    return clean;
  };
}

/** Longest first, as one may hold another. */
function secretsOf({ headers = {}, body = '', path, loggedPath }: HttpRequest): readonly string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isHarmlessHeader(name) ? [] : [value, value.slice(value.indexOf(' ') + 1), passwordIn(value)],
  );
  const inForm = [...new URLSearchParams(body)].flatMap(([name, value]) =>
    /password|token|assertion|secret|code/.test(name) ? [value] : [],
  );
  const inXml = [...body.matchAll(/<Password>([^<]*)<\/Password>/g)].flatMap(([, value = '']) => [
    value,
    value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  ]);
  const inPath = loggedPath === undefined ? [] : [decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))];
  const secrets = [...inHeaders, ...inForm, ...inXml, ...inPath].filter(secret => secret.length >= shortestSecret);
  return [...new Set(secrets.flatMap(secret => [secret, ...inOtherLetters(secret)]).map(folded))].sort(
    (a, b) => b.length - a.length,
  );
}

/**
 * A password as a form has it, with `+` for a space, or as bytes; .NET has texts in UTF-16. Tokens are left out: they
 * are long, and have such letters already.
 */
function inOtherLetters(secret: string): readonly string[] {
  if (secret.length > longestPassword) {
    return [];
  }
  const bytes = [Buffer.from(secret), Buffer.from(secret, 'utf16le')];
  return [
    secret.replaceAll(' ', '+'),
    ...bytes.flatMap(each => [each.toString('base64'), each.toString('base64url'), each.toString('hex')]),
  ];
}

function passwordIn(authorization: string): string {
  const [, account = ''] = /^Basic (.*)$/i.exec(authorization) ?? [];
  const pair = Buffer.from(account, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function without(text: string, secrets: readonly string[]): string {
  const whole = secrets.reduce(withoutWhole, text);
  return secrets.filter(secret => secret.length >= 2 * tellingPart).reduce(withoutParts, whole);
}

/** In whichever case: some servers keep names in capitals, and addresses are in small letters. */
function withoutWhole(text: string, secret: string): string {
  const letters = folded(text);
  let clean = '';
  let kept = 0;
  for (let at = letters.indexOf(secret); at !== -1; at = letters.indexOf(secret, kept)) {
    clean += `${text.slice(kept, at)}…`;
    kept = at + secret.length;
  }
  return clean + text.slice(kept);
}

/** In small letters, each where it was. */
function folded(text: string): string {
  return text.replace(/\p{Lu}/gu, letter => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}

/** Without any part of a long secret, as servers cut what they quote. */
function withoutParts(text: string, secret: string): string {
  const parts = new Set<string>();
  for (let at = 0; at + tellingPart <= secret.length; at++) {
    parts.add(secret.slice(at, at + tellingPart));
  }
  let clean = '';
  let kept = 0;
  const letters = folded(text);
  for (let at = 0; at + tellingPart <= text.length; at++) {
    if (parts.has(letters.slice(at, at + tellingPart))) {
      clean += `${text.slice(kept, at)}…`;
      let end = at + tellingPart;
      while (end < text.length && parts.has(letters.slice(end + 1 - tellingPart, end + 1))) {
        end++;
      }
      kept = end;
      at = end - 1;
    }
  }
  return clean + text.slice(kept);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** One level of what JSON, scripts, XML and forms make of characters; .NET writes `+` and many others as `\u002B`. */
function decode(text: string): string {
  return text
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(
      /[\\%]u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,6});|&#(\d{1,7});|\\(["\\/])|&(amp|lt|gt|quot|apos);|(?:%[\da-f]{2})+/gi,
      (whole, ...groups: (string | undefined)[]) => {
        const [unit, point, byte, reference, decimal, escaped, name] = groups;
        const hexadecimal = unit ?? point ?? byte ?? reference;
        const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
        if (!Number.isNaN(code)) {
          return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        }
        return escaped ?? named[name?.toLowerCase() ?? ''] ?? Buffer.from(whole.replaceAll('%', ''), 'hex').toString();
      },
    );
}
