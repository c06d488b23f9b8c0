import { isHarmlessHeader } from './log';
import type { HttpRequest } from './transport';

/** Beyond this, nothing of an error's body is read by anybody, as it is not freed of secrets. */
export const longestError = 64 * 1024;

/**
 * The body of an error without the secrets of the request that it answers: some servers quote what they refuse, and their
 * words are shown and logged.
 */
export function withoutEcho(body: Buffer, request: HttpRequest): Buffer {
  if (body.length === 0 || body.length > longestError) {
    return body;
  }
  const text = body.toString();
  const clean = secretsOf(request).reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return clean === text ? body : Buffer.from(clean);
}

/** As they were sent and as JSON and XML write them; longest first, as one may hold another. */
function secretsOf({ headers = {}, body = '' }: HttpRequest): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isHarmlessHeader(name) ? [] : [value, value.slice(value.indexOf(' ') + 1), passwordIn(value)],
  );
  const inBody = [...new URLSearchParams(body)].flatMap(([name, value]) =>
    /password|token|assertion|secret/.test(name) ? [value, encodeURIComponent(value)] : [],
  );
  const inXml = [...body.matchAll(/<Password>([^<]*)<\/Password>/g)].flatMap(([, value = '']) => [
    value,
    value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  ]);
  return (
    [...inHeaders, ...inBody, ...inXml]
      .flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1), xmlOf(secret)])
      // What is shorter is rather a flag, or part of every other word.
      .filter(secret => secret.length >= 6)
      .sort((a, b) => b.length - a.length)
  );
}

function passwordIn(authorization: string): string {
  const [, account = ''] = /^Basic (.*)$/i.exec(authorization) ?? [];
  const pair = Buffer.from(account, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function xmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
