import { oneLine } from '../base/text';

// Those known to carry nothing secret: servers and the proxies before them send tokens under names nobody foresees.
const harmlessHeaders = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'retry-after',
  'server',
  'transfer-encoding',
  'via',
  'www-authenticate',
]);

export function isHarmlessHeader(name: string): boolean {
  return harmlessHeaders.has(name.toLowerCase());
}

/** Headers as one printable line, with the values of all that might carry secrets replaced. */
export function redactHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const line = Object.entries(headers)
    .map(([name, value]) => `${name}: ${isHarmlessHeader(name) ? String(value) : '[redacted]'}`)
    .join(' | ');
  return oneLine(line, 2000);
}
